"""What the compiler refuses, in words and at its place; what it lets pass, with its unit."""

from __future__ import annotations

import pytest

from hexi.statistics.indicators import DefinitionError, Definitions
from hexi.statistics.indicators.plan import plan
from hexi.statistics.indicators.types import Types
from hexi.statistics.language import parse
from tests.statistics.indicators.worlds import ITEMS, LISTS, indicator

MARGIN = indicator("margin", "out / sal", "%")
DEFINED = Definitions(ITEMS, {"margin": MARGIN}, LISTS)


def refusal(text: str) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        Types(DEFINED).of(parse(text))
    return caught.value


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("out / sal + sal / out", 11, "ratios are not added"),
        ("margin + margin", 8, "ratios are not added"),
        ("out + land", 5, "units of measure differ"),
        ("emp + land", 5, "units of measure differ"),
        ("ytd(land)", 1, "a stock is not added over time"),
        ("ytd(ytd(out))", 1, "do not nest"),
        ("ytd(month(out))", 1, "do not nest"),
        ("ytd(growth(out))", 1, "growth has no sum to date"),
        ("ytd(prev(out))", 1, "stands innermost"),
        ("ytd(share(out))", 1, "stands innermost"),
        ("ytd(out) + sal", 10, "one of the period are not added"),
        ("growth(growth(out))", 1, "growth of growth"),
        ("growth(out) * sal", 13, "neither multiplied nor divided"),
        ("growth(out) + 1", 13, "goes only with growth"),
        ("nothing + 1", 1, "no such item or indicator"),
        ("sin(out)", 1, "no such function"),
        ("growth(out, basis: best)", 20, "basis is one of"),
        ("share(out / sal)", 1, "adds up"),
        ("contribution(margin)", 1, "adds up"),
        ("rank(out) + 1", 1, "no part in arithmetic"),
        ("opening(out)", 1, "for stocks only"),
        ("average(out)", 1, "for stocks only"),
        ("latest(land, within: 40)", 22, "1 to 24 months"),
        ("growth(price, basis: restated)", 1, "not a sum over units"),
        ("growth(prev(out), basis: matched)", 1, "shifts and openings"),
        ("growth(cum, basis: comparable)", 1, "cum has no price index"),
        ("growth(price / emp, basis: comparable)", 1, "price has no price index"),
        ("growth(prev(out), basis: comparable)", 1, "shifts and openings"),
        ("rows(out)", 1, "takes an item asked by class"),
        ("rows(part + part)", 1, "takes an item asked by class"),
        ("rows(part, of: few)", 16, "no such list of classes"),
        ("rows(part, of: 0)", 16, "no such list of classes"),
        ("rows(part, of: some) / part + rows(part, of: 3) / part", 29, "ratios are not added"),
        ("growth(cum, basis: matched)", 1, "no matched basis for a month"),
        ("total(out, margin)", 12, "adds only"),
        ("share(price)", 1, "adds up"),
        ("reporters(margin)", 1, "takes an item"),
        ("growth(5)", 1, "a constant"),
        ('out + "x"', 7, "not a text"),
        ("out > 1", 5, "no figure"),
        ("if out then 1 else 2", 4, "a condition is wanted"),
        ("growth(out, of: parent)", 17, "takes no of"),
        ("ytd(top)", 1, "no meaning to date"),
    ],
)
def test_what_means_nothing_is_refused_at_its_place(text: str, column: int, words: str) -> None:
    error = refusal(text)
    assert words in error.en
    assert error.at + 1 == column
    assert error.zh


def test_an_indicator_that_defines_itself_is_refused_with_its_chain() -> None:
    made = {"a": indicator("a", "b / out", ""), "b": indicator("b", "a * 2", "万元")}
    with pytest.raises(DefinitionError, match="a → b → a"):
        plan(Definitions(ITEMS, made))


@pytest.mark.parametrize(
    ("text", "unit", "scale"),
    [
        ("out", "亿元", "1/10000"),
        ("out / land", "万元/亩", "1"),
        ("out / land", "亿元/平方公里", "3/20"),
        ("out / sal", "%", "100"),
        ("sal / emp", "元/人", "10000"),
        ("big - out", "亿元", "1"),
        ("reporters(out)", "家", "1"),
    ],
)
def test_units_of_measure_are_converted_exactly(text: str, unit: str, scale: str) -> None:
    cells = plan(Definitions(ITEMS, {"x": indicator("x", text, unit)}), views=["period"]).cells
    assert str(cells[0].scale) == scale


def test_a_unit_of_measure_that_does_not_fit_is_refused() -> None:
    with pytest.raises(DefinitionError, match="万元/人"):
        plan(Definitions(ITEMS, {"x": indicator("x", "out / land", "万元/人")}))


def test_a_view_without_meaning_is_left_out() -> None:
    made = (
        indicator("grown", "growth(out)", "%"),
        indicator("place", "rank(out)", "位"),
        indicator("dated", "ytd(out)", "万元"),
    )
    cells = plan(Definitions(ITEMS, {i.id: i for i in made})).cells
    assert [(c.indicator, c.view) for c in cells] == [
        ("grown", "period"),
        ("grown", "ytd"),
        ("place", "period"),
        ("place", "ytd"),
        ("dated", "period"),
        ("dated", "growth"),
    ]
