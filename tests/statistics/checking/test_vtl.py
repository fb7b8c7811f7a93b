"""VTL 2.1: rules go out and come back, and an engine of others gives the same verdicts."""

from __future__ import annotations

import json
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hexi.statistics.checking import Rule, load_rules
from hexi.statistics.checking.exact import verdict
from hexi.statistics.checking.loading import drafted_rules
from hexi.statistics.checking.vtl_export import Ruleset, export_rules
from hexi.statistics.checking.vtl_import import import_rules
from hexi.statistics.checking.vtl_trees import export_trees
from hexi.statistics.forms import load_forms
from tests.statistics.checking.cases import WORDS_OF_A_RULE

FORMS = [("enterprise-month", "2024"), ("zone-quarter", "2024"), ("project-month", "2024")]
#: an environment of its own, since vtlengine cannot share one with DuckDB 2: `make vtl`
ENGINE = Path(__file__).parents[3] / "build/vtl-venv/bin/python"
FIGURES = ["", "0", "1", "100", "250", "5000", "-40"]

ORACLE = """
import json, sys
import pandas as pd
from vtlengine import run
job = json.load(sys.stdin)
measure = {"role": "Measure", "nullable": True}
measures = [measure | {"name": n, "type": t} for n, t in job["components"]]
key = {"name": "reporter", "role": "Identifier", "type": "Integer", "nullable": False}
structures = {"datasets": [{"name": "DS", "DataStructure": [key, *measures]}]}
frame = pd.DataFrame(job["rows"])
for name, kind in job["components"]:
    frame[name] = frame[name].astype("float64" if kind == "Number" else "object")
script = job["text"] + "DS_r <- check_datapoint(DS, %s invalid);" % job["name"]
result = run(script=script, data_structures=structures, datapoints={"DS": frame}, use_duckdb=True)
data = result["DS_r"].data
print(json.dumps([[int(r), c] for r, c in zip(data["reporter"], data["errorcode"])]))
"""


