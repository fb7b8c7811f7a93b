"""Open a closed period again (解除锁定): by the unit that closed it, with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.returns.acts.close_period import closing_unit, lock_facts
from hexi.portal.returns.approval.ladder import chain_codes
from hexi.portal.returns.models import PeriodLock

__all__ = ["reopen_period"]


def reopen_period(
    form: str, period: int, unit_code: str, *, reason: str, by: Person | None, at: datetime
) -> PeriodLock:
    """What was published stays; the next closing makes the next vintage."""
    with transaction.atomic():
        officer = require(by, Permission.CLOSE_PERIOD)
        unit = closing_unit(unit_code, officer)
        locks = PeriodLock.objects.select_for_update(of=("self",)).select_related("unit")
        closed = locks.filter(form=form, period=period, opened_at=None)
        lock = closed.filter(unit=unit).first()
        above = [code for code in chain_codes(unit) if code != unit.code]
        faults = needs_reason(reason)
        if lock is None:
            faults.append(
                Refusal(
                    "not_closed",
                    _("The unit has not closed this period."),
                    _("Look at the list of closed periods."),
                    status=409,
                )
            )
        if closed.filter(unit__code__in=above).exists():
            faults.append(
                Refusal(
                    "closed_above",
                    _("A unit above has closed the period."),
                    _("Ask the unit above to open it first."),
                    status=409,
                )
            )
        tell(faults)
        assert lock is not None
        lock.opened_at, lock.opened_by, lock.opened_reason = at, officer.name, reason.strip()
        lock.save(update_fields=["opened_at", "opened_by", "opened_reason"])
        record(
            "reopen_period",
            lock,
            by=by,
            at=at,
            unit_path=unit.path,
            before=lock_facts(lock),
            reason=reason.strip(),
        )
    return lock
