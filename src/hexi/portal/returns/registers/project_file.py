"""Projects from a file (项目导入): columns of the file, and what a row of it would change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal
from hexi.portal.returns.models import Project, Reporter
from hexi.portal.returns.registers.entry import Entry, UnitFinder
from hexi.portal.returns.registers.import_plan import (
    Entering,
    PlannedRow,
    Reading,
    by_code,
    outside,
)
from hexi.portal.returns.registers.project_book import (
    enter_project,
    facts,
    put_project,
    with_reporter,
)
from hexi.portal.returns.registers.project_entry import (
    FIELDS,
    LABELS,
    REQUIRED,
    ends_early,
    read_project,
)
from hexi.portal.returns.registers.register_file import FileRow, Heads

__all__ = ["HEADS", "READING", "has_reported", "unit_is_fixed", "write"]

HEADS: Final = Heads(
    title=_("Projects"),
    labels=LABELS,
    required=REQUIRED,
    others={
        "code": ("项目统一代码", "统一项目代码", "project code"),
        "name": ("项目", "名称"),
        "unit": ("所属园区", "所属开发区", "园区", "开发区", "园区或开发区"),
        "enterprise": ("责任企业", "建设单位", "责任企业统一社会信用代码", "统一社会信用代码"),
        "industry": ("行业", "行业代码", "国民经济行业代码"),
        "place": ("所在地代码", "行政区划代码", "所在地", "建设地点"),
        "since": ("开工日期", "开工时间"),
        "until": ("计划竣工日期", "计划竣工时间", "竣工日期"),
    },
)


def _known(rows: Collection[Mapping[str, Any]]) -> dict[str, Project | Reporter]:
    """The projects that the file names, and others who have a code of it already."""
    found: dict[str, Project | Reporter] = {}
    wanted = sorted({code for values in rows if (code := by_code(values))})
    for at in range(0, len(wanted), 500):
        part = wanted[at : at + 500]
        found |= {r.code: r for r in Reporter.objects.filter(code__in=part, project=None)}
        found |= {row.code: row for row in with_reporter().filter(code__in=part)}
    return found


def _compare(line: PlannedRow, there: Project | Reporter, by: Person) -> None:
    """What differs; a column that the file has not is left as it is."""
    line.known = there
    if isinstance(there, Reporter):
        line.faults.append(_code_taken())
        return
    if not by.covers(there.unit_path):
        line.faults.append(outside())
        return
    now = facts(there)
    line.changes = {
        name: (now[name], line.values[name])
        for name in FIELDS
        if name in line.row.cells and name in line.values and line.values[name] != now[name]
    }
    if line.changes and there.closed is not None:
        line.faults.append(_closed())
    if "unit" in line.changes and has_reported(there):
        line.faults.append(unit_is_fixed())
    after = {**now, **{name: new for name, (_old, new) in line.changes.items()}}
    if after["until"] < after["since"] and not line.faults:
        line.faults.append(ends_early())


def write(line: PlannedRow, entering: Entering) -> Project:
    """Enter or change what the row says."""
    del entering  # a project has no dated past that would keep who entered it
    if line.known is None:
        return enter_project(line.values)
    row: Project = line.known
    put_project(row, {name: new for name, (_old, new) in line.changes.items()})
    return row


def has_reported(row: Project) -> bool:
    """Has it ever handed a return in? Then its months stand in its unit."""
    return bool(row.reporter.returns.exclude(submitted_at=None).exists())


def unit_is_fixed() -> Refusal:
    """Figures of the project are in the sums of its unit."""
    return Refusal(
        "unit_fixed",
        _("The project has reported in its unit and stays there."),
        _("Close it and register it anew if it really moved."),
        place="unit",
        status=409,
    )


def _code_taken() -> Refusal:
    return Refusal(
        "code_taken",
        _("This code is in the register already."),
        _("Look for it in the list; have it moved if it stands elsewhere."),
        place="code",
    )


def _closed() -> Refusal:
    return Refusal(
        "project_is_closed",
        _("The project is closed."),
        _("Take the closing back first, if it still goes on."),
        place="code",
    )


def _read(row: FileRow, units: UnitFinder, _today: date) -> Entry:
    return read_project(row.cells, units)


READING: Final = Reading(FIELDS, (), _read, _known, _compare)
