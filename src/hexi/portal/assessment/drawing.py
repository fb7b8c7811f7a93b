"""Charts of an explanation as drawings (考核图形): contributions, radar, ranks over the years.

Drawn by the server, without a script; colours come from classes, so that a dark page gets a dark
chart. Every drawing has its table beside it on the page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["Track", "bump", "intervals", "radar", "share_bar"]


@dataclass(frozen=True, slots=True)
class Track:
    """Ranks of one unit over the years; 0 where it was not rated."""

    name: str
    ranks: tuple[int, ...]
    own: bool = False


def _opened(wide: int, high: int, label: str) -> str:
    return (
        f'<svg class="drawn" viewBox="0 0 {wide} {high}" role="img" aria-label="{escape(label)}">'
    )


def share_bar(share: float, own: bool = False) -> str:
    """A bar as long as a share from 0 to 1 (decoration beside its figure)."""
    wide = 100 * min(max(share, 0.0), 1.0)
    kind = "own" if own else "other"
    return (
        '<svg class="score-bar" width="100%" height="10" aria-hidden="true">'
        f'<rect class="ground" width="100%" height="10"/>'
        f'<rect class="{kind}" width="{wide:.2f}%" height="10"/></svg>'
    )


def radar(axes: Sequence[str], own: Sequence[float], mean: Sequence[float], label: str) -> str:
    """Scores of the groups from 0 in the middle to 100 at the rim: the unit and the mean of all."""
    if len(axes) < 3:
        return ""
    wide, high, middle, reach = 600, 320, (300, 160), 112

    def spot(place: int, share: float) -> tuple[float, float]:
        angle = 2 * math.pi * place / len(axes) - math.pi / 2
        return (
            middle[0] + reach * share * math.cos(angle),
            middle[1] + reach * share * math.sin(angle),
        )

    def ring(values: Sequence[float]) -> str:
        spots = [
            spot(place, min(max(0.0 if math.isnan(value) else value, 0.0), 100.0) / 100)
            for place, value in enumerate(values)
        ]
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)

    parts = [_opened(wide, high, label)]
    for level in (25, 50, 75, 100):
        parts.append(f'<polygon class="net" points="{ring([level] * len(axes))}"/>')
        x, y = spot(0, level / 100)
        parts.append(f'<text class="axis" x="{x + 4:.1f}" y="{y + 4:.1f}">{level}</text>')
    for place, name in enumerate(axes):
        x, y = spot(place, 1)
        parts.append(
            f'<line class="net" x1="{middle[0]}" y1="{middle[1]}" x2="{x:.1f}" y2="{y:.1f}"/>'
        )
        x, y = spot(place, 1.14)
        side = "middle" if abs(x - middle[0]) < 20 else "start" if x > middle[0] else "end"
        parts.append(
            f'<text class="value" x="{x:.1f}" y="{y + 4:.1f}" text-anchor="{side}">'
            f"{escape(name)}</text>"
        )
    parts.append(f'<polygon class="mean" points="{ring(mean)}"/>')
    parts.append(f'<polygon class="own" points="{ring(own)}"/></svg>')
    return "".join(parts)


def bump(years: Sequence[int], tracks: Sequence[Track], label: str) -> str:
    """Ranks over the years, the best on top; each line bears its name at its end."""
    if len(years) < 2:
        return ""
    most = max((rank for track in tracks for rank in track.ranks), default=1)
    wide, left, right, step = 720, 40, 220, 26
    high = 30 + step * most

    def across(place: int) -> float:
        return left + (wide - left - right) * place / (len(years) - 1)

    def down(rank: int) -> float:
        return 22 + step * (rank - 0.5)

    parts = [_opened(wide, high, label)]
    for place, year in enumerate(years):
        parts.append(
            f'<text class="axis" x="{across(place):.1f}" y="14" text-anchor="middle">{year}</text>'
        )
    for track in sorted(tracks, key=lambda one: one.own):
        kind = "own" if track.own else "other"
        run: list[str] = []
        for place, rank in enumerate((*track.ranks, 0)):
            if rank:
                run.append(f"{across(place):.1f},{down(rank):.1f}")
                continue
            if len(run) > 1:
                parts.append(f'<polyline class="{kind}" points="{" ".join(run)}"/>')
            run = []
        for place, rank in enumerate(track.ranks):
            if rank:
                parts.append(
                    f'<circle class="{kind}" cx="{across(place):.1f}" cy="{down(rank):.1f}" r="9"/>'
                    f'<text class="in" x="{across(place):.1f}" y="{down(rank) + 4:.1f}"'
                    f' text-anchor="middle">{rank}</text>'
                )
        if track.ranks[-1]:
            parts.append(
                f'<text class="{"value" if track.own else "axis"}" x="{wide - right + 16}"'
                f' y="{down(track.ranks[-1]) + 4:.1f}">{escape(track.name)}</text>'
            )
    return "".join([*parts, "</svg>"])


def intervals(rank: int, low: int, high: int, of: int) -> str:
    """The range that a rank may have (decoration beside its figures)."""
    room = 100 / max(of, 1)

    def at(place: float) -> float:
        return room * (place - 0.5)

    return (
        '<svg class="score-bar" width="100%" height="14" aria-hidden="true">'
        '<rect class="ground" y="6" width="100%" height="2"/>'
        f'<rect class="other" x="{at(low) - room / 4:.2f}%" y="3"'
        f' width="{at(high) - at(low) + room / 2:.2f}%" height="8"/>'
        f'<circle class="own" cx="{at(rank):.2f}%" cy="7" r="5"/></svg>'
    )
