"""Figures without digits (文字数字): 翻一番, 百分之二十, 三分之一, 八成, 首破百亿元, 前三位.

What states a value on its own counts as a figure though no digit stands in it. A numeral that a
text leaves out (亿元以上, 百万吨乙烯项目) is one of its unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache

from hexi.plans.statements.figure import Figure, FigureKind, unit_kinds
from hexi.plans.statements.lexicon import alternatives, words
from hexi.quantities import numerals

__all__ = ["wordy_figures"]

#: signs of figures that are written without digits
_MARKS = re.compile(
    r"番|\d/\d|分之|[亿万](?:元|吨|标箱|人次)|百万吨|[亿万]美元|[位倍成]|前[一二三四五六七八九十百\d]+强"
)

_PLACED = re.compile(
    r"(?:[居列排占]|排名|位居|排在)(?:全[国省市州区县]|同类)[^，,。；;\d]{0,12}?第"
    r"(?P<ord>\d{1,3}|[一二三四五六七八九十]+)(?=[，,。；;、）)]|$)"
)


def wordy_figures(text: str) -> Iterator[Figure]:
    """All figures of a text that are written without digits, in order."""
    if "第" in text:
        for match in _PLACED.finditer(text):
            place = _ordinal(match)
            if place is not None:
                yield place
    if not _MARKS.search(text):
        return
    for match in _pattern().finditer(text):
        read = next(read for group, read in _READERS if match[group] is not None)
        figure = read(match)
        if figure is not None:
            yield figure


@cache
def _pattern() -> re.Pattern[str]:
    works = alternatives(words("names", "works"))
    reaching = (*words("words", "at_least_before"), *words("figures", "reaches"))
    passes = alternatives(reaching)
    # a place where none of these stands is passed over without trying each kind
    first = "".join(sorted({word[0] for word in reaching} | set("翻百达增扩发提超第前亿千")))
    return re.compile(
        rf"(?=[{first}一二两三四五六七八九十1-9])(?:翻了?[近约超逾]?(?P<fold>[一两二三四五]?)番"
        rf"|(?P<cent>百分之[零一二两三四五六七八九十百点]+)"
        rf"|(?:达到|增加到|增至|扩大到|发展到|提升|超过)(?P<times>[一二两三四五六七八九十百千]+)(?P<cls>位|倍)"
        rf"|(?<![一-十百千万几])(?P<tenths>[一二三四五六七八九])成"
        rf"(?![为立果员本功效都品套长熟交分片县绩就型因])"
        rf"|(?<![百千万])(?P<part>[二三四五六七八九十]分之[一二三四五六七八九])(?![一二三四五六七八九十百点])"
        rf"|(?<=[的约近占过到])(?P<slash>[1-9]/[2-9])(?![\d/月])"
        rf"|(?:{passes})(?P<round>(?:万亿|[千百十]?亿|[千百]万))(?P<runit>美元|元|吨|标箱|人次)"
        rf"(?=[，,。；;、）)]|人民币|大关|台阶|门槛|关口|$)"
        rf"|[第前](?P<place>[一二三四五六七八九十]+)位|前(?P<first>[一二三四五六七八九十百]+|\d+)强"
        rf"|(?<![0-9０-９一二三四五六七八九十百千万数几上近多余.．亿])(?P<implied>亿|千万|百万)(?P<iunit>元|美元|吨)"
        rf"(?=人民币|以上|级|[\u4e00-\u9fff]{{1,6}}(?:{works})))"
    )


def _fold(match: re.Match[str]) -> Figure | None:
    """翻一番, 翻番."""
    fold = match["fold"]
    if not fold:
        flags = ("implied_numeral",)
        return Figure(match.start(), match.end(), "1", Decimal(1), "番", "multiple", "eq", flags)
    numeral = numerals.read(fold)
    if numeral is None:
        return None
    value = Decimal(numeral.value)
    return Figure(match.start("fold"), match.end(), fold, value, "番", "multiple")


def _cent(match: re.Match[str]) -> Figure | None:
    """百分之二十."""
    printed = match["cent"].removeprefix("百分之")
    numeral = numerals.read(printed)
    if numeral is None:
        return None
    return Figure(match.start(), match.end(), printed, Decimal(numeral.value), "%", "percent")


def _times(match: re.Match[str]) -> Figure | None:
    """增加到三倍."""
    kind = unit_kinds().get(match["cls"], "multiple")
    return _small(match, "times", match["cls"], kind)


def _part(match: re.Match[str]) -> Figure | None:
    """三分之一."""
    whole, _, part = match["part"].partition("分之")
    below, above = numerals.read(whole), numerals.read(part)
    if below is None or above is None:
        return None
    value = Decimal(above.value) / Decimal(below.value)
    return Figure(match.start("part"), match.end(), match["part"], value, "", "percent")


def _slash(match: re.Match[str]) -> Figure:
    """1/4."""
    above, _, below = match["slash"].partition("/")
    value = Decimal(above) / Decimal(below)
    return Figure(match.start("slash"), match.end(), match["slash"], value, "", "percent")


def _round(match: re.Match[str]) -> Figure:
    """首破百亿元."""
    return _one(match, "round", "runit")


def _implied(match: re.Match[str]) -> Figure:
    """亿元以上, 百万吨乙烯项目."""
    return _one(match, "implied", "iunit")


def _one(match: re.Match[str], magnitude: str, unit: str) -> Figure:
    kind = unit_kinds()[match[unit]]
    whole = match[magnitude] + match[unit]
    start, end, flags = match.start(magnitude), match.end(unit), ("implied_numeral",)
    return Figure(start, end, "1", Decimal(1), whole, kind, "eq", flags)


def _small(match: re.Match[str], group: str, unit: str, kind: FigureKind) -> Figure | None:
    """A figure of one or two Han numerals: 三成, 前十位."""
    printed = match[group]
    numeral = numerals.read("一百" if printed == "百" else printed)
    if numeral is None:
        return None
    start = match.start(group)
    return Figure(start, match.end(), match[group], Decimal(numeral.value), unit, kind)


def _ordinal(match: re.Match[str]) -> Figure | None:
    """增速居全省第3, 列全市第二: a place without its unit."""
    numeral = numerals.read(match["ord"])
    if numeral is None:
        return None
    start, end = match.span("ord")
    value = Decimal(numeral.value)
    return Figure(start, end, match["ord"], value, "位", "rank", "eq", ("implied_unit",))


_READERS: tuple[tuple[str, Callable[[re.Match[str]], Figure | None]], ...] = (
    ("fold", _fold),
    ("cent", _cent),
    ("times", _times),
    ("tenths", lambda match: _small(match, "tenths", "成", "percent")),
    ("part", _part),
    ("slash", _slash),
    ("round", _round),
    ("place", lambda match: _small(match, "place", "位", "rank")),
    ("first", lambda match: _small(match, "first", "强", "rank")),
    ("implied", _implied),
)
