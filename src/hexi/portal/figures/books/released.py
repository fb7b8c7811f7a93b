"""Released figures (公布数据): what everybody may see, exactly as it was given out.

The newest release of each publication and period makes the book. What is confidential is not in
it, so nothing that is asked of it can give a hidden figure away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.figures import words
from hexi.portal.figures.books.nouns import Cell, Key, Measure
from hexi.portal.figures.forest import Forest
from hexi.portal.figures.models import Release
from hexi.portal.figures.queries.releases import content_of, visible
from hexi.portal.figures.question import Question
from hexi.portal.figures.reach import JURISDICTION
from hexi.portal.figures.release.plan import month_of
from hexi.portal.figures.space import Space

__all__ = ["ReleasedBook"]


class ReleasedBook:
    """The book of what has been released to a person at a moment."""

    of = "released"
    #: what was released has been closed
    provisional: Mapping[str, str] = MappingProxyType({})

    def __init__(self, space: Space, person: Person | None, at: datetime) -> None:
        self.space = space
        self.releases: list[Release] = list(
            visible(space, person, at).current().order_by("public_at", "pk")
        )
        # before its time only the office sees a release, and then among the working figures
        self.releases = [row for row in self.releases if row.public_at <= at]
        last = max((row.public_at for row in self.releases), default=at)
        self.source = _("Released figures, the latest of %(at)s.") % {"at": words.day(last)}
        self._contents = [content_of(row) for row in self.releases]

    @cached_property
    def trees(self) -> Sequence[str]:
        """The trees that some release has tables of."""
        found = {tree for content in self._contents for tree in content.forests}
        return [tree for tree in words.TREES if tree in found | {JURISDICTION}]

    @cached_property
    def indicators(self) -> Mapping[str, str]:
        place = 1 if get_language() == "en" else 0
        found: dict[str, str] = {}
        for content in self._contents:
            for name, both in content.names.items():
                found[name] = both[place] or both[0]
        return found

    @cached_property
    def periods(self) -> Sequence[str]:
        return sorted({content.period for content in self._contents}, key=_order)

    def measures(self, question: Question) -> list[Measure]:
        every = {(m.indicator, m.view): m for c in self._contents for m in c.measures}
        found = []
        for indicator in question.i:
            for view in question.v:
                one = every.get((indicator, view))
                if one is not None:
                    name = self.indicators[indicator]
                    found.append(Measure(indicator, view, name, one.unit, one.decimals))
        return found

    def forest(self, question: Question) -> Forest:
        of_tree = [c for c in self._contents if question.tree in c.forests]
        wanted = [c for c in of_tree if c.period in question.p] or of_tree
        forests = [content.forests[question.tree] for content in wanted]
        forests.sort(key=lambda forest: len(forest.nodes))
        nodes = {code: node for forest in forests for code, node in forest.nodes.items()}
        edges = [edge for forest in forests for edge in forest.parent.items()]
        # the widest publication knows the order of all units
        order = [*(forests[-1].nodes if forests else ()), *nodes]
        return Forest.of([nodes[code] for code in dict.fromkeys(order)], edges)

    def cells(
        self, question: Question, units: Sequence[str], measures: Sequence[Measure]
    ) -> Mapping[Key, Cell]:
        found: dict[Key, Cell] = {}
        for content in self._contents:
            if content.period not in question.p:
                continue
            for unit in units:
                for m in measures:
                    key = unit, m.indicator, m.view, content.period
                    cell = content.cells.get(key)
                    known = found.get(key)
                    # two publications of one period: a figure that one of them hides stays hidden
                    if cell is not None and (known is None or known.status != "Q"):
                        found[key] = cell
        return found


def _order(period: str) -> tuple[str, str]:
    """By their last month; what is since January after the month itself, the year last."""
    year, dash, part = period.partition("-")
    to_date = part[:1] if not part.isdecimal() else ""
    return year, f"{month_of(period) % 100:02}{to_date}" if dash else "99"
