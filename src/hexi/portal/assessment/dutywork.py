"""Contracts in hand (在办责任书): loaded under lock, inside the scope, in a year that is open."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.models import DutyContract, DutyTask, DutyYear
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require

__all__ = ["WHOLE", "held_contract", "held_year", "weight_faults"]

#: what the weights of a contract add to
WHOLE = 100.0


def held_year(
    year_id: int, by: Person | None, permission: Permission = Permission.EDIT
) -> DutyYear:
    """The year under lock, while it is open."""
    one_visible(DutyYear.objects.all(), by, pk=year_id)
    rows = DutyYear.objects.select_for_update(of=("self",)).select_related("unit")
    year: DutyYear = rows.get(pk=year_id)
    require(by, permission, year.unit.path)
    _open(year)
    return year


def held_contract(contract_id: int, by: Person | None, *, own: bool = False) -> DutyContract:
    """The contract under lock; ``own``: its holder may take this step as well."""
    one_visible(DutyContract.objects.all(), by, pk=contract_id)
    rows = DutyContract.objects.select_for_update(of=("self",))
    contract: DutyContract = rows.select_related("duty_year__unit", "holder").get(pk=contract_id)
    theirs = (
        own
        and by is not None
        and (
            contract.person_id == by.pk
            or (contract.holder is not None and by.covers(contract.holder.path))
        )
    )
    require(by, Permission.EDIT, None if theirs else contract.duty_year.unit.path)
    _open(contract.duty_year)
    return contract


def _open(year: DutyYear) -> None:
    if not year.is_open:
        raise Refusal(
            "closed",
            gapped(_("The year %(year)d is closed."), year=year.year),
            _("What was computed at the close stays."),
            status=409,
        )


def weight_faults(tasks: Sequence[DutyTask]) -> list[Refusal]:
    """Weights are above nought and add to a hundred."""
    if not tasks:
        return [
            Refusal(
                "no_tasks",
                _("The contract has no task."),
                _("Draw it from the targets, or add a task."),
                status=409,
            )
        ]
    found = [
        Refusal(
            "no_weight",
            gapped(_("“%(title)s” has no weight."), title=task.title),
            _("Give it one above nought, or take the task out."),
            place=f"weight-{task.pk}",
        )
        for task in tasks
        if not task.weight > 0
    ]
    total = round(sum(task.weight for task in tasks), 6)
    if total != WHOLE:
        found.append(
            Refusal(
                "sum",
                gapped(_("The weights add to %(total)s, not 100."), total=f"{total:g}"),
                _("Change them so that they add up."),
                place="weights",
            )
        )
    return found
