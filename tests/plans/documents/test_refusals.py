"""What cannot be read is refused with one clear message; nothing else ever comes out."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexi.plans.documents import DocumentError, Limits, read_document, read_text
from hexi.plans.documents.errors import MESSAGES
from hexi.plans.documents.legacy import converter
from tests.plans.documents.support import assert_places_hold, tables
from tests.writers.pdf import PdfFile
from tests.writers.plan import plan_docx, plan_html, plan_pdf, plan_text
from tests.writers.workbook import workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
SEEDS = {
    "docx": plan_docx(),
    "pdf": plan_pdf(),
    "html": plan_html("gb2312"),
    "txt": plan_text().encode("gb18030"),
    "xlsx": workbook({"表": [["指标", "2020年"], ["生产总值", 186.4], ["投资", 97]]}),
}


def _code(data: bytes, **options) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(DocumentError) as refused:
        read_document(data, name="文件", **options)
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "empty"),
        (b"\x7fELF\x02\x01\x01\x00" + b"\x00" * 64, "unknown_format"),
        (b"MZ\x90\x00" + b"\x00" * 64, "unknown_format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "legacy_excel"),
        (b"PK\x03\x04" + b"\x00" * 30, "broken"),
        (SEEDS["docx"][:-200], "broken"),
        (SEEDS["xlsx"][: len(SEEDS["xlsx"]) // 2], "broken"),
        (bytes(range(256)) * 8, "encoding"),
    ],
)
def test_each_kind_of_bad_file_has_its_own_message(data: bytes, code: str) -> None:
    assert _code(data) == code


@pytest.mark.skipif(converter() is not None, reason="LibreOffice is installed")
def test_old_word_file_without_libreoffice_is_a_clear_refusal() -> None:
    assert _code(OLE + "WordDocument".encode("utf-16-le")) == "legacy_word"


def test_missing_file_and_size_limit_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as refused:
        read_document(tmp_path / "没有.docx")
    assert (refused.value.code, refused.value.file) == ("missing", "没有.docx")
    path = tmp_path / "大.txt"
    path.write_text("正文。" * 100, encoding="utf-8")
    with pytest.raises(DocumentError) as refused:
        read_document(path, limits=Limits(file_bytes=100))
    assert (refused.value.code, refused.value.file) == ("too_large", "大.txt")


def test_time_limit_stops_long_reading() -> None:
    file = PdfFile()
    for _ in range(30):
        file.page().paragraph("正文文字，共有若干字。" * 20)
    assert _code(file.bytes(), limits=Limits(seconds=0.0)) == "too_slow"


@pytest.mark.parametrize("kind", sorted(SEEDS))
def test_the_name_does_not_decide_the_format(kind: str) -> None:
    wrong = read_document(SEEDS[kind], name="文件.doc")
    right = read_document(SEEDS[kind], name=f"文件.{kind}")
    assert wrong.format == right.format == kind
    assert wrong.blocks == right.blocks
    assert wrong.notices == (f"扩展名是 .doc，内容是 {kind}，已按内容读取",)
    assert right.notices == ()


def test_every_message_says_what_is_wrong_and_what_to_do_in_both_languages() -> None:
    for code in MESSAGES:
        error = DocumentError(code, "规划.docx", "第3页")
        for language in ("zh", "en"):
            assert error.sentence(language).startswith("规划.docx")
        assert error.message and error.remedy and error.message_en and error.remedy_en
        assert "！" not in str(error) and "!" not in error.sentence("en")


def test_place_is_written_in_the_language_of_the_message() -> None:
    assert DocumentError("broken", "a.pdf", "第3页").sentence("en").startswith("a.pdf, page 3:")
    assert (
        DocumentError("too_many_pages", "a.pdf", "10000页")
        .sentence("en")
        .startswith("a.pdf, 10000 pages:")
    )


def _read_or_refuse(data: bytes) -> None:
    try:
        document = read_document(data, name="文件", limits=Limits(seconds=20.0))
    except DocumentError:
        return
    assert document.blocks
    assert_places_hold(document)


FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@FUZZ
@given(st.binary(max_size=400))
def test_random_bytes_are_read_or_refused(data: bytes) -> None:
    _read_or_refuse(data)


@FUZZ
@given(
    st.sampled_from(sorted(SEEDS)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12),
    st.floats(0, 1),
)
def test_damaged_files_are_read_or_refused(
    kind: str, changes: list[tuple[float, int]], cut: float
) -> None:
    data = bytearray(SEEDS[kind])
    for place, value in changes:
        data[min(len(data) - 1, int(place * len(data)))] = value
    keep = len(data) if cut > 0.5 else int(cut * 2 * len(data))
    _read_or_refuse(bytes(data[:keep]))


PIECES = st.sampled_from(
    [
        *("第一章 ", "一、", "（二）", "1.", "专栏1 ", "表1 ", "注：", "——", "# ", "- 3 -", "……12"),
        *("\t", "\n", "\r\n", "\n\n", "\f", "　　", " ", "|", "。", "，", "；", "A"),
        *("2020年", "186.4", "亿元", "10%", "地区生产总值", "增长", "發展"),
        *("\ue010", "⼀", "[bookmark: _Toc1]", "\u200b", "\U00020000"),
    ]
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(PIECES, min_size=1, max_size=60))
def test_any_text_keeps_every_logical_character_in_its_place(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        document = read_text(text)
    except DocumentError as error:
        assert error.code == "empty"
        return
    assert document.text == text
    assert_places_hold(document)
    for block in tables(document):
        assert all(cell.row >= 0 and cell.column >= 0 for cell in block.cells)


PATTERNS = [
    *("\t甲\n", "甲\t乙\n", "12\n", "指标\n12\n13\n", "a|b\n", "甲 1 2\n", "甲  乙  丙\n"),
    *("甲\t\n乙\t1\n", "甲\n\t乙\n", "专栏1 甲\n1.乙\n", "[bookmark: _T][bookmark", "2015年\n"),
    *("1.\t甲\n\t乙\n短行\n", "|", "（“《", "\ue010", "經", "⼀"),
    "这是一行没有句号的文字内容继续写下去直到页面的宽度为止\n- 1 -\n",
]


@pytest.mark.slow
@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_pattern_takes_more_than_linear_time(pattern: str) -> None:
    def seconds(length: int) -> float:
        text = (pattern * (length // len(pattern) + 1))[:length]
        gc.disable()  # collecting what other tests left behind is no part of it
        try:
            start = time.process_time()
            read_text(text)
            return time.process_time() - start
        finally:
            gc.enable()

    seconds(2_000)
    # eight times the text may take at most eight times the time, with room for noise
    assert min(seconds(48_000), seconds(48_000)) < 8 * 2.5 * max(seconds(6_000), 0.02)


def test_deeply_nested_page_is_read_or_refused() -> None:
    for depth in (100, 5_000, 100_000):
        page = "<html><body>" + "<div>" * depth + "正文，有若干字。" + "</div>" * depth
        _read_or_refuse(page.encode())


def test_sheet_with_cells_far_apart_is_refused() -> None:
    from io import BytesIO
    from zipfile import ZIP_DEFLATED, ZipFile

    out = BytesIO()
    with ZipFile(BytesIO(SEEDS["xlsx"])) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                data = data.replace(b"</sheetData>", far)
            new.writestr(part, data)
    assert _code(out.getvalue()) == "too_large"
