"""Corrections hang on words: they survive re-reading and never land on the wrong figure."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.plans.corrections import (
    Anchor,
    Correction,
    CorrectionError,
    anchor_of,
    apply_corrections,
)
from hexi.plans.documents import Document
from hexi.plans.statements.statement import Statement
from tests.plans.statement_maker import document, say

TEXT = """青石开发区“十四五”发展规划

一、发展目标

到2025年，地区生产总值达到300亿元，财政收入达到30亿元。新建标准厂房20万平方米，改造厂房20万平方米。

二、主要任务

到2025年，地区生产总值达到300亿元以上，工业增加值达到120亿元。
"""
AT = datetime(2026, 5, 1, tzinfo=UTC)


def read(text: str) -> tuple[Document, list[Statement]]:
    doc = document(text)
    statements = [
        say(doc, "300亿元"),
        say(doc, "30亿元", indicator="财政收入"),
        say(doc, "20万平方米", indicator="标准厂房"),
        say(doc, "20万平方米", after="改造", indicator="厂房"),
        say(doc, "300亿元", after="二、", bound="ge"),
        say(doc, "120亿元", after="二、", indicator="工业增加值"),
    ]
    return doc, statements


def correction(anchor: Anchor, field: str, value: str | None, minute: int = 0) -> Correction:
    return Correction(anchor, field, value, "王工", AT.replace(minute=minute), "原文有误")


def test_a_correction_changes_one_field_and_keeps_what_was_read() -> None:
    doc, statements = read(TEXT)
    anchor = anchor_of(doc, statements, 1)
    done = apply_corrections(doc, statements, [correction(anchor, "value", "31.5")])
    assert done.statements[1].value == Decimal("31.5")
    assert "corrected" in done.statements[1].flags
    assert done.as_read == {1: {"value": Decimal(30)}}
    assert [s for i, s in enumerate(done.statements) if i != 1] == [
        s for i, s in enumerate(statements) if i != 1
    ]


@pytest.mark.parametrize("position", range(6))
@settings(deadline=None)
@given(inserted=st.text(alphabet="甲乙丙，。12 ", min_size=1, max_size=60))
def test_it_survives_text_inserted_before_it(position: int, inserted: str) -> None:
    doc, statements = read(TEXT)
    anchor = anchor_of(doc, statements, position)
    preface = "规划说明：" + "".join(inserted.split()) + "\n\n"
    later, again = read(TEXT.replace("一、发展目标", preface + "一、发展目标"))
    done = apply_corrections(later, again, [correction(anchor, "subject", "青石开发区")])
    assert not done.resting
    changed = [i for i, s in enumerate(done.statements) if s.subject == "青石开发区"]
    assert changed == [position]


def test_equal_figures_in_one_sentence_are_told_apart() -> None:
    doc, statements = read(TEXT)
    first, second = (anchor_of(doc, statements, i) for i in (2, 3))
    assert (first.ordinal, second.ordinal) == (0, 1)
    done = apply_corrections(doc, statements, [correction(second, "indicator", "改造厂房")])
    assert [s.indicator for s in done.statements[2:4]] == ["标准厂房", "改造厂房"]


def test_it_follows_its_sentence_through_a_small_edit() -> None:
    doc, statements = read(TEXT)
    anchor = anchor_of(doc, statements, 5)
    later, again = read(TEXT.replace("二、主要任务\n\n到2025年，", "二、主要任务\n\n到2025年末，"))
    done = apply_corrections(later, again, [correction(anchor, "bound", "ge")])
    assert done.statements[5].bound == "ge"


def test_it_rests_where_the_figure_is_gone() -> None:
    doc, statements = read(TEXT)
    anchor = anchor_of(doc, statements, 1)
    done = apply_corrections(doc, [statements[0]], [correction(anchor, "value", "31")])
    assert [c.anchor for c in done.resting] == [anchor]
    assert done.statements == (statements[0],)


def test_it_rests_where_only_a_different_sentence_has_the_figure() -> None:
    doc, statements = read(TEXT)
    strange = Anchor("120亿元", "全市粮食总产量保持在九千万斤左右，建成高标准农田")
    done = apply_corrections(doc, statements, [correction(strange, "value", "1")])
    assert len(done.resting) == 1


def test_it_rests_where_equal_sentences_can_no_longer_be_told_apart() -> None:
    sentence = "到2025年，地区生产总值达到300亿元。"
    doc = document(f"{sentence}\n\n" * 3)
    many = [
        say(doc, "300亿元", start=at + 15, end=at + 20, sentence=(at, at + len(sentence)))
        for at in range(0, len(doc.text), len(sentence) + 2)
    ]
    assert [anchor_of(doc, many, i).occurrence for i in range(3)] == [0, 1, 2]
    lost = Anchor("300亿元", sentence, 0, 7)
    assert apply_corrections(doc, many, [correction(lost, "value", "1")]).resting


def test_the_later_of_two_corrections_holds() -> None:
    doc, statements = read(TEXT)
    anchor = anchor_of(doc, statements, 0)
    given = [correction(anchor, "value", "2", minute=9), correction(anchor, "value", "1", minute=3)]
    done = apply_corrections(doc, statements, given)
    assert done.statements[0].value == 2
    assert done.as_read[0]["value"] == 300


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("value", "很多"),
        ("value", "NaN"),
        ("value", None),
        ("period", "十三五"),
        ("measure", "size"),
        ("modality", ""),
        ("bound", "gt"),
        ("start", "3"),
        ("subject", None),
    ],
)
def test_a_value_of_the_wrong_form_is_refused(field: str, value: str | None) -> None:
    doc, statements = read(TEXT)
    anchor = anchor_of(doc, statements, 0)
    with pytest.raises(CorrectionError):
        apply_corrections(doc, statements, [correction(anchor, field, value)])


def test_fields_are_read_in_their_own_form() -> None:
    doc, statements = read(TEXT)
    anchor = anchor_of(doc, statements, 0)
    given = [
        correction(anchor, "period", ""),
        correction(anchor, "facets", "国家级、新增"),
        correction(anchor, "measure", "cumulative"),
    ]
    done = apply_corrections(doc, statements, given).statements[0]
    assert (done.period, done.facets, done.measure) == (None, ("国家级", "新增"), "cumulative")
