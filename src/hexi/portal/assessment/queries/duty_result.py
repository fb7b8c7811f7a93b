"""Scores of the contracts of a year (目标责任得分): by the engine, from tasks and facts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hexi.assessment.data.matrix import Case
from hexi.assessment.duty import GRADES, Contract, Fact, Task, assess_contracts
from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Scheme
from hexi.portal.assessment.models import DutyContract, DutyTask, DutyYear
from hexi.portal.assessment.pack_rules import schemes_in_use
from hexi.portal.assessment.queries.duty_facts import Seen, actual_of

__all__ = ["duty_rules", "engine_task", "result_of", "signed_of"]


def duty_rules(year: DutyYear) -> Scheme | None:
    """The scheme of the pack whose points, vetoes and grades hold for contracts of that year."""
    schemes = schemes_in_use()
    for kind in (year.kind, "departments"):
        for one in schemes.of_kind(kind):
            if one.since <= year.year and (one.until is None or year.year <= one.until):
                return one
    return None


def signed_of(year: DutyYear) -> list[DutyContract]:
    """Signed contracts with their tasks and matters."""
    rows = year.contracts.filter(signed_at__isnull=False)
    return list(rows.prefetch_related("tasks__source__unit", "matters"))


def result_of(year: DutyYear, contracts: Sequence[DutyContract], seen: Seen) -> Result | None:
    """The result as of now; None where there is nothing to score."""
    if not contracts:
        return None
    rules = duty_rules(year)
    made, facts, cases = [], [], []
    for one in contracts:
        tasks = list(one.tasks.all())
        made.append(
            Contract(one.code, one.name, year.year, tuple(engine_task(task) for task in tasks))
        )
        for task in tasks:
            value, _source = actual_of(task, year, seen)
            facts.append(Fact(one.code, task.key, math.nan if value is None else value))
        cases += [
            Case(one.code, matter.matter, matter.evidence, matter.count)
            for matter in one.matters.all()
            if matter.withdrawn_at is None
        ]
    return assess_contracts(
        made,
        facts,
        kind=year.kind,
        points=rules.points if rules else (),
        vetoes=rules.vetoes if rules else (),
        cases=cases,
        grades=rules.grades if rules and rules.grades else GRADES,
    )


def engine_task(task: DutyTask) -> Task:
    """The task as the engine takes it."""
    return Task(
        id=task.key,
        title=task.title,
        unit=task.unit,
        target=task.target,
        weight=task.weight,
        direction=-1 if task.direction < 0 else 1,
        indicator=task.indicator,
    )
