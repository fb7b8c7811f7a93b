"""The sample ships as it is built, says that it is fictional, and its record of faults is true."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise

import pypdfium2
import pytest

from hexi.samples import FORMATS, NAME, planted_faults, sample_bytes, sample_file_name
from hexi.samples.build import build
from hexi.samples.pdf import break_lines
from hexi.samples.pdf_file import text_width
from hexi.samples.source import read_source


def parts_text() -> str:
    parts = read_source(NAME)
    lines = [part.text for part in parts]
    for part in parts:
        lines += ["| " + " | ".join(row) + " |" for row in part.rows]
    return "\n".join(lines)


@pytest.mark.parametrize("form", FORMATS)
def test_what_ships_is_what_the_source_builds(form: str) -> None:
    built = build(form)
    if form == "docx":
        # the packed bytes depend on the compressor; the parts inside do not
        assert _unpacked(built) == _unpacked(sample_bytes(form))
    else:
        assert _pdf_text(built) == _pdf_text(sample_bytes(form))


@pytest.mark.parametrize("form", FORMATS)
def test_building_twice_gives_the_same_bytes(form: str) -> None:
    assert build(form) == build(form)


def test_it_says_that_it_is_fictional_at_its_top() -> None:
    note = next(part for part in read_source(NAME) if part.kind == "note")
    assert "虚构示例" in note.text
    assert "示例" in sample_file_name("docx")


def test_every_planted_fault_stands_once_in_the_text_with_its_wrong_figure() -> None:
    text = parts_text()
    faults = planted_faults()
    assert len(faults) >= 12
    for fault in faults:
        assert text.count(fault.sentence) == 1, fault.sentence
        assert fault.wrong in fault.sentence
        assert fault.right != fault.wrong


def test_planted_faults_come_from_a_dozen_families() -> None:
    assert len({fault.checks[0] for fault in planted_faults()}) >= 12


def test_pdf_text_is_the_source_without_line_breaks() -> None:
    document = pypdfium2.PdfDocument(sample_bytes("pdf"))
    pages = [page.get_textpage().get_text_range() for page in document]
    joined = re.sub(r"\s", "", "".join(pages))
    for part in read_source(NAME):
        if part.kind == "paragraph" and len(part.text) < 60:
            assert re.sub(r"\s", "", part.text) in joined


def test_no_pdf_line_begins_with_a_closing_mark_or_tears_a_number() -> None:
    text = "投资完成82亿元、96亿元、118亿元，其中工业投资341.25亿元（含在建项目）。" * 8
    lines = break_lines(text, 12, 200, 24)
    assert "".join(lines) == text
    for line, following in pairwise(lines):
        assert following[0] not in "，。、）"
        assert line[-1] not in "（"
        assert not (line[-1].isdigit() and following[0] in "0123456789.")
        assert text_width(line, 12) <= 200 + 12


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _pdf_text(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]
