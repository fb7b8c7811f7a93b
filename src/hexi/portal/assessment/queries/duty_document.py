"""A contract as its document takes it (目标责任书文书): from stored tasks, facts and matters."""

from __future__ import annotations

import math

from django.utils.timezone import localdate

from hexi.assessment.duty import ASSUMED, Contract
from hexi.portal.assessment.models import DutyContract
from hexi.portal.assessment.queries.duty_result import duty_rules, engine_task
from hexi.reports import duty_contract

__all__ = ["document_of"]


def document_of(contract: DutyContract) -> bytes:
    """In Chinese, as it is signed; with scores once the year is closed."""
    year, rules = contract.duty_year, duty_rules(contract.duty_year)
    tasks = list(contract.tasks.all())
    names = {one.id: one for some in (rules.points, rules.vetoes) for one in some} if rules else {}
    reached, total = None, ""
    if not year.is_open:
        reached = {
            task.key: duty_contract.Reached(
                _known(task.actual), _known(task.score), _known(task.points)
            )
            for task in tasks
        }
        total = (
            f"总分{contract.score:.2f}分，{contract.grade}，列第{contract.rank}位。"
            if contract.score is not None
            else "不予评定。"
        )
    return duty_contract.render(
        Contract(
            contract.code, contract.name, year.year, tuple(engine_task(task) for task in tasks)
        ),
        year.unit.name,
        rules=rules,
        signed=localdate(contract.signed_at) if contract.signed_at else None,
        reached=reached,
        matters=[
            (names[one.matter].name.zh if one.matter in names else one.matter, one.evidence)
            for one in contract.matters.all()
            if one.withdrawn_at is None
        ],
        total=total,
        assumed=ASSUMED.zh,
    )


def _known(value: float | None) -> float:
    return math.nan if value is None else value
