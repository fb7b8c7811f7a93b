"""Keeping the register of projects (项目名录簿记): a project and its reporter, as one.

Only acts call it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.returns.models import Project, Reporter, Return
from hexi.portal.returns.models.form_return import EDITABLE
from hexi.portal.returns.registers.project_entry import CARD
from hexi.portal.returns.scope import one_seen

__all__ = ["card", "enter_project", "facts", "held_project", "put_project", "with_reporter"]

_CONTACT = ("contact", "phone", "email")


def with_reporter() -> Any:
    """Projects with what every act and page needs of them."""
    return Project.objects.select_related("reporter__home", "enterprise__reporter")


def held_project(project_id: int, by: Person | None) -> Project:
    """The project, held until the transaction ends; the person keeps its register."""
    require(by, Permission.KEEP_REGISTER)
    seen: Project = one_seen(with_reporter(), by, pk=project_id)
    require(by, Permission.KEEP_REGISTER, seen.unit_path)
    Project.objects.select_for_update(of=("self",)).get(pk=project_id)
    row: Project = with_reporter().get(pk=project_id)
    return row


def enter_project(values: Mapping[str, Any]) -> Project:
    """A new project with its reporter."""
    contact = {name: values.get(name) or "" for name in _CONTACT}
    reporter = Reporter.objects.create(
        kind="project", code=values["code"], name=values["name"], home=values["unit"], **contact
    )
    own = {name: values[name] for name in CARD}
    return Project.objects.create(reporter=reporter, code=values["code"], **own)


def put_project(row: Project, values: Mapping[str, Any]) -> None:
    """Write what was given; returns that are still being filled in go with it to another unit."""
    for name in CARD:
        if name in values:
            setattr(row, name, values[name])
    for name in _CONTACT:
        if name in values:
            setattr(row.reporter, name, values[name])
    row.reporter.name = row.name
    if "unit" in values:
        row.reporter.home = values["unit"]
        pending = Return.objects.filter(reporter=row.reporter, state__in=EDITABLE)
        pending.update(unit=values["unit"])
    row.reporter.save()
    row.save()


def facts(row: Project) -> dict[str, Any]:
    """The register's facts about a project, as files write them."""
    own = {name: getattr(row, name) for name in ("code", *CARD)}
    contact = {name: getattr(row.reporter, name) for name in _CONTACT}
    return {**own, "unit": row.reporter.home, **contact}


def card(row: Project) -> dict[str, Any]:
    """… and as an event keeps them."""
    kept = facts(row)
    return {
        **kept,
        "unit": kept["unit"].name,
        "enterprise": row.enterprise.code,
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
        "closed": row.closed.isoformat() if row.closed else "",
    }
