"""Word documents: what a person sees is read, and nothing else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hexi.plans.documents import DocumentError, Limits, header_path, read_document, row_path
from hexi.plans.documents.legacy import converter
from hexi.plans.documents.numbering import format_number
from tests.plans.documents.support import assert_places_hold, grid, outline, tables, texts
from tests.writers import docx
from tests.writers.docx import TableCell, WordFile, paragraph, table
from tests.writers.plan import CHAPTERS, TABLE, TITLE, plan_docx


def _read(*pieces: str, file: WordFile | None = None):  # type: ignore[no-untyped-def]
    document = read_document((file or WordFile()).add(*pieces).bytes(), name="规划.docx")
    assert_places_hold(document)
    return document


def test_numbers_that_word_counts_stand_before_their_headings() -> None:
    document = read_document(plan_docx(), name="规划.docx")
    assert document.title == TITLE
    assert outline(document)[1:] == [
        (1, "第一章　发展基础和环境"),
        (2, "一、发展基础"),
        (2, "二、存在问题"),
        (1, "第二章　发展目标"),
        (2, "一、总体目标"),
    ]
    wanted = [text for _, sections in CHAPTERS for _, ps in sections for text in ps]
    assert texts(document, "paragraph") == wanted
    assert grid(tables(document)[0]) == TABLE
    assert_places_hold(document)


def test_list_levels_restart_below_a_new_upper_item() -> None:
    file = WordFile()
    file.lists.append(
        docx.list_definition("7", ("chineseCountingThousand", "（%1）"), ("decimal", "%2."))
    )
    levels = [0, 1, 1, 0, 1]
    document = _read(
        *(paragraph(f"事项{n}", list_id="7", list_level=level) for n, level in enumerate(levels)),
        file=file,
    )
    assert texts(document) == ["（一）事项0", "1.事项1", "2.事项2", "（二）事项3", "1.事项4"]


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (12, "chineseCounting", "十二"),
        (105, "chineseCountingThousand", "一百零五"),
        (20, "taiwaneseCountingThousand", "二十"),
        (110, "japaneseCounting", "一百一十"),
        (21, "ideographDigital", "二一"),
        (3, "chineseLegalSimplified", "叁"),
        (2, "ideographTraditional", "乙"),
        (11, "decimalEnclosedCircle", "⑪"),
        (7, "decimalFullWidth", "７"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (4, "somethingNew", "4"),
    ],
)
def test_number_formats(number: int, form: str, written: str) -> None:
    assert format_number(number, form) == written


def test_insertions_are_read_deletions_and_moved_text_are_not() -> None:
    document = _read(
        paragraph(
            "投资达到",
            docx.deleted("12023"),
            docx.inserted("12321"),
            docx.moved_away("（旧数）"),
            "万元。",
        )
    )
    assert texts(document) == ["投资达到12321万元。"]


def test_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    document = _read(paragraph("投资达到", mark_deleted=True), paragraph("12321万元。"))
    assert texts(document) == ["投资达到12321万元。"]


def test_bookmarks_field_codes_and_hidden_text_never_leak() -> None:
    document = _read(
        paragraph(
            docx.bookmark("_Toc447"),
            "共有",
            docx.field_code(" =SUM(ABOVE) \\# 0 ", "35"),
            docx.run("（隐藏）", "<w:vanish/>"),
            "个园区。",
        )
    )
    assert document.text == "共有35个园区。\n"


def test_text_box_is_read_once_after_its_paragraph() -> None:
    box = docx.text_box(paragraph("专栏1　重点项目"), paragraph("总投资5亿元。"))
    document = _read(paragraph("正文。", box), paragraph("后文。"))
    assert texts(document) == ["正文。", "专栏1　重点项目", "总投资5亿元。", "后文。"]


def test_footnotes_are_notes_after_the_paragraph_that_refers_to_them() -> None:
    file = WordFile(footnotes={2: "按2020年不变价格计算。"})
    document = _read(paragraph("增长9%", docx.footnote(2), "。"), "后文。", file=file)
    assert [(b.kind, b.text) for b in document.blocks] == [
        ("paragraph", "增长9%。"),
        ("note", "按2020年不变价格计算。"),
        ("paragraph", "后文。"),
    ]


def test_raised_digits_stay_raised_and_raised_references_go() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    document = _read(
        paragraph("面积10", docx.run("3", raised), "亩，增长15%", docx.run("[1]", raised), "。")
    )
    assert texts(document) == ["面积10³亩，增长15%。"]


def test_merged_cells_speak_for_all_they_cover() -> None:
    rows = [
        [TableCell("类别", begins_merge=True), TableCell("指标", begins_merge=True),
         TableCell("目标值", across=2)],
        [TableCell(below=True), TableCell(below=True), "2020年", "2025年"],
        [TableCell("经济", begins_merge=True), "生产总值（亿元）", "186.4", "300"],
        [TableCell(below=True), "投资（亿元）", "96.8", "150"],
    ]  # fmt: skip
    document = _read(table(*rows))
    (block,) = tables(document)
    cell = next(c for c in block.cells if c.text == "150")
    assert header_path(block, cell) == ("目标值", "2025年")
    assert row_path(block, cell) == ("经济", "投资（亿元）")
    assert next(c for c in block.cells if c.text == "经济").row_span == 2


def test_cell_of_two_paragraphs_is_one_text() -> None:
    document = _read(
        table(
            ["指标", TableCell([paragraph("2025年"), paragraph("目标值")])],
            ["企业（家）", "30"],
            ["园区（个）", "5"],
        )
    )
    (block,) = tables(document)
    assert grid(block)[0] == ["指标", "2025年目标值"]


def test_one_column_table_is_a_box_with_its_inner_table() -> None:
    inner = table(["指标", "2025年"], ["企业（家）", "30"], ["园区（个）", "5"])
    document = _read("前文。", table([TableCell([paragraph("专栏1　主要指标"), inner])]), "后文。")
    assert [(b.kind, b.box) for b in document.blocks] == [
        ("paragraph", False),
        ("heading", True),
        ("table", True),
        ("paragraph", False),
    ]


def test_table_nested_in_a_cell_follows_its_table() -> None:
    inner = table(["甲", "1"], ["乙", "2"])
    document = _read(
        table(["名称", "明细"], ["东园", TableCell([paragraph("见下"), inner])], ["西园", "无"])
    )
    assert len(tables(document)) == 2
    assert grid(tables(document)[1]) == [["甲", "1"], ["乙", "2"]]


def test_content_controls_are_read_and_the_table_of_contents_is_not() -> None:
    control = f"<w:sdt><w:sdtContent>{paragraph('控件里的正文。')}</w:sdtContent></w:sdt>"
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('第一章 基础 3')}"
        "</w:sdtContent></w:sdt>"
    )
    assert texts(_read(contents, control)) == ["控件里的正文。"]


def test_white_space_that_a_program_puts_between_elements_is_no_text() -> None:
    file = WordFile().add(
        paragraph("总投资", docx.run(" "), "5亿元。"), table(["甲", "1"], ["乙", "2"])
    )
    parts = file.parts()
    spread = parts["word/document.xml"].replace(b"><w:", b">\n    <w:")
    file.extra["word/document.xml"] = spread
    document = read_document(file.bytes())
    assert texts(document) == ["总投资 5亿元。"]
    assert grid(tables(document)[0]) == [["甲", "1"], ["乙", "2"]]


def test_numbers_of_a_drawing_s_place_are_no_text() -> None:
    anchor = "<w:r><w:drawing><w:posOffset>914400</w:posOffset></w:drawing></w:r>"
    assert texts(_read(paragraph("总投资", anchor, "5亿元。"))) == ["总投资5亿元。"]


def test_running_head_is_no_part_of_the_text() -> None:
    assert "页眉" not in _read("正文。").text


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (WordFile(macros=True).add("正文。"), "macros"),
        (WordFile(prolog='<!DOCTYPE w [<!ENTITY e "x">]>').add("正文。"), "entities"),
        (WordFile().add(""), "empty"),
    ],
)
def test_refusals_name_the_file(file: WordFile, code: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_document(file.bytes(), name="规划.docx")
    assert refused.value.code == code
    assert refused.value.file == "规划.docx"


def test_external_entity_is_never_fetched(tmp_path) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容")
    prolog = f'<!DOCTYPE w [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    file = WordFile(prolog=prolog, body=["<w:p><w:r><w:t>&e;</w:t></w:r></w:p>"])
    with pytest.raises(DocumentError) as refused:
        read_document(file.bytes(), name="规划.docx")
    assert refused.value.code == "entities"


def test_zip_bomb_is_refused_before_it_unfolds() -> None:
    file = WordFile(extra={"word/media/big.bin": b"\x00" * 80_000_000}).add("正文。")
    with pytest.raises(DocumentError) as refused:
        read_document(file.bytes(), name="炸弹.docx")
    assert refused.value.code == "expands"


def test_tables_nested_too_deeply_are_refused() -> None:
    inner = table(["甲", "乙"])
    for _ in range(12):
        inner = table(["甲", TableCell([inner])])
    with pytest.raises(DocumentError) as refused:
        read_document(WordFile().add(inner).bytes(), limits=Limits(table_depth=6))
    assert refused.value.code == "too_deep"


@pytest.mark.slow
@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
def test_old_word_file_comes_through_libreoffice(tmp_path: Path) -> None:
    source = tmp_path / "plan.docx"
    source.write_bytes(plan_docx())
    subprocess.run(
        [
            str(converter()),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    document = read_document(tmp_path / "plan.doc")
    assert document.format == "doc"
    wanted = [text for _, sections in CHAPTERS for _, ps in sections for text in ps]
    assert texts(document, "paragraph") == wanted
    assert outline(document)[1] == (1, "第一章　发展基础和环境")
    assert grid(tables(document)[0]) == TABLE
