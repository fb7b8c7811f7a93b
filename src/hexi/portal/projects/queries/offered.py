"""Projects that plans name (规划项目): offered to be taken over into the library, once.

They come from the documents that were read, and for the plans of the pack from the pack itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from hexi.portal.core.models import Person
from hexi.portal.plans.models import PlanRegister, PlanRow
from hexi.portal.projects.models import ProjectRecord
from hexi.projects.duplicates import plain_name
from hexi.projects.plan_projects import load_plan_projects

__all__ = ["Offered", "offered", "prefilled"]


@dataclass(frozen=True, slots=True)
class Offered:
    """One project of a plan that is not in the library yet."""

    plan_id: int
    plan: str
    box: str
    name: str
    text: str
    investment: str
    url: str


def offered(person: Person, query: str = "", most: int = 200) -> tuple[list[Offered], int]:
    """Projects of the plans that a person sees, and how many there are in all."""
    taken = {
        (plan, plain_name(said or name))
        for plan, said, name in ProjectRecord.objects.exclude(plan=None).values_list(
            "plan", "plan_project", "name"
        )
    }
    plans = {plan.pk: plan for plan in PlanRow.objects.visible_to(person).select_related("unit")}
    kept = PlanRegister.objects.filter(plan__in=plans).values_list("plan", "record")
    registers: dict[int, dict[str, object]] = dict(kept)
    found = [
        one
        for plan in plans.values()
        for one in _of(plan, _boxes(plan, registers.get(plan.pk, {})))
        if (one.plan_id, plain_name(one.name)) not in taken
        and query.casefold() in f"{one.name} {one.box} {one.text}".casefold()
    ]
    return found[:most], len(found)


def _boxes(plan: PlanRow, register: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Boxes with their projects: what was read of the plan, then what the pack names of it."""
    read = list(register.get("boxes", ()))
    told = {plain_name(str(p.get("name") or "")) for box in read for p in box.get("projects", ())}
    boxes: dict[str, dict[str, Any]] = {}
    for project in load_plan_projects(settings.HEXI.pack).get(plan.pack_id, ()):
        if plain_name(project.name) in told:
            continue
        box = boxes.setdefault(project.box, {"title": project.box, "projects": []})
        box["projects"].append(
            {
                "name": project.name,
                "text": "",
                "investment": project.investment,
                "industry": project.industry,
                "unit": project.unit,
            }
        )
    return [*read, *boxes.values()]


def _of(plan: PlanRow, boxes: Iterable[dict[str, object]]) -> Iterable[Offered]:
    for box in boxes:
        projects = box.get("projects", ())
        for at, project in enumerate(projects if isinstance(projects, list) else ()):
            if not project.get("name"):
                continue
            asked = urlencode({"plan": plan.pk, "box": str(box.get("title", "")), "n": at})
            yield Offered(
                plan_id=plan.pk,
                plan=plan.title,
                box=str(box.get("title", "")),
                name=str(project["name"]),
                text=str(project.get("text") or ""),
                investment=str(project.get("investment") or ""),
                url=f"{reverse('project-new')}?{asked}",
            )


def prefilled(person: Person, asked: dict[str, str]) -> dict[str, str]:
    """What a plan says of the project of an address, for the form."""
    plan = PlanRow.objects.visible_to(person).filter(pk=_number(asked.get("plan"))).first()
    if plan is None:
        return {}
    at = _number(asked.get("n"))
    for box in _boxes(plan, plan.register()):
        projects = box.get("projects", [])
        if box.get("title") == asked.get("box") and at < len(projects):
            project = projects[at]
            return {
                "plan": str(plan.pk),
                "plan_box": str(box["title"])[:200],
                "plan_project": str(project["name"])[:300],
                "name": str(project["name"])[:200],
                "content": str(project.get("text") or "")[:4000],
                "total": str(project.get("investment") or ""),
                "industry": str(project.get("industry") or ""),
                "unit": str(project.get("unit") or (plan.unit.code if plan.unit else "")),
            }
    return {}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 12 else -1
