"""Begin to break a target down (开始分解): the units that take part, each with a line of the sheet.

A unit that has this target from the plan itself keeps it: its line is that target, and nothing is
counted twice. The others get a target of their own, a draft until they accept it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.monitoring.goal import Unclear
from hexi.monitoring.paths.balance import makeup_of
from hexi.monitoring.reasons import because
from hexi.portal.breakdown.holding import held_target, lines_of
from hexi.portal.breakdown.models import Breakdown, Method, Part
from hexi.portal.breakdown.queries.bases import base_of
from hexi.portal.breakdown.queries.members import levels_below, nested
from hexi.portal.breakdown.said import refusals_of
from hexi.portal.breakdown.sheet.cells import BASE, text_of
from hexi.portal.breakdown.sheet.course import Course, course_of
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.scoreboard.models import MonitoredTarget, TargetState

__all__ = ["cannot_break_down", "open_breakdown"]


def open_breakdown(
    target_id: int, units: Sequence[str], day: date, *, by: Person | None, at: datetime
) -> Breakdown:
    """Make the sheet, or change its units while nothing was put to them.

    ``units``: codes of units below, as they belonged on ``day``.
    """
    with transaction.atomic():
        require(by, Permission.BREAK_DOWN)
        whole = held_target(target_id, by)
        require(by, Permission.BREAK_DOWN, whole.unit_path)
        course = course_of(whole)
        known = Breakdown.objects.filter(whole=whole).first()
        lines = {line.unit.code: line for line in lines_of(known)} if known else {}
        gone = [line for code, line in lines.items() if code not in units]
        tell([*cannot_break_down(whole, course), *_faults(whole, units, day, gone)])
        sheet = known or Breakdown(whole=whole, made_at=at, method=Method.SHARE)
        sheet.day, sheet.changed_at = day, at
        sheet.edit, sheet.past = sheet.edit + 1, []
        sheet.save()
        for line in gone:
            drop(line)
        chosen = Unit.objects.filter(code__in=units).order_by("order")
        for place, unit in enumerate(chosen):
            line = lines.get(unit.code) or _line(sheet, whole, course, unit, at)
            line.order = place
            line.save()
        record(
            "choose_units" if known else "open_breakdown",
            sheet,
            by=by,
            at=at,
            unit_path=whole.unit_path,
            before={"parts": [line.unit.name for line in lines.values()]} if known else {},
            after={
                "plan": whole.plan_id,
                "parts": [unit.name for unit in chosen],
                "day": day.isoformat(),
            },
        )
    return sheet


def drop(line: Part) -> None:
    """Take a line off the sheet; a target that was made for it goes too."""
    target, adopted = line.target, line.adopted
    line.delete()
    if not adopted:
        target.delete()


def cannot_break_down(whole: MonitoredTarget, course: Course) -> list[Refusal]:
    """Why this target has no parts; nothing where it has."""
    if whole.state != TargetState.ACCEPTED:
        return [
            Refusal(
                "not_accepted",
                _("The target has not been accepted yet."),
                _("Accept it first, then break it down."),
                status=409,
            )
        ]
    if isinstance(course.goal, Unclear):
        return refusals_of(course.goal.reasons, _("Without figures there is nothing to share out."))
    if makeup_of(course.goal) == "none":
        return refusals_of(
            (because("not_additive"),), _("Set targets of their own for the units below.")
        )
    return []


def _faults(
    whole: MonitoredTarget, units: Sequence[str], day: date, gone: Sequence[Part]
) -> list[Refusal]:
    faults = []
    if not units:
        faults.append(
            Refusal("no_units", _("No unit was chosen."), _("Choose at least one."), place="units")
        )
    below = {
        unit.code: unit
        for level in (levels_below(whole.unit, day) if whole.unit else ())
        for unit in level.units
    }
    if strangers := [code for code in units if code not in below]:
        faults.append(
            Refusal(
                "not_below",
                gapped(
                    _("%(units)s did not belong to the unit on %(day)s."),
                    units="、".join(strangers),
                    day=day.isoformat(),
                ),
                _("Choose units of the list, or another day."),
                place="units",
            )
        )
    for upper, lower in nested([code for code in units if code in below], day):
        faults.append(
            Refusal(
                "counted_twice",
                gapped(
                    _("%(lower)s is part of %(upper)s and would be counted twice."),
                    lower=name_of(below[lower]),
                    upper=name_of(below[upper]),
                ),
                _("Choose one of the two."),
                place="units",
            )
        )
    for line in gone:
        if not line.is_open:
            faults.append(
                Refusal(
                    "part_proposed",
                    gapped(
                        _("The part of %(unit)s lies with it or was accepted."),
                        unit=name_of(line.unit),
                    ),
                    _("Keep the unit; an open proposal can be taken back first."),
                    place="units",
                    status=409,
                )
            )
    return faults


def _line(
    sheet: Breakdown, whole: MonitoredTarget, course: Course, unit: Unit, at: datetime
) -> Part:
    """A new line, with the base as far as it is known."""
    own = _own(whole, unit)
    target = own or _made(whole, unit, at)
    figures = {}
    if base := base_of(target, whole, at.date()):
        figures[BASE] = text_of(base, course.decimals)
    return Part(breakdown=sheet, unit=unit, target=target, adopted=own is not None, figures=figures)


def _own(whole: MonitoredTarget, unit: Unit) -> MonitoredTarget | None:
    """The unit's own target for the same thing in the same plan, if it is part of no other."""
    return (
        MonitoredTarget.objects.filter(
            plan=whole.plan,
            unit=unit,
            indicator_id=whole.indicator_id,
            measure=whole.measure,
            measure_unit=whole.measure_unit,
            end=whole.end,
            facets=whole.facets,
            state=TargetState.ACCEPTED,
            parent=None,
            part=None,
        )
        .exclude(indicator_id="")
        .first()
    )


def _made(whole: MonitoredTarget, unit: Unit, at: datetime) -> MonitoredTarget:
    """A draft of the unit's own, like the whole in everything but its figures."""
    return MonitoredTarget.objects.create(
        plan=whole.plan,
        key=f"{whole.key}@{unit.code}"[:160],
        parent=whole,
        number=whole.number,
        unit=unit,
        indicator_id=whole.indicator_id,
        indicator=whole.indicator,
        facets=whole.facets,
        measure=whole.measure,
        bound=whole.bound,
        measure_unit=whole.measure_unit,
        base_period=whole.base_period,
        start=whole.start,
        end=whole.end,
        period=whole.period,
        nature=whole.nature,
        place=whole.place,
        state=TargetState.DRAFT,
        changed_at=at,
    )
