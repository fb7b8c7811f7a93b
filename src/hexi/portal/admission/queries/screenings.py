"""Screenings on record (筛查记录查询): the list, one with its decisions, those of a project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hexi.portal.admission.models import RuleOverride, ScreeningRecord
from hexi.portal.admission.queries.shown import standing_result
from hexi.portal.admission.said import RESULT_LAMPS, RESULTS
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.scope import one_visible

__all__ = [
    "ScreeningLine",
    "export_head",
    "export_rows",
    "filtered",
    "lines_of",
    "one_screening",
]


@dataclass(frozen=True, slots=True)
class ScreeningLine:
    """One line of a list; the result is the standing one, overrides counted."""

    id: int
    url: str
    number: str
    name: str
    unit: str
    day: str
    result: str
    label: str
    lamp: str
    failing: int
    unknown: int
    overrides: int
    by: str


def filtered(person: Person | None, asked: Mapping[str, str]) -> Any:
    """The screenings that the person sees, by the filters of the address."""
    rows = ScreeningRecord.objects.visible_to(person).select_related("unit", "project")
    if query := str(asked.get("q") or "").strip():
        found = Q(name__icontains=query)
        digits = query.upper().removeprefix("ZR")[4:]
        if query.upper().startswith("ZR") and digits.isdecimal() and len(digits) < 18:
            found |= Q(pk=int(digits))
        rows = rows.filter(found)
    if (result := str(asked.get("result") or "")) in RESULTS:
        rows = rows.filter(_stands(rows, result))
    if unit := str(asked.get("unit") or ""):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    if (project := str(asked.get("project") or "")).isdecimal() and len(project) < 18:
        rows = rows.filter(project=int(project))
    return rows


def _stands(rows: Any, result: str) -> Q:
    """Screenings whose result is this with their overrides counted; few have any."""
    aside = rows.filter(overrides__in=RuleOverride.objects.filter(withdrawn_at=None)).distinct()
    others = {line.id: line.result for line in lines_of(aside)}
    standing = [pk for pk, one in others.items() if one == result]
    return (Q(result=result) & ~Q(pk__in=list(others))) | Q(pk__in=standing)


def lines_of(rows: Iterable[ScreeningRecord]) -> list[ScreeningLine]:
    """Lines of a list; the overrides of all of them are read at once."""
    listed = list(rows)
    aside: dict[int, list[RuleOverride]] = {}
    for one in RuleOverride.objects.filter(screening__in=[r.pk for r in listed], withdrawn_at=None):
        aside.setdefault(one.screening_id, []).append(one)
    return [_line(row, aside.get(row.pk, [])) for row in listed]


def _line(row: ScreeningRecord, overrides: list[RuleOverride]) -> ScreeningLine:
    result = standing_result(row.answer, overrides)
    outcomes = [rule["outcome"] for rule in row.answer["rules"]]
    return ScreeningLine(
        id=row.pk,
        url=f"/admission/{row.pk}/",
        number=row.number,
        name=row.called,
        unit=name_of(row.unit),
        day=row.day.isoformat(),
        result=result,
        label=str(RESULTS[result]),
        lamp=RESULT_LAMPS[result],
        failing=outcomes.count("fails") - len(overrides),
        unknown=outcomes.count("unknown"),
        overrides=len(overrides),
        by=row.by_name,
    )


def one_screening(screening_id: int, person: Person | None) -> ScreeningRecord:
    """One, where the person may see it."""
    rows = ScreeningRecord.objects.select_related("unit", "project")
    found: ScreeningRecord = one_visible(rows, person, pk=screening_id)
    return found


def export_head() -> list[str]:
    """Heads of the exported list."""
    return [
        pgettext("admission", "Number"),
        _("Project"),
        pgettext("admission", "Unit"),
        _("Day"),
        _("Result"),
        _("Not met"),
        _("Cannot be told"),
        _("Set aside"),
        _("Screened by"),
    ]


def export_rows(lines: Iterable[ScreeningLine]) -> list[list[str]]:
    """The list as cells of a file."""
    return [
        [
            line.number,
            line.name,
            line.unit,
            line.day,
            line.label,
            str(line.failing),
            str(line.unknown),
            str(line.overrides),
            line.by,
        ]
        for line in lines
    ]
