"""Spans of time that published figures are of (公布时段), and how they add up within a year.

A figure is of a month, or of the months since January (累计): a quarter, a half and a year of
flows are the latter. Whatever was published of one year, in whatever order, stands on one axis,
so that a month that comes out after its year is seen to complete it.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from hexi.statistics.disclosure import Axis

__all__ = ["Times", "Window", "time_axis"]

#: before the code of a span: that of the year before, as respondents stated it (上年同期)
_THEN = "then:"


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A month (``2015-12``), or January to a month (``2015/12``)."""

    #: the last month, YYYYMM
    month: int
    since_january: bool = False
    #: what respondents stated of the same span a year earlier
    then: bool = False

    @classmethod
    def of(cls, month: int, *, since_january: bool = False, then: bool = False) -> Window:
        """The span; January to January is January."""
        return cls(month, since_january and month % 100 > 1, then)

    @classmethod
    def read(cls, code: str) -> Window:
        """The span of a code."""
        then = code.startswith(_THEN)
        said = code.removeprefix(_THEN)
        return cls(int(said[:4]) * 100 + int(said[5:]), said[4] == "/", then)

    @property
    def code(self) -> str:
        year, month = divmod(self.month, 100)
        return f"{_THEN if self.then else ''}{year}{'/' if self.since_january else '-'}{month:02}"

    @property
    def year(self) -> int:
        return self.month // 100


@dataclass(frozen=True)
class Times:
    """The axis of time of a table, and the leaf that each month counts in."""

    axis: Axis
    #: month -> leaf, of the year itself and of the year before; other months count nowhere
    now: Mapping[int, int]
    then: Mapping[int, int]


def time_axis(windows: Collection[Window]) -> Times:
    """The axis of some spans of one year: the finest parts that they cut the year into, and those
    spans that are sums of several."""
    nodes: list[str] = []
    edges: list[tuple[str, str, str]] = []
    leaves: list[dict[int, int]] = []
    for then in (False, True):
        own = sorted(window for window in windows if window.then is then)
        leaf_of: dict[int, int] = {}
        parts = list(_parts(own))
        for first, last in parts:
            leaf_of.update(dict.fromkeys(range(first, last + 1), len(nodes)))
            nodes.append(_name(first, last, then=then))
        for window in own:
            if not window.since_january:
                continue
            inside = [_name(*part, then=then) for part in parts if part[1] <= window.month]
            if inside != [window.code]:
                nodes.append(window.code)
                edges += [(part, window.code, window.code) for part in inside]
        leaves.append(leaf_of)
    return Times(Axis("time", nodes, edges), *leaves)


def _parts(windows: Iterable[Window]) -> Iterable[tuple[int, int]]:
    """First and last month of the parts that lie in some span."""
    cuts, covered = set[int](), set[int]()
    for window in windows:
        first = window.year * 100 + 1 if window.since_january else window.month
        cuts |= {first - 1, window.month}
        covered |= set(range(first, window.month + 1))
    ends = sorted(cuts)
    for before, last in itertools.pairwise(ends):
        if last in covered and before + 1 in covered:
            yield before + 1, last


def _name(first: int, last: int, *, then: bool) -> str:
    if first == last:
        return Window(last, then=then).code
    if first % 100 == 1:
        return Window(last, since_january=True, then=then).code
    return f"{Window(first, then=then).code}..{last % 100:02}"
