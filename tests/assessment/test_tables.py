"""Data from any table and from sheets; every wrong cell by its place."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xlsxwriter

from hexi.assessment.data.completeness import completeness
from hexi.assessment.data.tables import matrix_of, read_matrix
from hexi.assessment.faults import AssessmentError
from hexi.assessment.outcomes import asked_by
from hexi.assessment.run import assess
from hexi.assessment.scheme.loading import load_schemes

SCHEME = load_schemes("gansu").in_force("lz-parks", 2019)
PARKS = ["etdz-jcb", "etdz-an", "etdz-xg", "etdz-hg", "etdz-gl"]
ZONES = load_schemes("gansu").in_force("gs-zones", 2019)


def columns() -> dict[str, list[Any]]:
    drawn = np.random.default_rng(5)
    found: dict[str, list[Any]] = {"unit": PARKS * 2, "year": [2018] * 5 + [2019] * 5}
    for item in SCHEME.items():
        found[item.id] = drawn.uniform(5, 50, 10).round(2).tolist()
    found["gdp"][7] = None
    return found


def workbook(
    rows: list[list[Any]], cases: Sequence[list[Any]] = (), facts: Sequence[list[Any]] = ()
) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    for name, held in (("数据", rows), ("加减分", cases), ("动态管理条件", facts)):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(held):
            sheet.write_row(number, 0, row)
    book.close()
    return content.getvalue()


def test_arrow_polars_and_pandas_give_the_same_matrix() -> None:
    held = columns()
    found = [matrix_of(make(held), SCHEME) for make in (pa.table, pl.DataFrame, pd.DataFrame)]
    assert len({one.digest() for one in found}) == 1
    first = found[0]
    assert first.years == (2018, 2019) and first.units == tuple(PARKS)
    assert np.isnan(first.column("gdp")[2]) and first.grain is not None
    assert first.grain[0] == pytest.approx(0.005)


def test_the_year_asked_for_is_the_one_assessed() -> None:
    matrix = matrix_of(pa.table(columns()), SCHEME, year=2018)
    assert matrix.years == (2018,)
    assert not np.isnan(matrix.column("gdp")).any()
    with pytest.raises(AssessmentError, match="2030"):
        matrix_of(pa.table(columns()), SCHEME, year=2030)


def test_a_workbook_as_offices_fill_it_in() -> None:
    held = columns()
    heads = ["主体", "年份"] + [
        f"{item.name.zh}（{item.unit}）" if item.unit else item.name.zh for item in SCHEME.items()
    ]
    rows = [["五个园区考核数据"], [], [*heads, "地区生产总值目标"]]
    for row in range(10):
        rows.append([*(held[name][row] for name in held), 40])
    # text that means a number, and signs of nothing
    rows[3][2], rows[4][2] = "1,234.5", "—"
    cases = [["主体", "事项", "次数", "依据"], ["etdz-an", "环保督察通报问题", 2, "通报3号"]]
    matrix = read_matrix(workbook(rows, cases), SCHEME, name="考核.xlsx")
    assert matrix.values[0, 0, 0] == 1234.5 and np.isnan(matrix.values[0, 1, 0])
    assert matrix.targets is not None and (matrix.targets[:, 0] == 40).all()
    given = assess(SCHEME, matrix).points
    assert [(one.unit, one.points) for one in given] == [("etdz-an", -0.6)]


def test_a_wrong_cell_is_told_by_sheet_and_cell() -> None:
    rows = [
        ["主体", "年份", "gdp", "什么"],
        ["a", 2019, "abc", 1],
        ["a", 2019, 3, 1],
        ["b", "去年", 1, 1],
    ]
    with pytest.raises(AssessmentError) as caught:
        read_matrix(workbook(rows), SCHEME, name="x.xlsx")
    assert [fault.place for fault in caught.value.faults] == [
        "数据!D1", "数据!B4", "数据!A3", "数据!C2",
    ]  # fmt: skip
    assert all(fault.text_en for fault in caught.value.faults)


def test_a_case_without_evidence_or_of_an_unknown_matter() -> None:
    rows = [["主体", "年份", "gdp"], ["a", 2019, 1]]
    cases = [["主体", "事项", "依据"], ["a", "无此事项", "文件"], ["a", "环保督察通报问题", ""]]
    with pytest.raises(AssessmentError) as caught:
        read_matrix(workbook(rows, cases), SCHEME, name="x.xlsx")
    assert [fault.place for fault in caught.value.faults] == ["加减分!B2", "加减分!C3"]


def test_faults_of_every_sheet_are_told_at_once() -> None:
    rows = [["主体", "年份", "gdp"], ["a", 2019, "多"]]
    cases = [["主体", "事项", "依据"], ["z", "环保督察通报问题", "通报3号"]]
    with pytest.raises(AssessmentError) as caught:
        read_matrix(workbook(rows, cases), SCHEME, name="x.xlsx")
    assert [fault.place for fault in caught.value.faults] == ["数据!C2", "加减分!A2"]
    assert "不在被考核之列" in caught.value.faults[1].text


ASKED = asked_by(ZONES, 2019)
FACT_ROWS = [["主体", "名称", "条件", "数值", "依据"]]


def test_what_units_report_besides_is_read_with_its_evidence() -> None:
    rows = [["主体", "年份", "gdp"], ["a", 2019, 1], ["b", 2019, 2]]
    facts = [
        *FACT_ROWS,
        ["a", "甲", "土地建成率（%）", "85.5%", "土地调查表第3页"],
        ["a", "甲", "近三年重大环境事件（件）", 0, "环境局函"],
        ["b", "乙", "土地建成率", "", ""],
    ]
    matrix = read_matrix(workbook(rows, (), facts), SCHEME, name="x.xlsx", asked=ASKED)
    assert [(one.unit, one.fact, one.value) for one in matrix.facts] == [
        ("a", "land_built", 85.5), ("a", "environment_cases", 0.0),
    ]  # fmt: skip
    assert matrix.facts[0].evidence == "土地调查表第3页"
    bare = read_matrix(workbook(rows), SCHEME, name="x.xlsx", asked=ASKED)
    assert bare.facts == () and bare.digest() != matrix.digest()


def test_a_wrong_condition_is_told_by_its_cell() -> None:
    rows = [["主体", "年份", "gdp"], ["a", 2019, 1]]
    facts = [
        *FACT_ROWS,
        ["a", "", "土地建成率", "约八成", "文件"],
        ["a", "", "土地建成率", 120, "文件"],
        ["a", "", "土地建成率", 80, ""],
        ["z", "", "土地建成率", 80, "文件"],
        ["a", "", "容积率", 1, "文件"],
        ["a", "", "近三年重大环境事件", 0, "文件"],
        ["a", "", "近三年重大环境事件", 1, "文件"],
    ]
    with pytest.raises(AssessmentError) as caught:
        read_matrix(workbook(rows, (), facts), SCHEME, name="x.xlsx", asked=ASKED)
    told = {fault.place: fault.text for fault in caught.value.faults}
    sheet = "动态管理条件"
    assert list(told) == [f"{sheet}!{cell}" for cell in ("D2", "D3", "E4", "A5", "C6", "C8")]
    assert "约八成" in told[f"{sheet}!D2"] and "不大于100" in told[f"{sheet}!D3"]
    assert "土地建成率、近三年重大环境事件" in told[f"{sheet}!C6"]
    assert f"{sheet}!C7" in told[f"{sheet}!C8"]


def test_no_table_at_all() -> None:
    with pytest.raises(AssessmentError):
        read_matrix(workbook([["a", "b"], [1, 2]]), SCHEME, name="x.xlsx")
    with pytest.raises(AssessmentError):
        read_matrix(b"PK not a workbook", SCHEME, name="x.xlsx")
    with pytest.raises(AssessmentError):
        matrix_of(pa.table({"gdp": [1.0]}), SCHEME, year=2019)


def zones(**changes: list[Any]) -> pa.Table:
    held: dict[str, list[Any]] = {
        "unit": ["a", "b", "c"], "year": [2019] * 3, "zone_type": ["创新驱动型"] * 3,
        "level": ["省级"] * 3,
    }  # fmt: skip
    drawn = np.random.default_rng(2)
    for item in ZONES.items():
        held[item.id] = drawn.uniform(1, 9, 3).tolist()
    return pa.table(held | changes)


def test_a_unit_that_changed_its_type_within_the_year() -> None:
    table = zones(unit=["a", "a", "c"], zone_type=["创新驱动型", "转型升级型", "创新驱动型"])
    with pytest.raises(AssessmentError) as caught:
        matrix_of(table, ZONES)
    (fault,) = caught.value.faults
    assert fault.place == "第2行“zone_type”"
    assert "转型升级型" in fault.text and "转型升级型" in fault.text_en


def test_a_unit_that_changed_its_type_between_years_is_told() -> None:
    before = zones(year=[2018] * 3)
    now = zones(zone_type=["创新驱动型", "转型升级型", "创新驱动型"])
    matrix = matrix_of(pa.concat_tables([before, now]), ZONES)
    told = [one for one in assess(ZONES, matrix).remarks if one.code == "changed_class"]
    assert [one.unit for one in told] == ["b"]


def test_a_class_that_the_scheme_does_not_have_is_told_by_its_cell() -> None:
    with pytest.raises(AssessmentError) as caught:
        matrix_of(zones(zone_type=["创新驱动型", "别样型", "创新驱动型"]), ZONES)
    assert [fault.place for fault in caught.value.faults] == ["第2行“zone_type”"]
    assert "创新驱动型、转型升级型" in caught.value.faults[0].text


def test_completeness_names_every_gap() -> None:
    matrix = matrix_of(pa.table(columns()), SCHEME)
    found = completeness(SCHEME, matrix)
    assert found.gaps == (("etdz-xg", "gdp"),)
    assert found.items[0].present == 4 and found.units[2].share < 1
    assert found.share == pytest.approx(1 - 1 / (5 * len(found.items)))


def test_the_digest_hangs_on_everything() -> None:
    first = matrix_of(pa.table(columns()), SCHEME)
    held = columns()
    held["fai"][9] += 0.01
    other = matrix_of(pa.table(held), SCHEME)
    assert first.digest() != other.digest()
    assert first.digest() == matrix_of(pa.table(columns()), SCHEME).digest()
