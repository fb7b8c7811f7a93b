"""Contracts scored by the common run (目标责任考核): own targets, own weights, one ranking.

Every task of every contract becomes an item of one scheme, weighted for its holder alone;
achievement of the own target is its score. So a department is scored, explained and put into a
workbook by the same code as a zone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hexi.assessment.data.matrix import Case, Matrix
from hexi.assessment.duty.contracts import Contract, Fact, Task
from hexi.assessment.faults import AssessmentError
from hexi.assessment.faults import Fault as RunFault
from hexi.assessment.result import Result
from hexi.assessment.run import assess
from hexi.assessment.scheme.nouns import (
    Achievement,
    Group,
    Grouping,
    Item,
    Missing,
    Named,
    Points,
    Scheme,
    Source,
    Veto,
)

__all__ = ["ASSUMED", "GRADES", "assess_contracts"]

#: attribute that gives each holder weights of its own
_HOLDER = "holder"
GRADES = (
    (Named("优秀", "Excellent"), 90.0),
    (Named("良好", "Good"), 80.0),
    (Named("合格", "Qualified"), 60.0),
    (Named("不合格", "Not qualified"), -1e9),
)
ASSUMED = Named(
    "未另行规定的等次界限（90、80、60）、超额完成的计分上限和未报按零分为本系统设定",
    "The bounds of the grades (90, 80, 60) where no scheme gives others, the cap for overfulfilment"
    " and nought for what was not reported are set by this system",
)


def assess_contracts(
    contracts: Sequence[Contract],
    facts: Sequence[Fact],
    *,
    kind: str = "departments",
    most: float = 100.0,
    points: Sequence[Points] = (),
    vetoes: Sequence[Veto] = (),
    cases: Sequence[Case] = (),
    grades: Sequence[tuple[Named, float]] = GRADES,
    attribute: str = "",
) -> Result:
    """The result of all contracts of a year; a task without a fact scores nothing.

    ``most``: points of a task at most, 100 at the target. ``attribute``: class inside which holders
    are ranked besides. `AssessmentError` where contracts are empty, of several years or of no
    weight, or a fact belongs to no contract."""
    _check(contracts, facts)
    tasks = _tasks(contracts)
    scheme = Scheme(
        id="duty",
        version=str(contracts[0].year),
        title=Named("目标责任考核", "Target responsibility"),
        kind="posts" if kind == "posts" else "departments",
        since=contracts[0].year,
        until=contracts[0].year,
        source=Source("目标责任书", assumed=ASSUMED.zh, assumed_en=ASSUMED.en),
        root=Group(
            "all",
            Named("总分", "Total"),
            1.0,
            tuple(_item(task, contracts, most) for task in tasks),
        ),
        class_by=_HOLDER,
        missing=Missing("zero"),
        points=tuple(points),
        vetoes=tuple(vetoes),
        groupings=(Grouping(attribute, Named("类别", "Class")),) if attribute else (),
        grades=tuple(grades),
    )
    return assess(scheme, _matrix(contracts, facts, tasks, cases, attribute))


def _tasks(contracts: Sequence[Contract]) -> tuple[Task, ...]:
    """Every task once; the same task of several holders is one item with several weights."""
    found: dict[str, Task] = {}
    for contract in contracts:
        for task in contract.tasks:
            found.setdefault(task.id, task)
    return tuple(found.values())


def _item(task: Task, contracts: Sequence[Contract], most: float) -> Item:
    own = {
        contract.holder: sum(one.weight for one in contract.tasks if one.id == task.id)
        for contract in contracts
    }
    return Item(
        id=task.id,
        name=Named(task.title, task.title),
        indicator=task.indicator,
        unit=task.unit,
        direction=task.direction,
        scoring=Achievement(most=most),
        weight=0.0,
        by_class=own,
    )


def _matrix(
    contracts: Sequence[Contract],
    facts: Sequence[Fact],
    tasks: Sequence[Task],
    cases: Sequence[Case],
    attribute: str,
) -> Matrix:
    rows = {contract.holder: row for row, contract in enumerate(contracts)}
    columns = {task.id: column for column, task in enumerate(tasks)}
    shape = (len(rows), len(columns))
    values, targets = np.full(shape, np.nan), np.full(shape, np.nan)
    for contract in contracts:
        for task in contract.tasks:
            targets[rows[contract.holder], columns[task.id]] = task.target
    for fact in facts:
        values[rows[fact.holder], columns[fact.task]] = fact.value
    attributes = {_HOLDER: tuple(rows)}
    if attribute:
        attributes[attribute] = tuple(one.attributes.get(attribute, "") for one in contracts)
    return Matrix(
        units=tuple(rows),
        names=tuple(contract.name for contract in contracts),
        items=tuple(columns),
        years=(contracts[0].year,),
        values=values[None],
        attributes=attributes,
        targets=targets,
        cases=tuple(cases),
    )


def _check(contracts: Sequence[Contract], facts: Sequence[Fact]) -> None:
    faults = []
    if not contracts:
        raise AssessmentError([RunFault("contracts", "没有目标责任书", "no contract")])
    years = sorted({one.year for one in contracts})
    if len(years) > 1:
        named = "、".join(map(str, years))
        faults.append(RunFault("year", f"年度不一致：{named}", f"several years: {named}"))
    held: dict[str, set[str]] = {}
    ways: dict[str, int] = {}
    for one in contracts:
        if one.holder in held:
            faults.append(RunFault(one.holder, "有两份目标责任书", "has two contracts"))
        held[one.holder] = {task.id for task in one.tasks}
        if not sum(task.weight for task in one.tasks) > 0:
            faults.append(RunFault(one.holder, "各任务权重之和为零", "its tasks have no weight"))
        for task in one.tasks:
            if ways.setdefault(task.id, task.direction) != task.direction:
                faults.append(
                    RunFault(task.id, "各责任书的方向不一致", "contracts disagree on its direction")
                )
    for fact in facts:
        if fact.task not in held.get(fact.holder, set()):
            faults.append(
                RunFault(
                    f"{fact.holder}.{fact.task}",
                    "责任书中没有这项任务",
                    "no such task in the contract",
                )
            )
    if faults:
        raise AssessmentError(faults)
