"""One target on the forecaster's bench (单目标测算): with the siblings it borrows from.

The sweep asks all targets at once; a page that draws a fan or tries an assumption asks one, beside
the same indicator of other units, so that both give the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from hexi.monitoring.forecast import Asks, Model, Panel, fit
from hexi.monitoring.goal import Goal
from hexi.monitoring.observed import Observed
from hexi.portal.plans.queries.pack import current_pack
from hexi.portal.scoreboard.models import Against, MonitoredTarget
from hexi.portal.scoreboard.sweep.goals import Case, cases_of, whole_targets

__all__ = ["Bench", "bench_of"]


@dataclass(frozen=True, slots=True)
class Bench:
    """A fitted model in which the target's series is row 0."""

    goal: Goal
    observed: Observed
    model: Model
    frequency: int

    def asks(self) -> Asks:
        """The target as it is asked of the model."""
        goal, steps = self.goal, self.frequency
        return Asks.of(
            0,
            goal.measure,
            goal.line,
            (goal.end + 1) * steps - 1,
            bound=goal.bound,
            upward=0 if goal.upward is None else 1 if goal.upward else -1,
            start=(goal.start + 1) * steps - 1,
            base=np.nan if goal.base is None else goal.base,
        )

    @property
    def until(self) -> int:
        """Code of the last period of the target."""
        return (self.goal.end + 1) * self.frequency - 1


def bench_of(row: MonitoredTarget, at: date) -> Bench | None:
    """The bench of one target as on a day; None where nothing of it was observed."""
    alike = whole_targets().filter(indicator_id=row.indicator_id, parent=None).exclude(pk=row.pk)
    cases = cases_of([row, *alike], current_pack(), at)
    own = next(case for case in cases if case.target is row and case.against == Against.CURRENT)
    if not isinstance(own.goal, Goal) or own.observed is None or not own.observed.count:
        return None
    series = [own.observed, *_siblings(own, cases)]
    last = max(one.last for one in series if one.last is not None)
    first = min(one.first for one in series)
    low, high = own.goal.limits or (np.nan, np.nan)
    panel = Panel.of(
        [_column(one, first, last) for one in series],
        last=last,
        frequency=own.observed.frequency,
        family=0,
        low=low,
        high=high,
        running=own.observed.running,
        rates=own.observed.rates,
    )
    return Bench(own.goal, own.observed, fit(panel), own.observed.frequency)


def _siblings(own: Case, cases: Sequence[Case]) -> list[Observed]:
    """The same indicator of other units, each once, in the same terms."""
    assert isinstance(own.goal, Goal) and own.observed is not None
    found: dict[tuple[str, tuple[str, ...]], Observed] = {}
    for case in cases:
        goal, seen = case.goal, case.observed
        if case is own or not isinstance(goal, Goal) or seen is None or not seen.count:
            continue
        if (goal.unit, goal.facets) == (own.goal.unit, own.goal.facets):
            continue
        same = (seen.frequency, seen.rates, seen.running, goal.measure_unit)
        if same == (own.observed.frequency, own.observed.rates, own.observed.running,
                    own.goal.measure_unit):  # fmt: skip
            found.setdefault((goal.unit, goal.facets), seen)
    return list(found.values())


def _column(one: Observed, first: int, last: int) -> list[float]:
    return [np.nan if (value := one.at(code)) is None else value
            for code in range(first, last + 1)]  # fmt: skip
