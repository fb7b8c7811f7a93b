"""Scoring as spreadsheet formulas (计分公式), for a person to check what the engine computed.

One formula a cell, in functions that every spreadsheet program has. ``v`` is the cell of the value,
``column`` the range of all units' values. A method without a plain formula gives None: the sheet
then holds the value and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import assert_never

from hexi.assessment.scheme.nouns import (
    Achievement,
    Aggregation,
    Borda,
    Distance,
    FractionOfMax,
    Item,
    LevelAndGrowth,
    Logarithm,
    MinMax,
    PercentRank,
    Piecewise,
    Rank,
    Steps,
    ZScore,
)

__all__ = ["Cells", "combined", "growth", "method_name", "scored"]


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the pieces of one score stand."""

    v: str
    column: str
    #: goalposts among the parameters
    low: str
    high: str
    #: scale among the parameters
    floor: str
    ceiling: str
    #: the unit's own target, and its growth with the range of all growths
    target: str = ""
    grown: str = ""
    growths: str = ""


def scored(item: Item, at: Cells, *, empty: str) -> str:
    """The score of one cell as a formula; ``empty`` is what a missing value scores."""
    return f"=IF(ISNUMBER({at.v}),{_inner(item, at)},{empty})"


def growth(v: str, before: str) -> str:
    """Growth on the size of the year before."""
    known = f"AND(ISNUMBER({v}),ISNUMBER({before}))"
    return f'=IF({known},IF({before}<>0,({v}-{before})/ABS({before}),""),"")'


def combined(members: Sequence[tuple[str, str]], how: Aggregation, total: str) -> str | None:
    """Score of a group from (score, weight) cells of its members; ``total``: sum of weights."""
    if how == "arithmetic":
        inner = "+".join(f"N({score})*{weight}" for score, weight in members)
        return f'=IF({total}>0,({inner})/{total},"")'
    if how == "geometric":
        inner = "*".join(f"IF(ISNUMBER({s}),N({s})^({w}/{total}),1)" for s, w in members)
        return f'=IF({total}>0,{inner},"")'
    if how == "harmonic":
        nought = ",".join(f"AND(ISNUMBER({s}),N({s})=0,{w}>0)" for s, w in members)
        inner = "+".join(f"IF(ISNUMBER({s}),{w}/N({s}),0)" for s, w in members)
        return f'=IF({total}>0,IF(OR({nought}),0,{total}/({inner})),"")'
    return None


def method_name(item: Item) -> tuple[str, str]:
    """What the method is called, in both languages."""
    match item.scoring:
        case MinMax(low=low, high=high):
            fixed = low is not None or high is not None
            return ("极差法（定界）", "min-max, fixed") if fixed else ("极差法", "min-max")
        case ZScore():
            return "标准分", "z-score"
        case Rank():
            return "名次", "rank"
        case PercentRank():
            return "百分位", "percentile rank"
        case Borda():
            return "波达计分", "Borda"
        case FractionOfMax():
            return "占最大值比例", "fraction of the best"
        case Distance(to=to):
            names = {
                "best": ("与最优的距离", "distance to the best"),
                "target": ("与目标的距离", "distance to a target"),
                "frontier": ("与前沿的距离", "distance to the frontier"),
            }
            return names[to]
        case Achievement():
            return "目标完成率", "share of the own target"
        case LevelAndGrowth():
            return "水平加增长", "level and growth"
        case Logarithm():
            return "对数法", "logarithm"
        case Piecewise():
            return "分段线性", "piecewise"
        case Steps():
            return "分档", "steps"
        case _:
            assert_never(item.scoring)


