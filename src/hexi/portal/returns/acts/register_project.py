"""Register a project (项目入库): it stands in a park or zone and reports from its start on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.returns.acts.register_enterprise import known_already
from hexi.portal.returns.models import Project, Reporter
from hexi.portal.returns.registers.enterprise_book import within
from hexi.portal.returns.registers.entry import UnitFinder
from hexi.portal.returns.registers.project_book import card, enter_project
from hexi.portal.returns.registers.project_entry import read_project

__all__ = ["register_project"]


def register_project(given: Mapping[str, Any], *, by: Person | None, at: datetime) -> Project:
    """Enter it; every field that is wrong is told at once."""
    with transaction.atomic():
        require(by, Permission.KEEP_REGISTER)
        entry = read_project(given, UnitFinder())
        faults = list(entry.faults.values())
        if "unit" in entry.values:
            within(entry.values["unit"], by)
        code = entry.values.get("code")
        if code and Reporter.objects.filter(code=code).exists():
            faults.append(known_already())
        tell(faults)
        made = enter_project(entry.values)
        record("register_project", made, by=by, at=at, unit_path=made.unit_path, after=card(made))
    return made
