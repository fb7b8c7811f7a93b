"""What the readers leave out to be fast changes nothing that is read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.plans.documents.characters import DEBRIS, flags_of, is_plain, simplify
from hexi.plans.documents.markers import _MARK, _match
from hexi.plans.documents.word_styles import paragraph_styles_only

STYLES = (
    b'<w:styles xmlns:w="u"><w:docDefaults/>'
    b'<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/></w:style>'
    b'<w:style w:type="table" w:styleId="T"><w:tblPr/><w:tblStylePr w:type="firstRow"/></w:style>'
    b"<w:style w:styleId='B'><w:name w:val='x'/></w:style>"
    b"<w:style w:type='character' w:styleId='C'/>"
    b'<w:style w:type="paragraph" w:styleId="D"/>'
    b"</w:styles>"
)


def test_styles_of_tables_and_characters_are_left_out() -> None:
    short = paragraph_styles_only(STYLES)
    assert re.findall(rb"styleId=.(\w)", short) == [b"A", b"B", b"D"]
    assert short.endswith(b"</w:styles>")


@pytest.mark.parametrize("data", [b"", b"<w:styles/>", b'<w:style w:type="table"', b"<w:style "])
def test_a_styles_part_of_another_shape_stays_whole(data: bytes) -> None:
    assert paragraph_styles_only(data) == data


@given(st.text(alphabet="一1（(①●#-* 注单附x\u3000\uff11第章、.", max_size=8))
def test_a_mark_is_missed_by_no_first_character(text: str) -> None:
    assert (_match(text) is None) == (_MARK.match(text) is None)


@given(st.text(alphabet="发發1\ue010\ufeff\u00ad⽤国[bokmar:]\ufffd", max_size=12))
def test_a_plain_text_has_nothing_to_mend(text: str) -> None:
    if is_plain(text):
        assert simplify(text) == text
        assert flags_of(text, text) == ()
        assert DEBRIS.search(text) is None


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
