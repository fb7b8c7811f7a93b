"""Key projects of plans (规划重点项目): what the plan documents name, offered when one is entered.

The pack has the names, the box or chapter in which they stand and what the document says of place
and money; industries are told where the name leaves no doubt. No text of the documents is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import load_pack, pack_path
from hexi.catalogue.tables import Column, Row, Table, read_table
from hexi.projects.money import MoneyFault, read_money
from hexi.projects.stage_loading import FOLDER

__all__ = ["PlanProject", "check_plan_projects", "load_plan_projects"]

_TABLE: Final = Table(
    f"{FOLDER}/plan_projects.csv",
    (
        Column("plan", "id", required=True),
        Column("box", required=True),
        Column("section"),
        Column("name", required=True),
        Column("industry"),
        Column("unit"),
        Column("investment"),
    ),
)


@dataclass(frozen=True, slots=True)
class PlanProject:
    """A project that a plan names."""

    #: id of the plan in the pack
    plan: str
    #: the box (专栏) or chapter
    box: str
    #: the heading under which it stands there
    section: str
    name: str
    #: GB/T 4754; empty where the name does not tell
    industry: str
    #: unit of the pack in which it lies
    unit: str
    #: as printed, with its unit; empty where nothing is printed
    investment: str


def load_plan_projects(pack: str | Path = "gansu") -> Mapping[str, tuple[PlanProject, ...]]:
    """The projects by plan, in the order of the documents; none where the pack names none.

    Raises:
        PackError: names every fault of the file.
    """
    root = pack_path(pack).resolve()
    path = root / _TABLE.file
    if not path.is_file():
        return {}
    return _load(root, (path.stat().st_mtime_ns, path.stat().st_size))


def check_plan_projects(pack: str | Path = "gansu") -> list[Fault]:
    """What is wrong with the file."""
    try:
        load_plan_projects(pack)
    except PackError as error:
        return [fault for fault in error.faults if fault.file == _TABLE.file]
    return []


@lru_cache(maxsize=4)
def _load(root: Path, state: tuple[int, int]) -> Mapping[str, tuple[PlanProject, ...]]:
    faults: list[Fault] = []
    rows = [row for row in read_table(root, _TABLE, faults) if row.whole]
    pack = load_pack(root)
    plans, units = {plan.id for plan in pack.plans}, {unit.id for unit in pack.units}
    industries = {
        item.code for one in pack.classifications if one.id.startswith("gbt4754")
        for item in one.items
    }  # fmt: skip
    found: dict[str, list[PlanProject]] = {}
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        one = PlanProject(**row.cells)
        _known(row, "plan", one.plan, plans, faults)
        if one.unit:
            _known(row, "unit", one.unit, units, faults)
        if one.industry:
            _known(row, "industry", one.industry[:2], industries, faults)
        if one.investment and not _is_money(one.investment):
            _fault(row, "investment", "金额及单位，如 12亿元", one.investment, faults)
        key = (one.plan, one.box, one.name)
        if key in seen:
            _fault(row, "name", "同一专栏内不重复的名称", one.name, faults)
        seen.add(key)
        found.setdefault(one.plan, []).append(one)
    if faults:
        raise PackError(root.name, faults)
    return {plan: tuple(projects) for plan, projects in found.items()}


def _known(row: Row, key: str, word: str, known: set[str], faults: list[Fault]) -> None:
    if word not in known:
        _fault(row, key, "数据包中已有的代码", word, faults)


def _fault(row: Row, key: str, expected: str, found: str, faults: list[Fault]) -> None:
    faults.append(Fault(_TABLE.file, row.line, key, expected, found, "what the pack knows"))


def _is_money(text: str) -> bool:
    try:
        read_money(text)
    except MoneyFault:
        return False
    return text.endswith("元")
