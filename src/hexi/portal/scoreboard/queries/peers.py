"""A target beside its peers (横向比较): the same indicator of other units, due in the same year."""

from __future__ import annotations

from dataclasses import dataclass

from hexi.monitoring.position import compare
from hexi.portal.core.models import Person
from hexi.portal.scoreboard.models import MonitoredTarget, TargetState
from hexi.portal.scoreboard.queries.lines import MonitoredLine, monitored_line
from hexi.portal.scoreboard.queries.wording import percent

__all__ = ["Peers", "peers_of"]

_MOST = 60


@dataclass(frozen=True, slots=True)
class Peers:
    """Its place by the share of the way made, and the others with theirs."""

    place: int | None
    of: int
    middle: str
    lines: list[tuple[MonitoredLine, str]]


def peers_of(row: MonitoredTarget, person: Person | None) -> Peers | None:
    """Peers that one may see; None where there are none."""
    if not row.indicator_id:
        return None
    rows = MonitoredTarget.objects.visible_to(person).filter(
        indicator_id=row.indicator_id,
        measure=row.measure,
        end=row.end,
        facets=row.facets,
        state=TargetState.ACCEPTED,
    )
    others = (
        rows.exclude(unit=row.unit)
        .exclude(unit=None)
        .select_related("plan__unit", "unit", "parent", "person", "body", "latest")
    )
    found = list(others.order_by("unit__order", "pk")[:_MOST])
    if not found:
        return None
    done = {str(one.pk): one.latest.completion if one.latest else None for one in (row, *found)}
    # a share of the way is the better the larger, whichever way the figure itself has to go
    compared = compare(str(row.pk), done, upward=True)
    return Peers(
        place=compared.place if compared and compared.of > 1 else None,
        of=compared.of if compared else 0,
        middle=percent(compared.middle, 1) if compared else "",
        lines=[(monitored_line(one, one.latest), percent(done[str(one.pk)], 1)) for one in found],
    )
