"""The document as a page (原文版面): escaped, marked, and shaped as the document is."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hexi.catalogue import load_pack
from hexi.plans.documents import read_document
from hexi.plans.statements import extract
from hexi.portal.plans.queries.text_html import Mark, outline, pages_of, render
from hexi.portal.plans.reading.records import (
    document_of,
    document_record,
    statement_of,
    statement_record,
)
from hexi.samples import sample_bytes


def show(text: str, blocks: list[dict[str, Any]], marks: list[Mark] | None = None) -> str:
    return render(
        blocks,
        text,
        marks or [],
        first=0,
        last=len(blocks),
        plan=7,
        title="",
        lost_title="丢失的小数点",
    )


def block(text: str, kind: str = "paragraph", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "start": 0, "end": len(text), "text": text, **more}


def mark(start: int, end: int, number: int = 0) -> Mark:
    return Mark(start, end, number, "s s-target", "target", "level")


def test_what_comes_from_the_file_is_escaped() -> None:
    text = '<script>alert("1")</script> & 5<6'
    html = show(text, [block(text)])
    assert "<script" not in html and "&lt;script&gt;" in html and "&amp;" in html


def test_a_figure_is_a_link_to_its_panel() -> None:
    text = "达到327亿元。"
    html = show(text, [block(text)], [mark(2, 7, 3)])
    assert (
        '达到<a class="s s-target" id="s3" href="/plans/7/statements/3/" data-n="3" '
        'data-m="target" data-k="level">327亿元</a>。' in html
    )


def test_a_figure_inside_another_is_not_marked_twice() -> None:
    text = "7.3万亩（48.7平方公里）"
    html = show(text, [block(text)], [mark(0, 5, 0), mark(0, 5, 1), mark(6, 13, 2)])
    assert html.count("<a ") == 2


def test_a_torn_line_is_joined_and_latin_words_stay_apart() -> None:
    text = "生产\n总值 open\nplan"
    assert "生产总值 open\nplan" in show(text, [block(text)])


def test_a_lost_point_is_shown_and_explained() -> None:
    text = "1\ue0013亿美元"
    assert '1<span class="t-lost" title="丢失的小数点">.</span>3' in show(text, [block(text)])


def test_tables_keep_heads_spans_and_captions() -> None:
    text = "指标 2020年 合计 10"
    cells = [
        [0, 0, 0, 2, "指标", 1, 1, 1, []],
        [0, 1, 3, 8, "2020年", 1, 1, 1, []],
        [1, 0, 9, 11, "合计", 1, 1, 1, []],
        [1, 1, 12, 14, "10", 2, 3, 0, []],
    ]
    table = {"kind": "table", "start": 0, "end": len(text), "cells": cells, "caption": "表1"}
    html = show(text, [table], [mark(12, 14)])
    assert "<caption>表1</caption><thead><tr>" in html
    assert html.count('scope="col"') == 2 and html.count('scope="row"') == 1
    assert '<td class="t-num" rowspan="2" colspan="3"><a ' in html
    assert html.count("<thead>") == html.count("</thead>") == 1
    assert html.count("<tbody>") == html.count("</tbody>") == 1


def test_a_box_is_one_aside_and_headings_make_the_outline() -> None:
    text = "第一章"
    blocks = [
        block(text, "heading", level=1),
        block(text, "heading", level=5),
        block(text, box=True),
        block(text, "list", box=True),
        block(text, "note"),
    ]
    html = show(text, blocks)
    assert html.count("<aside") == html.count("</aside>") == 1
    assert '<h2 id="b0" class="t-h t-h1">' in html and 'class="t-li"' in html
    assert [entry["anchor"] for entry in outline(blocks, 0, 5)] == ["b0"]


def test_blocks_stand_in_parts_of_about_a_screen_and_a_box_is_never_torn() -> None:
    text = "字" * 400
    blocks = [{**block(text), "box": 20 <= n < 26} for n in range(40)]
    html = show(text, blocks)
    parts = html.split('<section class="t-part">')[1:]
    assert html.startswith("<section") and html.count("</section>") == len(parts)
    # two blocks and the box of six that follows them, uncut
    assert [part.count("<p ") for part in parts] == [*[3] * 6, 8, *[3] * 4, 2]
    assert sum("<aside" in part for part in parts) == 1
    assert all(part.count("<aside") == part.count("</aside>") for part in parts)


def test_a_very_long_document_is_cut_into_pages_that_hold_every_block_once() -> None:
    blocks = [
        {"kind": "paragraph", "start": n * 10_000, "end": (n + 1) * 10_000} for n in range(97)
    ]
    pages = pages_of(blocks)
    assert pages[0][0] == 0 and pages[-1][1] == 97
    assert all(a[1] == b[0] for a, b in pairwise(pages))


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 40))))
def test_no_text_is_lost_and_nothing_breaks_out(text: str, places: list[tuple[int, int]]) -> None:
    marks = [
        mark(start, min(start + length, len(text)), number)
        for number, (start, length) in enumerate(sorted(places))
        if start < len(text) and length
    ]
    html = show(text, [block(text)], marks)
    plain = re.sub(r"<[^>]*>", "", html)
    for code, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        plain = plain.replace(code, letter)
    assert re.sub(r"[\s.]", "", plain) == re.sub(r"[\s.\ue000-\uf8ff]", "", text)


def test_records_bring_back_exactly_what_the_engine_made() -> None:
    document = read_document(sample_bytes("docx"), name="云岭.docx")
    assert document_of(document_record(document), document.text) == document
    for statement in extract(document, load_pack("gansu").catalogue):
        assert statement_of(statement_record(statement)) == statement
