"""The audit report puts findings in order, quotes their sentences, in every form."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from dataclasses import replace
from datetime import datetime

import docx
import pypdfium2 as pdfium
import pytest
from python_calamine import CalamineWorkbook

from hexi.plans.audit.finding import Evidence, Finding, Rank, Verdict
from hexi.plans.documents.document import Block, Cell, Document
from hexi.reports import (
    audit_docx,
    audit_json,
    audit_markdown,
    audit_pdf,
    audit_text,
    audit_xlsx,
)
from hexi.reports.audit_report import AuditReport, build_audit_report

TEXT = (
    "第一章　发展目标\n"
    "经济总量扩大。到2025年，固定资产投资达到240亿元，年均增长8%。其他事项另行安排。\n"
    "指标\t2020年\t2025年\n"
    "税收\t6.1\t15.2\n"
    "=合计\n"
)


def document() -> Document:
    rows = [("指标", "2020年", "2025年"), ("税收", "6.1", "15.2")]
    cells = []
    at = TEXT.index("指标\t")
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            cells.append(Cell(row, column, at, at + len(text), text))
            at += len(text) + 1
    table = TEXT.index("指标\t")
    blocks = (
        Block("heading", 0, 8, TEXT[:8], level=1),
        Block("paragraph", 9, table - 1, TEXT[9 : table - 1]),
        Block("table", table, TEXT.index("=合计") - 1, cells=tuple(cells)),
        Block("paragraph", TEXT.index("=合计"), len(TEXT) - 1, "=合计"),
    )
    return Document("plan", "txt", TEXT, blocks, title="示例规划")


def finding(
    check: str, verdict: Verdict, rank: Rank, figure: str, arithmetic: str = "142 × 1.08⁵ = 208.6"
) -> Finding:
    start = TEXT.index(figure)
    return Finding(
        check,
        verdict,
        rank,
        f"{figure}与推算不符",
        f"{figure} does not follow",
        arithmetic,
        "208.2–209.1 亿元",
        "",
        "",
        (Evidence("plan", start, start + len(figure), figure),),
    )


FINDINGS = [
    finding("H3", Verdict.OUTSIDE, "plausibility", "8%"),
    finding("S1", Verdict.SUSPECT, "identity", "15.2"),
    finding("T1", Verdict.OUTSIDE, "passages", "240亿元"),
    finding("G1", Verdict.OUTSIDE, "identity", "240亿元"),
    finding("G1", Verdict.PASS, "identity", "6.1"),
    finding("U1", Verdict.EQUAL, "identity", "=合计", "=1+1"),
]


def report(language: str = "zh") -> AuditReport:
    return build_audit_report([(document(), 5)], FINDINGS, "en" if language == "en" else "zh")


def test_broken_identities_come_first_then_passages_then_plausibility() -> None:
    assert [item.finding.check for item in report().faults] == ["G1", "S1", "T1", "H3"]


def test_right_lines_are_kept_apart_and_grouped_by_check() -> None:
    assert [(check, len(items)) for check, _, items in report().right_by_check()] == [
        ("G1", 1),
        ("U1", 1),
    ]


def test_a_quote_is_the_sentence_and_no_more() -> None:
    quote = report().faults[0].quotes[0]
    assert quote.marked == "到2025年，固定资产投资达到【240亿元】，年均增长8%。"
    assert quote.section == ("第一章　发展目标",)


def test_a_quote_from_a_table_is_its_row() -> None:
    quote = report().faults[1].quotes[0]
    assert quote.sentence == "税收 6.1 15.2"
    assert quote.figures == ("15.2",)


def test_figures_of_one_sentence_are_marked_in_one_quote() -> None:
    places = [(TEXT.index(figure), figure) for figure in ("8%", "240亿元", "15.2")]
    evidence = tuple(Evidence("plan", at, at + len(text), text) for at, text in places)
    both = replace(FINDINGS[3], evidence=evidence)
    quotes = build_audit_report([(document(), 5)], [both]).faults[0].quotes
    assert [quote.figures for quote in quotes] == [("240亿元", "8%"), ("15.2",)]
    assert quotes[0].marked == "到2025年，固定资产投资达到【240亿元】，年均增长【8%】。"


def test_a_very_long_sentence_is_cut_around_its_figure() -> None:
    text = "甲" * 400 + "12亿元" + "乙" * 400
    long = Document("plan", "txt", text, (Block("paragraph", 0, len(text), text),))
    one = replace(FINDINGS[3], evidence=(Evidence("plan", 400, 404, "12亿元"),))
    quote = build_audit_report([(long, 1)], [one]).faults[0].quotes[0]
    assert quote.marked == "…" + "甲" * 160 + "【12亿元】" + "乙" * 160 + "…"


def test_the_summary_answers_in_a_sentence_in_both_languages() -> None:
    assert report().summary == (
        "共读出 5 个数字，核算 6 项，4 项待核（算式不成立 2 处，前后不一 1 处，合理性存疑 1 处），"
        "2 项无误。"
    )
    assert "4 to look at" in report("en").summary
    assert build_audit_report([(document(), 5)], [], "zh").summary.endswith("未发现不符。")


def test_text_shows_sum_range_and_sentence_and_lists_right_lines_on_request() -> None:
    text = audit_text.render(report())
    assert "算式：142 × 1.08⁵ = 208.6" in text
    assert "应为：208.2–209.1 亿元" in text
    assert f"plan:{TEXT.index('240亿元')}" in text
    assert "已核无误" not in text
    assert "已核无误" in audit_text.render(report(), everything=True)


def test_json_is_a_list_of_records_of_faults_or_of_everything() -> None:
    records = json.loads(audit_json.render(report()))
    assert [record["check"] for record in records] == ["G1", "S1", "T1", "H3"]
    assert set(records[0]) >= {
        "check",
        "verdict",
        "rank",
        "title",
        "arithmetic",
        "expected",
        "hypothesis",
        "evidence",
    }
    assert set(records[0]["evidence"][0]) == {"doc", "start", "end", "text"}
    assert len(json.loads(audit_json.render(report(), everything=True))) == 6


def test_markdown_escapes_what_the_document_says() -> None:
    marked = finding("T1", Verdict.OUTSIDE, "passages", "240亿元", "a*b|c <script>")
    text = audit_markdown.render(build_audit_report([(document(), 5)], [marked]))
    assert r"a\*b\|c \<script\>" in text


def test_workbook_holds_findings_evidence_and_right_lines_and_no_formula() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(audit_xlsx.render(report())))
    assert book.sheet_names == ["问题", "证据", "已核无误"]
    rows = book.get_sheet_by_name("问题").to_python()
    assert [row[1] for row in rows[3:]] == ["G1", "S1", "T1", "H3"]
    right = book.get_sheet_by_name("已核无误").to_python()
    assert any("=1+1" in row for row in right)


def test_word_report_is_an_a4_page_with_title_findings_and_annex() -> None:
    data = audit_docx.render(report(), at=datetime(2026, 3, 5))
    page = docx.Document(io.BytesIO(data))
    section = page.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    texts = [paragraph.text for paragraph in page.paragraphs]
    assert texts[0] == "示例规划数字核算报告"
    assert "2026年3月5日　河西核算" in texts
    assert any(text.startswith("附件") for text in texts)
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    assert "142 × 1.08⁵ = 208.6" in cells
    assert any("固定资产投资达到240亿元" in cell for cell in cells)


@pytest.mark.parametrize("everything", [False, True])
def test_word_report_of_one_date_is_one_file(everything: bool) -> None:
    at = datetime(2026, 3, 5)
    one = audit_docx.render(report(), everything=everything, at=at)
    assert one == audit_docx.render(report(), everything=everything, at=at)
    assert zipfile.ZipFile(io.BytesIO(one)).testzip() is None


def test_what_xml_cannot_hold_does_not_break_a_report() -> None:
    text = "第一\x0b行\x00，投资\ud80012亿元\ufffe。"
    start = text.index("12亿元")
    odd = Document("plan", "txt", text, (Block("paragraph", 0, len(text), text),), title="题\x01目")
    evidence = (Evidence("plan", start, start + 4, "12亿元"),)
    found = replace(FINDINGS[3], evidence=evidence, title="\x02问题", arithmetic="\x03")
    odd_report = build_audit_report([(odd, 1)], [found])
    page = docx.Document(io.BytesIO(audit_docx.render(odd_report)))
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    assert any("12亿元" in cell for cell in cells)
    CalamineWorkbook.from_filelike(io.BytesIO(audit_xlsx.render(odd_report)))


def test_word_report_without_findings_says_so() -> None:
    data = audit_docx.render(build_audit_report([(document(), 0)], []))
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
    assert "未发现不符。" in texts


def _read(pdf: bytes) -> str:
    pages = pdfium.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in pages)


def test_the_pdf_is_set_from_the_same_report() -> None:
    pytest.importorskip("typst")
    made = report()
    text = _read(audit_pdf.render(made, at=datetime(2026, 1, 2))).replace("\r\n", "")
    assert "2026" in text
    assert made.faults[0].finding.arithmetic.replace(" ", "") in text.replace(" ", "")


def test_words_of_a_plan_are_data_to_the_typesetter_and_never_run() -> None:
    pytest.importorskip("typst")
    harmful = replace(report(), documents=(("a", '#panic("x") $ \\ ] *', 1),))
    assert "#panic" in _read(audit_pdf.render(harmful))


def test_without_the_pdf_extra_the_refusal_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(audit_pdf.MissingTypesetter, match=r"hexi\[pdf\]"):
        audit_pdf.render(report())
