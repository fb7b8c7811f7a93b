"""What a department or a post has signed (目标责任书): tasks with targets and weights.

A task's target is the same number that the plan's breakdown gave, and its fact the same that
monitoring shows: a contract names the indicator, not another figure of its own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pyarrow as pa

from hexi.assessment.faults import AssessmentError, Fault

__all__ = ["Contract", "Fact", "Task", "contracts_of"]

#: heads of a sheet of contracts: key → what officials call it
_HEADS: Mapping[str, tuple[str, ...]] = {
    "holder": ("holder", "责任主体", "主体", "部门", "岗位", "责任人"),
    "name": ("name", "名称", "责任主体名称", "部门名称", "岗位名称"),
    "task": ("task", "任务代码", "任务", "指标代码", "指标"),
    "title": ("title", "任务名称", "指标名称"),
    "unit": ("unit", "计量单位", "单位"),
    "target": ("target", "目标", "目标值"),
    "actual": ("actual", "实际", "实际值", "完成值"),
    "weight": ("weight", "权重", "分值"),
    "direction": ("direction", "方向"),
}
_DOWN = {"down", "-1", "降", "越小越好", "不超过", "控制"}
_UP = {"up", "1", "升", "越大越好", "不低于", ""}


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a contract (责任事项)."""

    id: str
    title: str
    unit: str
    target: float
    #: of the contract, in its own figures
    weight: float
    direction: Literal[1, -1] = 1
    #: indicator of the catalogue whose fact decides; empty: entered by hand
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What was reached (完成值); NaN is not reported and scores nothing."""

    holder: str
    task: str
    value: float


@dataclass(frozen=True, slots=True)
class Contract:
    """What one holder has signed for a year."""

    holder: str
    name: str
    year: int
    tasks: tuple[Task, ...]
    #: department of a post, class of a department: attributes for ranking by class
    attributes: Mapping[str, str] = field(default_factory=dict)


def contracts_of(table: Any, year: int) -> tuple[tuple[Contract, ...], tuple[Fact, ...]]:
    """Contracts and facts from an Arrow, Polars or pandas table, a row a task of a holder.

    Heads are those officials use (责任主体、任务名称、目标值、实际值、权重、方向).
    `AssessmentError` with every fault and its row."""
    arrow = table if isinstance(table, pa.Table) else pa.table(table)
    columns = _placed(arrow)
    rows = list(zip(*(columns[key] for key in _HEADS), strict=True))
    faults: list[Fault] = []
    tasks: dict[str, list[Task]] = {}
    names: dict[str, str] = {}
    facts: list[Fact] = []
    given: list[_Given] = [
        _Given(place, dict(zip(_HEADS, row, strict=True)), faults)
        for place, row in enumerate(rows, 1)
    ]
    for one in given:
        task = one.task()
        holder = one.text("holder")
        if not holder:
            one.fault("缺少责任主体", "no holder")
            continue
        if any(task.id == other.id for other in tasks.get(holder, ())):
            one.fault(
                f"{holder}的任务“{task.title}”重复", f"“{task.title}” stands twice for {holder}"
            )
        tasks.setdefault(holder, []).append(task)
        names.setdefault(holder, one.text("name") or holder)
        facts.append(Fact(holder, task.id, one.number("actual", required=False)))
    if faults:
        raise AssessmentError(list(faults))
    contracts = tuple(
        Contract(holder, names[holder], year, tuple(found)) for holder, found in tasks.items()
    )
    return contracts, tuple(facts)


def _placed(arrow: pa.Table) -> dict[str, Sequence[Any]]:
    """Columns by what they are; a column that is not there is empty."""
    found: dict[str, Sequence[Any]] = {}
    heads = {name.strip().lower(): name for name in arrow.column_names}
    for key, words in _HEADS.items():
        named = next((heads[word] for word in words if word in heads), None)
        found[key] = [None] * arrow.num_rows if named is None else arrow[named].to_pylist()
    missing = [
        words[1]
        for key, words in _HEADS.items()
        if key in ("holder", "target", "weight") and all(one is None for one in found[key])
    ]
    if all(one is None for one in (*found["task"], *found["title"])):
        missing.append(_HEADS["title"][1])
    if missing:
        zh, en = "、".join(missing), ", ".join(missing)
        raise AssessmentError([Fault("表头", f"缺少列：{zh}", f"columns missing: {en}")])
    return found


class _Given:
    """One row, read with its faults."""

    def __init__(self, place: int, cells: Mapping[str, Any], faults: list[Fault]) -> None:
        self._place, self._cells, self._faults = place, cells, faults

    def fault(self, zh: str, en: str) -> None:
        self._faults.append(Fault(f"第{self._place}行", zh, en))

    def text(self, key: str) -> str:
        value = self._cells[key]
        return "" if value is None else str(value).strip()

    def number(self, key: str, *, required: bool = True) -> float:
        text = self.text(key).replace(",", "")
        head = _HEADS[key][1]
        if text in ("", "nan", "None"):
            if required:
                self.fault(f"缺少{head}", f"no {key}")
            return math.nan
        try:
            found = float(text)
        except ValueError:
            self.fault(f"{head}应为数字，现为“{text}”", f"{key} must be a number, not “{text}”")
            return math.nan
        if math.isinf(found):
            self.fault(f"{head}不能为无穷大", f"{key} must be finite")
        return found

    def task(self) -> Task:
        """The task of the row."""
        title = self.text("title") or self.text("task")
        weight = self.number("weight")
        if weight < 0:
            self.fault("权重不能小于零", "a weight must not be below zero")
        way = self.text("direction").lower()
        if way not in _UP | _DOWN:
            self.fault(f"方向应为升或降，现为“{way}”", f"direction must be up or down, not “{way}”")
        return Task(
            id=self.text("task") or title,
            title=title,
            unit=self.text("unit"),
            target=self.number("target"),
            weight=weight,
            direction=-1 if way in _DOWN else 1,
        )
