"""Duplicates on the page (疑似重复): two records side by side, with what speaks for one project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.queries import words
from hexi.portal.projects.record_labels import LABELS as RECORD
from hexi.portal.projects.sheet.fields import LABELS
from hexi.portal.projects.sheet.rows import cell
from hexi.projects.duplicates import Candidate, Entered, same_projects

__all__ = ["FieldPair", "Pair", "pairs", "side_by_side"]

_GROUNDS: Final[dict[str, Any]] = {
    "state_code": lazy("same state project code"),
    "investor": lazy("same investor"),
    "name": lazy("names alike"),
    "place": lazy("same place"),
}
#: what is compared on the page, in its order
_SHOWN: Final = (
    "number", "name", "state_code", "kind", "unit", "place", "plot", "industry", "investor",
    "investor_code", "total", "content", "stage", "stage_since", "planned_start", "actual_start",
    "planned_end", "actual_end", "leader_name", "steward_name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one project."""

    one: ProjectRecord
    other: ProjectRecord
    grounds: list[str]
    #: likeness of the names, in per cent
    alike: int


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field of both."""

    label: str
    one: str
    other: str
    differs: bool


def pairs(person: Person, only: int | None = None) -> list[Pair]:
    """Pairs inside the person's scope, the surest first."""
    rows = {row.pk: row for row in _rows(person)}
    found = same_projects((_entered(row) for row in rows.values()), only)
    return [_pair(candidate, rows) for candidate in found]


def _rows(person: Person) -> Iterable[ProjectRecord]:
    if not person.grants(Permission.KEEP_PROJECTS):
        return []
    rows: Iterable[ProjectRecord] = (
        ProjectRecord.objects.inside(person)
        .filter(merged_into=None, practice=False)
        .select_related("unit")
        .only(
            "pk", "name", "number", "investor", "investor_code", "unit__path", "unit__name",
            "unit__name_en", "place", "state_code", "stage", "total",
        )
    )  # fmt: skip
    return rows


def _entered(row: ProjectRecord) -> Entered:
    return Entered(
        id=row.pk,
        name=row.name,
        investor_code=row.investor_code,
        investor=row.investor,
        unit=row.unit.path,
        place=row.place,
        state_code=row.state_code,
    )


def _pair(candidate: Candidate, rows: dict[int, ProjectRecord]) -> Pair:
    return Pair(
        rows[candidate.one],
        rows[candidate.other],
        [str(_GROUNDS.get(ground, ground)) for ground in candidate.grounds],
        round(100 * candidate.likeness),
    )


def side_by_side(one: ProjectRecord, other: ProjectRecord) -> list[FieldPair]:
    """All fields of which at least one record knows something."""
    lines = []
    for name in _SHOWN:
        mine, theirs = _text(one, name), _text(other, name)
        if mine or theirs:
            label = RECORD.get(name) or LABELS[name]
            lines.append(FieldPair(str(label), mine, theirs, mine != theirs))
    return lines


def _text(row: ProjectRecord, name: str) -> str:
    value = getattr(row, name)
    return words.money_text(value) if name == "total" else cell(name, value)
