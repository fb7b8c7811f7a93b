"""Close a year of contracts (年度考核结账): facts, scores, grades and ranks are frozen."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.assessment.duty import pay_rows
from hexi.assessment.result import Result
from hexi.portal.assessment.dutywork import held_year
from hexi.portal.assessment.models import DutyContract, DutyTask, DutyYear
from hexi.portal.assessment.queries.duty_facts import Seen, actual_of, seen_until
from hexi.portal.assessment.queries.duty_result import result_of, signed_of
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell

__all__ = ["close_duty_year"]


def close_duty_year(year_id: int, reason: str, *, by: Person | None, at: datetime) -> DutyYear:
    """By who may publish, once the year is over and every contract is signed."""
    with transaction.atomic():
        year = held_year(year_id, by, Permission.PUBLISH)
        tell([*needs_reason(reason), *_faults(year, at)])
        contracts, seen = signed_of(year), seen_until(at.date())
        result = result_of(year, contracts, seen)
        assert result is not None, "a year with signed contracts has a result"
        for contract in contracts:
            _freeze(year, contract, result, seen)
        year.rows, year.data_digest = pay_rows(result), result.matrix.digest()
        year.closed_at, year.closed_by = at, by.name if by else ""
        year.save()
        record(
            "close_duty_year",
            year,
            by=by,
            at=at,
            unit_path=year.unit.path,
            after={**year.card(), "contracts": len(contracts)},
            reason=reason.strip(),
        )
    return year


def _freeze(year: DutyYear, contract: DutyContract, result: Result, seen: Seen) -> None:
    row = result.place(contract.code)
    tasks = list(contract.tasks.all())
    for task in tasks:
        task.actual, task.evidence = actual_of(task, year, seen)
        place = result.items.index(task.key)
        task.score = float(result.normalised[row, place])
        task.points = float(result.contributions[row, place])
    DutyTask.objects.bulk_update(tasks, ["actual", "evidence", "score", "points"])
    contract.score = float(result.scores[row]) if result.rated[row] else None
    contract.grade, contract.rank = result.grades[row], int(result.ranks[row])
    contract.save()


def _faults(year: DutyYear, at: datetime) -> list[Refusal]:
    found = []
    if at.year <= year.year:
        found.append(
            Refusal(
                "not_over",
                gapped(_("The year %(year)d is not over yet."), year=year.year),
                _("Close it when its figures are known."),
                status=409,
            )
        )
    drafts = [one.name for one in year.contracts.filter(signed_at=None)]
    if drafts:
        names = "、".join(drafts[:10])
        found.append(
            Refusal(
                "drafts",
                gapped(_("Not signed: %(names)s."), names=names),
                _("Sign every contract first."),
                status=409,
            )
        )
    if not year.contracts.exists():
        found.append(
            Refusal(
                "no_contracts",
                _("The year has no contract."),
                _("Draw contracts from the targets, or add one."),
                status=409,
            )
        )
    return found
