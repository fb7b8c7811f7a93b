"""What the readers leave out to be fast changes nothing that is read."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.plans.documents import Document, DocumentError, read_document
from hexi.plans.documents.characters import debris_of, flags_of, is_plain, simplify
from hexi.plans.documents.encodings import decode
from hexi.plans.documents.markers import _MARK, _match
from hexi.plans.documents.word_styles import paragraph_styles_only
from tests.writers import docx

STYLES = (
    b'<w:styles xmlns:w="u"><w:docDefaults/>'
    b'<w:latentStyles w:count="1"><w:lsdException w:name="Normal"/></w:latentStyles>'
    b'<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/></w:style>'
    b'<w:style w:type="table" w:styleId="T"><w:tblPr/><w:tblStylePr w:type="firstRow"/></w:style>'
    b"<w:style w:styleId='B'><w:name w:val='x'/></w:style>"
    b"<w:style w:type='character' w:styleId='C'><w:name w:val='c'/></w:style>"
    b'<w:style w:type="paragraph" w:styleId="D"/>'
    b"</w:styles>"
)


def test_styles_of_tables_and_characters_are_left_out() -> None:
    short = paragraph_styles_only([STYLES])
    assert re.findall(rb"styleId=.(\w)", short) == [b"A", b"B", b"D"]
    assert b"latent" not in short
    assert short.endswith(b"</w:styles>")


@given(st.lists(st.integers(0, len(STYLES)), max_size=8))
def test_styles_are_cut_alike_wherever_the_unpacked_pieces_end(ends: list[int]) -> None:
    places = [0, *sorted(ends), len(STYLES)]
    pieces = [STYLES[a:b] for a, b in pairwise(places)]
    assert paragraph_styles_only(pieces) == paragraph_styles_only([STYLES])


@pytest.mark.parametrize("data", [b"", b"<w:styles/>", b'<w:style w:type="table"', b"<w:style "])
def test_a_styles_part_of_another_shape_stays_whole(data: bytes) -> None:
    assert paragraph_styles_only([data]) == data


@given(st.text(alphabet="一1（(①●#-* 注单附x\u3000\uff11第章、.", max_size=8))
def test_a_mark_is_missed_by_no_first_character(text: str) -> None:
    assert (_match(text) is None) == (_MARK.match(text) is None)


@given(st.text(alphabet="发發1\ue010\ufeff\u00ad⽤国[bokmar:]\ufffd", max_size=12))
def test_a_plain_text_has_nothing_to_mend(text: str) -> None:
    if is_plain(text):
        assert simplify(text) == text
        assert flags_of(text, text) == ()
        assert debris_of(text) == []


def test_a_few_traditional_characters_in_a_simplified_text_are_read_too() -> None:
    text = (
        "园区规划与产业发展。\n" * 60 + "推动园區內部挖掘不夠。\n" + "乾隆年间，著名园区。\n" * 60
    )
    assert simplify(text) == text.replace("區內", "区内").replace("夠", "够")
    assert [flag.kind for flag in flags_of(text, simplify(text))] == ["traditional"] * 3


def test_a_traditional_text_is_read_by_phrases() -> None:
    text = "開發區規劃推動產業發展。\n" * 5
    assert simplify(text) == "开发区规划推动产业发展。\n" * 5
    assert [flag.kind for flag in flags_of(text, simplify(text))] == ["traditional"]


_CELL = st.sampled_from(["指标", "12.5", "", "a&b", docx.paragraph("一", list_id="1"), "<w:p/>"])


@given(st.lists(st.lists(_CELL, min_size=2, max_size=4), min_size=2, max_size=5))
def test_a_plain_row_is_read_as_one_with_merged_cells_is(rows: list[list[str]]) -> None:
    def read(mark: str) -> Document:
        table = docx.table(*rows).replace("<w:tcPr>", f"<w:tcPr>{mark}")
        file = docx.WordFile().add("表格如下。", table)
        file.lists.append(docx.list_definition("1", ("decimal", "%1.")))
        return read_document(file.bytes(), name="表.docx")

    plain, spanned = read(""), read('<w:gridSpan w:val="1"/>')
    assert (plain.text, plain.blocks) == (spanned.text, spanned.blocks)


@pytest.mark.parametrize("name", ["gb18030", "big5hkscs"])
def test_the_encoding_that_the_start_tells_must_hold_to_the_end(name: str) -> None:
    text = "關於產業發展的通知，這個地區的規劃。\n" * 900
    assert decode(text.encode(name)) == text
    with pytest.raises(DocumentError):
        decode(text.encode(name) + b"\xff\xff\n")
