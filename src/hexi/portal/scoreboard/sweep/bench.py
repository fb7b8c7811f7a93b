"""One target on the forecaster's bench (单目标测算): beside the series it borrows from.

The sweep asks all targets at once; a page that draws a fan or tries an assumption asks one, beside
the same indicator of other units or, where there are few, others of its kind, as the sweep does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hexi.monitoring.forecast import Asks
from hexi.monitoring.goal import Goal
from hexi.monitoring.observed import Observed
from hexi.monitoring.outlooks import Asked, fitted
from hexi.portal.plans.queries.pack import current_pack
from hexi.portal.scoreboard.models import MonitoredTarget
from hexi.portal.scoreboard.sweep.goals import Case, Cases, whole_targets

__all__ = ["Bench", "bench_of"]

#: targets looked through for siblings; more of them make no page better
_MOST = 400


@dataclass(frozen=True, slots=True)
class Bench:
    """A fitted model that holds the target's series."""

    goal: Goal
    observed: Observed
    asked: Asked

    @property
    def row(self) -> int:
        """Row of the target's series in the panel."""
        return self.asked.rows[self.goal.id]

    @property
    def place(self) -> int:
        """Place of the target among those asked."""
        return [goal.id for goal in self.asked.goals].index(self.goal.id)

    @property
    def frequency(self) -> int:
        return self.asked.model.panel.frequency

    @property
    def until(self) -> int:
        """Code of the last period of the target."""
        return (self.goal.end + 1) * self.frequency - 1

    @property
    def last(self) -> int:
        """Code of the last period that the panel has."""
        return self.asked.model.panel.last

    def asks(self) -> Asks:
        """What the forecast is asked, the target among the others."""
        return self.asked.asks()


def bench_of(row: MonitoredTarget, at: date) -> Bench | None:
    """The bench of one target as on a day; None where nothing of it was observed."""
    cases = Cases(at)
    own = cases.one(row)
    goal, observed = own.goal, own.observed
    if not isinstance(goal, Goal) or observed is None or not observed.count:
        return None
    beside = [own, *(cases.one(other) for other in _siblings(row))]
    known = {one.id: one.observed for one in beside if one.observed is not None}
    panels = fitted(_goals(beside), known)
    asked = next(one for one in panels if goal.id in one.rows)
    return Bench(goal, observed, asked)


def _siblings(row: MonitoredTarget) -> list[MonitoredTarget]:
    """The same indicator elsewhere first, then indicators of its kind."""
    others = whole_targets().exclude(pk=row.pk).order_by("pk")
    same = list(others.filter(indicator_id=row.indicator_id)[:_MOST])
    pack = current_pack()
    own = pack.catalogue.indicator(row.indicator_id)
    alike = [one.id for one in pack.indicators if own and one.kind == own.kind]
    more = others.filter(indicator_id__in=alike).exclude(indicator_id=row.indicator_id)
    return [*same, *more[: _MOST - len(same)]]


def _goals(cases: Iterable[Case]) -> list[Goal]:
    return [case.goal for case in cases if isinstance(case.goal, Goal)]
