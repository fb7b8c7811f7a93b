"""A rule with a mistake is told with its key, its column and what was expected there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hexi.catalogue.pack import pack_path
from hexi.catalogue.toml_lines import TomlFile
from hexi.cli import main
from hexi.statistics.checking.loading import drafted_rules, read_rules
from hexi.statistics.forms import load_forms
from tests.statistics.checking.cases import WORDS_OF_A_RULE

FORMS = load_forms("gansu")


def faults(**changed: object) -> list[tuple[str, str, str]]:
    written = WORDS_OF_A_RULE | {
        "form": "enterprise-month",
        "versions": ["2024"],
        "kind": "range",
        "check": "output > 0",
    }
    _, found = drafted_rules(written | changed, FORMS)  # type: ignore[arg-type]
    return [(fault.key.removeprefix("rule.0."), fault.expected_en, fault.found) for fault in found]


def test_the_plain_rule_has_none() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ("output >", "an expression (column 9: a value)"),
        ("outptu > 0", "an item of enterprise-month (column 1)"),
        ("output", "a condition (column 1)"),
        ("output > (profit = 1)", "a number, not a condition or a text (column 18)"),
        ('output = "C"', "two numbers or two texts (column 8)"),
        ('reporter.industry < "C"', "texts compare by = and != only (column 19)"),
        ("reporter.industry > 5", "two numbers or two texts (column 19)"),
        ("last(last(output)) > 0", "last and year_ago do not nest (column 6)"),
        ("sqrt(output) > 0", "one of the functions"),
        ("prior(partner_export) > 0", "an item of 企业生产经营情况月报"),
        ("sum(output) > 0", "an item of 动态行"),
        ('other("nowhere", output) > 0', "one of the forms"),
        ('within("zone-year", zone_gdp) > 0', "a form that is filled in more often"),
        ("peers_low(output, far: 0) > 0", "a multiple from 1 to 100"),
        ("abs(output, 1) > 0", "abs takes 1 to 1 arguments (column 1)"),
        ('starts(output, "C")', "a text"),
        ("partner_export > 0", "an item of enterprise-month"),
    ],
)
def test_an_expression_is_told_with_its_column(check: str, expected: str) -> None:
    (fault,) = faults(check=check)
    assert fault[0] == "check"
    assert fault[1].startswith(expected)


@pytest.mark.parametrize(
    ("changed", "key", "expected"),
    [
        ({"form": "nowhere"}, "form", "one of enterprise-month"),
        ({"versions": ["1999"]}, "versions", "one of 2024"),
        ({"rows": "nowhere"}, "rows", "one of partner"),
        ({"kind": "identity"}, "kind", "a rule of kind identity reads two sides joined by ="),
        ({"kind": "change"}, "kind", "a rule of kind change reads last"),
        ({"kind": "outlier"}, "kind", "a rule of kind outlier reads peers"),
        ({"severity": "fatal"}, "severity", "one of hard, explain, info"),
        ({"tolerance": "little"}, "tolerance", "a number such as 0.5 or 1%"),
        ({"missing": "guess"}, "missing", "one of skip_any, skip_all, zero"),
        ({"check": "output > 0 or tax > 0", "tolerance": "1"}, "check", "one comparison"),
        ({"message": "{outptu}"}, "message", "an item of enterprise-month (column 2)"),
        ({"since": "2024/01"}, "since", "a month such as 2024-01"),
        ({"colour": "red"}, "colour", "one of"),
        ({"name": " "}, "name", "a value"),
    ],
)
def test_a_key_is_told(changed: dict[str, object], key: str, expected: str) -> None:
    found = faults(**changed)
    assert [fault for fault in found if fault[0] == key and fault[1].startswith(expected)], found


def test_two_rules_of_one_id_are_told_with_the_line_of_the_first(tmp_path: Path) -> None:
    rule = (
        '[[rule]]\nid = "A"\nversion = 1\nform = "zone-year"\nkind = "range"\nseverity = "info"\n'
        'name = "甲"\nname_en = "a"\ncheck = "zone_gdp > 0"\nmessage = "-"\nmessage_en = "-"\n'
    )
    found: list[object] = []
    read_rules([TomlFile("rules/z.toml", rule + rule)], FORMS, found)  # type: ignore[arg-type]
    (fault,) = found
    assert (
        fault.sentence()
        == "rules/z.toml:13 rule.1.id：应为未用过的标识，实为“A” 已见于 rules/z.toml:2"
    )


def test_the_command_that_checks_a_pack_checks_its_forms_and_rules(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "gansu"
    shutil.copytree(pack_path("gansu"), pack)
    assert main(["pack", "check", str(pack)]) == 0
    rules = pack / "rules" / "zone-year.toml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("zone_area_built <=", "zone_area_bilt <=", 1), encoding="utf-8")
    capfd.readouterr()
    assert main(["pack", "check", str(pack)]) == 1
    said = capfd.readouterr()
    assert "rules/zone-year.toml:" in said.out + said.err
    assert "zone_area_b" in said.out + said.err
