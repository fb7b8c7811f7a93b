"""Chances and pairs of figures as drawings (风险条形图、散点图), made by the server."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["Likely", "Spot", "chance_bars", "scatter"]


@dataclass(frozen=True, slots=True)
class Likely:
    """One bar: who, what, and how likely, from 0 to 1."""

    name: str
    what: str
    p: float


@dataclass(frozen=True, slots=True)
class Spot:
    """One point of a scatter."""

    name: str
    x: float
    y: float
    #: one of those that the page is about
    own: bool = False


def _opened(wide: int, high: int, label: str) -> str:
    return (
        f'<svg class="drawn" viewBox="0 0 {wide} {high}" role="img" aria-label="{escape(label)}">'
    )


def chance_bars(bars: Sequence[Likely], label: str) -> str:
    """A bar a unit from nothing to certain, the name before it and the figure behind."""
    if not bars:
        return ""
    wide, left, right, step = 720, 210, 60, 30
    room = wide - left - right
    parts = [_opened(wide, 26 + step * len(bars), label)]
    for tenth in (0, 25, 50, 75, 100):
        x = left + room * tenth / 100
        parts.append(
            f'<line class="net" x1="{x:.1f}" y1="20" x2="{x:.1f}" y2="{22 + step * len(bars)}"/>'
            f'<text class="axis" x="{x:.1f}" y="14" text-anchor="middle">{tenth} %</text>'
        )
    for place, one in enumerate(bars):
        y = 24 + step * place
        size = room * one.p
        parts.append(
            f'<text class="value" x="{left - 10}" y="{y + 16}" text-anchor="end">'
            f"{escape(_short(one.name))}</text>"
            f'<rect class="own" x="{left}" y="{y + 3}" width="{size:.1f}" height="{step - 12}"/>'
            f'<text class="value" x="{left + size + 6:.1f}" y="{y + 16}">{100 * one.p:.0f} %</text>'
        )
    return "".join([*parts, "</svg>"])


def _short(name: str, most: int = 15) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def scatter(spots: Sequence[Spot], across: str, up: str, label: str) -> str:
    """Units by two figures; those the page is about are filled and named."""
    known = [one for one in spots if not (math.isnan(one.x) or math.isnan(one.y))]
    if len(known) < 2:
        return ""
    wide, high, left, bottom, edge = 720, 420, 64, 48, 24
    xs, ys = _ticks([one.x for one in known]), _ticks([one.y for one in known])

    def over(value: float) -> float:
        return left + (wide - left - edge) * (value - xs[0]) / (xs[-1] - xs[0])

    def down(value: float) -> float:
        return edge + (high - bottom - edge) * (1 - (value - ys[0]) / (ys[-1] - ys[0]))

    parts = [_opened(wide, high, label)]
    for tick in xs:
        parts.append(
            f'<line class="net" x1="{over(tick):.1f}" y1="{edge}" x2="{over(tick):.1f}"'
            f' y2="{high - bottom}"/><text class="axis" x="{over(tick):.1f}"'
            f' y="{high - bottom + 16}" text-anchor="middle">{_said(tick)}</text>'
        )
    for tick in ys:
        parts.append(
            f'<line class="net" x1="{left}" y1="{down(tick):.1f}" x2="{wide - edge}"'
            f' y2="{down(tick):.1f}"/><text class="axis" x="{left - 6}"'
            f' y="{down(tick) + 4:.1f}" text-anchor="end">{_said(tick)}</text>'
        )
    parts.append(
        f'<text class="value" x="{wide - edge}" y="{high - 8}" text-anchor="end">'
        f"{escape(across)}</text>"
        f'<text class="value" x="{left}" y="14">{escape(up)}</text>'
    )
    named = len(known) <= 20
    lowest = min((one.y for one in known if one.own), default=math.nan)
    for one in sorted(known, key=lambda spot: spot.own):
        kind = "own" if one.own else "other"
        x, y = over(one.x), down(one.y)
        parts.append(
            f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{7 if one.own else 5}">'
            f"<title>{escape(one.name)}</title></circle>"
        )
        if one.own or named:
            side, shift = ("end", -10) if x > wide * 0.75 else ("start", 10)
            # two that are compared may lie close: the upper bears its name above, the lower below
            drop = (18 if one.y == lowest else -9) if one.own else 4
            parts.append(
                f'<text class="{"value" if one.own else "axis"}" x="{x + shift:.1f}"'
                f' y="{y + drop:.1f}" text-anchor="{side}">{escape(_short(one.name))}</text>'
            )
    return "".join([*parts, "</svg>"])


def _ticks(values: Sequence[float], wanted: int = 5) -> list[float]:
    """Round numbers around the values, at least two."""
    low, high = min(values), max(values)
    span = high - low or abs(high) or 1.0
    rough = span / wanted
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * one for one in (1, 2, 2.5, 5, 10) if size * one >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    if first == last:
        last += 1
    return [step * place for place in range(first, last + 1)]


def _said(value: float) -> str:
    return f"{value:,.6g}".replace("-", "−")
