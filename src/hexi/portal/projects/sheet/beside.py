"""What a row of the sheet says beside the card (年度计划与入统栏): one year's plan, and statistics.

They are kept in rows of their own, or point to the register of reporting projects. An empty cell
changes nothing: a plan is taken back, and a project out of statistics, on its page, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.projects.acts.enter_statistics import (
    day_ahead,
    in_already,
    no_such_row,
    reports_for_another,
    taken_row,
)
from hexi.portal.projects.acts.set_year_plan import plan_faults
from hexi.portal.projects.models import ProjectRecord, YearPlan
from hexi.portal.projects.record_entry import read_yuan
from hexi.portal.projects.sheet.fields import BESIDE
from hexi.portal.returns.models import Enterprise, Project
from hexi.portal.returns.registers.entry import Entry, read_day
from hexi.portal.returns.registers.import_plan import PlannedRow
from hexi.portal.returns.registers.register_file import FileRow

__all__ = ["beside_of", "compare_beside", "pointed_to", "read_beside", "write_plan"]

#: ids asked for in one query
_CHUNK = 500


def read_beside(row: FileRow) -> Entry:
    """The cells that say something; a plan needs its year and its sum."""
    entry = Entry()
    for name in BESIDE:
        raw = row.cells.get(name)
        text = "" if raw is None else str(raw).strip()
        if not text:
            continue
        try:
            entry.values[name] = _value(name, raw, text, row.units.get(name) or "万元")
        except Refusal as refusal:
            refusal.place = name
            entry.faults[name] = refusal
    said = {*entry.values, *entry.faults}
    for name, other in (("year", "planned"), ("planned", "year")):
        if name not in said and other in said:
            entry.faults[name] = Refusal(
                f"{name}_missing",
                gapped(_("“%(field)s” is empty."), field=BESIDE[name]),
                _("Fill in the year and the sum of the plan, or leave both empty."),
                place=name,
            )
    return entry


def _value(name: str, raw: Any, text: str, unit: str) -> Any:
    match name:
        case "year":
            digits = text.removesuffix("年").strip()
            if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
                raise Refusal("year_wrong", _("This is no year."), _("Write it as 2026."))
            return int(digits)
        case "planned":
            return read_yuan(text, unit)
        case "in_statistics_since":
            return read_day(raw, text)
    return text


def compare_beside(
    line: PlannedRow,
    known: ProjectRecord | None,
    plans: Mapping[int, int],
    named_twice: bool,
    by: Person,
) -> None:
    """What differs from, or stands against, the plans (yuan by year) and the statistics of a row.

    ``named_twice``: another row of the file names the same row of the register.
    """
    _compare_plan(line, known, plans)
    _compare_statistics(line, known, named_twice, by)


def _compare_plan(line: PlannedRow, known: ProjectRecord | None, plans: Mapping[int, int]) -> None:
    year, planned = line.values.get("year"), line.values.get("planned")
    if year is None or planned is None:
        return
    total = known.total if known is not None else None
    total = line.values.get("total", total)
    line.faults += plan_faults(year, planned, total)
    if plans.get(year) == planned:
        return
    if year not in plans:
        line.changes["year"] = ("", year)
    line.changes["planned"] = (plans.get(year), planned)


def _compare_statistics(
    line: PlannedRow, known: ProjectRecord | None, named_twice: bool, by: Person
) -> None:
    values = line.values
    code, since = values.get("reporting"), values.get("in_statistics_since")
    day = since or (known.in_statistics_since if known is not None else None)
    if since is not None and since > values["today"]:
        line.faults.append(day_ahead("in_statistics_since"))
    if since is not None and known is not None and since != known.in_statistics_since:
        line.changes["in_statistics_since"] = (known.in_statistics_since, since)
    if not code:
        return
    own = known.reporting if known is not None else None
    found = Project.objects.visible_to(by).filter(code=code).first()
    if found is None:
        line.faults.append(no_such_row())
    elif own is not None and own != found:
        wrong = in_already()
        wrong.place = "reporting"
        line.faults.append(wrong)
    elif named_twice or reports_for_another(found, known.pk if known is not None else None):
        line.faults.append(taken_row())
    elif known is not None and own is None:
        line.changes["reporting"] = ("", code)
    if day is None and "in_statistics_since" not in {fault.place for fault in line.faults}:
        line.faults.append(
            Refusal(
                "day_missing",
                _("The day is missing."),
                _("Say on which day it was."),
                place="in_statistics_since",
            )
        )


def pointed_to(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of the record that say where it stands in statistics, where the row names them."""
    found = {}
    if values.get("reporting"):
        found["reporting"] = Project.objects.get(code=values["reporting"])
    if values.get("in_statistics_since"):
        found["in_statistics_since"] = values["in_statistics_since"]
    return found


def write_plan(row: ProjectRecord, values: Mapping[str, Any], at: datetime) -> None:
    """The year's plan, where the row names one; its words stay what they are."""
    if values.get("year") is None or values.get("planned") is None:
        return
    YearPlan.objects.update_or_create(
        project=row, year=values["year"], defaults={"planned": values["planned"], "at": at}
    )


def beside_of(
    rows: Iterable[ProjectRecord], person: Person | None, day: date
) -> dict[int, dict[str, Any]]:
    """For a file: the plan of the year of a day, statistics and enterprise of rows, by their ids.

    Rows of registers that the person does not see are left out.
    """
    listed = list(rows)
    found: dict[int, dict[str, Any]] = {}
    for at in range(0, len(listed), _CHUNK):
        part = listed[at : at + _CHUNK]
        plans = YearPlan.objects.filter(project__in=part, year=day.year)
        sums = dict(plans.values_list("project", "planned"))
        firms = Enterprise.objects.visible_to(person).in_bulk(
            {row.enterprise_id for row in part if row.enterprise_id}
        )
        reporting = Project.objects.visible_to(person).in_bulk(
            {row.reporting_id for row in part if row.reporting_id}
        )
        for row in part:
            source = reporting.get(row.reporting_id)
            found[row.pk] = {
                "enterprise": firms.get(row.enterprise_id),
                "year": day.year if row.pk in sums else None,
                "planned": sums.get(row.pk),
                "reporting": source.code if source else "",
            }
    return found
