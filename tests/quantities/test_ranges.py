"""Two figures with a dash give a floor and a ceiling in one unit."""

from __future__ import annotations

import pytest

from hexi.quantities import ranges


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "pieces"),
    [
        ("3%-4%左右", "3", "4", "%", ("3%", "4%")),
        ("2—3个园区", "2", "3", "个", ("2", "3个")),
        ("10～15万吨", "10", "15", "万吨", ("10", "15万吨")),
        ("三至五家", "3", "5", "家", ("三", "五家")),
        ("1.5 - 2 亿元", "1.5", "2", "亿元", ("1.5", "2 亿元")),
        ("10~15", "10", "15", "", ("10", "15")),
    ],
)
def test_both_figures_and_their_unit(
    text: str, low: str, high: str, unit: str, pieces: tuple[str, str]
) -> None:
    found = ranges.read(text)
    assert found is not None
    assert (str(found.low.value), str(found.high.value), found.unit) == (low, high, unit)
    assert (text[slice(*found.low_span)], text[slice(*found.high_span)]) == pieces


@pytest.mark.parametrize("text", ["5-3个", "3亿元-4家", "3%", "增长3%-4%", "3-"])
def test_what_is_no_range_is_refused(text: str) -> None:
    assert ranges.read(text) is None
