"""The path of one target as a page (年度路径页): shapes, the curve, years and quarters at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hexi.monitoring.goal import Unclear
from hexi.monitoring.paths import SHAPES as KNOWN
from hexi.portal.breakdown.path_drawing import BY_HAND, Drawn, drawn_path, quarters_of, usual_shape
from hexi.portal.breakdown.queries.labels import SHAPES
from hexi.portal.breakdown.said import texts_of
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.models import MonitoredTarget
from hexi.portal.scoreboard.queries.wording import number

__all__ = ["path_context"]


def path_context(
    target: MonitoredTarget, asked: str, typed: Mapping[str, str] | None, today: date
) -> dict[str, Any]:
    """The shape that is looked at: the one asked for, else the one that stands, else the usual.

    ``typed``: year to what was typed, for a path by hand.
    """
    usual = usual_shape(target, today)
    shape = asked if asked in KNOWN else (target.path_shape or usual)
    hand = dict(typed or {}) if shape == BY_HAND else {}
    if shape == BY_HAND and not hand:
        hand = dict(target.path) or _first_draft(target, usual, today)
    drawn = drawn_path(target, shape, hand or None, at=today)
    clear = None if isinstance(drawn, Unclear) else drawn
    figures = clear.figures if clear else hand
    return {
        "shape": shape,
        "shape_words": str(SHAPES[shape][1]) if shape in SHAPES else "",
        "shapes": _shapes(target, shape, usual),
        "by_hand": shape == BY_HAND,
        "rows": _rows(target, clear, figures),
        "quarters": _with_quarters(target, clear),
        "flow": _is_flow(clear),
        "unclear": texts_of(drawn.reasons) if isinstance(drawn, Unclear) else [],
        "cautions": texts_of((*clear.goal.cautions, *clear.trajectory.cautions)) if clear else [],
        "season": texts_of([clear.seasonal.reason])[0] if clear else "",
        "course": _course(target, clear),
        "stands": bool(target.path),
        "is_kept": bool(clear and target.path == figures and target.path_shape == shape),
        "value_label": _value_label(target),
        "figure_unit": clear.goal.measure_unit if clear else target.measure_unit,
    }


def _shapes(target: MonitoredTarget, shape: str, usual: str) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "label": str(label),
            "selected": code == shape,
            "usual": code == usual,
            "kept": code == target.path_shape,
        }
        for code, (label, _said) in SHAPES.items()
        if code != "hold" or "hold" in (usual, target.path_shape, shape)
    ]


def _first_draft(target: MonitoredTarget, usual: str, today: date) -> dict[str, str]:
    """By hand begins with what the usual shape gives; empty years where it gives nothing."""
    drawn = drawn_path(target, usual, at=today) if usual else None
    if isinstance(drawn, Drawn):
        return drawn.figures
    years = range((target.start or 0) + 1, (target.end or 0) + 1) if target.start else ()
    return {str(year): "" for year in years if target.end and year - (target.start or 0) < 30}


def _rows(
    target: MonitoredTarget, drawn: Drawn | None, figures: Mapping[str, str]
) -> list[dict[str, Any]]:
    running = {year: value for year, value, _own in drawn.trajectory.rows()} if drawn else {}
    quarters = quarters_of(drawn, target) if drawn else {}
    rows = []
    for year, text in sorted(figures.items()):
        whole = running.get(int(year))
        rows.append(
            {
                "year": year,
                "figure": text,
                "shown": words.figure(text),
                "change": _change(drawn, int(year)),
                "share": _share(drawn, whole),
                "quarters": [words.figure(one) for one in quarters.get(int(year), ())],
                "kept": words.figure(target.path.get(year, "")),
            }
        )
    return rows


def _change(drawn: Drawn | None, year: int) -> str:
    """Change on the year before in per cent, where levels are held."""
    if drawn is None or drawn.goal.is_growth or drawn.goal.measure not in ("level", "count"):
        return ""
    now, before = drawn.trajectory.at(year), drawn.trajectory.at(year - 1)
    if now is None or before is None or before != before or before <= 0:
        return ""
    return f"{(now / before - 1) * 100:+.1f}"


def _share(drawn: Drawn | None, value: float | None) -> str:
    """How much of the way is to be done by the end of the year, in per cent."""
    if drawn is None or value is None:
        return ""
    first, last = drawn.trajectory.values[0], drawn.trajectory.values[-1]
    if first != first or first == last:
        return ""
    return f"{(value - first) / (last - first) * 100:.0f}"


def _with_quarters(target: MonitoredTarget, drawn: Drawn | None) -> bool:
    return drawn is not None and bool(quarters_of(drawn, target))


def _is_flow(drawn: Drawn | None) -> bool:
    return drawn is not None and (
        drawn.goal.time_agg == "sum" or drawn.goal.measure == "cumulative"
    )


def _course(target: MonitoredTarget, drawn: Drawn | None) -> dict[str, Any] | None:
    """What the chart draws: base, path, target, and what was observed."""
    if drawn is None:
        return None
    goal, growth = drawn.goal, drawn.goal.is_growth
    rows = [(year, own if growth else value) for year, value, own in drawn.trajectory.rows()]
    kept = target.target.verdict_record.get("path", []) if target.target else []
    base, aim = None, words.figure(target.value)
    if goal.base is not None and not growth:
        printed = words.figure(target.base) or number(goal.base, target.value)
        base = {"x": goal.start, "value": goal.base, "label": f"{_('Base')} {printed}"}
    return {
        "unit": goal.measure_unit,
        "path": [[year, value] for year, value in rows if value is not None and value == value],
        "originalPath": [],
        "base": base,
        "targets": [{"x": goal.end, "value": goal.line, "label": f"{_('Target')} {aim}"}],
        "observed": [
            {"x": int(one["period"]), "value": one["value"], "label": one.get("printed", "")}
            for one in kept
            if one.get("kind") == "observed" and str(one["period"]).isdecimal()
        ],
        "other": [],
        "fan": None,
        "end": None,
        "breaks": [],
    }


def _value_label(target: MonitoredTarget) -> str:
    """What the figure of a year is."""
    if target.measure.startswith("growth"):
        return _("Growth of the year")
    if target.measure == "cumulative":
        return _("Amount of the year")
    return _("Due by the end of the year")
