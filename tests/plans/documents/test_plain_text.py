"""Plain text and Markdown: headings, boxes, torn lines, debris, encodings."""

from __future__ import annotations

import pytest

from hexi.plans.documents import read_document, read_text
from tests.plans.documents.support import assert_places_hold, grid, outline, tables, texts
from tests.writers.pdf import wrapped
from tests.writers.plan import CHAPTERS, TABLE, TITLE, plan_text

PROSE = (
    "开发区立足区位条件和资源禀赋，着力建平台、强功能、优结构、促开放，产业基础不断夯实，营商环境"
    "持续改善，经济总量稳步增长，2020年实现地区生产总值186.4亿元，年均增长9.5%，比全省平均水平高"
    "2.1个百分点。"
)


def test_canonical_text_is_the_decoded_file_with_its_own_line_ends() -> None:
    text = plan_text().replace("\n", "\r\n")
    document = read_document(text.encode(), name="规划.txt")
    assert document.text == text
    assert_places_hold(document)


def test_numbered_headings_get_levels_in_their_order_of_rank() -> None:
    document = read_text(plan_text())
    assert document.title == TITLE
    assert outline(document)[1:4] == [
        (1, "第一章　发展基础和环境"),
        (2, "一、发展基础"),
        (2, "二、存在问题"),
    ]


def test_without_chapters_han_numbers_are_the_first_level() -> None:
    document = read_text("一、发展基础\n" + PROSE + "\n（一）优势明显。\n" + PROSE + "\n")
    assert outline(document) == [(1, "一、发展基础"), (2, "（一）优势明显。")]


def test_heading_that_runs_into_its_text_stays_one_paragraph() -> None:
    text = "　　（一）经济实力增强。" + PROSE + "\n　　1.外贸实现新发展。" + PROSE + "\n"
    document = read_text(text)
    assert [b.kind for b in document.blocks] == ["paragraph", "paragraph"]


def test_short_numbered_line_with_a_figure_is_an_item_not_a_heading() -> None:
    document = read_text("一、任务\n1.新建道路15条。\n2.引进企业20家。\n" + PROSE + "\n")
    assert texts(document, "list") == ["1.新建道路15条。", "2.引进企业20家。"]


def test_lines_torn_at_the_page_width_become_paragraphs_again() -> None:
    paragraphs = [PROSE + f"第{n}段说明了工作的基本情况和下一步的主要打算。" for n in range(6)]
    lines = []
    for paragraph in paragraphs:
        lines.extend(line.strip("　") for line in wrapped("　　" + paragraph, 26))
    for separator in ("\n", "\n\n"):
        document = read_text(separator.join(["第一章 发展基础", *lines]) + "\n")
        assert texts(document, "paragraph") == paragraphs
        assert_places_hold(document)


def test_page_numbers_inside_torn_text_are_no_part_of_it() -> None:
    lines = wrapped(PROSE * 4, 26)
    lines.insert(5, "- 12 -")
    lines.insert(11, "— 13 —")
    document = read_text("\n".join(lines))
    joined = "".join(texts(document))
    assert joined == PROSE * 4
    assert_places_hold(document)


def test_space_between_digits_and_han_is_left_out_of_prose_only() -> None:
    sentence = (
        "到 2025 年，建成标准厂房 12 万平方米，引进企业 30 余家，基础设施更加完善，能力增强。"
    )
    document = read_text("专栏 1 重点项目\n" + sentence + "\n")
    assert document.blocks[0].text == "专栏 1 重点项目"
    assert document.blocks[1].text == sentence.replace(" ", "")
    start = document.blocks[1].text.index("12万")
    place = document.blocks[1].place(start, start + 3)
    assert document.text[place[0] : place[1]] == "12 万"


def test_converter_debris_never_reaches_the_logical_text() -> None:
    text = (
        f"[bookmark: _Toc4473][bookmark: _GoBack]{TITLE}\n[bookmark: _Toc1]第一章  基础\n{PROSE}\n"
    )
    document = read_text(text)
    assert document.text == text
    assert all("bookmark" not in block.text for block in document.blocks)
    assert outline(document) == [(1, TITLE), (1, "第一章  基础")]
    assert_places_hold(document)


