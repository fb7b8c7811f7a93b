"""Letters about late progress (进展催报邮件): which projects of an office have not told a month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from hexi.portal.core.models import Event, Unit
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.queries import words
from hexi.portal.projects.queries.progress_due import due_day, due_month, untold
from hexi.portal.returns.queries.addresses import addresses_of

__all__ = ["ProgressLetter", "progress_letters"]

#: the event that a letter leaves; it says to whom and of which month, so that none goes out twice
_ACT: Final = "mail_progress"
#: projects named in one letter; the rest is counted
_NAMED: Final = 50


@dataclass(frozen=True, slots=True)
class ProgressLetter:
    """One letter."""

    to: str
    unit: Unit
    month: int
    projects: int
    subject: str
    body: str


def progress_letters(address: str, today: date) -> list[ProgressLetter]:
    """Letters for the month that is late, one for each address that was not told of it yet.

    ``address`` is that of the portal, for the link. A unit without an address is told through the
    nearest one above it; before the due day nobody is.
    """
    month = due_month(today)
    if today <= due_day(month):
        return []
    known = addresses_of()
    units = {unit.path: unit for unit in Unit.objects.all()}
    late: dict[str, list[ProjectRecord]] = defaultdict(list)
    homes: dict[str, Unit] = {}
    rows = untold(month).filter(practice=False).select_related("unit")
    for row in rows.order_by("unit__order", "name"):
        home = _nearest(row.unit.path, units, known)
        if home is not None:
            late[known[home.pk]].append(row)
            homes.setdefault(known[home.pk], home)
    told = Event.objects.filter(act=_ACT, after__month=month)
    done = {str(after.get("to")) for after in told.values_list("after", flat=True)}
    return [
        _letter(to, homes[to], month, found, address)
        for to, found in sorted(late.items())
        if to not in done
    ]


def _nearest(path: str, units: dict[str, Unit], known: dict[int, str]) -> Unit | None:
    """The unit itself, or the nearest above it, that has an address."""
    while path.count("/") > 1:
        unit = units.get(path)
        if unit is not None and unit.pk in known:
            return unit
        path = path[: path.rstrip("/").rfind("/") + 1]
    return None


def _letter(
    to: str, unit: Unit, month: int, rows: list[ProjectRecord], address: str
) -> ProgressLetter:
    label, count = words.month_label(month), len(rows)
    lines = [
        f"{row.called}  {address.rstrip('/')}/projects/{row.pk}/progress/?month={month}"
        for row in rows[:_NAMED]
    ]
    if count > _NAMED:
        lines.append(_("and %(n)d more projects") % {"n": count - _NAMED})
    subject = _("Progress of %(month)s is missing for %(n)d projects") % {
        "month": label,
        "n": count,
    }
    due = _("It was due on %(day)s.") % {"day": due_day(month).isoformat()}
    return ProgressLetter(to, unit, month, count, subject, "\n".join([due, "", *lines]))
