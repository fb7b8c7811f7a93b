"""The digest of one address (邮件摘要): what a reporter is late with, and what was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hexi.portal.returns import form_book
from hexi.portal.returns.models import Reminder, Return
from hexi.portal.returns.queries.excuses import Excuses
from hexi.portal.returns.queries.lines import due_words

__all__ = ["Digest", "digests"]


@dataclass(frozen=True, slots=True)
class Digest:
    """One letter."""

    to: str
    subject: str
    body: str
    reminders: tuple[Reminder, ...]


def digests(address: str, today: date) -> list[Digest]:
    """Letters for reminders that were not mailed yet, one for each address.

    ``address`` is that of the portal, for the link; a reporter without an e-mail gets none.
    """
    waiting: dict[str, list[Reminder]] = defaultdict(list)
    rows = Reminder.objects.filter(mailed_at=None).exclude(reporter__email="")
    done, excuses = _handed_in(rows), Excuses(row.reporter_id for row in rows)
    for row in rows.select_related("reporter__unit").order_by("due", "pk"):
        key = row.reporter_id, row.form, row.period
        if key not in done and excuses.of(*key) is None:
            waiting[row.reporter.email].append(row)
    return [_letter(to, found, address, today) for to, found in waiting.items()]


def _handed_in(rows: Iterable[Reminder]) -> set[tuple[int, str, int]]:
    """What was handed in after it was reminded of."""
    reporters = {row.reporter_id for row in rows}
    found = Return.objects.filter(reporter__in=reporters).exclude(submitted_at=None)
    return set(found.values_list("reporter", "form", "period"))


def _letter(to: str, found: list[Reminder], address: str, today: date) -> Digest:
    lines = []
    for row in found:
        gaps = {
            "reporter": row.reporter.shown_name,
            "form": form_book.form_name(row.form),
            "period": form_book.period_label(row.form, row.period),
            "due": row.due.isoformat(),
            "words": due_words(row.due, today),
        }
        lines.append(_("%(reporter)s: %(form)s, %(period)s, due %(due)s (%(words)s)") % gaps)
        if row.note:
            lines.append(f"  {row.by_name}: {row.note}")
    end = _("Fill them in here: %(address)s") % {"address": f"{address.rstrip('/')}/returns/"}
    subject = _("Returns to hand in: %(n)d") % {"n": len(found)}
    return Digest(to, subject, "\n".join([*lines, "", end]), tuple(found))
