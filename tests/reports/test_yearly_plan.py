"""The yearly plan in Word and Excel (年度计划): the same figures in both."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from hexi.reports import yearly_plan_docx, yearly_plan_xlsx
from hexi.reports.official_numbering import numeral
from hexi.reports.yearly_plan import Duty, Language, Open, Part, YearlyPlan, figure

AT = datetime(2017, 12, 20, 9, 0)

GDP = Duty(
    indicator="地区生产总值",
    measure_unit="亿元",
    nature="expected",
    bound="ge",
    base="225.98",
    base_period="2015",
    last="",
    value="333.55",
    final="430",
    final_period="2020",
    quarters=("70.1", "150.2", "240.3", "333.55"),
    cumulative=True,
    body="经济发展局",
    person="李四",
    requirement="上半年过半",
    measures=("扩大投资", "引进企业"),
    projects=("兰州国际港务区",),
    parts=(Part("安宁园区", "200.5", "已认领"), Part("西固园区", "133.05", "待认领")),
    parts_check="各部分之和等于总数。",
    source="《规划纲要》表1",
)
RANK = Duty(
    indicator="在国家级经济技术开发区中的位次提升",
    measure_unit="位",
    nature="",
    bound="eq",
    base="",
    base_period="",
    last="",
    value="",
    final="5",
    final_period="2016-2020",
    reason="没有基期值，年度数无从计算。",
    source="《规划纲要》第二章目标",
)


def plan(language: Language = "zh", *duties: Duty) -> YearlyPlan:
    return YearlyPlan(
        language=language,
        unit="兰州经济技术开发区",
        year=2018,
        plans=("兰州经济技术开发区“十三五”发展规划纲要",),
        duties=duties or (GDP, RANK),
        open=(Open("固定资产投资", "市里已下达，尚未认领。"),),
    )


def words_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def sheets_of(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_document_has_the_chapters_in_order() -> None:
    document = Document(io.BytesIO(yearly_plan_docx.render(plan(), at=AT)))
    heads = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert heads == [
        "一、编制依据",
        "二、年度目标",
        "三、季度进度要求",
        "四、分解落实",
        "五、责任与措施",
        "六、尚未确定的事项",
        "附件　目标出处",
    ]


def test_chapters_that_say_nothing_are_left_out_and_numbers_close_up() -> None:
    data = yearly_plan_docx.render(YearlyPlan("zh", "兰州经开区", 2018, (), (RANK,)), at=AT)
    document = Document(io.BytesIO(data))
    heads = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert heads == ["一、编制依据", "二、年度目标", "三、尚未确定的事项", "附件　目标出处"]


def test_a_target_without_a_figure_is_said_in_words_and_never_made_up() -> None:
    text = words_of(yearly_plan_docx.render(plan(), at=AT))
    assert "在国家级经济技术开发区中的位次提升：没有基期值，年度数无从计算。" in text
    assert "固定资产投资：市里已下达，尚未认领。" in text
    row = sheets_of(yearly_plan_xlsx.render(plan(), at=AT))["年度目标"][5]
    assert row[8] == "—" and row[13] == "没有基期值，年度数无从计算。"


def test_the_summary_counts_what_the_table_holds() -> None:
    assert plan().summary == ("共列入目标2项，其中约束性0项、预期性1项；1项有年度指标值，1项尚无。")
    assert "2 targets (0 binding, 1 expected); with a figure for the year: 1;" in plan("en").summary


def test_both_files_speak_english() -> None:
    text = words_of(yearly_plan_docx.render(plan("en"), at=AT))
    assert "2. Targets of the year" in text and "2017-12-20" in text and "≥333.55" in text
    assert list(sheets_of(yearly_plan_xlsx.render(plan("en"), at=AT))) == [
        "Targets", "Quarters", "Parts", "Duties", "Not settled",
    ]  # fmt: skip


def test_the_same_plan_gives_the_same_bytes() -> None:
    for make in (yearly_plan_docx.render, yearly_plan_xlsx.render):
        assert make(plan(), at=AT) == make(plan(), at=AT)


def test_an_empty_plan_still_opens_and_says_so() -> None:
    empty = YearlyPlan("zh", "兰州经开区", 2018, (), ())
    assert "尚无已认领的目标。" in words_of(yearly_plan_docx.render(empty, at=AT))
    assert list(sheets_of(yearly_plan_xlsx.render(empty, at=AT))) == ["年度目标"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1234567.50", "1,234,567.50"),
        ("-1234", "-1,234"),
        ("0.5", "0.5"),
        ("", "—"),
        ("约30", "约30"),
    ],
)
def test_a_figure_keeps_its_decimals(text: str, shown: str) -> None:
    assert figure(text) == shown


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "100")],
)
def test_headings_are_numbered_as_officials_do(number: int, said: str) -> None:
    assert numeral(number) == said


@settings(deadline=None)
@given(
    st.lists(
        st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False),
        min_size=1,
        max_size=6,
    )
)
def test_figures_of_the_workbook_are_those_of_the_document(values: list[Decimal]) -> None:
    duties = tuple(
        Duty(f"指标{n}", "亿元", "expected", "eq", "", "", "", f"{value}", "", "2020")
        for n, value in enumerate(values)
    )
    made = plan("zh", *duties)
    rows = sheets_of(yearly_plan_xlsx.render(made))["年度目标"][4:]
    assert [row[8] for row in rows] == [float(value) for value in values]
    table = Document(io.BytesIO(yearly_plan_docx.render(made))).tables[0]
    assert [row.cells[5].text for row in table.rows[1:]] == [f"{value:,}" for value in values]


def test_characters_that_office_files_forbid_do_no_harm() -> None:
    odd = Duty("=cmd()\x00", "亿元", "", "eq", "", "", "", "1", "2", "2020", body="\x01局")
    assert "=cmd()\ufffd" in words_of(yearly_plan_docx.render(plan("zh", odd), at=AT))
    assert sheets_of(yearly_plan_xlsx.render(plan("zh", odd), at=AT))["年度目标"][4][1] == (
        "=cmd()\ufffd"
    )
