"""Figures needed (缺数清单): for a target without data, which figure is missing, and from whom.

Most targets of real plans burn grey because nobody publishes their figure for that unit. The list
says what to ask for: indicator, unit, periods, and the office that keeps the statistic.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hexi.portal.core.names import name_of
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.pack import current_pack
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = ["Need", "needed_figure", "needs"]


@dataclass(slots=True)
class Need:
    """One figure to ask for."""

    indicator: str
    unit: str
    measure_unit: str
    facets: str
    periods: str
    #: who keeps it: the responsible body, else the unit by the indicator's survey system
    keeper: str
    system: str
    definition: str
    url: str
    targets: int = 1


def needed_figure(row: MonitoredTarget) -> Need:
    """What would let this target leave the grey lamp."""
    pack = current_pack()
    indicator = pack.catalogue.indicator(row.indicator_id)
    unit = name_of(row.unit) if row.unit else ""
    method = next((m for m in pack.methods if indicator and m.id == indicator.method), None)
    keeper = name_of(row.body) if row.body else ""
    if not keeper and unit:
        keeper = _("the statistics office of %(unit)s") % {"unit": unit}
    return Need(
        indicator=row.indicator,
        unit=unit,
        measure_unit=row.measure_unit,
        facets="、".join(row.facets),
        periods=_periods(row),
        keeper=keeper,
        system=(method.title_en if words.english() else method.title) if method else "",
        definition=indicator.definition if indicator else "",
        url=reverse("monitored-target", args=[row.pk]),
    )


def needs(rows: Any) -> list[Need]:
    """Every missing figure once, however many targets wait for it; those most waited for first."""
    found: dict[tuple[Any, ...], list[Need]] = defaultdict(list)
    for row in rows:
        need = needed_figure(row)
        key = (row.unit_id, row.indicator_id or row.indicator, need.facets, need.measure_unit)
        found[key].append(need)
    merged = []
    for same in found.values():
        first = same[0]
        first.targets = len(same)
        first.periods = "、".join(dict.fromkeys(one.periods for one in same if one.periods))
        merged.append(first)
    return sorted(merged, key=lambda need: (-need.targets, need.unit, need.indicator))


def _periods(row: MonitoredTarget) -> str:
    """The years from the one after the base to the due one."""
    if row.end is None:
        return ""
    first = row.start + 1 if row.start else row.end
    span = str(row.end) if first >= row.end else f"{first}-{row.end}"
    return words.period(span)
