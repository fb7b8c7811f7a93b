"""Save a draft contract (编制责任书): weights and targets of its tasks, tasks of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.dutywork import held_contract
from hexi.portal.assessment.models import DutyContract, DutyTask
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.told import tell
from hexi.portal.core.typed_number import read_number

__all__ = ["NewTask", "save_contract"]


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task entered by hand, as it was written."""

    title: str
    target: str
    weight: str
    unit: str = ""
    #: less is better
    down: bool = False


def save_contract(
    contract_id: int,
    weights: Mapping[int, str],
    *,
    remove: Sequence[int] = (),
    added: Sequence[NewTask] = (),
    by: Person | None,
    at: datetime,
) -> DutyContract:
    """``weights``: number of a task → what was written; the sum is checked at signing."""
    with transaction.atomic():
        contract = held_contract(contract_id, by)
        if not contract.is_draft:
            raise Refusal(
                "signed",
                _("The contract is signed; its tasks and weights no longer change."),
                _("Report facts, or enter what adds or takes away points."),
                status=409,
            )
        before = contract.card()
        faults: list[Refusal] = []
        tasks = {task.pk: task for task in contract.tasks.all()}
        for key, text in weights.items():
            if key in tasks and key not in remove:
                tasks[key].weight = _number(text, f"weight-{key}", faults, least=0.0)
        made = [_made(contract, one, len(tasks) + n, faults) for n, one in enumerate(added)]
        tell(faults)
        contract.tasks.filter(pk__in=[key for key in remove if key in tasks]).delete()
        DutyTask.objects.bulk_update(
            [task for key, task in tasks.items() if key not in remove], ["weight"]
        )
        for task in made:
            task.save()
        record(
            "save_contract",
            contract,
            by=by,
            at=at,
            unit_path=contract.duty_year.unit.path,
            before=before,
            after=contract.card(),
        )
    return contract


def _made(contract: DutyContract, one: NewTask, order: int, faults: list[Refusal]) -> DutyTask:
    title = " ".join(one.title.split())
    if not title or len(title) > 300:
        said = _("A task needs a title of at most 300 characters.")
        faults.append(Refusal("no_title", said, _("Write what is to be done."), place="title"))
    if contract.tasks.filter(key=f"m-{title}"[:80]).exists():
        said = _("The contract has this task already.")
        faults.append(Refusal("twice", said, _("Change its weight above."), place="title"))
    target = _number(one.target, "target", faults)
    if target <= 0:
        faults.append(
            Refusal(
                "no_target",
                _("A target is above nought: points are the share of it that was reached."),
                _("Write the figure to be reached."),
                place="target",
            )
        )
    return DutyTask(
        contract=contract,
        key=f"m-{title}"[:80],
        title=title[:300],
        unit=one.unit.strip()[:60],
        target=target,
        direction=-1 if one.down else 1,
        weight=_number(one.weight, "weight", faults, least=0.0),
        order=order,
    )


def _number(text: str, place: str, faults: list[Refusal], least: float | None = None) -> float:
    try:
        found = float(read_number(text))
    except Refusal as refusal:
        refusal.place = place
        faults.append(refusal)
        return 1.0
    if least is not None and not least <= found <= 100:
        said = _("A weight is between 0 and 100.")
        faults.append(Refusal("weight", said, _("Write a figure from 0 to 100."), place=place))
    return found
