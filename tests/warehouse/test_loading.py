"""Loading files (装载文件): checked column by column, answered by file, sheet and cell."""

from __future__ import annotations

import io
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from hexi.warehouse import Registry, Warehouse
from hexi.warehouse.loading import LoadReport, PeriodFault, load_files, read_period

AT = datetime(2024, 4, 10, tzinfo=UTC)
A, B, C = "91620000AAAAAAAAA1", "91620000BBBBBBBBB2", "91620000CCCCCCCCC3"


@pytest.fixture
def house(tmp_path: Path) -> Warehouse:
    house = Warehouse.open(tmp_path / "w", create=True)
    registry = Registry.of(
        {
            "form": [
                {"id": 1, "code": "QY01", "frequency": "month"},
                {"id": 2, "code": "YQ01", "frequency": "quarter"},
            ],
            "item": [
                {"id": 1, "code": "output", "name": "工业总产值"},
                {"id": 2, "code": "tax", "name": "税收"},
            ],
            "facet": [{"id": 5, "code": "KZ", "name": "哈萨克斯坦"}],
            "reporter": [
                {"id": 1, "code": A},
                {"id": 2, "code": B},
                {"id": 3, "code": C, "since": 202001, "until": 202402},
            ],
        }
    )
    house.publish_registry(registry, actor="a", reason="b", at=AT)
    return house


def load(house: Warehouse, *files: Any, **more: Any) -> LoadReport:
    named = [file if isinstance(file, tuple) else ("f.csv", file) for file in files]
    asked: dict[str, Any] = {"form": "QY01", "period": "2024-03", "at": AT} | more
    return load_files(house, named, actor="统计科", reason="装载", **asked)


def text(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def facts(house: Warehouse) -> dict[tuple[int, int, int, int], tuple[Any, Any]]:
    return {
        (r["period"], r["reporter"], r["item"], r["facet"]): (r["value"], r["prior"])
        for r in house.facts().to_pylist()
    }


def book(sheets: dict[str, list[list[Any]]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return made.getvalue()


def places(report: LoadReport) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in report.faults]


LONG = text(
    "统一社会信用代码,指标代码,本期,上年同期", f"{A},output,10.5,9", f"{A},tax,0,", f"{B},output,,"
)
EXPECTED = {
    (202403, 1, 1, 0): (Decimal("10.5"), Decimal(9)),
    (202403, 1, 2, 0): (Decimal(0), None),
}


@pytest.mark.parametrize(
    "data",
    [
        LONG,
        b"\xef\xbb\xbf" + LONG,
        LONG.decode().encode("gb18030"),
        LONG.decode().encode("utf-16"),
        LONG.replace(b",", b";"),
        LONG.replace(b"\n", b"\r\n") + b"\r\n\r\n",
        text("单位代码,企业名称,工业总产值,tax,工业总产值（上年同期）", f"{A},甲厂,10.5,0,9"),
        text("reporter,period,item,value,prior", f" {A.lower()} ,202403,OUTPUT,１０．５,9",
             f"{A},2024年3月,税收,0,"),
        text("DATAFLOW,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_VALUE_PRIOR,OBS_STATUS",
             f"HEXI:QY01(1.0),M,{A},output,2024-03,10.5,9,A",
             f"HEXI:QY01(1.0),M,{A},tax,2024-03,0,,A"),
        text("STRUCTURE[;],STRUCTURE_ID,ACTION,REF_AREA: unit,MEASURE: item,TIME_PERIOD: when,"
             "OBS_VALUE: v,OBS_VALUE_PRIOR: p,CONF: c",
             f"dataflow,HEXI:QY01(1.0),I,{A}: 甲厂,output: 产值,2024-M03,10.5,9,F",
             f"dataflow,HEXI:QY01(1.0),I,{A}: 甲厂,tax: 税收,2024-M03,0,,F",
             f"dataflow,HEXI:QY01(1.0),I,{B}: 乙厂,tax: 税收,2024-M03,NaN,,F"),
        book({"说明": [["填表说明"]], "表一": [["企业月报"], [],
             ["统一社会信用代码", "output", "tax", "output上年同期"],
             [A, 10.5, 0, 9.0], [B, None, None]]}),
    ],
)  # fmt: skip
def test_one_return_in_any_form_is_the_same_facts(house: Warehouse, data: bytes) -> None:
    report = load(house, data)
    assert report.faults == ()
    assert report.snapshot and report.files[0].loaded
    assert facts(house) == EXPECTED
    # the same file again changes nothing
    again = load(house, data)
    assert again.files[0].loaded and again.snapshot is None


def test_parquet_is_loaded_with_doubles_to_fifteen_digits(house: Warehouse) -> None:
    made = io.BytesIO()
    pq.write_table(
        pa.table({"reporter": [A, A], "item": ["output", "tax"], "value": [0.1 + 0.2, 5e6]}), made
    )
    assert load(house, ("f.parquet", made.getvalue())).faults == ()
    assert [value for value, _ in facts(house).values()] == [Decimal("0.3"), Decimal(5_000_000)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["reporter,item,value", f"{A},output,十万"], [(2, "value", "not_number")]),
        (["reporter,item,value", f"{A},output,1", "X,output,1"], [(3, "", "unknown_reporter")]),
        (["reporter,item,value", f"{A},outptu,1"], [(2, "value", "unknown_item")]),
        (["reporter,item,value", ",output,1"], [(2, "", "no_reporter")]),
        (["reporter,item,facet,value", f"{A},output,ZZ,1"], [(2, "value", "unknown_facet")]),
        (["reporter,item,value", f"{A},output,1.23456"], [(2, "value", "too_precise")]),
        (["reporter,item,value", f"{A},output,1e15"], [(2, "value", "too_large")]),
        (["reporter,item,value", f"{A},output,nan"], [(2, "value", "not_number")]),
        (["reporter,item,value", f"{A},output,1_000"], [(2, "value", "not_number")]),
        (["reporter,item,value,prior", f"{A},output,,7"], [(2, "value", "prior_alone")]),
        (["reporter,item,value", f"{A},output,1", "", f"{A},工业总产值,2"],
         [(4, "value", "duplicate")]),
        (["reporter,period,item,value", f"{A},2024-05,output,1"], [(2, "", "future")]),
        (["reporter,period,item,value", f"{A},2024-02,output,1"], [(2, "", "other_period")]),
        (["reporter,period,item,value", f"{A},2024-Q1,output,1"], [(2, "", "frequency")]),
        (["reporter,period,item,value", f"{A},本月,output,1"], [(2, "", "period_text")]),
        (["reporter,item,value", f"{C},output,1"], [(2, "", "closed")]),
        (["reporter,item,value", f"{A},output,1,2", f"{A},x"],
         [(2, "", "ragged"), (3, "", "ragged")]),
        (["reporter,output,outptu", f"{A},1,2"], [(0, "", "column")]),
        (["reporter,output,工业总产值", f"{A},1,2"], [(0, "", "column_twice")]),
        (["item,value", "output,1"], [(0, "", "no_header")]),
        (["reporter,item", f"{A},output"], [(0, "", "no_value")]),
        (["reporter,item,value"], [(0, "", "empty")]),
        (["STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,MEASURE,OBS_VALUE", f"dataflow,X,D,{A},output,"],
         [(2, "ACTION", "action")]),
    ],
)  # fmt: skip
def test_bad_input_is_answered_by_row_and_loads_nothing(
    house: Warehouse, lines: list[str], expected: list[tuple[int, str, str]]
) -> None:
    report = load(house, text(*lines))
    assert places(report) == expected
    assert not report.files[0].loaded and report.snapshot is None and facts(house) == {}
    for fault in report.faults:
        assert "{" not in fault.sentence() + fault.sentence("en")
        assert fault.sentence().startswith("f.csv")


