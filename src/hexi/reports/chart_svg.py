"""A chart as a drawing for pages (网页图表): lines or bars, without a script, printed as shown.

Colours come from the page's classes, so that a dark page gets a dark chart. Every point has a title
that says its value, and the drawing a label that says what it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from hexi.monitoring.evaluation.nouns import Chart, Language, Line

__all__ = ["draw"]

_WIDE, _HIGH = 720, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 20, 16, 56
_STEPS = (1, 2, 2.5, 5, 10)


def draw(chart: Chart, language: Language) -> str:
    """The drawing as an ``svg`` element."""
    values = [value for line in chart.lines for value in line.values if value is not None]
    low, high, step = _scale(values, from_zero=chart.kind == "bar")
    parts = [
        f'<svg class="drawn" viewBox="0 0 {_WIDE} {_HIGH}" role="img"'
        f' aria-label="{escape(chart.title.of(language))}">'
    ]
    parts += _grid(low, high, step)
    names = [one.of(language) for one in chart.categories]
    parts += _names(names)
    for line in chart.lines:
        maker = _bars if chart.kind == "bar" else _course
        parts += maker(line, names, low, high)
    if len(chart.lines) > 1:
        parts += _legend(chart.lines, language)
    parts.append("</svg>")
    return "".join(parts)


def _scale(values: Sequence[float], *, from_zero: bool) -> tuple[float, float, float]:
    """Ends and step of the upright axis on round numbers."""
    least, most = min(values, default=0.0), max(values, default=1.0)
    if from_zero or least > 0:
        least = min(0.0, least)
    span = (most - least) or abs(most) or 1.0
    raw = span / 4
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * one for one in _STEPS if power * one >= raw * 0.999)
    return math.floor(least / step) * step, math.ceil(most / step) * step, step


def _across(place: int, count: int) -> float:
    room = (_WIDE - _LEFT - _RIGHT) / max(count, 1)
    return _LEFT + room * (place + 0.5)


def _up(value: float, low: float, high: float) -> float:
    return _HIGH - _BOTTOM - (value - low) / (high - low) * (_HIGH - _TOP - _BOTTOM)


def _grid(low: float, high: float, step: float) -> list[str]:
    parts = []
    for number in range(round((high - low) / step) + 1):
        value = low + number * step
        y = _up(value, low, high)
        parts.append(
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="axis" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">'
            f"{_printed(value)}</text>"
        )
    return parts


def _names(names: Sequence[str]) -> list[str]:
    """Names under the axis; where there are many, every second or third."""
    every = 1 + (len(names) - 1) // 12
    return [
        f'<text class="axis" x="{_across(place, len(names)):.1f}" y="{_HIGH - _BOTTOM + 18}"'
        f' text-anchor="middle">{escape(name)}</text>'
        for place, name in enumerate(names)
        if place % every == 0
    ]


def _bars(line: Line, names: Sequence[str], low: float, high: float) -> list[str]:
    wide = min(64.0, (_WIDE - _LEFT - _RIGHT) / max(len(names), 1) * 0.6)
    parts = []
    for place, value in enumerate(line.values):
        if value is None:
            continue
        x, y, floor = _across(place, len(names)), _up(value, low, high), _up(0, low, high)
        parts.append(
            f'<rect class="{line.role}" x="{x - wide / 2:.1f}" y="{min(y, floor):.1f}"'
            f' width="{wide:.1f}" height="{abs(floor - y):.1f}"/>'
            f'<text class="value" x="{x:.1f}" y="{y - 5:.1f}" text-anchor="middle">'
            f"{_printed(value)}</text>"
        )
    return parts


def _course(line: Line, names: Sequence[str], low: float, high: float) -> list[str]:
    """A line that breaks where a value is missing; a target is marks alone."""
    parts, run = [], []
    placed = [
        None if value is None else (_across(place, len(names)), _up(value, low, high))
        for place, value in enumerate(line.values)
    ]
    for point in [*placed, None]:
        if point is not None:
            run.append(point)
        elif run:
            if len(run) > 1 and line.role != "target":
                path = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
                parts.append(f'<polyline class="{line.role}" points="{path}"/>')
            run = []
    for name, value, point in zip(names, line.values, placed, strict=True):
        if point is None or value is None:
            continue
        x, y = point
        said = f"<title>{escape(name)} {_printed(value)}</title>"
        if line.role == "target":
            diamond = f"{x},{y - 7} {x + 7},{y} {x},{y + 7} {x - 7},{y}"
            parts.append(
                f'<polygon class="target" points="{diamond}">{said}</polygon>'
                f'<text class="value" x="{x + 11:.1f}" y="{y + 4:.1f}">{_printed(value)}</text>'
            )
        else:
            parts.append(
                f'<circle class="{line.role}" cx="{x:.1f}" cy="{y:.1f}" r="4">{said}</circle>'
            )
    return parts


def _legend(lines: Sequence[Line], language: Language) -> list[str]:
    parts, x = [], float(_LEFT)
    y = _HIGH - 12
    for line in lines:
        name = line.name.of(language)
        if line.role == "target":
            mark = f"{x + 7},{y - 11} {x + 14},{y - 4} {x + 7},{y + 3} {x},{y - 4}"
            parts.append(f'<polygon class="target" points="{mark}"/>')
        else:
            parts.append(f'<circle class="{line.role}" cx="{x + 7}" cy="{y - 4}" r="4"/>')
        parts.append(f'<text class="axis" x="{x + 20}" y="{y}">{escape(name)}</text>')
        x += 48 + sum(14 if ord(char) > 255 else 8 for char in name)
    return parts


def _printed(value: float) -> str:
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")
