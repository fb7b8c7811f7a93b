"""Open a return (建立报表): an empty form for a reporter and a period, with its cover page."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.returns import form_book
from hexi.portal.returns.approval.flow import fault_of_lock, is_closed, move
from hexi.portal.returns.models import Enterprise, Project, Reporter, ReporterKind, Return, Verb
from hexi.portal.returns.registers.standing import Standing, standing_on
from hexi.portal.returns.scope import require_fill
from hexi.statistics.forms import Form

__all__ = ["open_return"]


def open_return(
    form: str, period: int, reporter_id: int, *, by: Person | None, at: datetime, reason: str = ""
) -> Return:
    """The return of the period; one that is there already is given back without an event.

    In a closed period it becomes a late return, which needs a reason.
    """
    with transaction.atomic():
        require(by, Permission.FILL)
        queryset = Reporter.objects.select_related("unit", "home")
        reporter: Reporter = require_fill(queryset, by, pk=reporter_id)
        # two tabs that open it at once must not make two
        Reporter.objects.select_for_update(of=("self",)).get(pk=reporter.pk)
        known: Return | None = reporter.returns.filter(form=form, period=period).first()
        if known is not None:
            return _again(known, by=by, at=at, reason=reason.strip())
        edition = form_book.form_at(form, period)
        standing = standing_on(reporter, form_book.last_day(edition, period))
        faults = _faults(edition, period, reporter, standing, at)
        closed = standing is not None and is_closed(form, period, standing.unit)
        if closed and not reason.strip():
            faults.append(_closed())
        tell(faults)
        assert standing is not None
        row = Return.objects.create(
            form=form,
            form_version=edition.version,
            period=period,
            reporter=reporter,
            unit=standing.unit,
            late=closed,
            due=edition.due_day(period).day,
            cover=_cover(edition, reporter, standing),
            opened_at=at,
            changed_at=at,
        )
        move(row, Verb.OPEN, by=by, at=at, reason=reason)
        record(
            "open_return",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={"form": form, "period": period, "due": row.due.isoformat(), "late": closed},
            reason=reason.strip(),
        )
    return row


def _again(row: Return, *, by: Person | None, at: datetime, reason: str) -> Return:
    """The return that is there; one that a closing cut off goes on as late, with the reason."""
    if not reason or not row.editable or not fault_of_lock(row):
        return row
    before = row.card()
    row.late, row.changed_at = True, at
    move(row, Verb.OPEN, by=by, at=at, reason=reason)
    row.save()
    record(
        "open_return",
        row,
        by=by,
        at=at,
        unit_path=row.unit_path,
        before=before,
        after={**row.card(), "late": True},
        reason=reason,
    )
    return row


def _faults(
    form: Form, period: int, reporter: Reporter, standing: Standing | None, at: datetime
) -> list[Refusal]:
    faults = []
    if period > form_book.month_number(form_book.day_of(at)):
        faults.append(
            Refusal(
                "future_period",
                _("The period lies in the future."),
                _("Choose a period that has ended."),
                place="period",
            )
        )
    end = _closed_on(reporter)
    if end is not None and end <= form_book.first_day(form, period):
        faults.append(
            Refusal(
                f"{reporter.kind}_closed",
                _("It was closed before this period began."),
                _("Choose an earlier period, or have the register put right."),
                place="reporter",
            )
        )
    elif standing is None:
        faults.append(
            Refusal(
                "not_registered",
                _("The register does not know this reporter in this period."),
                _("Choose a later period, or have the register put right."),
                place="reporter",
            )
        )
    elif not form_book.reports(form, standing.kind, standing.facts):
        faults.append(
            Refusal(
                "not_asked",
                _("This reporter is not asked for this form."),
                _("Choose another form, or have the register put right."),
                place="form",
            )
        )
    return faults


def _closed_on(reporter: Reporter) -> date | None:
    kind = Project if reporter.kind == ReporterKind.PROJECT else Enterprise
    return kind.objects.filter(pk=reporter.pk).values_list("closed", flat=True).first()


def _closed() -> Refusal:
    return Refusal(
        "late_reason",
        _("The period is closed; a late return needs a reason."),
        _("Write why it comes late."),
        place="reason",
        status=409,
    )


def _cover(form: Form, reporter: Reporter, standing: Standing) -> dict[str, str]:
    """What the register says, and beside it what the last return of this form said."""
    last = reporter.returns.filter(form=form.id).order_by("-period").first()
    cover: dict[str, str] = {}
    for field in form.cover:
        if field.register:
            value = standing.facts.get(field.register)
        else:
            value = last.cover.get(field.code) if last and field.carried else None
        if value not in (None, ""):
            cover[field.code] = str(value)
    return cover
