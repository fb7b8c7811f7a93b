"""Projects as rows of the sheet (项目表导出): what the import reads again, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.models.project_record import ORIGINS
from hexi.portal.projects.queries import words
from hexi.portal.projects.queries.lines import tags_of
from hexi.portal.projects.record_labels import MONEY
from hexi.portal.projects.sheet.beside import beside_of
from hexi.portal.projects.sheet.fields import FIELDS, LABELS, PUBLIC
from hexi.portal.returns.registers.classes import with_section
from hexi.projects.money import in_unit

__all__ = ["cell", "sheet_head", "sheet_rows"]


def _columns(inside: bool) -> tuple[str, ...]:
    return FIELDS if inside else tuple(name for name in FIELDS if name in PUBLIC)


def sheet_head(inside: bool) -> list[str]:
    """The heads of the columns; the last two are for reading only."""
    head = [str(LABELS[name]) for name in _columns(inside)]
    return [*head, _("Invested (万元)"), _("Lamp")] if inside else head


def sheet_rows(
    rows: Iterable[ProjectRecord], inside: bool, person: Person | None, day: date
) -> list[list[str]]:
    """The rows, which come from ``with_tags``; the plan is that of the year of the day."""
    made, listed = [], list(rows)
    beside = beside_of(listed, person, day) if inside else {}
    for row in listed:
        own = beside.get(row.pk, {})
        cells = [
            cell(name, own[name] if name in own else _value(row, name)) for name in _columns(inside)
        ]
        if inside:
            cells += [in_unit(row.invested), words.lamp_label(row.lamp) if row.lamp else ""]
        made.append(cells)
    return made


def _value(row: ProjectRecord, name: str) -> Any:
    if name == "tags":
        return [tag.tag for tag in tags_of(row)]
    return row.called if name == "name" else getattr(row, name)


def cell(name: str, value: Any) -> str:
    """A value of the record as a cell has it; empty where there is none."""
    if value in (None, "", {}, []):
        return ""
    match name:
        case "unit":
            return name_of(value)
        case "kind":
            return words.kind_label(value)
        case "stage":
            return words.stage_label(value)
        case "industry":
            return with_section(value)
        case "origin":
            return str(ORIGINS.get(value, value))
        case "sources":
            return "、".join(f"{words.source_label(k)} {in_unit(v)}" for k, v in value.items())
        case "tags":
            return "、".join(words.tag_label(tag) for tag in value)
        case "enterprise":
            return str(value.code)
        case "leader" | "steward":
            return str(value.username)
        case _ if name in MONEY or name == "planned":
            return in_unit(value)
    return value.isoformat() if isinstance(value, date) else str(value)
