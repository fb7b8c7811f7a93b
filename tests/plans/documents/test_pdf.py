"""Pdf files: paragraphs out of lines, running heads dropped, ruled and unruled tables."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from hexi.plans.documents import DocumentError, Limits, header_path, read_document
from hexi.plans.documents.pdf_fonts import stand_in_for_fonts
from hexi.plans.documents.recognition import available
from tests.plans.documents.support import assert_places_hold, grid, outline, tables, texts
from tests.writers.pdf import PdfFile
from tests.writers.plan import CHAPTERS, TABLE, TITLE, plan_pdf

PROSE = (
    "开发区立足区位条件和资源禀赋，着力建平台、强功能、优结构、促开放，产业基础不断夯实，营商环境"
    "持续改善，2020年实现地区生产总值186.4亿元，年均增长9.5%，比全省平均水平高2.1个百分点，其中第"
    "{n}产业占比继续提高。"
)


@pytest.mark.parametrize("ruled", [True, False])
def test_the_plan_comes_through_whole(ruled: bool) -> None:
    document = read_document(plan_pdf(ruled=ruled), name="规划.pdf")
    assert document.title == TITLE
    assert outline(document)[1:3] == [(1, "第一章　发展基础和环境"), (2, "一、发展基础")]
    wanted = [text for _, sections in CHAPTERS for _, ps in sections for text in ps]
    assert texts(document, "paragraph") == wanted
    assert grid(tables(document)[0]) == TABLE
    assert_places_hold(document)


def test_paragraphs_go_on_over_pages_and_running_heads_are_dropped() -> None:
    file = PdfFile(head="青原经济开发区规划（征求意见稿）")
    file.page().heading("第一章　发展基础")
    wanted = [PROSE.format(n=n) * 2 for n in range(20)]
    for text in wanted:
        file.paragraph(text)
    assert len(file.pages) >= 3
    document = read_document(file.bytes(), name="规划.pdf")
    assert texts(document, "paragraph") == wanted
    assert "征求意见稿" not in document.text
    assert_places_hold(document)


def test_merged_cells_of_a_ruled_table() -> None:
    file = PdfFile().page()
    rows = [
        ["指标", "目标值", "", "说明"],
        ["", "2020年", "2025年", ""],
        ["生产总值", "186.4", "300", "预期性"],
        ["企业总数", "1260", "1500", "预期性"],
    ]
    spans = {(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (2, 1)}
    file.table(rows, [120, 80, 80, 80], spans=spans)
    (block,) = tables(read_document(file.bytes()))
    cell = next(c for c in block.cells if c.text == "1500")
    assert header_path(block, cell) == ("目标值", "2025年")
    head = next(c for c in block.cells if c.text == "目标值")
    assert (head.row_span, head.column_span) == (1, 2)


def test_table_over_a_page_break_is_one_table() -> None:
    file = PdfFile().page()
    head = ["指标", "2020年", "2025年"]
    first = [[f"指标{n}", str(n * 10), str(n * 20)] for n in range(1, 6)]
    second = [[f"指标{n}", str(n * 10), str(n * 20)] for n in range(6, 9)]
    file.table([head, *first], [120, 80, 80])
    file.page().table([head, *second], [120, 80, 80])
    (block,) = tables(read_document(file.bytes()))
    assert grid(block) == [head, *first, *second]


def test_prose_with_spaces_at_digits_reads_without_them() -> None:
    sentence = "到 2025 年，引进企业 30 余家，建成标准厂房 12 万平方米，基础设施更加完善。"
    file = PdfFile().page().paragraph(sentence)
    document = read_document(file.bytes())
    assert texts(document) == [sentence.replace(" ", "")]
    assert_places_hold(document)


def test_characters_that_an_embedded_font_names_as_radicals_are_repaired() -> None:
    sentence = "工业增加值一亿元，高于全省平均水平，经济运行总体平稳，发展质量稳步提高。"
    disguised = {"工": "⼯", "一": "⼀", "高": "⾼"}
    file = PdfFile(embedded=True, disguised=disguised).page().paragraph(sentence)
    document = read_document(file.bytes())
    assert "⼯" in document.text
    assert texts(document) == [sentence]
    assert {flag.kind for flag in document.flags} == {"repaired"}
    assert_places_hold(document)


def test_lost_point_of_a_private_glyph_is_flagged() -> None:
    sentence = "进出口总额达到8.6亿美元，年均增长较快，对外开放水平持续提高，贸易结构不断优化"
    file = PdfFile(embedded=True, disguised={".": "\ue010"}).page().paragraph(sentence)
    document = read_document(file.bytes())
    (flag,) = document.flags
    assert flag.kind == "lost_point"
    assert document.text[flag.start - 1 : flag.end + 1] == "8\ue0106"


def test_framed_text_is_a_box() -> None:
    file = PdfFile().page().paragraph(PROSE.format(n=1))
    y = 300.0
    for x0, y0, x1, y1 in ((90, y, 500, y), (90, y + 80, 500, y + 80), (90, y, 90, y + 80),
                           (500, y, 500, y + 80)):  # fmt: skip
        file.rule(x0, y0, x1, y1)
    file.text(100, y + 24, "专栏1　重点工程")
    file.text(100, y + 48, "1.标准厂房工程，总投资5亿元。")
    document = read_document(file.bytes())
    assert [(b.text, b.box) for b in document.blocks[1:]] == [
        ("专栏1　重点工程", True),
        ("1.标准厂房工程，总投资5亿元。", True),
    ]


def _refusal(data: bytes, **options) -> DocumentError:  # type: ignore[no-untyped-def]
    with pytest.raises(DocumentError) as refused:
        read_document(data, name="规划.pdf", **options)
    return refused.value


def test_password_damage_and_too_many_pages_are_told_apart() -> None:
    file = PdfFile(numbers=False)
    for _ in range(5):
        file.page().text(100, 100, "正文文字，共有若干字。")
    assert _refusal(file.bytes(encrypt=True)).code == "encrypted"
    assert _refusal(b"%PDF-1.7\n" + b"x" * 400).code == "broken"
    refused = _refusal(file.bytes(), limits=Limits(pages=3))
    assert (refused.code, refused.place) == ("too_many_pages", "5页")


def test_pdf_without_text_says_what_to_do() -> None:
    refused = _refusal(PdfFile(numbers=False).page().bytes())
    assert refused.code == "no_text"
    assert "hexi[ocr]" in refused.remedy


def test_pages_without_text_among_others_are_named() -> None:
    file = PdfFile(numbers=False).page().paragraph(PROSE.format(n=1)).page()
    document = read_document(file.bytes())
    assert document.notices == ("第2页没有文字层，未读取",)


@pytest.mark.slow
@pytest.mark.skipif(not available(), reason="the recognition extra is not installed")
def test_recognised_figures_are_flagged() -> None:
    import io

    import pypdfium2

    picture = pypdfium2.PdfDocument(plan_pdf())[0].render(scale=2.5).to_pil()
    out = io.BytesIO()
    picture.save(out, "PNG")
    document = read_document(out.getvalue(), name="扫描件.png", ocr=True)
    assert "186.4" in document.text
    start = document.text.index("186.4")
    assert any(f.kind == "ocr" and f.start <= start < f.end for f in document.flags)
    assert_places_hold(document)


def test_quotes_told_after_their_words_go_back_to_their_places() -> None:
    file = PdfFile().page()
    size, y = file.size, 200.0
    left = file.margin + 2 * size
    file.text(left, y, "全省").text(left + 3 * size, y, "十三五")
    file.text(left + 7 * size, y, "时期发展")
    file.text(left + 2 * size, y, "“").text(left + 6 * size, y, "”")
    document = read_document(file.bytes())
    assert "全省“十三五”时期发展" in document.text
    assert_places_hold(document)


def test_a_line_that_a_number_would_not_fit_goes_on() -> None:
    file = PdfFile().page()
    size = file.size
    room = int((595 - 2 * file.margin) / size)
    filled = ("发展" * room)[:room]
    for at, line in enumerate([filled, filled, filled, filled, filled, filled]):
        file.text(file.margin, 150 + at * size * 1.6, line)
    file.text(file.margin, 150 + 6 * size * 1.6, filled[: room - 3])
    file.text(file.margin, 150 + 7 * size * 1.6, "5523.75人参加培训，达到预期的目标。")
    [paragraph] = texts(read_document(file.bytes()), "paragraph")
    assert paragraph.endswith(filled[: room - 3] + "5523.75人参加培训，达到预期的目标。")


def test_equal_lines_under_each_other_are_all_kept_whatever_fonts_the_machine_has() -> None:
    file = PdfFile().page()
    for at in range(3):
        file.text(file.margin, 150 + at * 40, "900套")
    assert read_document(file.bytes()).text.count("900套") == 3


def test_a_place_in_a_font_that_is_not_carried_comes_from_the_file() -> None:
    stand_in_for_fonts()
    file = PdfFile().page()
    file.text(100, 150, "5人")
    page = pdfium.PdfDocument(file.bytes())[0].get_textpage()
    at = page.get_text_range().index("5")
    left, _, right, _ = page.get_charbox(at, loose=True)
    assert (left, right) == (100, 100 + file.size / 2)
