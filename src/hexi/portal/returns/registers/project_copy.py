"""A copy of a project's entry (项目副本): what an import may change, to go back to."""

from __future__ import annotations

from datetime import date
from typing import Any

from hexi.portal.core.models import Unit
from hexi.portal.returns.models import Enterprise, Project
from hexi.portal.returns.registers.project_book import card, facts, put_project

__all__ = ["copy_of", "put_back"]


def copy_of(row: Project) -> dict[str, Any]:
    """The card, the contact, the unit and the responsible enterprise."""
    kept = facts(row)
    return {**card(row), "unit": kept["unit"].pk, "enterprise": row.enterprise_id}


def put_back(row: Project, copy: dict[str, Any]) -> None:
    """Make the entry what it was."""
    values = {name: value for name, value in copy.items() if name not in ("code", "closed")}
    values["enterprise"] = Enterprise.objects.get(pk=copy["enterprise"])
    values["since"], values["until"] = (date.fromisoformat(copy[x]) for x in ("since", "until"))
    if row.reporter.home_id == copy["unit"]:
        del values["unit"]
    else:
        values["unit"] = Unit.objects.get(pk=copy["unit"])
    put_project(row, values)
