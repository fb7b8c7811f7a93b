"""Units keep their written names and convert exactly, or not at all."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.quantities import units
from hexi.quantities.units import IncompatibleUnits, UnknownUnit

NAMES = [
    "亿元",
    "万元/亩",
    "万元/hm2",
    "平方公里",
    "亩",
    "公顷",
    "%",
    "倍",
    "亿斤",
    "万吨",
    "吨标准煤/万元",
]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("％", "%"),
        ("亿元人民币", "亿元"),
        ("元 人民币", "元"),
        ("万元／人", "万元/人"),
        ("万元/ 亩", "万元/亩"),
        ("百分点", "个百分点"),
        ("余万人", "万人"),
        ("万㎡", "万平方米"),
        ("万元/hm²", "万元/hm2"),
        ("百万吨", "百万吨"),
    ],
)
def test_names_are_normalised_but_keep_their_magnitude(printed: str, name: str) -> None:
    assert units.parse(printed).name == name


@pytest.mark.parametrize(
    ("value", "from_", "to", "result"),
    [
        ("73", "平方公里", "亩", Fraction(109500)),
        ("1", "公顷", "亩", Fraction(15)),
        ("3268.08", "万元/hm2", "万元/亩", Fraction("217.872")),
        ("1", "亿斤", "万吨", Fraction(5)),
        ("1.2", "万人", "人", Fraction(12000)),
        ("4", "倍", "%", Fraction(400)),
        ("3", "万亿元", "亿元", Fraction(30000)),
        ("10", "百万千瓦", "万千瓦", Fraction(1000)),
        ("1", "千瓦时", "克标准煤", Fraction(3600 * 5000, 146538)),
        ("3.26", "吨标准煤/万元", "千克标准煤/元", Fraction("0.326")),
    ],
)
def test_conversion_is_exact(value: str, from_: str, to: str, result: Fraction) -> None:
    assert units.convert(Decimal(value), from_, to) == result


@pytest.mark.parametrize(
    ("from_", "to"),
    [
        ("亿美元", "亿元"),
        ("亿港元", "亿元"),
        ("亿欧元", "亿美元"),
        ("%", "个百分点"),
        ("番", "倍"),
        ("人", "人次"),
        ("千瓦", "千瓦时"),
        ("天", "个月"),
        ("亿元", "万元/亩"),
    ],
)
def test_different_things_are_never_converted(from_: str, to: str) -> None:
    with pytest.raises(IncompatibleUnits):
        units.convert(1, from_, to)


@pytest.mark.parametrize("text", ["", "/", "元/", "甘肃", "万%", "万个百分点", "元//亩"])
def test_what_is_no_unit_is_refused(text: str) -> None:
    with pytest.raises(UnknownUnit):
        units.parse(text)
    assert not units.is_unit(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("亿元以上项目", "亿元"),
        ("百万吨乙烯", "百万吨"),
        ("千瓦时电量", "千瓦时"),
        ("个百分点", "个百分点"),
        ("个工作日", "个工作日"),
        ("万人次，增长", "万人次"),
        ("吨标准煤/万元，较", "吨标准煤/万元"),
        ("元人民币", "元人民币"),
        ("家企业", "家"),
    ],
)
def test_the_longest_unit_is_found_in_text(text: str, unit: str) -> None:
    match = re.match(units.pattern(), text)
    assert match is not None
    assert match[0] == unit
    assert units.parse(match[0])


def test_a_missing_unit_after_a_magnitude_is_a_bare_number() -> None:
    assert units.parse("亿").dimension == (("number", 1),)
    assert not units.same_dimension("亿", "亿元")


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.fractions(), st.fractions())
def test_conversion_is_linear_and_comes_back(
    first: str, second: str, a: Fraction, b: Fraction
) -> None:
    if not units.same_dimension(first, second):
        with pytest.raises(IncompatibleUnits):
            units.convert(a, first, second)
        return
    there = units.convert(a, first, second)
    assert units.convert(there, second, first) == a
    assert units.convert(a + b, first, second) == there + units.convert(b, first, second)


@settings(deadline=None)
@given(st.sampled_from(["元", "人", "吨", "千瓦", "家"]), st.sampled_from(["", "万", "百万", "亿"]),
       st.sampled_from(["亩", "万人", "平方公里", "万元"]))  # fmt: skip
def test_every_compound_parses_to_its_parts(base: str, magnitude: str, below: str) -> None:
    compound = units.parse(f"{magnitude}{base}/{below}")
    above, under = units.parse(magnitude + base), units.parse(below)
    assert compound.factor == above.factor / under.factor
    assert units.parse(compound.name) is not None
