"""Deadlines as a calendar (期限日历): warnings to answer and targets that fall due.

The file is an iCalendar as RFC 5545 has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.scoreboard.models import EarlyWarning, WarningState
from hexi.portal.scoreboard.queries.board import board_rows

__all__ = ["calendar_text", "deadlines_of"]

#: octets in a line, RFC 5545 section 3.1
_WIDE = 75


@dataclass(frozen=True, slots=True)
class Deadline:
    """One all-day entry."""

    uid: str
    day: date
    summary: str
    address: str


def deadlines_of(person: Person, today: date, base: str) -> list[Deadline]:
    """What this person has to keep in mind, the nearest first; ``base`` is the portal's address."""
    open_ones = EarlyWarning.objects.visible_to(person).filter(state=WarningState.OPEN)
    found = [
        Deadline(
            f"warning-{row.pk}-{row.escalated}",
            row.deadline,
            _("Answer the warning: %(target)s") % {"target": row.target.indicator},
            f"{base}/scoreboard/warnings/{row.pk}/",
        )
        for row in open_ones.select_related("target").order_by("deadline", "pk")
    ]
    due = board_rows(person).filter(end__gte=today.year).select_related("unit")
    for row in due.order_by("end", "pk"):
        unit = name_of(row.unit) if row.unit else ""
        found.append(
            Deadline(
                f"target-{row.pk}",
                date(row.end, 12, 31),
                _("Due: %(target)s, %(unit)s") % {"target": row.indicator, "unit": unit},
                f"{base}/scoreboard/targets/{row.pk}/",
            )
        )
    return sorted(found, key=lambda one: (one.day, one.uid))


def calendar_text(deadlines: Iterable[Deadline], *, host: str, at: datetime) -> str:
    """The whole file, lines folded and ended as the standard wants."""
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hexi//Scoreboard//ZH",
             "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_escaped(_('Deadlines'))}"]  # fmt: skip
    for one in deadlines:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.uid}@{host}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(one.summary)}",
            f"URL:{one.address}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Pieces of no more than 75 octets; a following piece begins with a space."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _WIDE:
            yield piece
            piece, size = " ", 1
        piece += letter
        size += octets
    yield piece
