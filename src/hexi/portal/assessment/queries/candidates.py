"""Who could be assessed (考核对象): units of the scheme's kind under whoever assesses."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from hexi.assessment.data.collecting import KINDS, LEVELS, Candidate, assessable
from hexi.assessment.outcomes import rules_for
from hexi.assessment.scheme.nouns import Scheme
from hexi.portal.assessment.models import AssessmentRun
from hexi.portal.assessment.queries.decisions import decided_for, gone
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Permission

__all__ = ["assessors", "attributes_of", "candidates"]

_ATTRIBUTES: dict[str, Callable[[Unit], str]] = {
    "region": lambda unit: unit.region,
    "zone_type": lambda unit: str(unit.record.get("zone_type", "")),
    "level": lambda unit: LEVELS.get(unit.level, unit.level),
    "since": lambda unit: unit.since,
}


def candidates(run: AssessmentRun) -> tuple[Candidate, ...]:
    """Units of the kind inside the subtree, in the order of the register; none that a decision has
    taken out, or of a class that the scheme does not assess."""
    scheme = run.scheme_of
    kinds = KINDS[scheme.kind]
    inside = Unit.objects.filter(path__startswith=run.unit.path, kind__in=kinds)
    left = gone(decided_for(run))
    asked = attributes_of(scheme, run.year)
    return assessable(
        scheme,
        [
            Candidate(
                unit.code,
                unit.name,
                {name: _ATTRIBUTES[name](unit) if name in _ATTRIBUTES else "" for name in asked},
            )
            for unit in inside.exclude(pk=run.unit_id)
            if unit.code not in left
        ],
    )


def attributes_of(scheme: Scheme, year: int) -> tuple[str, ...]:
    """Attributes that the scheme and the rules of what follows from it look at."""
    asked = [scheme.class_by, *(one.attribute for one in scheme.groupings)]
    for rules in rules_for(scheme, year, settings.HEXI.pack):
        for rule in rules.rules:
            asked += [*(rule.place.within if rule.place else ()), *rule.applies]
            asked += ["since" for test in rule.facts if test.fact == "years"]
        asked += [ban.attribute for ban in rules.bans]
    if scheme.least_years:
        asked.append("since")
    return tuple(name for name in dict.fromkeys(asked) if name not in ("", "all", "unit"))


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