def _inner(item: Item, at: Cells) -> str:
    up, r, v = item.direction > 0, at.column, at.v
    match item.scoring:
        case MinMax(low=low, high=high):
            return _between(v, at, up, clipped=low is not None or high is not None)
        case ZScore(mean=mean, sd=sd):
            sign = "+" if up else "-"
            share = f"({v}-AVERAGE({r}))/STDEV({r})*{sd!r}"
            return f"IF(MAX({r})>MIN({r}),{mean!r}{sign}{share},{mean!r})"
        case Rank(ties=ties):
            place = _place(v, r, up)
            return place if ties == "min" else f"({place}+(COUNTIF({r},{v})-1)/2)"
        case PercentRank():
            share = f"({_place(v, r, up)}-1)/(COUNT({r})-1)*100"
            return f"IF(MAX({r})>MIN({r}),{share},50)"
        case Borda():
            return f"({_place(v, r, up)}-1)"
        case FractionOfMax(scale=scale):
            if up:
                return f"IF(MAX({r})>0,MAX({v},0)/MAX({r})*{scale!r},0)"
            return f"IF({v}>0,MAX(MIN({r}),0)/{v},IF(MIN({r})>=0,1,0))*{scale!r}"
        case Distance():
            return _to_mark(item.scoring, v, r, up)
        case Achievement(most=most, least=least):
            over, under = (v, at.target) if up else (at.target, v)
            kept = f"IF({v}{'>=' if up else '<='}{at.target},100,0)"
            share = f"IF(AND({over}>=0,{under}>0),{over}/{under}*100,{kept})"
            points = f"IF({share}<{least!r},0,MIN({share},{most!r}))"
            return f'IF(ISNUMBER({at.target}),{points},"")'
        case LevelAndGrowth(level=part):
            level = _between(v, at, up, clipped=False)
            if not at.grown:
                return level
            ends = Cells(
                at.grown, at.growths, f"MIN({at.growths})", f"MAX({at.growths})",
                at.floor, at.ceiling,
            )  # fmt: skip
            both = f"{part!r}*{level}+(1-{part!r})*{_between(at.grown, ends, up, clipped=False)}"
            return f"IF(ISNUMBER({at.grown}),{both},{level})"
        case Logarithm():
            logs = Cells(f"LN({v})", r, f"LN({at.low})", f"LN({at.high})", at.floor, at.ceiling)
            return f'IF({v}>0,{_between(logs.v, logs, up, clipped=False)},"")'
        case Piecewise(points=points_):
            return _lines(v, points_)
        case Steps(steps=steps, below=below):
            text = repr(below)
            for mark, worth in sorted(steps):
                text = f"IF({v}>={mark!r},{worth!r},{text})"
            return text
        case _:
            assert_never(item.scoring)


def _between(v: str, at: Cells, up: bool, *, clipped: bool) -> str:
    """A share of the way between the goalposts, on the scale; the middle where they coincide."""
    share = (
        f"({v}-{at.low})/({at.high}-{at.low})" if up else f"({at.high}-{v})/({at.high}-{at.low})"
    )
    if clipped:
        share = f"MAX(0,MIN(1,{share}))"
    span = f"({at.ceiling}-{at.floor})"
    return f"IF({at.high}>{at.low},{at.floor}+{span}*{share},{at.floor}+{span}/2)"


def _place(v: str, r: str, up: bool) -> str:
    """1 for the worst."""
    return f"RANK({v},{r},{1 if up else 0})"


def _to_mark(by: Distance, v: str, r: str, up: bool) -> str:
    ordinal = "LARGE" if up else "SMALL"
    if by.to == "target" and by.target is not None:
        mark = repr(by.target)
    elif by.to == "frontier":
        taken = "+".join(f"{ordinal}({r},MIN({n},COUNT({r})))" for n in range(1, by.top + 1))
        mark = f"(({taken})/{by.top})"
    else:
        mark = f"{'MAX' if up else 'MIN'}({r})"
    worst = f"{'MIN' if up else 'MAX'}({r})"
    share = f"({v}-{worst})/({mark}-{worst})*100"
    if by.capped:
        share = f"MIN(100,{share})"
    return f"IF({mark}{'>' if up else '<'}{worst},{share},100)"


def _lines(v: str, points: Sequence[tuple[float, float]]) -> str:
    text = repr(points[-1][1])
    for (x0, y0), (x1, y1) in reversed(list(pairwise(points))):
        line = f"{y0!r}+({v}-({x0!r}))/({x1 - x0!r})*({y1 - y0!r})"
        text = f"IF({v}<={x1!r},{line},{text})"
    return f"IF({v}<={points[0][0]!r},{points[0][1]!r},{text})"