def test_traditional_characters_read_as_simplified_at_the_same_places() -> None:
    text = (
        "# 堅持高質量發展\n\n"
        "全省實現地區生產總值一萬億元，對外開放水平顯著提高，著名企業積極參與。\n"
    )
    document = read_text(text)
    assert document.text == text
    assert document.blocks[0].text == "坚持高质量发展"
    assert "地区生产总值" in document.blocks[1].text
    assert "显著" in document.blocks[1].text
    assert {flag.kind for flag in document.flags} == {"traditional"}
    assert_places_hold(document)


def test_simplified_text_is_left_as_it_is() -> None:
    assert "".join(texts(read_text(PROSE))) == PROSE


def test_lost_decimal_point_is_kept_and_flagged() -> None:
    document = read_text("累计对外投资8\ue0106亿美元，经济发展水平持续提高\ue020。\n")
    assert "8\ue0106亿美元" in document.blocks[0].text
    assert [(flag.kind, flag.start) for flag in document.flags] == [
        ("lost_point", 7),
        ("unreadable", 23),
    ]


def test_kangxi_radicals_are_repaired_and_flagged() -> None:
    text = "⼀、⼯业增加值⾼速增⻓，10³吨\n" + PROSE
    document = read_text(text)
    assert document.blocks[0].text == "一、工业增加值高速增长，10³吨"
    assert sum(flag.kind == "repaired" for flag in document.flags) == 4
    assert_places_hold(document)


def test_box_holds_its_table_and_note_and_ends_after_them() -> None:
    text = (
        "（一）主要目标。\n专栏1　主要指标\n指标\t2020年\t2025年\n总产值（亿元）\t120\t200\n"
        "企业数（家）\t30\t45\n\n注：按当年价格计算。\n" + PROSE + "\n"
    )
    document = read_text(text)
    assert [(b.kind, b.box) for b in document.blocks] == [
        ("heading", False),
        ("heading", True),
        ("table", True),
        ("note", True),
        ("paragraph", False),
    ]
    assert tables(document)[0].caption == "专栏1　主要指标"


def test_box_of_items_ends_at_the_next_ordinary_heading() -> None:
    items = [f"{n}.第{n}项工程。" + PROSE for n in (1, 2, 3)]
    text = "\n".join(["一、任务", "专栏2　重点工程", *items, "（二）下一部分", PROSE])
    document = read_text(text)
    assert [b.box for b in document.blocks] == [False, True, True, True, True, False, False]


def test_contents_lines_are_left_out() -> None:
    text = "目录\n第一章 基础…………………3\n第二章 目标.............12\n第一章 基础\n" + PROSE + "\n"
    document = read_text(text)
    assert outline(document) == [(1, "第一章 基础")]


def test_two_line_title_is_joined_when_the_second_names_the_kind_only() -> None:
    text = "青原新区加工贸易梯度转移承接地\n发展规划（征求意见稿）\n\n第一章 基础\n" + PROSE
    assert read_text(text).title == "青原新区加工贸易梯度转移承接地发展规划（征求意见稿）"


def test_markdown_headings_and_tables() -> None:
    rows = (
        "| 指标 | 2020年 | 2025年 |\n|---|---:|---:|\n"
        "| 总产值（亿元） | 120 | 200 |\n| 企业数 | 3 | 9 |\n"
    )
    document = read_text("# 规划纲要\n\n## 目标\n\n" + PROSE + "\n\n" + rows)
    assert outline(document) == [(1, "规划纲要"), (2, "目标")]
    assert grid(tables(document)[0])[1] == ["总产值（亿元）", "120", "200"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings_are_told_from_the_bytes(encoding: str) -> None:
    document = read_document(plan_text().encode(encoding), name="规划")
    assert document.text.lstrip("\ufeff") == plan_text()
    assert document.blocks[0].text == TITLE
    assert grid(tables(document)[0]) == TABLE


def test_big5_is_told_from_gb18030() -> None:
    text = (
        "經濟開發區發展規劃\n一、發展基礎\n"
        "地區生產總值達到三百億元，年均增長百分之九點五，對外貿易總額增加。\n"
    )
    document = read_document(text.encode("big5"), name="規劃.txt")
    assert document.text == text
    assert document.blocks[2].text.startswith("地区生产总值达到三百亿元")


def test_short_gb18030_text_is_told_too() -> None:
    assert read_document("全区生产总值增长8%。".encode("gbk")).text == "全区生产总值增长8%。"


def test_every_paragraph_of_the_plan_comes_through_once() -> None:
    wanted = [text for _, sections in CHAPTERS for _, ps in sections for text in ps]
    assert texts(read_text(plan_text()), "paragraph") == wanted
