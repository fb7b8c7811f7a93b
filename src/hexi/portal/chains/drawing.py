"""The map of a chain as a drawing (产业链图谱图): stages from left to right, each node a link.

Drawn by the server, without a script; a state has a shape and a word beside its colour, and the
list beside the drawing says the same in rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from hexi.chains import Chain, Spot, lay_out

__all__ = ["Drawn", "map_drawing"]

_WIDE, _HIGH, _GAP_X, _GAP_Y, _TOP, _SIDE = 148, 62, 44, 16, 40, 8
_LINE = 10
_ROUND = 3


@dataclass(frozen=True, slots=True)
class Drawn:
    """One node as it is drawn."""

    title: str
    state: str
    #: the word of the state, and what stands there
    word: str
    note: str
    url: str


def map_drawing(
    chain: Chain, nodes: Mapping[str, Drawn], stages: Sequence[tuple[str, str]], label: str
) -> str:
    """SVG of a chain; ``stages`` are ids and names in order."""
    spots = lay_out(chain)
    high = max((spot.row for spot in spots.values()), default=0) + 1
    columns = max((spot.column for spot in spots.values()), default=0) + 1
    width = 2 * _SIDE + columns * _WIDE + (columns - 1) * _GAP_X
    height = _TOP + high * (_HIGH + _GAP_Y)
    parts = [
        f'<svg class="chain-map" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="group" aria-label="{escape(label)}">'
    ]
    parts += _heads(chain, spots, stages)
    tall = _heights(spots)
    parts += [
        _edge(_corner(spots[edge.start], tall, high), _corner(spots[edge.end], tall, high))
        for edge in chain.edges
    ]
    parts += [
        _node(nodes[node], *_corner(spots[node], tall, high))
        for node in chain.order
        if node in nodes
    ]
    return "".join([*parts, "</svg>"])


def _heights(spots: Mapping[str, Spot]) -> dict[int, int]:
    """Nodes by column: short columns stand in the middle."""
    found: dict[int, int] = {}
    for spot in spots.values():
        found[spot.column] = found.get(spot.column, 0) + 1
    return found


def _corner(spot: Spot, tall: Mapping[int, int], high: int) -> tuple[float, float]:
    free = (high - tall[spot.column]) * (_HIGH + _GAP_Y) / 2
    return (
        _SIDE + spot.column * (_WIDE + _GAP_X),
        _TOP + free + spot.row * (_HIGH + _GAP_Y),
    )


def _heads(chain: Chain, spots: Mapping[str, Spot], stages: Sequence[tuple[str, str]]) -> list[str]:
    """The name of each stage above its columns, with a rule as wide as they are."""
    parts = []
    for stage, name in stages:
        columns = [spots[node.id].column for node in chain.nodes if node.stage == stage]
        if not columns:
            continue
        start = _SIDE + min(columns) * (_WIDE + _GAP_X)
        end = _SIDE + max(columns) * (_WIDE + _GAP_X) + _WIDE
        parts.append(
            f'<text class="stage" x="{start}" y="16">{escape(name)}</text>'
            f'<line class="stage" x1="{start}" y1="24" x2="{end}" y2="24"/>'
        )
    return parts


def _edge(start: tuple[float, float], end: tuple[float, float]) -> str:
    x1, y1 = start[0] + _WIDE, start[1] + _HIGH / 2
    x2, y2 = end[0], end[1] + _HIGH / 2
    bend = min(_GAP_X, (x2 - x1) / 2)
    return (
        f'<path class="edge" d="M{x1:.0f} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} '
        f'{x2 - bend:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"/>'
        f'<path class="tip" d="M{x2:.0f} {y2:.0f}l-6 -3.5v7z"/>'
    )


def _node(node: Drawn, x: float, y: float) -> str:
    lines = _wrapped(node.title)
    text = "".join(
        f'<tspan x="{x + 10:.0f}" y="{y + 18 + 15 * row:.0f}">{escape(line)}</tspan>'
        for row, line in enumerate(lines)
    )
    foot = " · ".join(part for part in (node.word, node.note) if part)
    return (
        f'<a class="node node-{node.state}" href="{escape(node.url)}" '
        f'aria-label="{escape(f"{node.title}: {foot}")}">'
        f"<title>{escape(node.title)}</title>"
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{_WIDE}" height="{_HIGH}" rx="{_ROUND}"/>'
        f'<text class="name">{text}</text>'
        f"{_mark(node.state, x + 10, y + _HIGH - 17)}"
        f'<text class="state" x="{x + 25:.0f}" y="{y + _HIGH - 8:.0f}">{escape(foot)}</text></a>'
    )


def _mark(state: str, x: float, y: float) -> str:
    """The shape of a state: disc, half disc, diamond, triangle, ring."""
    middle_x, middle_y = x + 5, y + 5
    shapes = {
        "present": f'<circle class="mark" cx="{middle_x:.0f}" cy="{middle_y:.0f}" r="5"/>',
        "weak": f'<circle class="ring" cx="{middle_x:.0f}" cy="{middle_y:.0f}" r="4.5"/>'
        f'<path class="mark" d="M{middle_x:.0f} {y:.0f}a5 5 0 0 0 0 10z"/>',
        "single": f'<path class="mark" d="M{middle_x:.0f} {y - 1:.0f}l6 6l-6 6l-6 -6z"/>',
        "empty": f'<path class="mark" d="M{middle_x:.0f} {y:.0f}l5.5 10h-11z"/>',
    }
    ring = f'<circle class="ring" cx="{middle_x:.0f}" cy="{middle_y:.0f}" r="4.5"/>'
    return shapes.get(state, ring)


def _wrapped(title: str) -> list[str]:
    """At most two lines: CJK characters count one, others half."""
    lines, line, used = [], "", 0.0
    for word in _words(title):
        size = sum(1.0 if ord(char) > 0x2E7F else 0.55 for char in word)
        if line and used + size > _LINE:
            lines.append(line.strip())
            line, used = "", 0.0
        line, used = line + word, used + size
    lines.append(line.strip())
    if len(lines) <= 2:
        return lines
    return [lines[0], f"{lines[1][: _LINE * 2 - 1]}…"]


def _words(title: str) -> list[str]:
    """Where a line may break: after each CJK character, after a space."""
    words: list[str] = []
    for char in title:
        last = words[-1][-1] if words else ""
        latin = last not in ("", " ") and max(ord(char), ord(last)) <= 0x2E7F
        if latin or (last and char in "、，）("):
            words[-1] += char
        else:
            words.append(char)
    return words
