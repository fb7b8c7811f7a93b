"""Web pages: the article, not the menus."""

from __future__ import annotations

import pytest

from hexi.plans.documents import header_path, read_document
from tests.plans.documents.support import assert_places_hold, grid, outline, tables, texts
from tests.writers.page import article_page, html_table
from tests.writers.plan import CHAPTERS, TABLE, TITLE, plan_html

PROSE = "到2025年，地区生产总值达到300亿元以上，年均增长10%左右；工业增加值占比达到45%。"


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk"])
def test_article_is_read_and_the_page_around_it_is_not(charset: str) -> None:
    document = read_document(plan_html(charset), name="规划.html")
    assert document.title == TITLE
    wanted = [text for _, sections in CHAPTERS for _, ps in sections for text in ps]
    assert texts(document, "paragraph") == wanted
    assert grid(tables(document)[0]) == TABLE
    for stray in ("首页", "备案号", "隐藏", "脚本", "相关文件", "当前位置"):
        assert stray not in document.text
    assert_places_hold(document)


def test_layout_tables_are_no_tables() -> None:
    body = f"<p>{PROSE}</p>" * 12 + html_table(TABLE)
    document = read_document(article_page(TITLE, body, layout_table=True), name="a.html")
    assert texts(document, "paragraph").count(PROSE) == 12
    assert [grid(block) for block in tables(document)] == [TABLE]


def test_line_breaks_part_paragraphs_and_source_newlines_do_not() -> None:
    broken = PROSE[:20] + "\n   " + PROSE[20:]
    body = f"<div>　　{broken}<br>&nbsp;&nbsp;&nbsp;{PROSE}<br/><br/>{PROSE}</div>"
    document = read_document(article_page(TITLE, body), name="a.html")
    assert texts(document, "paragraph") == [PROSE] * 3


def test_spans_and_raised_digits() -> None:
    rows = [
        ["指标", "目标值", ""],
        ["", "2020年", "2025年"],
        ["用水量（m<sup>3</sup>）", "35<br>", "<p>32</p>"],
        ["企业（家）", "30", "45"],
    ]
    body = f"<p>{PROSE}</p>" + html_table(rows, spans={(0, 0): (2, 1), (0, 1): (1, 2)})
    (block,) = tables(read_document(article_page(TITLE, body), name="a.html"))
    cell = next(c for c in block.cells if c.text == "32")
    assert header_path(block, cell) == ("目标值", "2025年")
    assert any(c.text == "用水量（m³）" for c in block.cells)


def test_headings_and_ordered_lists_of_the_page() -> None:
    items = "".join(
        f"<li><p>{text}</p></li>"
        for text in ("建设标准厂房，完善配套设施。", "引进企业，扩大开放。")
    )
    body = f"<h2>一、发展目标</h2><p>{PROSE}</p><ol>{items}</ol>"
    document = read_document(article_page(TITLE, body), name="a.html")
    assert outline(document) == [(1, TITLE), (2, "一、发展目标")]
    assert texts(document, "list") == ["1. 建设标准厂房，完善配套设施。", "2. 引进企业，扩大开放。"]


def test_bare_fragment_without_html_frame_is_read() -> None:
    document = read_document(f"<div><p>{PROSE}</p></div>".encode(), name="a.html")
    assert texts(document) == [PROSE]
