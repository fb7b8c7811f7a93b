"""Where a reporter stood on a day (时点归属): its unit, and what forms and rules ask about it.

Belonging is dated, so a return of last year is approved, and added up, where the reporter stood
last year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hexi.portal.core.models import Unit
from hexi.portal.returns.models import Enterprise, Project, Reporter, ReporterKind, Spell
from hexi.portal.returns.registers.classes import with_section

__all__ = [
    "Standing",
    "Value",
    "facts_of",
    "project_facts",
    "project_standing",
    "spell_on",
    "standing_on",
]

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The unit that a reporter belongs to on a day, and the register's facts about it."""

    unit: Unit
    kind: str
    facts: dict[str, Value]


def standing_on(reporter: Reporter, day: date) -> Standing | None:
    """None where the register says nothing about the reporter for that day."""
    if reporter.unit is not None:
        return Standing(reporter.unit, reporter.unit.kind, _unit_facts(reporter.unit))
    if reporter.kind == ReporterKind.PROJECT:
        project = Project.objects.filter(pk=reporter.pk).first()
        return None if project is None else project_standing(project, reporter.home, day)
    enterprise = Enterprise.objects.filter(pk=reporter.pk).first()
    if enterprise is None:
        return None
    spells = enterprise.spells.select_related("unit")
    spell = spell_on(spells, day)
    return (
        None if spell is None else Standing(spell.unit, "enterprise", facts_of(enterprise, spell))
    )


def spell_on(spells: Iterable[Spell], day: date) -> Spell | None:
    """The spell of a day; a day before the first one has none."""
    return next((spell for spell in spells if spell.holds(day)), None)


def facts_of(enterprise: Enterprise, spell: Spell) -> dict[str, Value]:
    """An enterprise as the conditions of forms and rules see it (名录字段)."""
    return {
        "code": enterprise.code,
        "name": enterprise.name,
        "kind": "enterprise",
        "industry": with_section(spell.industry),
        "size": spell.size or None,
        "ownership": spell.ownership or None,
        "place": spell.place,
        "zone_type": spell.unit.record.get("zone_type") or None,
        "level": spell.unit.level or None,
        "status": "closed" if enterprise.closed else "open",
        "above_scale": int(spell.above_scale),
        "trader": int(spell.trader),
        "foreign_invested": int(spell.ownership in ("foreign", "hkmt")),
    }


def project_standing(project: Project, home: Unit, day: date) -> Standing | None:
    """A project stands in one unit from the day of its start; when it is closed the period says."""
    if day < project.since:
        return None
    return Standing(home, "project", project_facts(project, home))


def project_facts(project: Project, home: Unit) -> dict[str, Value]:
    """A project as the conditions of forms and rules see it."""
    return {
        "code": project.code,
        "name": project.name,
        "kind": "project",
        "industry": with_section(project.industry),
        "place": project.place,
        "zone_type": home.record.get("zone_type") or None,
        "level": home.level or None,
        "status": "closed" if project.closed else "open",
    }


def _unit_facts(unit: Unit) -> dict[str, Value]:
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "zone_type": unit.record.get("zone_type") or None,
        "level": unit.level or None,
        "status": "closed" if unit.until else "open",
    }
