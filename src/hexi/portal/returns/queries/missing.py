"""Who is missing (催报清单): a period by unit, how complete and how punctual, down to names."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import Permission
from hexi.portal.returns import form_book
from hexi.portal.returns.approval.flow import is_closed
from hexi.portal.returns.approval.ladder import chain_codes, decided_by
from hexi.portal.returns.models import PeriodLock, Reminder
from hexi.portal.returns.queries.expected import Expected, tally
from hexi.portal.returns.queries.lines import due_words, lamp_of, moment, state_words
from hexi.portal.returns.scope import may_decide
from hexi.statistics.forms import Form, before, ends_here

__all__ = [
    "children_lines",
    "last_ended",
    "locks",
    "names_of",
    "per_cent",
    "periods_of",
    "roots",
    "unit_in_scope",
]

_SHOWN_PERIODS = 13


def roots(person: Person | None) -> list[Unit]:
    """The units from which the person may look down."""
    if person is None or not person.grants(Permission.APPROVE):
        return []
    if person.is_administrator:
        return list(Unit.objects.filter(parent=None).order_by("order")[:1])
    return person.scope_units()


def last_ended(form: str, today: date) -> int:
    """The newest period of a form that is over."""
    frequency = form_book.book().latest(form).frequency
    period = before("month", form_book.month_number(today))
    while not ends_here(frequency, period):
        period = before("month", period)
    return period


def periods_of(form: str, today: date) -> list[int]:
    """Ended periods of a form, newest first, as far back as a year or so."""
    forms = form_book.book()
    period, found = last_ended(form, today), []
    for _number in range(_SHOWN_PERIODS):
        if any(f.id == form and f.in_force(period) for f in forms.versions):
            found.append(period)
        period = before(forms.latest(form).frequency, period)
    return found


def children_lines(everybody: list[Expected], unit: Unit) -> list[dict[str, Any]]:
    """Each unit right under a unit that somebody is expected in."""
    parts: dict[str, list[Expected]] = defaultdict(list)
    for line in everybody:
        rest = line.unit.path.removeprefix(unit.path)
        parts[rest.partition("/")[0]].append(line)
    members = {member.code: member for member in unit.members.all()}
    lines = []
    for code in sorted(parts, key=lambda c: members[c].order if c in members else -1):
        member = members.get(code)
        counts = tally(parts[code])
        lines.append(
            {
                "name": name_of(member)
                if member
                else _("%(unit)s itself") % {"unit": name_of(unit)},
                "code": code,
                "counts": counts,
                "submitted_rate": per_cent(counts.submitted, counts.expected),
                "on_time_rate": per_cent(counts.on_time, counts.expected),
                "approved_rate": per_cent(counts.approved, counts.expected),
            }
        )
    return lines


def names_of(
    everybody: list[Expected], form: Form, period: int, show: str, today: date, person: Person
) -> list[dict[str, Any]]:
    """The reporters by name: those that are missing, late, undecided, excused, or all.

    ``may_excuse`` says whom the person may let off: nobody lets himself off.
    """
    due = form.due_day(period).day
    chosen = [line for line in everybody if _fits(line, show)]
    decided = decided_by(
        person, ((line.reporter_id, line.unit, line.own) for line in chosen if line.missing)
    )
    reminded = dict(
        Reminder.objects.filter(form=form.id, period=period)
        .order_by("at")
        .values_list("reporter", "at")
    )
    return [
        {
            "name": line.name,
            "code": line.code,
            "unit": name_of(line.unit),
            "url": f"/returns/{line.row.pk}/" if line.row else "",
            "reporter": line.reporter_id,
            "state": _state(line),
            "lamp": "unknown" if line.excused or not line.row else lamp_of(line.row),
            "submitted": moment(line.row.submitted_at) if line.row else "",
            "due": due_words(due, today) if line.missing else "",
            "overdue": line.missing and due < today,
            "may_excuse": line.reporter_id in decided,
            "excuse": line.excuse.reason if line.excuse and line.excused else "",
            "reminded": moment(reminded.get(line.reporter_id)),
        }
        for line in chosen
    ]


def _state(line: Expected) -> str:
    if line.excuse is not None and line.excused:
        return _("Excused by %(unit)s") % {"unit": name_of(line.excuse.by_unit)}
    return state_words(line.row) if line.row else _("Not opened")


def _fits(line: Expected, show: str) -> bool:
    match show:
        case "missing":
            return line.missing
        case "excused":
            return line.excused
        case "late":
            return line.submitted and not line.on_time
        case "open":
            return line.submitted and not line.approved
        case _:
            return True


def locks(form: str, period: int, unit: Unit, person: Person | None) -> dict[str, Any]:
    """Is the period closed here, by whom, and may the person close or open it?"""
    chain = chain_codes(unit)
    rows = PeriodLock.objects.filter(form=form, period=period, unit__code__in=chain)
    history = [
        {
            "unit": name_of(lock.unit),
            "at": moment(lock.at),
            "by": lock.by_name,
            "reason": lock.reason,
            "approved": lock.approved,
            "expected": lock.expected,
            "snapshot": lock.snapshot,
            "opened_at": moment(lock.opened_at),
            "opened_by": lock.opened_by,
            "opened_reason": lock.opened_reason,
        }
        for lock in rows.select_related("unit").order_by("id")
    ]
    here = rows.filter(unit=unit, opened_at=None).exists()
    may = (
        person is not None
        and person.grants(Permission.CLOSE_PERIOD)
        and may_decide(person, unit.kind, unit.path)
    )
    return {
        "closed": is_closed(form, period, unit),
        "here": here,
        "history": history,
        "may_close": may and not is_closed(form, period, unit),
        "may_open": may and here,
    }


def per_cent(part: int, whole: int) -> str:
    """A share with one decimal; nothing where nobody is expected. Never rounded up to 100."""
    if not whole:
        return ""
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}"


def unit_in_scope(code: str, person: Person | None) -> Unit:
    """The unit that is looked at; without a code, the person's own.

    Raises:
        NotFound: for a unit outside the scope.
    """
    own = roots(person)
    if not code and own:
        return own[0]
    unit = Unit.objects.filter(code=code).first()
    if unit is None or person is None or not person.covers(unit.path):
        raise NotFound
    return unit
