"""Excuse a reporter (免报): who approves its returns lets it off some periods of a form."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.returns import form_book
from hexi.portal.returns.approval.flow import is_closed
from hexi.portal.returns.approval.ladder import ladder
from hexi.portal.returns.models import Excuse, Reporter, Return
from hexi.portal.returns.registers.standing import standing_on
from hexi.portal.returns.scope import may_decide, one_seen
from hexi.statistics.forms import Form

__all__ = ["excuse_facts", "excuse_reporter"]

#: no excuse runs longer than this; then it is asked again
_MOST_YEARS = 1


def excuse_reporter(
    form: str,
    first: int,
    last: int,
    reporter_id: int,
    *,
    reason: str,
    by: Person | None,
    at: datetime,
) -> Excuse:
    """From ``first`` to ``last`` (YYYYMM, both of the form's own frequency) it is not asked."""
    with transaction.atomic():
        officer = require(by, Permission.APPROVE)
        editions = [form_book.form_at(form, period) for period in (first, last)]
        reporter: Reporter = one_seen(
            Reporter.objects.select_related("unit", "home"), by, pk=reporter_id
        )
        # two who excuse at once: the second waits here and is told
        Reporter.objects.select_for_update(of=("self",)).get(pk=reporter.pk)
        standing = standing_on(reporter, form_book.last_day(editions[0], first))
        asked = standing is not None and form_book.reports(
            editions[0], standing.kind, standing.facts
        )
        unit = standing.unit if standing else reporter.home
        level = _deciding(unit, reporter, officer)
        tell([*_faults(editions[0], first, last, reporter, unit, asked), *needs_reason(reason)])
        made = Excuse.objects.create(
            reporter=reporter,
            unit=unit,
            by_unit=level,
            form=form,
            first=first,
            last=last,
            reason=reason.strip()[:2000],
            at=at,
            by_name=officer.name,
        )
        record(
            "excuse_reporter",
            made,
            by=by,
            at=at,
            name=f"{reporter.name} {form_book.form_name(form)}",
            unit_path=unit.path,
            after=excuse_facts(made),
            reason=made.reason,
        )
    return made


def excuse_facts(excuse: Excuse) -> dict[str, str | int]:
    """What an event keeps of it."""
    return {
        "form": excuse.form,
        "first_period": excuse.first,
        "last_period": excuse.last,
        "unit": excuse.by_unit.name,
    }


def _deciding(unit: Unit, reporter: Reporter, officer: Person) -> Unit:
    """The unit in whose name the officer lets off: the highest of the ladder that is his.

    Raises:
        NotPermitted: where he decides at none; nobody lets himself off.
    """
    own = [one for one in ladder(unit, reporter) if may_decide(officer, one.kind, one.path)]
    if not own:
        raise NotPermitted
    return own[-1]


def _faults(
    form: Form, first: int, last: int, reporter: Reporter, unit: Unit, asked: bool
) -> list[Refusal]:
    faults = []
    if last < first:
        faults.append(
            Refusal(
                "periods_turned",
                _("The last period lies before the first."),
                _("Choose a later last period."),
                place="last",
            )
        )
    elif last - first >= 100 * _MOST_YEARS:
        faults.append(
            Refusal(
                "excuse_too_long",
                _("An excuse is for a year at most."),
                _("Choose an earlier last period; excuse again when it is over."),
                place="last",
            )
        )
    if not asked:
        faults.append(
            Refusal(
                "not_asked",
                _("This reporter is not asked for this form."),
                _("Choose another form, or have the register put right."),
                place="reporter",
            )
        )
    return faults + _standing_against(form, first, last, reporter, unit)


def _standing_against(
    form: Form, first: int, last: int, reporter: Reporter, unit: Unit
) -> list[Refusal]:
    """What has been done already that an excuse would contradict."""
    faults = []
    span = {"form": form.id, "reporter": reporter}
    handed = Return.objects.filter(**span, period__range=(first, last))
    if handed.exclude(submitted_at=None).exists():
        faults.append(
            Refusal(
                "reported_already",
                _("The reporter has handed in a return of these periods."),
                _("Excuse it only for periods that it has not reported."),
                place="reporter",
                status=409,
            )
        )
    if Excuse.objects.filter(**span, first__lte=last, last__gte=first, undone_at=None).exists():
        faults.append(
            Refusal(
                "excused_already",
                _("The reporter is excused in these periods already."),
                _("Look at the list of who is excused."),
                place="reporter",
                status=409,
            )
        )
    if any(is_closed(form.id, period, unit) for period in (first, last)):
        faults.append(
            Refusal(
                "period_closed",
                _("The period is closed."),
                _("Choose periods that are open, or have it opened again."),
                place="first",
                status=409,
            )
        )
    return faults
