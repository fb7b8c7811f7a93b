"""Expressions of time and the periods they stand for."""

from __future__ import annotations

import pytest

from hexi.plans.statements.times import Clock, time_pattern

_CLOCK = Clock(2016, (2016, 2020))


@pytest.mark.parametrize(
    ("text", "period", "way"),
    [
        ("2015年", "2015", "point"),
        ("截至2015年底", "2015-12", "asof"),
        ("到2020年", "2020", "until"),
        ("“十二五”末", "2015", "end"),
        ("“十三五”期间", "2016-2020", "span"),
        ("十四五时期", "2021-2025", "span"),
        ("2016—2020年", "2016-2020", "span"),
        ("2023年一季度", "2023-Q1", "point"),
        ("去年6月", "2015-06", "point"),
        ("过去五年", "2011-2015", "span"),
        ("五年来", "2011-2015", "span"),
        ("到 2028 年底", "2028", "until"),
        ("第十四个五年规划", "2021-2025", "span"),
        ("到二〇三五年", "2035", "until"),
    ],
)
def test_times_and_their_periods(text: str, period: str, way: str) -> None:
    match = time_pattern().search(text)
    assert match is not None
    moment = _CLOCK.read(match)
    assert moment is not None
    assert (moment.period, moment.way) == (period, way)


def test_ordinary_words_are_no_times() -> None:
    for text in ("十五个项目", "第十五条", "2015号文件"):
        assert time_pattern().search(text) is None
