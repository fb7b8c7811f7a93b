"""Ranges (区间数): two figures with a dash, of which the first may leave its unit to the second.

3%-4%, 2—3个, 10～15万吨 and 三至五家 each state a floor and a ceiling. ``read`` gives both figures
with their places and the one unit that they share.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from hexi.quantities import numerals, units
from hexi.quantities.numerals import Numeral

__all__ = ["Range", "read"]


class Range(NamedTuple):
    """A floor and a ceiling in one unit; the spans are offsets in the text that was read."""

    low: Numeral
    high: Numeral
    unit: str
    #: of the first figure, with its unit where it is printed
    low_span: tuple[int, int]
    high_span: tuple[int, int]


@cache
def _pattern() -> re.Pattern[str]:
    numeral = rf"{numerals.DIGIT_NUMERAL}|{numerals.CHINESE_NUMERAL}+?"
    return re.compile(
        rf"(?P<low>{numeral})\s?(?P<low_unit>{units.pattern()})?"
        r"\s?(?:[-–—－~～〜至到]|——)\s?"
        rf"(?P<high>{numeral})\s?(?P<high_unit>{units.pattern()})?"
    )


def read(text: str, position: int = 0) -> Range | None:
    """The range that begins at ``position``, or None where there is no range or it falls."""
    match = _pattern().match(text, position)
    if match is None:
        return None
    low, high = numerals.read(match["low"]), numerals.read(match["high"])
    if low is None or high is None or low.value >= high.value:
        return None
    low_unit, high_unit = (
        units.parse(printed).name if printed else ""
        for printed in (match["low_unit"], match["high_unit"])
    )
    if low_unit and high_unit and low_unit != high_unit:
        return None
    low_end = match.end("low_unit") if low_unit else match.end("low")
    high_end = match.end("high_unit") if high_unit else match.end("high")
    return Range(
        low,
        high,
        high_unit or low_unit,
        (match.start("low"), low_end),
        (match.start("high"), high_end),
    )
