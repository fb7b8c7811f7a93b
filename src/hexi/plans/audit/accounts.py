"""What the statistics themselves say (核算关系): which figure is part of which.

The national accounts give every plan the same skeleton: output is the three sectors, the second
sector is industry and construction, industry above designated size is part of industry. A
reader of plans knows these without their being written, so they are kept here as data. Growth of
output and income is given in comparable prices, and some indicators are better when lower.
"""

from __future__ import annotations

import re
from fractions import Fraction

__all__ = [
    "EXHAUSTIVE",
    "SUBSETS",
    "YUAN_PER_DOLLAR",
    "lower_is_better",
    "real_family",
    "residuals",
]


#: whole: parts that add up to it (names as ``names.indicator_key`` gives them)
EXHAUSTIVE: dict[str, tuple[str, ...]] = {
    "生产总值": ("第一产业增加值", "第二产业增加值", "第三产业增加值"),
    "第二产业增加值": ("工业增加值", "建筑业增加值"),
    "进出口": ("出口", "进口"),
}

#: part: wholes it can never exceed, nearest first
SUBSETS: dict[str, tuple[str, ...]] = {
    "规上工业增加值": ("工业增加值", "第二产业增加值", "生产总值"),
    "工业增加值": ("第二产业增加值", "生产总值"),
    "建筑业增加值": ("第二产业增加值", "生产总值"),
    "第一产业增加值": ("生产总值",),
    "第二产业增加值": ("生产总值",),
    "第三产业增加值": ("生产总值",),
    "高新技术产业增加值": ("工业增加值", "生产总值"),
    "战略性新兴产业增加值": ("生产总值",),
    "地方财政收入": ("财政收入",),
    "一般公共预算收入": ("财政收入",),
    "出口": ("进出口",),
    "进口": ("进出口",),
    "高新技术企业": ("企业",),
    "有进出口实绩企业": ("外贸企业",),
}

#: lowest and highest plausible 元 for a 美元 in a year: range of the monthly mid rates published by
#: the State Administration of Foreign Exchange, widened to two digits
YUAN_PER_DOLLAR: dict[int, tuple[Fraction, Fraction]] = {
    year: (Fraction(low, 100), Fraction(high, 100))
    for year, low, high in (
        (2010, 660, 685),
        (2011, 630, 662),
        (2012, 625, 635),
        (2013, 605, 630),
        (2014, 604, 618),
        (2015, 610, 650),
        (2016, 645, 697),
        (2017, 650, 692),
        (2018, 625, 697),
        (2019, 667, 716),
        (2020, 650, 714),
        (2021, 635, 658),
        (2022, 630, 731),
        (2023, 670, 735),
        (2024, 695, 733),
    )
}

_REAL = (
    ("output", re.compile(r"生产总值|增加值")),
    ("income", re.compile(r"居民.*收入|人均.*收入")),
)
_LOWER = re.compile(
    r"能耗|水耗|用水量|排放量|排放强度|失业率|死亡率|发病率|事故|负债率|不良率|逃逸|"
    r"办结时间|办结时限|成本|赤字|贫困|通胀|价格涨幅|浓度"
)


def real_family(name: str) -> str:
    """Output or income, whose rates are in comparable prices and levels in current ones."""
    return next((family for family, pattern in _REAL if pattern.search(name)), "")


def lower_is_better(name: str) -> bool:
    """True where a plan aims at less of it."""
    return _LOWER.search(name) is not None


def residuals(whole: str) -> tuple[tuple[str, ...], ...]:
    """Sets of parts that leave a remainder which must not be negative."""
    if whole == "生产总值":
        return (
            ("第二产业增加值", "第三产业增加值"),
            ("工业增加值", "第三产业增加值"),
        )
    if whole == "第二产业增加值":
        return (("工业增加值",),)
    return ()
