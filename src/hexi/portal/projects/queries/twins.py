"""Duplicates on the page (疑似重复): two records side by side, with what speaks for one project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.models import Person
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.queries import words
from hexi.portal.projects.queries.doubles import doubles
from hexi.portal.projects.record_labels import LABELS as RECORD
from hexi.portal.projects.sheet.fields import LABELS
from hexi.portal.projects.sheet.rows import cell

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


def pairs(
    person: Person, only: int | None = None, first: int = 0, last: int | None = None
) -> tuple[list[Pair], int]:
    """Pairs inside the person's scope from … until, the surest first, and how many there are."""
    found, total = doubles(person, only, first, last)
    listed = [
        Pair(
            double.one,
            double.other,
            [str(_GROUNDS.get(ground, ground)) for ground in double.candidate.grounds],
            round(100 * double.candidate.likeness),
        )
        for double in found
    ]
    return listed, total


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
