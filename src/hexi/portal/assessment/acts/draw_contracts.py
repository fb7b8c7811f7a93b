"""Draw contracts from the targets (生成责任书): one a department or post that answers for any.

The same targets and figures that are monitored; a contract that is signed stays as it is.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.dutywork import WHOLE, held_year
from hexi.portal.assessment.models import DutyContract, DutyTask, DutyYear
from hexi.portal.assessment.queries.duty_targets import Drawn, drawn_targets
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal

__all__ = ["draw_contracts", "spread_rest"]


def draw_contracts(year_id: int, *, by: Person | None, at: datetime) -> tuple[DutyYear, int]:
    """The year and how many tasks were added."""
    with transaction.atomic():
        year = held_year(year_id, by)
        contracts = {one.code: one for one in year.contracts.all()}
        added, touched = 0, []
        for drawn in drawn_targets(year):
            contract = contracts.get(drawn.code)
            if contract is None:
                contract = DutyContract.objects.create(
                    duty_year=year,
                    holder=drawn.holder,
                    person=drawn.person,
                    code=drawn.code,
                    name=drawn.name,
                )
                contracts[drawn.code] = contract
            if contract.is_draft and _add(contract, drawn):
                added += 1
                touched.append(contract)
        if not added:
            raise Refusal(
                "nothing_drawn",
                _("No target of this year names who answers for it, beyond what is drawn."),
                _("Name the responsible body or person on the page of the target, or add tasks."),
                status=409,
            )
        for contract in dict.fromkeys(touched):
            spread_rest(contract)
        record(
            "draw_contracts",
            year,
            by=by,
            at=at,
            unit_path=year.unit.path,
            after={"contracts": len(contracts), "tasks": added},
        )
    return year, added


def _add(contract: DutyContract, drawn: Drawn) -> bool:
    target = drawn.target
    unit = "%" if target.measure.startswith("growth") else target.measure_unit
    _task, made = DutyTask.objects.get_or_create(
        contract=contract,
        key=f"t{target.pk}",
        defaults={
            "source": target,
            "title": target.indicator,
            "indicator": target.indicator_id,
            "unit": unit,
            "target": drawn.figure,
            "direction": drawn.direction,
            "order": contract.tasks.count(),
        },
    )
    return made


def spread_rest(contract: DutyContract) -> None:
    """What is left of a hundred, evenly over the tasks that have no weight yet."""
    tasks = list(contract.tasks.all())
    bare = [task for task in tasks if not task.weight]
    rest = WHOLE - sum(task.weight for task in tasks)
    if not bare or rest <= 0:
        return
    each = round(rest / len(bare), 2)
    for task in bare:
        task.weight = each
    bare[0].weight = round(rest - each * (len(bare) - 1), 2)
    DutyTask.objects.bulk_update(bare, ["weight"])
