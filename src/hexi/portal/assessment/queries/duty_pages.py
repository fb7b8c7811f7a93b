"""Years and contracts as pages show them (目标责任页): scores as of now, frozen after the close."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe

from hexi.assessment.duty import ASSUMED, pay_rows
from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Scheme
from hexi.portal.assessment.drawing import share_bar
from hexi.portal.assessment.dutywork import WHOLE
from hexi.portal.assessment.models import DutyContract, DutyKind, DutyTask, DutyYear
from hexi.portal.assessment.queries.duty_facts import Seen, actual_of, seen_until
from hexi.portal.assessment.queries.duty_result import duty_rules, result_of, signed_of
from hexi.portal.assessment.queries.ranking import grade_of, printed
from hexi.portal.assessment.queries.unit_page import raw_figure
from hexi.portal.assessment.said import assumptions, named
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission

__all__ = ["contract_page", "pay_table", "year_lines", "year_page"]


def year_lines(years: list[Any]) -> list[dict[str, Any]]:
    """A line a year for the list; ``held`` is the number of its contracts."""
    return [
        {
            "year": one.year,
            "unit": name_of(one.unit),
            "kind": one.get_kind_display(),
            "contracts": one.held,
            "open": one.is_open,
            "url": reverse("duty-year", args=[one.pk]),
        }
        for one in years
    ]


def pay_table(year: DutyYear, at: date) -> list[dict[str, Any]]:
    """Rows for pay systems: as closed, or as they would be today."""
    if not year.is_open:
        return list(year.rows)
    result = result_of(year, signed_of(year), seen_until(at))
    return [] if result is None else pay_rows(result)


def year_page(year: DutyYear, person: Person | None, at: date) -> dict[str, Any]:
    """Contracts by rank, drafts last, and what the reader may do."""
    visible = DutyContract.objects.visible_to(person).filter(duty_year=year)
    contracts = list(visible.select_related("holder"))
    seen = seen_until(at) if year.is_open else {}
    result = result_of(year, signed_of(year), seen) if year.is_open else None
    lines = [_contract_line(one, result, year) for one in contracts]
    lines.sort(key=lambda one: (not one["place"], one["place"]))
    inside = person is not None and person.covers(year.unit.path)
    edits = inside and person is not None and person.grants(Permission.EDIT) and year.is_open
    publishes = inside and person is not None and person.grants(Permission.PUBLISH)
    rules = duty_rules(year)
    return {
        "contracts": lines,
        "inside": inside,
        "may_edit": edits,
        "may_close": publishes and year.is_open,
        "posts": year.kind == DutyKind.POSTS,
        "drafts": sum(1 for one in lines if one["draft"]),
        "assumptions": _assumed(rules),
    }


def _assumed(rules: Scheme | None) -> tuple[str, ...]:
    """What of the scoring no source publishes."""
    return (named(ASSUMED), *(assumptions(rules) if rules else ()))


def _contract_line(one: DutyContract, result: Result | None, year: DutyYear) -> dict[str, Any]:
    score, rank, grade = one.score, one.rank, one.grade
    if result is not None and one.code in result.matrix.units:
        row = result.place(one.code)
        score = float(result.scores[row]) if result.rated[row] else None
        rank, grade = int(result.ranks[row]), result.grades[row]
    rules = duty_rules(year)
    return {
        "name": _name(one),
        "draft": one.is_draft,
        "place": rank,
        "rank": rank or "–",
        "score": printed(score),
        "bar": mark_safe(share_bar((score or 0) / 100)),  # noqa: S308 - figures only
        "grade": grade_of(rules, grade) if rules else grade,
        "url": reverse("duty-contract", args=[one.pk]),
    }


def _name(one: DutyContract) -> str:
    return name_of(one.holder) if one.holder else one.name


def contract_page(contract: DutyContract, person: Person | None, at: date) -> dict[str, Any]:
    """Tasks with targets, facts and points; matters; what the reader may do."""
    year = contract.duty_year
    seen = seen_until(at) if year.is_open else {}
    tasks = list(contract.tasks.select_related("source__unit"))
    signed = signed_of(year) if year.is_open and not contract.is_draft else []
    result = result_of(year, signed, seen)
    rules = duty_rules(year)
    names = {one.id: one for some in (rules.points, rules.vetoes) for one in some} if rules else {}
    sets = person is not None and person.grants(Permission.EDIT) and year.is_open
    office = sets and person is not None and person.covers(year.unit.path)
    own = (
        person is not None
        and year.is_open
        and (
            contract.person_id == person.pk
            or (sets and contract.holder is not None and person.covers(contract.holder.path))
        )
    )
    total = round(sum(task.weight for task in tasks), 6)
    line = _contract_line(contract, result, year)
    return {
        "name": _name(contract),
        "line": line,
        "tasks": [_task_line(task, contract, year, seen, result) for task in tasks],
        "total": f"{total:g}",
        "sums": total == WHOLE,
        "matters": [
            {
                "id": one.pk,
                "name": named(names[one.matter].name) if one.matter in names else one.matter,
                "count": f"{one.count:g}",
                "evidence": one.evidence,
                "by": one.by_name,
                "at": one.at,
                "withdrawn": one.withdrawn_why if one.withdrawn_at else "",
            }
            for one in contract.matters.all()
        ],
        "assumptions": _assumed(rules),
        "choices": [(key, named(one.name)) for key, one in names.items()],
        "may_draft": office and contract.is_draft,
        "may_sign": office and contract.is_draft and bool(tasks),
        "may_report": (office or own) and not contract.is_draft,
        "may_matter": office and not contract.is_draft,
    }


def _task_line(
    task: DutyTask, contract: DutyContract, year: DutyYear, seen: Seen, result: Result | None
) -> dict[str, Any]:
    value, where = actual_of(task, year, seen)
    score, points = task.score, task.points
    if result is not None:
        row, place = result.place(contract.code), result.items.index(task.key)
        score = float(result.normalised[row, place])
        points = float(result.contributions[row, place])
    return {
        "id": task.pk,
        "title": task.title,
        "unit": task.unit,
        "target": raw_figure(task.target),
        "down": task.direction < 0,
        "weight": f"{task.weight:g}",
        "actual": "–" if value is None else raw_figure(value),
        "known": value is not None,
        "reported": task.actual is not None and year.is_open,
        "where": where,
        "score": printed(score),
        "points": printed(points),
        "bar": mark_safe(share_bar((score or 0) / 100, own=True)),  # noqa: S308 - figures only
        "url": reverse("monitored-target", args=[task.source_id]) if task.source_id else "",
        "source_unit": name_of(task.source.unit) if task.source and task.source.unit else "",
    }
