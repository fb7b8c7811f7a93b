"""Targets that contracts are drawn from (责任指标来源): accepted ones that name who answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from hexi.portal.assessment.models import DutyKind, DutyYear
from hexi.portal.core.models import Person, Unit
from hexi.portal.plans.queries.pack import current_pack
from hexi.portal.scoreboard.models import MonitoredTarget, TargetState

__all__ = ["Drawn", "drawn_targets"]

#: measures whose figure of the last year is no figure of that year alone
_WHOLE = ("cumulative", "growth_total")
_DOWN = ("le", "lt")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A target with who answers for it and its figure of the year."""

    target: MonitoredTarget
    holder: Unit | None
    person: Person | None
    figure: float
    direction: int

    @property
    def code(self) -> str:
        """Key of the holder."""
        if self.holder is not None:
            return self.holder.code
        return f"person-{self.person.pk}" if self.person else ""

    @property
    def name(self) -> str:
        """Name of the holder."""
        who = self.holder or self.person
        return who.name if who else ""


def drawn_targets(year: DutyYear) -> Iterator[Drawn]:
    """Targets of the office and the units under it, by plan, that have a figure for the year."""
    inside = Q(unit__path__startswith=year.unit.path) | Q(plan__unit=year.unit)
    rows = MonitoredTarget.objects.filter(
        inside, state=TargetState.ACCEPTED, start__lt=year.year, end__gte=year.year
    )
    posts = year.kind == DutyKind.POSTS
    rows = rows.exclude(person=None) if posts else rows.exclude(body=None)
    catalogue = current_pack().catalogue
    for row in rows.select_related("unit", "body", "person").order_by("plan", "number", "pk"):
        figure = _figure(row, year.year)
        if figure is None:
            continue
        known = catalogue.indicator(row.indicator_id) if row.indicator_id else None
        down = row.bound in _DOWN or (known is not None and known.direction == "down")
        yield Drawn(
            row,
            None if posts else row.body,
            row.person if posts else None,
            figure,
            -1 if down else 1,
        )


def _figure(row: MonitoredTarget, year: int) -> float | None:
    """The settled figure of the year: of the path, or of the target in its last year."""
    text = row.path.get(str(year), "")
    if not text and year == row.end and row.measure not in _WHOLE:
        text = row.value
    try:
        return float(text)
    except ValueError:
        return None
