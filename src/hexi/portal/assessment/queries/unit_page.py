"""The explanation of one unit (得分说明页): from the whole down to each indicator."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from hexi.assessment.explanation import Explanation, Line, explain, say
from hexi.portal.assessment.drawing import Track, bump, radar, share_bar
from hexi.portal.assessment.models import Assessed, AssessmentRun
from hexi.portal.assessment.queries.opening import history, last_run, shown_result
from hexi.portal.assessment.queries.ranking import grade_of, printed
from hexi.portal.assessment.said import either, named

__all__ = ["explanation_of", "raw_figure", "unit_page"]

#: units whose ranks are drawn beside the own one
_BESIDE = 30


def explanation_of(row: Assessed) -> Explanation:
    """From the stored arrays, with the public result of the year before where there is one."""
    before = last_run(row.run)
    last = before.outcome if before is not None else None
    return explain(shown_result(row.run), row.code, last=last)


def unit_page(row: Assessed) -> dict[str, Any]:
    """Everything that the page shows, ready to print."""
    run = row.run
    result = shown_result(run)
    told = explanation_of(row)
    names = dict(zip(result.matrix.units, result.matrix.names, strict=True))
    top = [one for one in told.groups if one.depth == 1]
    most = max([one.contribution for one in told.lines if not math.isnan(one.contribution)] or [1])
    return {
        "told": told,
        "name": told.name,
        "grade": grade_of(result.scheme, told.grade),
        "score": printed(told.score, result.scheme.decimals),
        "base": printed(told.base),
        "sentences": [either(one.zh, one.en) for one in say(told, result)],
        "above": names.get(told.above, ""),
        "best": names.get(told.best, ""),
        "classes": [
            {"name": named(result.scheme.class_name(name)), "rank": rank or "–", "of": of}
            for name, rank, of in told.class_ranks.values()
        ],
        "has_last": told.last_rank > 0,
        "last_score": printed(told.last_score, result.scheme.decimals),
        "blocks": [_block(told, node, most, names) for node in _nodes(told)],
        "lifts": [
            {
                "name": named(one.name),
                "unit": one.unit,
                "value": raw_figure(one.value),
                "to": raw_figure(one.to),
                "peer": names.get(one.peer, one.peer),
                "gain": printed(one.gain),
                "rank": one.rank_after,
                "bound": raw_figure(one.bound),
                "bound_gain": printed(one.bound_gain),
                "bound_rank": one.bound_rank,
            }
            for one in told.lifts[:10]
        ],
        "radar": mark_safe(  # noqa: S308 - names are escaped in the drawing
            radar(
                [named(one.name) for one in top],
                [one.score for one in top],
                [one.mean for one in top],
                _("Scores of the groups: this unit and the mean of all"),
            )
        ),
        **_bump(run, row.code, names),
    }


def _nodes(told: Explanation) -> Sequence[str]:
    """Groups that hold indicators, in the order of the scheme."""
    holding = {one.group for one in told.lines}
    return [one.node for one in told.groups if one.node in holding]


def _block(told: Explanation, node: str, most: float, names: dict[str, str]) -> dict[str, Any]:
    group = next(one for one in told.groups if one.node == node)
    return {
        "id": node,
        "name": named(group.name),
        "score": printed(group.score),
        "weight": printed(100 * group.weight, 1),
        "contribution": printed(group.contribution),
        "mean": printed(group.mean),
        "best": printed(group.best),
        "place": group.place or "–",
        "lines": [_line(one, most, names) for one in told.lines if one.group == node],
    }


def _line(one: Line, most: float, names: dict[str, str]) -> dict[str, Any]:
    share = one.contribution / most if most and not math.isnan(one.contribution) else 0.0
    return {
        "name": named(one.name),
        "unit": one.unit,
        "raw": raw_figure(one.raw),
        "value": raw_figure(one.value) if one.value != one.raw and one.value == one.value else "",
        "score": printed(one.score),
        "weight": printed(100 * one.weight, 1),
        "contribution": printed(one.contribution),
        "bar": mark_safe(share_bar(share, own=True)),  # noqa: S308 - figures only
        "place": one.place or "–",
        "above": printed(one.gap_above),
        "best": printed(one.gap_best),
        "last": printed(one.gap_last),
        "best_unit": names.get(one.best_unit, ""),
        "best_value": raw_figure(one.best_value),
    }


def raw_figure(value: float) -> str:
    """A figure as it was reported."""
    if math.isnan(value):
        return "–"
    text = f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return text.replace("-", "−")


def _bump(run: AssessmentRun, code: str, names: dict[str, str]) -> dict[str, Any]:
    past = history(run)
    if len(past) < 2:
        return {"bump": "", "tracks": []}
    years = tuple(past)
    now = past[run.year]
    near = sorted(now.values(), key=lambda one: (one.rank == 0, abs(one.rank - now[code].rank)))
    tracks = [
        Track(
            names.get(one.code, one.name),
            tuple(past[year][one.code].rank if one.code in past[year] else 0 for year in years),
            one.code == code,
        )
        for one in near[:_BESIDE]
    ]
    own = next(one for one in tracks if one.own)
    drawn = bump(years, tracks, _("Ranks over the years"))
    return {
        "bump": mark_safe(drawn),  # noqa: S308 - names are escaped in the drawing
        "tracks": [
            {"year": year, "rank": rank or "–"} for year, rank in zip(years, own.ranks, strict=True)
        ],
    }
