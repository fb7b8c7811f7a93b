"""Whose figures make up a unit's (构成企业): what the rule on concentration looks at.

Taken from the returns that are in the warehouse, for the newest month that an indicator has; added
up by the same definitions as every computed figure, for all enterprises of the register at once.
Enterprises go by their numbers: their names are looked up where somebody may see them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from hexi.monitoring.goal import Goal
from hexi.portal.core.models import Person
from hexi.portal.figures.books.respondents import MARK, respondent_number, respondents_table
from hexi.portal.figures.books.working import looks_beyond
from hexi.portal.figures.knowledge import Known, definitions, known_at
from hexi.portal.figures.reach import JURISDICTION
from hexi.portal.figures.space import REAL
from hexi.portal.returns.models import Enterprise, Reporter
from hexi.statistics.indicators import View
from hexi.statistics.indicators.plan import plan

__all__ = ["Firms", "Makeup", "names_for"]

#: months back from the newest in which an indicator is looked for: a quarter's returns may lag
_BACK = 4
#: enterprises that are told one by one; the rest counts in the whole
_FIRST = 12


@dataclass(frozen=True, slots=True)
class Makeup:
    """The greatest enterprises of a unit by their marks, and the sum over all of them."""

    first: dict[str, float]
    whole: float


class Firms:
    """Figures of enterprises as the warehouse has them now; each indicator is computed once."""

    def __init__(self) -> None:
        self._known: Known | None = known_at(REAL)
        self._tables: dict[str, pa.Table | None] = {}

    def of(self, goal: Goal) -> Makeup | None:
        """Who makes up a goal's figure; None where no returns say so.

        Only what adds up over enterprises has such a makeup: a share or a rank has none.
        """
        known = self._known
        if known is None or goal.agg != "sum" or goal.unit not in known.register.units:
            return None
        if goal.indicator not in self._tables:
            self._tables[goal.indicator] = self._computed(known, goal)
        table = self._tables[goal.indicator]
        if table is None:
            return None
        month = pc.max(table["period"]).as_py()
        members = self._members(known, goal.unit, month)
        rows = table.filter((pc.field("period") == month) & pc.field("unit").isin(members))
        if not len(rows):
            return None
        rows = rows.sort_by([("value", "descending"), ("unit", "ascending")])
        first = rows.slice(0, _FIRST)
        named = zip(first["unit"].to_pylist(), first["value"].to_pylist(), strict=True)
        return Makeup(
            {f"{MARK}{number}": float(value) for number, value in named},
            float(pc.sum(rows["value"]).as_py()),
        )

    def _computed(self, known: Known, goal: Goal) -> pa.Table | None:
        """Unit (the enterprise's number), period and value; None where nothing is reported."""
        view: View = "ytd" if goal.time_agg == "sum" else "period"
        given = definitions()
        name = next(
            (one.id for one in given.indicators.values() if one.catalogue == goal.indicator), ""
        )
        cells = plan(given, [name], [view]).cells if name else ()
        if not cells or any(looks_beyond(cell) for cell in cells) or not self._enterprises:
            return None
        table = respondents_table(
            known,
            given,
            self._enterprises,
            indicators=(name,),
            views=(view,),
            months=known.periods[-_BACK:],
        )
        found = table.filter(pc.is_valid(table["value"])).filter(pc.field("value") > 0)
        return found if len(found) else None

    @cached_property
    def _enterprises(self) -> list[int]:
        """Numbers of the enterprises; projects, parks and zones report too, and are none."""
        assert self._known is not None
        numbers = self._known.register.reporters
        codes = Reporter.objects.filter(kind="enterprise").values_list("code", flat=True)
        return [numbers[code] for code in codes if code in numbers]

    def _members(self, known: Known, unit: str, month: int) -> pa.Array:
        """Enterprises that stood in the unit, or in one below it, in that month."""
        register = known.register
        lasting = (pc.field("tree") == JURISDICTION) & (pc.field("since") <= month)
        lasting = lasting & (pc.field("until") > month)
        below: dict[int, list[int]] = defaultdict(list)
        edges = register.edge.filter(lasting)
        pairs = zip(edges["unit"].to_pylist(), edges["parent"].to_pylist(), strict=True)
        for child, parent in pairs:
            below[parent].append(child)
        units, waiting = set(), [register.units[unit]]
        while waiting:
            one = waiting.pop()
            if one not in units:
                units.add(one)
                waiting.extend(below[one])
        rows = register.membership.filter(lasting & pc.field("unit").isin(sorted(units)))
        return pc.unique(rows["reporter"].combine_chunks())


def names_for(marks: list[str], person: Person | None) -> list[str]:
    """Names of the enterprises that this person may see, in the order given."""
    known = known_at(REAL)
    numbers = [respondent_number(mark) for mark in marks if mark.startswith(MARK)]
    if known is None or not numbers:
        return []
    rows = known.register.reporter.filter(pc.field("id").isin(numbers)).to_pylist()
    codes = {row["id"]: row["code"] for row in rows}
    seen = Enterprise.objects.visible_to(person).filter(code__in=list(codes.values()))
    names = dict(seen.values_list("code", "name"))
    return [names[codes[n]] for n in numbers if n in codes and codes[n] in names]
