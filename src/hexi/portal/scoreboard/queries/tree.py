"""The tree on the scoreboard (按责任主体): province, city, zone, park, each with its lamps.

A unit's counts hold its whole subtree; what is counted in a bar is what the list behind it shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.urls import reverse

from hexi.portal.core.models import Unit
from hexi.portal.core.names import name_of
from hexi.portal.scoreboard.queries.board import LampCounts

__all__ = ["UnitLine", "crumbs_to", "plan_lines", "unit_lines"]


@dataclass(slots=True)
class UnitLine:
    """One unit or plan with its lamps."""

    name: str
    url: str
    kind: str = ""
    note: str = ""
    counts: LampCounts = field(default_factory=LampCounts)


def unit_lines(rows: Any, parent: Unit | None, tail: str = "") -> list[UnitLine]:
    """The units right under one, each with the targets of its subtree; without targets: left out.

    ``rows`` are the targets one may see; ``tail`` keeps the day of the address.
    """
    below = Unit.objects.filter(parent=parent).order_by("order")
    lines = {unit.path: UnitLine(name_of(unit), _url(unit, tail), unit.kind) for unit in below}
    counted = rows.exclude(unit=None).order_by().values_list("unit__path", "shown_lamp")
    prefixes: dict[str, str] = {}
    for path, lamp, number in counted.annotate(n=Count("pk")):
        home = prefixes.get(path) or _home(path, lines)
        prefixes[path] = home
        if home:
            lines[home].counts.add(lamp, number)
    return [line for line in lines.values() if line.counts.total]


def _home(path: str, lines: dict[str, UnitLine]) -> str:
    """Which of the units holds the path."""
    here = path
    while here.count("/") > 1:
        if here in lines:
            return here
        here = here[: here.rstrip("/").rfind("/") + 1]
    return ""


def plan_lines(rows: Any, tail: str = "") -> list[UnitLine]:
    """Every plan with its lamps, in the order of their horizons."""
    found: dict[int, UnitLine] = {}
    fields = ("plan", "plan__title", "plan__first_year", "plan__last_year", "shown_lamp")
    counted = rows.order_by("plan__first_year", "plan").values_list(*fields)
    for plan, title, first, last, lamp, number in counted.annotate(n=Count("pk")):
        years = f"{first}–{last}" if first and last else ""
        url = f"{reverse('scoreboard')}?plan={plan}{tail.replace('?', '&')}"
        line = found.setdefault(plan, UnitLine(title, url, "plan", years))
        line.counts.add(lamp, number)
    return list(found.values())


def crumbs_to(unit: Unit | None, tail: str = "") -> list[dict[str, str]]:
    """The way from the root to a unit, each step a scoreboard of its own."""
    if unit is None:
        return []
    codes = [code for code in unit.path.split("/") if code]
    names = {above.code: above for above in Unit.objects.filter(code__in=codes)}
    return [
        {"label": name_of(names[code]), "url": _url(names[code], tail)}
        for code in codes
        if code in names
    ]


def _url(unit: Unit, tail: str) -> str:
    return reverse("scoreboard-unit", args=[unit.code]) + tail
