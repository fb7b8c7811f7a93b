"""The ranking of a run (考核排名): place, score, groups and classes, and what it is beside."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe

from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Group, Scheme
from hexi.portal.assessment.drawing import share_bar
from hexi.portal.assessment.models import Assessed, AssessmentRun
from hexi.portal.assessment.queries.opening import shown_result
from hexi.portal.assessment.said import named
from hexi.portal.core.models import Person

__all__ = ["grade_of", "printed", "ranking_of"]


def printed(value: float | None, decimals: int = 2) -> str:
    """A figure of a page; a dash where there is none, no minus before a zero."""
    if value is None or math.isnan(value):
        return "–"
    text = f"{value:,.{decimals}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text.replace("-", "−")


def ranking_of(
    run: AssessmentRun, person: Person | None, beside: AssessmentRun | None = None
) -> dict[str, Any]:
    """Rows in the order of ranks; ``beside``: the official run of a simulation, or the edition
    that this one corrects."""
    result = shown_result(run)
    every = [one for one in result.scheme.root.members if isinstance(one, Group)]
    # beside another result the eye wants both ranks, not the groups
    groups = [] if beside else every
    before = {row.code: row for row in beside.assessed.all()} if beside else {}
    seen = Assessed.objects.visible_to(person).filter(run=run).values_list("code", "pk")
    open_to = dict(seen)
    order = sorted(
        range(len(result.matrix.units)),
        key=lambda row: (result.ranks[row] == 0, result.ranks[row], row),
    )
    classes = [
        {"name": named(one.name), "attribute": one.attribute} for one in result.scheme.groupings
    ]
    return {
        "groups": [named(group.name) for group in groups],
        "classes": classes,
        "graded": bool(result.scheme.grades),
        "beside": beside is not None,
        "corrects": beside is not None and not run.is_simulation,
        "rows": [_row(result, row, groups, open_to, before) for row in order],
    }


def _row(
    result: Result,
    row: int,
    groups: list[Group],
    open_to: Mapping[str, int],
    before: Mapping[str, Assessed],
) -> dict[str, Any]:
    code = result.matrix.units[row]
    score = float(result.scores[row])
    top = max(100.0, float(max([one for one in result.scores.tolist() if one == one] or [1.0])))
    key = open_to.get(code)
    old = before.get(code)
    decimals = result.scheme.decimals
    moved = old.rank - int(result.ranks[row]) if old and old.rank and result.ranks[row] else 0
    return {
        "code": code,
        "name": result.matrix.names[row],
        "url": reverse("assessment-unit", args=[key]) if key else "",
        "rank": int(result.ranks[row]) or "–",
        "score": printed(score, decimals),
        "bar": mark_safe(share_bar(score / top if score == score else 0)),  # noqa: S308
        "groups": [
            printed(float(result.groups[row, result.nodes.index(group.id)])) for group in groups
        ],
        "classes": [
            {
                "name": named(result.scheme.class_name(result.matrix.classes(attribute)[row])),
                "rank": int(ranks[row]) or "–",
            }
            for attribute, ranks in result.class_ranks.items()
        ],
        "grade": grade_of(result.scheme, result.grades[row]),
        "rated": bool(result.rated[row]),
        "old_rank": (old.rank or "–") if old else "–",
        "old_score": printed(old.score if old else None, decimals),
        "moved": f"+{moved}" if moved > 0 else f"−{-moved}" if moved < 0 else "0",
        "way": "up" if moved > 0 else "down" if moved < 0 else "",
    }


def grade_of(scheme: Scheme, grade: str) -> str:
    """A grade in the reader's language."""
    name = next((one for one, _ in scheme.grades if one.zh == grade), None)
    return named(name) if name else ""
