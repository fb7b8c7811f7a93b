"""Enter the progress of a month (月度进展): money, physical progress, words, photos.

The same month again is a correction: it replaces the figures, and its event keeps what stood there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.projects.models import Progress, ProjectRecord
from hexi.portal.projects.project_files import add_files, take_in
from hexi.portal.projects.record_book import held
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.returns.form_book import day_of, month_number

__all__ = ["enter_progress", "invested_so_far", "read_share"]

_FIRST_MONTH: Final = 199001
_MOST_YUAN: Final = 10**15


def enter_progress(
    project_id: int,
    month: int,
    *,
    invested: int,
    done: Decimal | float | str | None,
    note: str,
    by: Person | None,
    at: datetime,
    files: Sequence[Any] = (),
) -> Progress:
    """Month as 202611, yuan invested in it, physical progress in per cent since the start.

    ``files`` are uploads (photos, papers); they are kept with the month.
    """
    require(by, Permission.KEEP_PROJECTS)
    kept = [take_in(upload) for upload in files]
    with transaction.atomic():
        row = held(project_id, by, Permission.KEEP_PROJECTS)
        share, faults = read_share(done)
        faults += _faults(row, month, invested, day_of(at))
        if not faults:
            faults += _unexplained(row, month, invested, share, note)
        tell(faults)
        made = Progress.objects.filter(project=row, month=month).first()
        before = _facts(made) if made else {}
        made = made or Progress(project=row, month=month)
        made.invested, made.done, made.note = invested, share, note.strip()
        made.by_name, made.at = by.name if by else "", at
        made.save()
        add_files(row, f"month:{month}", kept, by=by, at=at)
        ProjectRecord.objects.filter(pk=row.pk).update(invested=invested_so_far(row), changed_at=at)
        record(
            "enter_progress",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={**_facts(made), **({"files": [f.name for f in kept]} if kept else {})},
        )
    return made


def invested_so_far(row: ProjectRecord) -> int:
    """Yuan of all months together."""
    return int(Progress.objects.filter(project=row).aggregate(all=Sum("invested"))["all"] or 0)


def read_share(done: Decimal | float | str | None) -> tuple[Decimal | None, list[Refusal]]:
    """Physical progress in per cent as it was typed, and what is wrong with it."""
    if done is None or done == "":
        return None, []
    try:
        share = round(Decimal(str(done)), 2)
    except InvalidOperation:
        share = Decimal("NaN")
    if share.is_finite() and 0 <= share <= 100:
        return share, []
    return None, [
        Refusal(
            "done_wrong",
            _("Physical progress is a number from 0 to 100."),
            _("Write per cent of the whole work, as 45.5."),
            place="done",
        )
    ]


def _faults(row: ProjectRecord, month: int, invested: int, today: date) -> list[Refusal]:
    faults = []
    if not (_FIRST_MONTH <= month <= 999912 and 1 <= month % 100 <= 12):
        faults.append(
            Refusal("month_wrong", _("This is no month."), _("Write it as 202611."), place="month")
        )
    elif month > month_number(today):
        faults.append(
            Refusal(
                "month_ahead",
                _("This month has not come yet."),
                _("Enter what has been done; plans are in the plan of the year."),
                place="month",
            )
        )
    if not 0 <= invested <= _MOST_YUAN:
        faults.append(
            Refusal(
                "invested_wrong",
                _("The sum of a month is zero or more, and not beyond all measure."),
                _("Correct the month in which too much was entered."),
                place="invested",
            )
        )
    if stage_book().ending.id == row.stage:
        faults.append(
            Refusal(
                "project_ended",
                _("The project has ended."),
                _("Take the last step back first, if it goes on."),
                status=409,
            )
        )
    return faults


def _unexplained(
    row: ProjectRecord, month: int, invested: int, share: Decimal | None, note: str
) -> list[Refusal]:
    """What may be, and must be explained: going back, and spending more than the total."""
    if note.strip():
        return []
    others = Progress.objects.filter(project=row).exclude(month=month)
    faults = []
    last = others.filter(month__lt=month, done__isnull=False).order_by("-month").first()
    if share is not None and last is not None and share < last.done:
        faults.append(
            Refusal(
                "done_goes_back",
                gapped(
                    _("Physical progress was %(done)s %% in %(month)s already."),
                    done=f"{last.done.normalize():f}",
                    month=last.month,
                ),
                _("Correct the figure, or say in words why it is lower."),
                place="done",
            )
        )
    spent = int(others.aggregate(all=Sum("invested"))["all"] or 0) + invested
    if row.total is not None and invested and spent > row.total:
        faults.append(
            Refusal(
                "over_total",
                _("With this month more is invested than the total investment."),
                _("Check the unit of the sum, or say in words why it is more."),
                place="invested",
            )
        )
    return faults


def _facts(row: Progress) -> dict[str, Any]:
    return {
        "month": row.month,
        "invested": row.invested,
        "done": None if row.done is None else f"{row.done.normalize():f}",
        "note": row.note,
    }
