"""Who is let off (免报名单): the excuses of some reporters, and those of a list, with reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.returns import form_book
from hexi.portal.returns.models import Excuse
from hexi.portal.returns.queries.lines import moment
from hexi.portal.returns.scope import may_decide

__all__ = ["Excuses", "excuse_lines", "periods_between"]


class Excuses:
    """The excuses in force of some reporters, asked of the database once."""

    def __init__(self, reporters: Iterable[int]) -> None:
        self._by_reporter: dict[tuple[int, str], list[Excuse]] = defaultdict(list)
        for row in Excuse.objects.filter(reporter__in=set(reporters), undone_at=None):
            self._by_reporter[row.reporter_id, row.form].append(row)

    def of(self, reporter: int, form: str, period: int) -> Excuse | None:
        """What lets this reporter off this period; None where nothing does."""
        rows = self._by_reporter.get((reporter, form), ())
        return next((row for row in rows if row.first <= period <= row.last), None)


def excuse_lines(
    form: str, period: int, unit: Unit, person: Person | None, *, closed: bool
) -> list[dict[str, Any]]:
    """Everybody below a unit who is or was let off this period, with the reason.

    In a period that is ``closed`` for the unit nothing is taken back.
    """
    rows = Excuse.objects.visible_to(person).filter(
        form=form, first__lte=period, last__gte=period, unit__path__startswith=unit.path
    )
    return [
        {
            "id": row.pk,
            "reporter": row.reporter.shown_name,
            "periods": periods_between(row),
            "unit": name_of(row.by_unit),
            "at": moment(row.at),
            "by": row.by_name,
            "reason": row.reason,
            "undone_at": moment(row.undone_at),
            "undone_by": row.undone_by,
            "undone_reason": row.undone_reason,
            "may_undo": row.undone_at is None
            and not closed
            and may_decide(person, row.by_unit.kind, row.by_unit.path),
        }
        for row in rows.select_related("reporter__unit", "by_unit").order_by("id")
    ]


def periods_between(row: Excuse) -> str:
    """The periods of an excuse as a person reads them."""
    first, last = (form_book.period_label(row.form, p) for p in (row.first, row.last))
    return first if row.first == row.last else f"{first}—{last}"