def test_a_workbook_is_answered_by_sheet_and_cell(house: Warehouse) -> None:
    data = book(
        {
            "一": [["统一社会信用代码", "output", "tax"], [A, 1, "约5"]],
            "二": [["x"], ["统一社会信用代码", "output", "tax"], [B, "无", 2], ["X", 1, 1]],
        }
    )
    report = load(house, ("r.xlsx", data))
    assert [(f.sheet, f.column or f.row, f.code, f.found) for f in report.faults] == [
        ("一", "C2", "not_number", "约5"),
        ("二", "B3", "not_number", "无"),
        ("二", 4, "unknown_reporter", "X"),
    ]
    assert report.faults[0].sentence().startswith("r.xlsx “一” C2：数值格中是文字：约5")


def test_a_formula_that_failed_is_no_empty_cell(house: Warehouse) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        workbook.add_worksheet("说明").write_formula(0, 0, "=1/0", None, "#DIV/0!")
        sheet = workbook.add_worksheet("表 & 一")
        # rows and columns before the table count in the places of its cells
        sheet.write_row(3, 1, ["reporter", "output", "tax"])
        sheet.write(4, 1, A)
        sheet.write_formula(4, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(4, 3, "=1+1", None, 2)
        sheet.write_row(5, 1, [B, 5, "约3"])
    report = load(house, ("r.xlsx", made.getvalue()))
    assert [(f.sheet, f.column, f.code, f.found) for f in report.faults] == [
        ("表 & 一", "C5", "formula", "#DIV/0!"),
        ("表 & 一", "D6", "not_number", "约3"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"reporter,\xff\xff\xfe\n", "encoding"),
        ("a.csv", b"re\0porter\n1", "encoding"),
        ("a.xlsx", b"PK\x03\x04broken", "broken"),
        ("a.parquet", b"PAR1broken", "broken"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "format"),
        ("a.pdf", b"%PDF-1.7", "format"),
        ("a.xlsx", book({"x": [["nothing"]]}), "no_header"),
    ],
)
def test_a_file_that_is_none_is_named_and_the_rest_goes_on(
    house: Warehouse, name: str, data: bytes, code: str
) -> None:
    report = load(house, (name, data), ("good.csv", LONG))
    assert [(fault.file, fault.code) for fault in report.faults] == [(name, code)]
    assert [file.loaded for file in report.files] == [False, True]
    assert facts(house) == EXPECTED


