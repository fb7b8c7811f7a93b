"""Writing the duty for a target (落实责任页): choices of bodies and people, lines to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Role
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = ["duty_context"]

#: empty lines to write into
_SPARE = 3
_MOST = 400


def duty_context(target: MonitoredTarget, sent: Mapping[str, Any] | None) -> dict[str, Any]:
    """The form: as it stands, or as it was sent when something in it was wrong."""
    now = {
        "body": target.body.code if target.body else "",
        "person": str(target.person_id or ""),
        "requirement": target.requirement,
        "measures": target.measures,
        "projects": target.projects,
    }
    form = {**now, **(sent or {})}
    return {
        "bodies": [
            {"value": unit.code, "label": name_of(unit), "chosen": unit.code == form["body"]}
            for unit in _bodies(target)
        ],
        "people": [
            {"value": str(one.pk), "label": _who(one), "chosen": str(one.pk) == form["person"]}
            for one in _people(target)
        ],
        "requirement": form["requirement"],
        "measures": _spared(form["measures"], {"text": "", "due": ""}),
        "projects": _spared(form["projects"], {"name": "", "state": ""}),
        "known_projects": _projects(target),
    }


def _bodies(target: MonitoredTarget) -> Sequence[Unit]:
    """Units that can answer: the target's own and those below it, the setter and departments."""
    reach = Q(pk=target.body_id) | Q(kind="department")
    for path in {target.unit_path, target.setter_path} - {""}:
        reach |= Q(path=path)
    if target.unit_path:
        reach |= Q(path__startswith=target.unit_path)
    return list(Unit.objects.filter(reach).order_by("order")[:_MOST])


def _people(target: MonitoredTarget) -> Sequence[Person]:
    """People who work for the unit, for one below it, or for who set the target."""
    reach = Q(pk=target.person_id)
    for path in {target.unit_path, target.setter_path} - {""}:
        reach |= Q(units__path=path)
    if target.unit_path:
        reach |= Q(units__path__startswith=target.unit_path)
    working = Person.objects.filter(is_active=True).exclude(role__in=(Role.ENTERPRISE, Role.READER))
    return list(working.filter(reach).distinct().prefetch_related("units").order_by("name")[:_MOST])


def _who(person: Person) -> str:
    units = "、".join(name_of(unit) for unit in person.units.all())
    return f"{person.name}（{units}）" if units else person.name


def _spared(lines: Sequence[Mapping[str, str]], empty: dict[str, str]) -> list[dict[str, str]]:
    filled = [{**empty, **line} for line in lines]
    return [*filled, *({**empty} for _ in range(_SPARE))]


def _projects(target: MonitoredTarget) -> list[str]:
    """Projects that the plan names, and those that stand in the library for it, to choose from."""
    boxes = target.plan.register().get("boxes", ())
    named = {str(one.get("name", "")) for box in boxes for one in box.get("projects", ())}
    kept = ProjectRecord.objects.filter(plan=target.plan, merged_into=None, practice=False)
    inside = kept.filter(unit__path__startswith=target.plan.unit_path)
    named |= set(inside.values_list("name", flat=True)[:_MOST])
    return sorted(name for name in named if name)[:_MOST]
