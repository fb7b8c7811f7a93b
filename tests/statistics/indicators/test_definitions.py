"""Definitions as data: every fault by file, line and key; the pack's own are sound."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hexi.catalogue.faults import Fault
from hexi.catalogue.pack import pack_path
from hexi.statistics.indicators import Definitions, load_definitions
from hexi.statistics.indicators.plan import check_expressions, plan
from hexi.statistics.indicators.reading import check_definitions, read_definitions
from tests.statistics.indicators.worlds import ITEMS

HEAD = (
    "code,name,name_en,kind,unit,decimals,over_time,over_units,reported,every,indicator,deflator,"
    "definition"
)


def faults_of(root: Path, items: list[str], computed: str) -> list[Fault]:
    (root / "items.csv").write_text("\n".join([HEAD, *items]) + "\n", encoding="utf-8")
    (root / "computed.toml").write_text(computed, encoding="utf-8")
    faults: list[Fault] = []
    defined = read_definitions(root, faults, ITEMS)
    check_definitions(defined, ["gdp"], {"partners": {398}}, faults)
    check_expressions(defined, faults)
    return faults


def entry(**changes: object) -> str:
    keys: dict[str, object] = {
        "id": "x",
        "name": "某",
        "name_en": "x",
        "expression": "out / sal",
        "unit": "%",
        "decimals": 2,
        "source": "表",
    } | changes
    lines = (f"{k} = {v if isinstance(v, int) else repr(v)}" for k, v in keys.items() if v != "-")
    return "[[indicator]]\n" + "\n".join(lines) + "\n"


def test_a_sound_definition_has_no_fault(tmp_path: Path) -> None:
    row = "people,人口,Population,stock,万人,2,last,sum,period,year,gdp,,常住人口"
    assert faults_of(tmp_path, [row], entry()) == []


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("a-b,甲,A,flow,万元,2,sum,sum,period,month,,,定义", "code"),
        ("out,甲,A,flow,万元,2,sum,sum,period,month,,,定义", "code"),
        ("a,甲,A,flow,万圆,2,sum,sum,period,month,,,定义", "unit"),
        ("a,甲,A,stock,亩,2,sum,sum,period,month,,,定义", "over_time"),
        ("a,甲,A,flow,万元,2,last,sum,period,month,,,定义", "over_time"),
        ("a,甲,A,stock,亩,2,last,sum,to_date,month,,,定义", "reported"),
        ("a,甲,A,flow,万元,9,sum,sum,period,month,,,定义", "decimals"),
        ("a,甲,A,flow,万元,2,sum,sum,period,week,,,定义", "every"),
        ("a,甲,A,flow,万元,2,sum,sum,period,month,gnp,,定义", "indicator"),
    ],
)
def test_a_wrong_item_is_named_by_line_and_column(tmp_path: Path, row: str, key: str) -> None:
    faults = faults_of(tmp_path, ["", row], entry())
    assert [(f.file, f.line, f.key) for f in faults] == [("items.csv", 3, key)]


@pytest.mark.parametrize(
    ("changes", "key", "line"),
    [
        ({"id": "a b"}, "id", 2),
        ({"expression": "out /"}, "expression", 5),
        ({"expression": "out / nothing"}, "expression", 1),
        ({"expression": "out / sal + sal / out"}, "expression", 1),
        ({"unit": "万圆"}, "unit", 6),
        ({"unit": "亩"}, "expression", 1),
        ({"decimals": 9}, "decimals", 7),
        ({"decimals": "two"}, "decimals", 7),
        ({"name_en": "-"}, "name_en", 1),
        ({"growth": "real"}, "growth", 9),
        ({"factor": "1/0"}, "factor", 9),
        ({"valid_from": "2020"}, "valid_from", 9),
        ({"valid_from": "2020-05", "valid_to": "2020-01"}, "valid_to", 10),
        ({"colour": "red"}, "colour", 9),
        ({"catalogue": "gnp"}, "catalogue", 1),
    ],
)
def test_a_wrong_indicator_is_named_by_line_and_key(
    tmp_path: Path, changes: dict[str, object], key: str, line: int
) -> None:
    faults = faults_of(tmp_path, [], entry(**changes))
    assert [(f.file, f.line, f.key.removeprefix("indicator.")) for f in faults] == [
        ("computed.toml", line, key)
    ]


def test_the_definitions_of_the_pack_are_sound_and_all_can_be_computed() -> None:
    defined = load_definitions("gansu")
    assert len(defined.indicators) >= 36
    cells = plan(defined).cells
    assert {cell.indicator for cell in cells} == set(defined.indicators)


def test_what_changes_a_figure_changes_the_hash() -> None:
    one = load_definitions("gansu")
    fewer = Definitions(one.items, dict(list(one.indicators.items())[1:]))
    assert one.hash == load_definitions("gansu").hash
    assert one.hash != fewer.hash


def test_what_a_form_says_of_an_item_reaches_the_engine(tmp_path: Path) -> None:
    root = tmp_path / "gansu"
    shutil.copytree(pack_path("gansu"), root)
    for path in root.glob("forms/enterprise-month.*.toml"):
        text = path.read_text(encoding="utf-8")
        made = text.replace('code = "tax"', 'reported = "to_date"\ncode = "tax"')
        path.write_text(made, encoding="utf-8")
    items = load_definitions(root).items
    assert (items["tax"].reported, items["output"].reported) == ("to_date", "period")
    assert items["country_export"].rows == "gbt2659-partners"
    assert items["output"].deflator == "ppi"


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("x,几国,Some,partners,398|a,表,", "classes"),
        ("x,几国,Some,partners,398|999,表,", "classes"),
        ("x,几国,Some,others,398,表,", "classes"),
    ],
)
def test_a_wrong_list_of_classes_is_named(tmp_path: Path, row: str, key: str) -> None:
    head = "id,name,name_en,classification,classes,source,note"
    (tmp_path / "row_lists.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    found = faults_of(tmp_path, [], "")
    assert [(f.file, f.line, f.key) for f in found] == [("row_lists.csv", 2, key)]


def test_a_deflator_is_a_price_index(tmp_path: Path) -> None:
    row = "a,甲,A,flow,万元,2,sum,sum,period,month,,{},定义"
    assert faults_of(tmp_path, [row.format("ppi")], "") == []
    for wrong in ("out", "nothing"):
        assert [f.key for f in faults_of(tmp_path, [row.format(wrong)], "")] == ["item.a.deflator"]
