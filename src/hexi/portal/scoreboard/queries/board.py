"""What stands on the scoreboard (监测台行集): targets with the lamp of today or of a day then.

A day in the past shows what was believed then: the last standing of that day or before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from hexi.portal.core.models import Person
from hexi.portal.scoreboard.models import (
    Adjustment,
    Against,
    Lamp,
    MonitoredTarget,
    Shown,
    Standing,
    TargetState,
)

__all__ = [
    "LampCounts",
    "board_rows",
    "filtered",
    "lamp_counts",
    "sorted_rows",
    "standings_of",
]

#: the order in which lamps are looked at: what burns first
LAMP_ORDER = {lamp.value: number for number, lamp in enumerate(Shown)}
SORTS = {
    "lamp": ("shown_order", "plan__title", "number"),
    "plan": ("plan__title", "number"),
    "unit": ("unit__order", "number"),
    "indicator": ("indicator", "period"),
    "period": ("period", "number"),
    "p": ("latest__p", "number"),
    "nature": ("nature", "number"),
}


@dataclass(slots=True)
class LampCounts:
    """How many targets burn in which lamp."""

    red: int = 0
    missed: int = 0
    yellow: int = 0
    green: int = 0
    met: int = 0
    over: int = 0
    grey: int = 0

    @property
    def total(self) -> int:
        return self.running + self.finished

    @property
    def running(self) -> int:
        """Targets whose time is not over."""
        return self.red + self.yellow + self.green + self.grey

    @property
    def finished(self) -> int:
        """Targets whose time is over."""
        return self.known + self.over

    @property
    def known(self) -> int:
        """Of these, those whose outcome is known."""
        return self.met + self.missed

    @property
    def unseen(self) -> int:
        """Targets that nothing can be said of for want of figures."""
        return self.grey + self.over

    @property
    def burning(self) -> int:
        """Targets at risk, and those that were missed."""
        return self.red + self.missed

    def add(self, lamp: str, number: int) -> None:
        setattr(self, lamp, getattr(self, lamp) + number)

    def parts(self) -> list[dict[str, Any]]:
        """For a bar whose parts are as long as their counts."""
        return [{"key": lamp.value, "count": getattr(self, lamp.value)} for lamp in Shown]


def board_rows(person: Person | None, asof: date | None = None) -> Any:
    """Agreed targets that this person may see, each with ``shown_lamp``."""
    seen = MonitoredTarget.objects.visible_to(person)
    rows = seen.filter(state=TargetState.ACCEPTED)
    if asof is None:
        return rows.annotate(shown_lamp=_shown("lamp", "latest__grade"))
    withdrawn_later = Adjustment.objects.filter(
        target=OuterRef("pk"), after__state=TargetState.WITHDRAWN, at__date__gt=asof
    )
    rows = seen.filter(
        Q(state=TargetState.ACCEPTED) | Q(state=TargetState.WITHDRAWN) & Exists(withdrawn_later)
    )
    then = (
        Standing.objects.filter(target=OuterRef("pk"), against=Against.CURRENT, as_of__lte=asof)
        .annotate(shown_then=_shown("lamp", "grade"))
        .order_by("-as_of")
    )
    return rows.annotate(
        shown_lamp=Coalesce(Subquery(then.values("shown_then")[:1]), Value(Lamp.GREY.value)),
        shown_standing=Subquery(then.values("pk")[:1]),
    )


def _shown(lamp: str, grade: str) -> Case:
    """``Standing.shown`` as the database reckons it."""
    over = {lamp: Lamp.FINISHED}
    return Case(
        When(**over, **{grade: "met"}, then=Value(Shown.MET.value)),
        When(**over, **{grade: "missed"}, then=Value(Shown.MISSED.value)),
        When(**over, then=Value(Shown.OVER.value)),
        default=F(lamp),
    )


def lamp_counts(rows: Any) -> LampCounts:
    """One query, whatever the number of targets."""
    counts = LampCounts()
    for lamp, number in rows.order_by().values_list("shown_lamp").annotate(n=Count("pk")):
        counts.add(lamp, number)
    return counts


def filtered(rows: Any, asked: Mapping[str, Any]) -> Any:
    """The filters of the address; also used by the API."""
    if query := str(asked.get("q", "")).strip():
        rows = rows.filter(
            Q(indicator__icontains=query)
            | Q(unit__name__icontains=query)
            | Q(unit__name_en__icontains=query)
            | Q(plan__title__icontains=query)
        )
    if (lamp := asked.get("lamp")) in LAMP_ORDER:
        rows = rows.filter(shown_lamp=lamp)
    if (plan := str(asked.get("plan", ""))) and plan.isdecimal():
        rows = rows.filter(plan=int(plan))
    if unit := asked.get("unit"):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    if nature := asked.get("nature"):
        rows = rows.filter(nature=nature)
    if indicator := asked.get("indicator"):
        rows = rows.filter(indicator_id=indicator)
    return rows


def sorted_rows(rows: Any, sort: str) -> Any:
    """The order of the address; an unknown one shows what burns first."""
    keys = SORTS.get(sort.lstrip("-"), SORTS["lamp"])
    rows = rows.annotate(shown_order=_order())
    backwards = sort.startswith("-")
    order = [F(key).desc(nulls_last=True) if backwards else F(key).asc(nulls_last=True)
             for key in keys]  # fmt: skip
    return rows.select_related("plan__unit", "unit", "person", "body", "parent").order_by(
        *order, "pk"
    )


def _order() -> Any:
    """The place of a lamp in the order of looking."""
    return Case(
        *(When(shown_lamp=lamp, then=Value(number)) for lamp, number in LAMP_ORDER.items()),
        default=Value(len(LAMP_ORDER)),
    )


def standings_of(rows: Iterable[Any]) -> dict[int, Standing]:
    """The standing to show beside each row of a page, by target."""
    wanted = {getattr(row, "shown_standing", row.latest_id): row.pk for row in rows}
    found = Standing.objects.filter(pk__in=[pk for pk in wanted if pk])
    return {wanted[standing.pk]: standing for standing in found}
