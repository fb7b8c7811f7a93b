"""Numerals are read exactly as printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.quantities import numerals

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """The written form of a whole number, as a clerk would write it (test's own writer)."""
    if number == 0:
        return "零"
    parts = []
    for size, mark in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, number = divmod(number, size)
        if group:
            bridge = "零" if parts and group < 1000 else ""
            parts.append(bridge + below_myriad(group) + mark)
    return "".join(parts)


def below_myriad(number: int) -> str:
    text, gap = "", False
    for size, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + mark
            gap = False
        else:
            gap = True
    return text


@pytest.mark.parametrize(
    ("printed", "value", "decimals"),
    [
        ("1542", "1542", 0),
        ("21.20", "21.20", 2),
        ("１２．５", "12.5", 1),
        ("1,542", "1542", 0),
        ("1，542.30", "1542.30", 2),
        ("-3.5", "-3.5", 1),
        ("十二点四", "12.4", 1),
        ("两千", "2000", 0),
        ("一百零五", "105", 0),
        ("十五", "15", 0),
        ("一千五百万", "15000000", 0),
        ("一亿零五百万", "105000000", 0),
        ("二〇二〇", "2020", 0),
        ("四分之一", "0.25", 2),
        ("一半", "0.5", 1),
        ("负三", "-3", 0),
    ],
)
def test_value_and_decimals_are_those_printed(printed: str, value: str, decimals: int) -> None:
    numeral = numerals.read(printed)
    assert numeral is not None
    assert (str(numeral.value), numeral.decimals) == (value, decimals)


@pytest.mark.parametrize(
    "text",
    ["", "abc", "1542,5", "1.2万", "三四", "一百五", "三万五", "百", "点五", "十二点", "1.", "万"],
)
def test_what_is_not_exactly_one_numeral_is_refused(text: str) -> None:
    assert numerals.read(text) is None


def test_a_private_use_character_between_digits_is_the_lost_point() -> None:
    numeral = numerals.read("22\ue0106")
    assert numeral is not None
    assert (numeral.value, numeral.decimals, numeral.lost_point) == (Decimal("22.6"), 1, True)


def test_a_third_stays_exact() -> None:
    numeral = numerals.read("三分之一")
    assert numeral is not None
    assert numeral.exact == Fraction(1, 3)


def test_percent_in_words() -> None:
    numeral = numerals.read_percent("百分之十二点五")
    assert numeral is not None
    assert numeral.value == Decimal("12.5")
    assert numerals.read_percent("十二") is None


@settings(deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_round_trip(number: int) -> None:
    numeral = numerals.read(chinese(number))
    assert numeral is not None
    assert numeral.value == number
    assert numeral.decimals == 0


@settings(deadline=None)
@given(st.integers(0, 10**12), st.integers(0, 6), st.booleans(), st.booleans())
def test_digits_round_trip_in_any_width(
    number: int, decimals: int, separators: bool, wide: bool
) -> None:
    value = Decimal(number).scaleb(-decimals)
    text = f"{value:,.{decimals}f}" if separators else f"{value:.{decimals}f}"
    if wide:
        text = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.,"})
    numeral = numerals.read(text)
    assert numeral is not None
    assert (numeral.exact, numeral.decimals) == (Fraction(value), decimals)


@settings(deadline=None)
@given(st.text(alphabet="零〇一二两三十百千万亿点分之负半12.,，\ue010 ", max_size=12))
def test_any_text_is_a_numeral_or_nothing(text: str) -> None:
    numeral = numerals.read(text)
    assert numeral is None or numeral.decimals >= 0
