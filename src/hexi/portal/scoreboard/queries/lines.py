"""Lines of the scoreboard (监测台行): one target as tables, exports and the wall show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from hexi.portal.core.names import name_of
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.models import MonitoredTarget, Shown, Standing, TargetState
from hexi.portal.scoreboard.queries.wording import GRADES, chance, number, texts

__all__ = ["MonitoredLine", "monitored_line"]

#: reasons that say no more than the lamp itself
_EMPTY = frozenset({"finished", "grey_no_data"})


@dataclass(frozen=True, slots=True)
class MonitoredLine:
    """One row."""

    id: int
    url: str
    plan: str
    plan_url: str
    unit: str
    unit_url: str
    indicator: str
    nature_label: str
    measure_label: str
    bound_label: str
    unit_of_measure: str
    base: str
    base_period: str
    target: str
    target_period: str
    actual: str
    actual_period: str
    expected: str
    chance: str
    lamp: str
    lamp_label: str
    grade_label: str
    reason: str
    as_of: str
    adjusted: bool
    is_part: bool
    state: str
    state_label: str
    responsible: str


def monitored_line(
    row: MonitoredTarget, standing: Standing | None, asof: str = ""
) -> MonitoredLine:
    """A target with the standing to show; without one its lamp is grey."""
    lamp = standing.shown if standing else Shown.GREY
    record = standing.record if standing else {}
    running = lamp in (Shown.RED, Shown.YELLOW, Shown.GREEN)
    tail = f"?asof={asof}" if asof else ""
    return MonitoredLine(
        id=row.pk,
        url=reverse("monitored-target", args=[row.pk]) + tail,
        plan=row.plan.title,
        plan_url=f"/plans/{row.plan_id}/",
        unit=name_of(row.unit) if row.unit else "",
        unit_url=reverse("scoreboard-unit", args=[row.unit.code]) + tail if row.unit else "",
        indicator=row.indicator,
        nature_label=words.label(words.KINDS, row.nature),
        measure_label=""
        if row.measure in ("level", "count")
        else words.label(words.MEASURES, row.measure),
        bound_label="" if row.bound in ("", "eq") else words.label(words.BOUNDS, row.bound),
        unit_of_measure=row.measure_unit,
        base=words.figure(row.base),
        base_period=words.period(row.base_period),
        target=words.figure(row.value),
        target_period=words.period(row.period) or (words.period(str(row.end)) if row.end else ""),
        actual=number(standing.actual, row.value) if standing else "",
        actual_period=words.period(str(record.get("last_period") or "")),
        expected=number(standing.expected, row.value) if standing else "",
        # once the time is over there is an outcome and no chance
        chance=chance(standing.p) if standing and running else "",
        lamp=lamp.value,
        lamp_label=str(lamp.label),
        grade_label=words.label(GRADES, standing.grade) if standing else "",
        reason=_reason(standing),
        as_of=standing.as_of.isoformat() if standing else "",
        adjusted=row.version > 1,
        is_part=row.parent_id is not None,
        state=row.state,
        state_label=str(TargetState(row.state).label),
        responsible="、".join(_responsible(row)),
    )


def _reason(standing: Standing | None) -> str:
    """Why the lamp is what it is; where nothing can be said, what is missing."""
    if standing is None:
        return _("Not looked at yet")
    reasons = list(standing.record.get("reasons", ()))
    if standing.shown in (Shown.GREY, Shown.OVER):
        telling = [one for one in reasons if one.get("code") not in _EMPTY]
        reasons = telling or reasons
    found = texts(reasons[:1])
    return found[0] if found else ""


def _responsible(row: MonitoredTarget) -> list[str]:
    """Responsible body and person, as far as they are named."""
    names = [name_of(row.body)] if row.body else []
    return [*names, row.person.name] if row.person else names
