"""Who could be assessed (考核对象): units of the scheme's kind under whoever assesses."""

from __future__ import annotations

from collections.abc import Callable

from hexi.assessment.data.collecting import KINDS
from hexi.assessment.scheme.nouns import Scheme
from hexi.portal.assessment.models import AssessmentRun
from hexi.portal.assessment.queries.decisions import decided_for, gone
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Permission

__all__ = ["assessors", "attributes_of", "candidates"]

_ATTRIBUTES: dict[str, Callable[[Unit], str]] = {
    "region": lambda unit: unit.region,
    "zone_type": lambda unit: str(unit.record.get("zone_type", "")),
    "level": lambda unit: unit.level,
}


def candidates(run: AssessmentRun) -> list[Unit]:
    """Units of the kind inside the subtree, in the order of the register; none that a decision has
    taken out."""
    kinds = KINDS[run.scheme_of.kind]
    inside = Unit.objects.filter(path__startswith=run.unit.path, kind__in=kinds)
    left = gone(decided_for(run))
    return [unit for unit in inside.exclude(pk=run.unit_id) if unit.code not in left]


def attributes_of(scheme: Scheme) -> dict[str, Callable[[Unit], str]]:
    """Attributes that the scheme asks for, and where the register has them."""
    asked = [scheme.class_by, *(one.attribute for one in scheme.groupings)]
    return {name: _ATTRIBUTES.get(name, lambda _unit: "") for name in dict.fromkeys(asked) if name}


def assessors(person: Person | None) -> list[Unit]:
    """Units that this person may run an assessment for: those with members of their own."""
    if person is None or not person.grants(Permission.EDIT):
        return []
    if person.is_administrator:
        return list(Unit.objects.filter(members__isnull=False).distinct()[:60])
    found = []
    for path in person.scope_paths():
        inside = Unit.objects.filter(path__startswith=path, members__isnull=False).distinct()
        found += [unit for unit in inside[:60] if unit not in found]
    return found