def test_a_cell_far_out_does_not_ask_for_all_memory(house: Warehouse) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("表一")
        sheet.write_row(0, 0, ["reporter", "output"])
        sheet.write(1_048_575, 16_383, 1)
    (fault,) = load(house, ("r.xlsx", made.getvalue())).faults
    assert (fault.sheet, fault.code, fault.found) == ("表一", "far", "1048576 × 16384")


def test_nothing_counts_twice_over_the_files_of_a_batch(house: Warehouse) -> None:
    other = text("reporter,item,value", f"{A},output,11", f"{B},output,1")
    report = load(house, ("a.csv", LONG), ("b.csv", other))
    assert [(fault.file, fault.code) for fault in report.faults] == [("b.csv", "duplicate")]
    assert facts(house) == EXPECTED


def test_a_file_that_is_missing_is_named(house: Warehouse, tmp_path: Path) -> None:
    report = load_files(house, [tmp_path / "no.csv"], form="QY01", actor="a", reason="b", at=AT)
    assert [fault.code for fault in report.faults] == ["missing"]


@pytest.mark.parametrize(("value", "asked"), [("100000", True), ("1000", False), ("0.001", True)])
def test_a_mix_up_of_units_is_asked(house: Warehouse, value: str, asked: bool) -> None:
    load(house, text("reporter,item,value", f"{A},output,10"), period="2024-02")
    data = text("reporter,item,value", f"{A},output,{value}")
    report = load(house, data)
    assert [fault.code for fault in report.faults] == (["scale"] if asked else [])
    assert report.files[0].loaded is not asked
    assert load(house, data, confirmed=True).files[0].loaded
    assert facts(house)[202403, 1, 1, 0][0] == Decimal(value)


def test_last_year_beside_it_asks_too(house: Warehouse) -> None:
    report = load(house, text("reporter,item,value,prior", f"{A},output,120000,11"))
    assert [(fault.code, fault.found) for fault in report.faults] == [("scale", "120000 ← 11.0000")]


def test_a_file_with_periods_of_its_own_is_loaded_by_period(house: Warehouse) -> None:
    lines = text("reporter,period,item,value", f"{A},2024-01,tax,1", f"{A},2024-02,tax,2")
    assert load(house, lines, period=None).faults == ()
    assert {key[0]: value for key, (value, _) in facts(house).items()} == {202401: 1, 202402: 2}
    assert [f.code for f in load(house, LONG, period=None).faults] == ["no_period"]


def test_many_faults_of_a_kind_are_counted(house: Warehouse) -> None:
    lines = text("reporter,item,value", *(f"X{number},output,1" for number in range(500)))
    faults = load(house, lines).faults
    assert len(faults) == 100
    assert sum(fault.like_it for fault in faults) == 500


@pytest.mark.parametrize(
    ("written", "frequency", "month"),
    [
        ("2023", "year", 202312),
        ("2023-Q4", "quarter", 202312),
        ("2023年第三季度", "quarter", 202309),
        ("2023年4季度", "quarter", 202312),
        ("2023年上半年", "half", 202306),
        ("2023-S2", "half", 202312),
        ("2023年", "year", 202312),
        ("2023-12-31", "month", 202312),
    ],
)
def test_periods_are_read_as_they_are_written(written: str, frequency: str, month: int) -> None:
    assert read_period(written, frequency, AT.date()) == month


def test_a_period_that_is_none_has_a_code() -> None:
    for written, code in (("2025", "future"), ("2023-01/09", "frequency"), ("13月", "period_text")):
        with pytest.raises(PeriodFault) as caught:
            read_period(written, "year", AT.date())
        assert caught.value.code == code


@pytest.mark.slow
def test_two_hundred_thousand_rows_are_loaded_within_five_seconds(tmp_path: Path) -> None:
    house = Warehouse.open(tmp_path / "w", create=True)
    registry = Registry.of(
        {
            "form": [{"id": 1, "code": "QY01", "frequency": "month"}],
            "item": [{"id": i, "code": f"i{i}"} for i in range(1, 41)],
            "reporter": [{"id": i, "code": f"R{i:017d}"} for i in range(1, 5001)],
        }
    )
    house.publish_registry(registry, actor="a", reason="b", at=AT)
    lines = ["reporter,item,value,prior"]
    lines += [f"R{r:017d},i{i},{r}.{i},{r}" for r in range(1, 5001) for i in range(1, 41)]
    begun = time.process_time()
    report = load(house, text(*lines))
    assert time.process_time() - begun < 5
    assert report.files[0].facts == 200_000
    assert report.faults == ()