def rows_for(ruleset: Ruleset, count: int) -> list[dict[str, str | None]]:
    """Returns in which every component takes every figure, in steps that do not keep pace."""
    names = sorted(ruleset.components)
    rows = []
    for n in range(count):
        row: dict[str, str | None] = {}
        for place, name in enumerate(names, 1):
            text = ruleset.components[name].type == "text"
            pool = ["", "C26", "停工", "竣工"] if text else FIGURES
            row[name] = pool[(n * (2 * place + 1) + n // len(pool) * place) % len(pool)] or None
        rows.append(row)
    return rows


def failing(rules: list[Rule], ruleset: Ruleset, rows: list[dict[str, str | None]]) -> set[Any]:
    found = set()
    for number, row in enumerate(rows):
        given: dict[str, Fraction | str | None] = {}
        for name, source in ruleset.components.items():
            value = row[name]
            number_like = value is not None and source.type == "number"
            given[source.key] = Fraction(value) if number_like and value else value
        found |= {
            (number, rule.key)
            for rule in rules
            if rule.key not in ruleset.left_out and verdict(rule.when, rule.check, given) is False
        }
    return found


@pytest.mark.parametrize(("form", "version"), FORMS)
def test_rules_come_back_with_the_same_meaning(form: str, version: str) -> None:
    rules = [rule for rule in load_rules("gansu").rules(form, version) if not rule.rows]
    (ruleset,) = export_rules(rules)
    imported = import_rules(ruleset.text, form)
    assert not imported.faults
    forms, back = load_forms("gansu"), []
    for table in imported.rules:
        bound, faults = drafted_rules(table | {"versions": [version]}, forms)
        assert not faults, [fault.sentence() for fault in faults]
        back += bound
    assert [rule.key for rule in back] == [r.key for r in rules if r.key not in ruleset.left_out]
    assert [rule.severity for rule in back] == [
        rule.severity for rule in rules if rule.key not in ruleset.left_out
    ]
    rows = rows_for(ruleset, 300)
    before = failing(rules, ruleset, rows)
    assert before
    assert failing(back, ruleset, rows) == before


def test_what_vtl_cannot_say_is_left_out_with_its_reason() -> None:
    rulesets = export_rules(load_rules("gansu").rules("enterprise-month", "2024"))
    reasons = {key: en for ruleset in rulesets for key, (_, en) in ruleset.left_out.items()}
    assert reasons["EM-16/1"] == "sum(partner_export) is not in the data set"
    assert reasons["EM-14/1"] == "min and max within a row"


def test_a_ruleset_of_others_is_read_with_its_own_precedence() -> None:
    text = """
    /* checks of a neighbour */
    define datapoint ruleset checks (variable a, b as c) is
      'turnover': when not isnull(output) and output > 0 then
         between(sales_value / output, 0.5, 1.5) errorcode "bad ratio" errorlevel 2;
      nvl(tax, 0) - tax_vat * 2 <> -3 or output in {1, 2};
      output > 0 xor profit > 0 errorlevel 1
    end datapoint ruleset;
    """
    imported = import_rules(text, "enterprise-month")
    assert not imported.faults
    assert [rule["check"] for rule in imported.rules] == [
        "((sales_value / output) between 0.5 and 1.5)",
        "(((zero(tax) - (tax_vat * 2)) != (-3)) or (output in (1, 2)))",
        "(((output > 0) and not (profit > 0)) or (not (output > 0) and (profit > 0)))",
    ]
    assert imported.rules[0]["when"] == "((not (output is missing)) and (output > 0))"
    assert [rule["severity"] for rule in imported.rules] == ["explain", "hard", "info"]
    assert not any(drafted_rules(rule, load_forms("gansu"))[1] for rule in imported.rules)


def test_a_rule_that_cannot_be_said_is_told_with_its_line_and_the_rest_is_taken() -> None:
    text = (
        "define datapoint ruleset c (variable a) is\n"
        "  r1: power(output, 2) > 3;\n"
        "  r2: output > 3\n"
        "end datapoint ruleset;"
    )
    imported = import_rules(text, "enterprise-month", "checks.vtl")
    assert [rule["id"] for rule in imported.rules] == ["r2"]
    (fault,) = imported.faults
    assert (fault.file, fault.line) == ("checks.vtl", 2)
    assert "power" in fault.expected_en


@pytest.mark.slow
@pytest.mark.skipif(not ENGINE.exists(), reason="no vtlengine: make vtl")
@pytest.mark.parametrize(("form", "version"), FORMS)
def test_the_engine_of_others_fails_the_same_rows(form: str, version: str) -> None:
    rules = list(load_rules("gansu").rules(form, version))
    (ruleset,) = export_rules([rule for rule in rules if not rule.rows])
    rows = rows_for(ruleset, 200)
    kinds = {"number": "Number", "text": "String"}
    job = {
        "name": ruleset.name,
        "text": ruleset.text,
        "components": [[name, kinds[s.type]] for name, s in ruleset.components.items()],
        "rows": [
            {"reporter": n}
            | {
                name: float(value) if value and s.type == "number" else value
                for name, s in ruleset.components.items()
                for value in [row[name]]
            }
            for n, row in enumerate(rows)
        ],
    }
    done = subprocess.run(
        [str(ENGINE), "-c", ORACLE],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = {(row, code) for row, code in json.loads(done.stdout.splitlines()[-1])}
    own = failing([rule for rule in rules if not rule.rows], ruleset, rows)
    assert told == own


TREES = [("trade-month", "2024"), ("zone-quarter", "2024"), ("enterprise-year", "2024")]
TREE_ORACLE = """
import json, sys
import pandas as pd
from vtlengine import run
job = json.load(sys.stdin)
names = [("reporter", "Integer", "Identifier"), ("item", "String", "Identifier"),
         ("value", "Number", "Measure")]
structure = [{"name": n, "type": t, "role": r, "nullable": r == "Measure"} for n, t, r in names]
structures = {"datasets": [{"name": "DS", "DataStructure": structure}]}
frame = pd.DataFrame(job["facts"], columns=["reporter", "item", "value"])
result = run(script=job["script"], data_structures=structures, datapoints={"DS": frame},
             use_duckdb=True)
told = [
    [int(reporter), code]
    for name, found in result.items() if name.startswith("DS_")
    for reporter, code in zip(found.data["reporter"], found.data["errorcode"])
]
print(json.dumps(told))
"""


def identities(form: str, version: str) -> list[Rule]:
    """Identities of a form, and one on which everything that is missing is zero."""
    rules = [r for r in load_rules("gansu").rules(form, version) if r.kind == "identity"]
    first = next(iter(rules))
    items = [s.name for s in first.cells if s.kind == "item"][:3]
    written = WORDS_OF_A_RULE | {"form": form, "versions": [version], "missing": "zero",
                                 "check": f"{items[0]} = {items[1]} - {items[2]}"}  # fmt: skip
    zeros, faults = drafted_rules(written, load_forms("gansu"))
    assert not faults
    return [*rules, *zeros]


def failing_facts(rules: list[Rule], rows: list[dict[str, str | None]]) -> set[tuple[int, str]]:
    return {
        (number, rule.key)
        for number, row in enumerate(rows)
        for rule in rules
        if verdict(rule.when, rule.check, {k: Fraction(v) for k, v in row.items() if v}) is False
    }


def tree_rows(items: list[str], count: int) -> list[dict[str, str | None]]:
    """Figures that add up, nearly add up, do not, or are not there, in every mixture."""
    pool = ["", "0", "1", "100", "99.97", "100.4", "250", "-40"]
    return [
        {
            item: pool[(n * (2 * place + 1) + n // len(pool) * place) % len(pool)] or None
            for place, item in enumerate(items, 1)
        }
        for n in range(count)
    ]


@pytest.mark.parametrize(("form", "version"), TREES)
def test_identities_over_items_go_out_and_come_back(form: str, version: str) -> None:
    rules = identities(form, version)
    rulesets, left_out = export_trees(rules)
    sayable = [rule for rule in rules if rule.key not in left_out]
    assert "T-1/1" in {key for ruleset in rulesets for key in ruleset.rules}
    assert sorted(key for r in rulesets for key in r.rules) == sorted(r.key for r in sayable)
    script = "".join(r.text for r in rulesets) + "".join(r.statement for r in rulesets)
    imported = import_rules(script, form)
    assert not imported.faults
    back: list[Rule] = []
    for table in imported.rules:
        bound, faults = drafted_rules(table | {"versions": [version]}, load_forms("gansu"))
        assert not faults, [fault.sentence() for fault in faults]
        back += bound
    assert {(rule.key, rule.severity) for rule in back} == {(r.key, r.severity) for r in sayable}
    items = sorted({item for ruleset in rulesets for item in ruleset.items})
    rows = tree_rows(items, 400)
    assert failing_facts(sayable, rows)
    assert failing_facts(back, rows) == failing_facts(sayable, rows)


def test_what_is_no_identity_over_items_is_named_with_its_reason() -> None:
    _, left_out = export_trees(load_rules("gansu").rules("enterprise-month", "2024"))
    assert left_out["EM-04/1"][1] == "it is no sum of items of the form"
    assert left_out["EM-16/1"][1] == "it is no sum of items of the form"
    _, left_out = export_trees(load_rules("gansu").rules("enterprise-year", "2024"))
    assert [key for key in left_out if key.startswith("EY")]


def test_a_tree_of_others_is_read_as_far_as_it_can_be_said() -> None:
    text = """
    define hierarchical ruleset trade (valuedomain rule item) is
      goods_trade = goods_export + goods_import errorcode "sum" errorlevel 2;
      when area = "x" then goods_trade > goods_export;
      goods_trade >= goods_export
    end hierarchical ruleset;
    r <- check_hierarchy(DS, trade rule item partial_zero dataset all)[filter abs(imbalance) > 2];
    """
    imported = import_rules(text, "trade-month", "trade.vtl")
    assert [(rule["check"], rule["kind"], rule["missing"], rule["tolerance"], rule["severity"])
            for rule in imported.rules] == [
        ("goods_trade = goods_export + goods_import", "identity", "zero", "2", "explain"),
        ("goods_trade >= goods_export", "range", "zero", "2", "hard"),
    ]  # fmt: skip
    assert [fault.line for fault in imported.faults] == [4]
    assert not any(drafted_rules(rule, load_forms("gansu"))[1] for rule in imported.rules)


@pytest.mark.slow
@pytest.mark.skipif(not ENGINE.exists(), reason="no vtlengine: make vtl")
@pytest.mark.parametrize(("form", "version"), TREES)
def test_check_hierarchy_of_others_fails_the_same_facts(form: str, version: str) -> None:
    rules = identities(form, version)
    rulesets, left_out = export_trees(rules)
    items = sorted({item for ruleset in rulesets for item in ruleset.items})
    rows = tree_rows(items, 200)
    facts = [
        [number, item, float(value)]
        for number, row in enumerate(rows)
        for item, value in row.items()
        if value
    ]
    script = "".join(r.text for r in rulesets) + "".join(r.statement for r in rulesets)
    done = subprocess.run(
        [str(ENGINE), "-c", TREE_ORACLE],
        input=json.dumps({"script": script, "facts": facts}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = {(row, code) for row, code in json.loads(done.stdout.splitlines()[-1])}
    sayable = [rule for rule in rules if rule.key not in left_out]
    assert told == failing_facts(sayable, rows)
    assert told
