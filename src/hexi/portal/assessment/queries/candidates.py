"""Who could be assessed (考核对象): units of the scheme's kind under whoever assesses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hexi.assessment.data.collecting import KINDS, LEVELS, Candidate, assessable
from hexi.assessment.scheme.checking import classes_of
from hexi.assessment.scheme.nouns import Scheme
from hexi.portal.assessment.models import AssessmentRun
from hexi.portal.assessment.pack_rules import rules_in_force, schemes_in_use
from hexi.portal.assessment.queries.decisions import decided_for, gone
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Permission

__all__ = ["assessors", "attributes_of", "candidates", "practice_choice"]

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
    for rules in rules_in_force(scheme, year):
        for rule in rules.rules:
            asked += [*(rule.place.within if rule.place else ()), *rule.applies]
            asked += ["since" for test in rule.facts if test.fact == "years"]
        asked += [ban.attribute for ban in rules.bans]
    if scheme.least_years:
        asked.append("since")
    return tuple(name for name in dict.fromkeys(asked) if name not in ("", "all", "unit"))


def practice_choice(units: Sequence[Unit], year: int) -> tuple[str, str] | None:
    """Scheme and assessor that a first practice run fits best: of zones before parks, by classes
    that the register knows, of most units; None where nobody can be assessed."""
    best: tuple[tuple[int, bool, int], str, str] | None = None
    for unit in units:
        inside = list(Unit.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk))
        for scheme in schemes_in_use().every:
            if not scheme.since <= year <= (scheme.until or year):
                continue
            kinds, classes = KINDS[scheme.kind], classes_of(scheme)
            of_class = _ATTRIBUTES.get(scheme.class_by)
            known = [
                one
                for one in inside
                if one.kind in kinds
                and (not scheme.class_by or (of_class and of_class(one) in classes))
            ]
            order = (-list(KINDS).index(scheme.kind), bool(scheme.class_by), len(known))
            if known and (best is None or order > best[0]):
                best = order, scheme.id, unit.code
    return best and best[1:]


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
