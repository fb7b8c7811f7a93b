"""A small province for tests of assessment (测试数据): made by a fixed rule, no real figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hexi.assessment.data.matrix import Case, Matrix
from hexi.assessment.scheme.nouns import (
    Aggregation,
    Group,
    Grouping,
    Item,
    MinMax,
    Missing,
    Named,
    Points,
    Scheme,
    Source,
    Veto,
)


def scheme(groups: int = 5, each: int = 4, how: Aggregation = "arithmetic") -> Scheme:
    """A scheme of ``groups`` × ``each`` indicators; every third is better when lower."""
    made = []
    for group in range(groups):
        items = tuple(
            Item(
                f"i{group}{item:02}",
                Named(f"指标{group + 1}-{item + 1}", f"Item {group + 1}.{item + 1}"),
                "",
                "亿元",
                -1 if item % 3 == 2 else 1,
                MinMax(20.0, 100.0),
                float(item + 1),
                by_class={"东部": float(item + 1), "西部": float(each - item)},
            )
            for item in range(each)
        )
        name = Named(f"第{group + 1}组", f"Group {group + 1}")
        made.append(Group(f"g{group}", name, float(groups - group), items, aggregation=how))
    return Scheme(
        "trial",
        "2021",
        Named("测试办法", "Trial scheme"),
        "zones",
        2016,
        None,
        Source("测试办法", assumed="权重为本系统假定", assumed_en="weights are assumed"),
        Group("all", Named("总分", "Total"), 1.0, tuple(made), aggregation=how),
        class_by="region",
        missing=Missing("leave_out"),
        points=(Points("aid", Named("对口援助", "Paired aid"), 0.5, 2.0),),
        vetoes=(Veto("accident", Named("重大事故", "Grave accident"), "unrated"),),
        groupings=(Grouping("region", Named("区域", "Region")),),
        decimals=4,
    )


def data(
    of: Scheme, units: int = 24, years: tuple[int, ...] = (2022, 2023), seed: int = 7
) -> Matrix:
    """Figures that grow from year to year, with a gap, a bonus and a veto."""
    random = np.random.default_rng(seed)
    items = tuple(item.id for item in of.items())
    first = random.lognormal(3.0, 0.6, (units, len(items)))
    growth = random.normal(1.06, 0.08, (len(years), units, len(items)))
    values = first * np.cumprod(growth, axis=0)
    values[-1, 2, 1] = np.nan
    ids = tuple(f"z{number:02}" for number in range(units))
    return Matrix(
        units=ids,
        names=tuple(f"开发区{number + 1:02}" for number in range(units)),
        items=items,
        years=years,
        values=values,
        attributes={
            "region": tuple("西部" if number % 3 == 0 else "东部" for number in range(units))
        },
        cases=(Case("z01", "aid", "协议一份", 2), Case("z05", "accident", "事故通报")),
    )


def year_before(matrix: Matrix) -> Matrix:
    """The same data as they stood one round earlier."""
    return replace(matrix, years=matrix.years[:-1], values=matrix.values[:-1], cases=())
