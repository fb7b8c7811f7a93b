"""Rows of a sheet against the library (项目导入比对): what each would enter, change, or is refused.

A row is known again by its number in the library, else by its state code, else by name, unit and
credit code of the investor. Money is read in the unit that the cell names, else in that of the
head, else in 万元. The stage of a known project moves on its page alone, where it is proved. An
empty cell clears the field of a known project, but leaves its enterprise, its plan and its standing
in statistics as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.projects.acts.change_record import change_faults
from hexi.portal.projects.acts.register_record import complete, entry_faults
from hexi.portal.projects.models import ProjectRecord, ProjectTag, YearPlan
from hexi.portal.projects.queries.lines import holding
from hexi.portal.projects.record_book import CARD, out_of_reach, values_of
from hexi.portal.projects.record_entry import read_record
from hexi.portal.projects.sheet.beside import compare_beside, read_beside
from hexi.portal.projects.sheet.fields import FIELDS
from hexi.portal.projects.sheet.rows import cell
from hexi.portal.projects.stagebook import label_of, stage_book
from hexi.portal.returns.registers.entry import Entry, UnitFinder
from hexi.portal.returns.registers.import_plan import PlannedRow, Reading, outside
from hexi.portal.returns.registers.register_file import FileRow

__all__ = ["READING", "USUAL_STAGE"]

#: of a project that names none
USUAL_STAGE: Final = "reserve"
_WITH: Final = ("unit", "enterprise", "plan", "leader", "steward", "reporting")


@dataclass(frozen=True, slots=True)
class _There:
    """What the library has for a row; nothing for a new one."""

    row: ProjectRecord | None = None
    #: lists that it stands on
    tags: tuple[str, ...] = ()
    #: yuan by year
    plans: Mapping[int, int] = field(default_factory=dict)
    #: another row of the file names the same row of the register of reporting projects
    named_twice: bool = False


def _read(row: FileRow, units: UnitFinder, today: date) -> Entry:
    entry = read_record(row.cells, units, today=today, money=row.units)
    entry.values["number"] = str(row.cells.get("number") or "").strip().upper()
    beside = read_beside(row)
    entry.values |= beside.values
    entry.faults |= beside.faults
    if entry.values.get("enterprise", ()) is None:
        del entry.values["enterprise"]
    # the checks of a row ask for the day on which the file is read
    entry.values["today"] = today
    return entry


def _key(values: Mapping[str, Any]) -> str:
    if values.get("number"):
        return f"number:{values['number']}"
    if values.get("state_code"):
        return f"code:{values['state_code']}"
    if values.get("name") and values.get("unit"):
        return _named(values["name"], values["unit"].pk, values.get("investor_code") or "")
    return ""


def _named(name: str, unit: int, investor_code: str) -> str:
    return f"name:{unit}:{investor_code}:{name}"


def _known(rows: Collection[Mapping[str, Any]]) -> dict[str, _There]:
    """What the library has of the rows of a file, held while the file is worked on."""
    found: dict[str, ProjectRecord] = {}
    for row in _records(rows):
        found[f"number:{row.number}"] = row
        found[_named(row.name, row.unit_id, row.investor_code)] = row
        if row.state_code:
            found[f"code:{row.state_code}"] = row
    today = next((values["today"] for values in rows), date.min)
    tags: dict[int, list[str]] = {}
    held = ProjectTag.objects.filter(holding(today), project__in=list(found.values()))
    for project, tag in held.order_by("tag").values_list("project", "tag"):
        tags.setdefault(project, []).append(tag)
    plans: dict[int, dict[int, int]] = {}
    planned = YearPlan.objects.filter(project__in=list(found.values()))
    for project, year, yuan in planned.values_list("project", "year", "planned"):
        plans.setdefault(project, {})[year] = yuan
    reporting = Counter(values.get("reporting") for values in rows)
    there = {}
    for values in rows:
        if key := _key(values):
            row_of, code = found.get(key), values.get("reporting")
            pk = row_of.pk if row_of else 0
            twice = bool(code) and reporting[code] > 1
            there[key] = _There(row_of, tuple(tags.get(pk, ())), plans.get(pk, {}), twice)
    return there


def _records(rows: Collection[Mapping[str, Any]]) -> Iterable[ProjectRecord]:
    wanted = list(rows)
    for at in range(0, len(wanted), 200):
        part = wanted[at : at + 200]
        numbers = {values["number"] for values in part if values.get("number")}
        codes = {values["state_code"] for values in part if values.get("state_code")}
        names = {values["name"] for values in part if values.get("name")}
        asked = Q(number__in=numbers) | Q(state_code__in=codes) | Q(name__in=names)
        records = ProjectRecord.objects.filter(asked, merged_into=None, practice=False)
        yield from records.select_related(*_WITH).select_for_update(of=("self",)).order_by("pk")


def _compare(line: PlannedRow, there: _There, by: Person) -> None:
    """What differs; a column that the file has not is left as it is."""
    if there.row is None:
        _new(line, by)
        compare_beside(line, None, {}, there.named_twice, by)
        return
    row = line.known = there.row
    if not by.covers(row.unit_path):
        line.faults.append(outside())
        return
    now, given = values_of(row), line.row.cells
    line.changes = {
        name: (now[name], line.values[name])
        for name in CARD
        if name in given and name in line.values and line.values[name] != now[name]
    }
    told = {fault.place for fault in line.faults}
    after = {name: new for name, (_old, new) in line.changes.items()}
    against = change_faults(row, now, after, line.values["today"])
    line.faults += [fault for fault in against if fault.place not in told]
    line.faults += [*_stage_moves(line, row), *out_of_reach(after, by)]
    compare_beside(line, row, there.plans, there.named_twice, by)
    fresh = [tag for tag in line.values.get("tags") or () if tag not in there.tags]
    if fresh:
        line.changes["tags"] = (list(there.tags), [*there.tags, *fresh])


def _new(line: PlannedRow, by: Person) -> None:
    if number := line.values.get("number"):
        line.faults.append(
            Refusal(
                "number_unknown",
                gapped(_("The library has no project “%(number)s”."), number=number[:40]),
                _("Leave the number of a new project empty; the library gives it."),
                place="number",
            )
        )
        return
    told = {fault.place for fault in line.faults}
    values = complete(line.values, USUAL_STAGE, line.values["today"])
    against = entry_faults(values, told, line.values["today"], by=by)
    # a row whose unit or name was not read cannot be judged further
    line.faults += [] if told & {"unit", "name", "kind"} else against


def _stage_moves(line: PlannedRow, row: ProjectRecord) -> list[Refusal]:
    stage = line.values.get("stage") if "stage" in line.row.cells else ""
    if not stage or stage == row.stage:
        return []
    here = stage_book().stages.get(row.stage)
    return [
        Refusal(
            "stage_by_file",
            gapped(_("The project stands in “%(here)s”."), here=label_of(here) if here else ""),
            _("Move it on its page, with day and evidence; leave the cell as it is."),
            place="stage",
        )
    ]


def _shown(name: str, value: Any) -> str:
    return cell(name, value)


READING: Final = Reading(
    fields=tuple(name for name in FIELDS if name != "number"),
    past=(),
    read=_read,
    known=_known,
    compare=_compare,
    key=_key,
    code="number",
    shown=_shown,
)
