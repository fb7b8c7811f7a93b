"""The yearly plan of a unit (年度计划内容): drawn from all its accepted targets, year by year.

A figure of the year is what the path has for it. Without a path there is none, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hexi.monitoring.goal import GROWTH, Unclear
from hexi.portal.breakdown.models import Part, PartState
from hexi.portal.breakdown.path_drawing import drawn_path, quarters_of
from hexi.portal.breakdown.queries.duty_lines import duty_lines
from hexi.portal.breakdown.said import texts_of
from hexi.portal.breakdown.sheet.balancing import checks_of, figure_of
from hexi.portal.breakdown.sheet.course import course_of
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.models import MonitoredTarget, TargetState
from hexi.portal.scoreboard.sweep.goals import goal_of_row
from hexi.reports.yearly_plan import Duty, Open, YearlyPlan
from hexi.reports.yearly_plan import Part as PartLine

__all__ = ["plan_of", "targets_in", "unit_for_plan", "years_of"]


def unit_for_plan(code: str, person: Person | None) -> Unit:
    """The unit, if this person's office stands at it or above it; a plan in the making is the
    office's own."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None or person is None or not person.covers(unit.path):
        raise NotFound
    return unit


def years_of(unit: Unit, person: Person | None) -> list[int]:
    """Years that an accepted target of the unit has a say in."""
    found: set[int] = set()
    for row in _targets(unit, person).values_list("start", "end"):
        start, end = row
        if start and end and end - start < 50:
            found |= set(range(start + 1, end + 1))
    return sorted(found)


def plan_of(unit: Unit, year: int, person: Person | None, today: date) -> YearlyPlan:
    """The plan's content as known on a day; figures are the exact texts that were settled."""
    targets = targets_in(unit, year, person)
    parts = _parts(targets, person)
    return YearlyPlan(
        language="en" if get_language() == "en" else "zh",
        unit=name_of(unit),
        year=year,
        plans=tuple(dict.fromkeys(target.plan.title for target in targets)),
        duties=tuple(_duty(target, year, parts.get(target.pk, []), today) for target in targets),
        open=tuple(_open(unit, year, person)),
    )


def targets_in(unit: Unit, year: int, person: Person | None) -> list[MonitoredTarget]:
    """The accepted targets that the year has a say in, in the order of the plan."""
    rows = _targets(unit, person).filter(start__lt=year, end__gte=year)
    return list(
        rows.select_related(
            "plan__unit", "unit", "body", "person", "target", "parent__unit", "parent__plan__unit"
        )
    )


def _targets(unit: Unit, person: Person | None) -> Any:
    return MonitoredTarget.objects.visible_to(person).filter(unit=unit, state=TargetState.ACCEPTED)


def _parts(targets: Sequence[MonitoredTarget], person: Person | None) -> dict[int, list[Part]]:
    """Parts of every target that was broken down, in the order of its sheet."""
    found: dict[int, list[Part]] = {}
    rows = Part.objects.visible_to(person).filter(breakdown__whole__in=targets)
    for part in rows.select_related("unit", "target", "breakdown").order_by("order", "pk"):
        found.setdefault(part.breakdown.whole_id, []).append(part)
    return found


def _duty(target: MonitoredTarget, year: int, parts: Sequence[Part], today: date) -> Duty:
    duty = duty_lines(target)
    value, reason = _figure(target, year, today)
    return Duty(
        indicator=target.indicator,
        measure_unit=target.measure_unit,
        nature=target.nature if target.nature in ("binding", "expected") else "",  # type: ignore[arg-type]
        bound=target.bound,
        base=target.base,
        base_period=target.base_period,
        last=_observed(target, year - 1),
        value=value,
        final=target.value,
        final_period=words.period(target.period),
        quarters=_quarters(target, year, today),
        cumulative=_is_flow(target),
        body=duty.body,
        person=duty.person,
        requirement=duty.requirement,
        measures=tuple(_joined(*line) for line in duty.measures),
        projects=tuple(_joined(*line) for line in duty.projects),
        parts=tuple(_part(target, part, year) for part in parts),
        parts_check=_check(target, year, parts),
        reason=reason,
        source=_source(target),
    )


def _joined(text: str, more: str) -> str:
    return f"{text}（{more}）" if more else text


def _figure(target: MonitoredTarget, year: int, today: date) -> tuple[str, str]:
    """The figure of the year, or the words for why there is none."""
    text = target.path.get(str(year), "")
    if text:
        # a target of doubling (番) has rates for its years
        rate = target.measure in GROWTH and target.measure_unit != "%"
        return f"{text}%" if rate else text, ""
    if year == target.end and target.measure not in ("cumulative", "growth_total"):
        return target.value, ""
    drawn = drawn_path(target, at=today)
    if isinstance(drawn, Unclear):
        return "", " ".join(texts_of(drawn.reasons))
    return "", _("The path of the years has not been set.")


def _quarters(target: MonitoredTarget, year: int, today: date) -> tuple[str, ...]:
    if not target.path:
        return ()
    drawn = drawn_path(target, target.path_shape, target.path, at=today)
    if isinstance(drawn, Unclear):
        return ()
    return tuple(quarters_of(drawn, target).get(year, ()))


def _is_flow(target: MonitoredTarget) -> bool:
    goal = goal_of_row(target)
    return not isinstance(goal, Unclear) and goal.time_agg == "sum"


def _observed(target: MonitoredTarget, year: int) -> str:
    """What was observed for a year, as printed; empty where nothing was."""
    kept = target.target.verdict_record.get("path", []) if target.target else []
    for point in kept:
        if point.get("kind") == "observed" and str(point.get("period")) == str(year):
            printed = str(point.get("printed") or "").replace(",", "")
            return printed or format(Decimal(repr(point["value"])), "f")
    return ""


def _part(target: MonitoredTarget, part: Part, year: int) -> PartLine:
    text = figure_of(part, course_of(target), year)
    return PartLine(name_of(part.unit), text, part.get_state_display())


def _check(target: MonitoredTarget, year: int, parts: Sequence[Part]) -> str:
    if not parts:
        return ""
    for check in checks_of(course_of(target), parts):
        if check.year == year:
            return check.said
    return _("The parts have no figures for this year.")


def _source(target: MonitoredTarget) -> str:
    title = target.plan.title
    quoted = f"“{title}”" if get_language() == "en" else f"《{title}》"
    return f"{quoted} {target.place}".strip()


def _open(unit: Unit, year: int, person: Person | None) -> list[Open]:
    """Parts that were put to the unit and are not accepted, and what it has not heard on."""
    rows = Part.objects.visible_to(person).filter(
        unit=unit,
        state__in=(PartState.PROPOSED, PartState.RETURNED),
        target__start__lt=year,
        target__end__gte=year,
    )
    found = []
    for part in rows.select_related("target", "breakdown__whole__unit"):
        upper = part.breakdown.whole.unit
        gaps = {"upper": name_of(upper) if upper else ""}
        text = (
            _("Proposed by %(upper)s, not accepted yet.")
            if part.state == PartState.PROPOSED
            else _("Sent back to %(upper)s.")
        )
        found.append(Open(part.target.indicator, text % gaps))
    return found
