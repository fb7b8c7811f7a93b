"""Setting of figures and sums in pages (版面).

The views hand over display-ready words; what is left for the templates is typography: a sum with
raised powers and spaced signs, a bar of verdicts, a range with the stated figure marked on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
#: signs of a sum; ``<`` and ``>`` arrive escaped
_SIGN = re.compile(r"\s*([×÷=≈≠≤≥＋+−]|&[lg]t;)\s*")
_VERDICTS = ("met", "on_the_way", "missed", "unknown")


@register.filter
def arithmetic(text: str) -> SafeString:
    """A sum as a person would write it: powers raised, signs spaced, figures unbroken."""
    safe = str(escape(text or ""))
    spaced = _SIGN.sub(r'<span class="op">\1</span>', safe)
    raised = _RAISED.sub(
        lambda match: f"<sup>{match.group().translate(_SUPERSCRIPTS)}</sup>", spaced
    )
    return mark_safe(raised)  # noqa: S308 - escaped above, only our own tags added


def _count(counts: Any, name: str) -> int:
    value = counts.get(name) if isinstance(counts, Mapping) else getattr(counts, name, 0)
    return int(value or 0)


@register.simple_tag
def verdict_bar(counts: Any, height: int = 24) -> SafeString:
    """A bar of verdicts whose parts are as long as their counts (decoration of the list below)."""
    values = [(name, _count(counts, name)) for name in _VERDICTS]
    return _bar(values, sum(value for _, value in values), height)


@register.simple_tag
def part_bar(parts: Sequence[Mapping[str, Any]], whole: int, height: int = 12) -> SafeString:
    """A bar of counted parts against a whole that other bars share (decoration beside figures)."""
    return _bar([(part["key"], int(part["count"])) for part in parts], whole, height)


def _bar(values: Sequence[tuple[str, int]], total: int, height: int) -> SafeString:
    if not total:
        return mark_safe("")
    parts = []
    left = 0.0
    for name, value in values:
        width = 100 * value / total
        if value:
            gap = 0.25 if left + width < 99.9 else 0
            parts.append(
                f'<rect class="{name}" x="{left:.3f}%" width="{max(width - gap, 0.1):.3f}%" '
                f'height="{height}"></rect>'
            )
        left += width
    return mark_safe(  # noqa: S308 - numbers and our own class names only
        f'<svg class="bar" height="{height}" width="100%" aria-hidden="true">{"".join(parts)}</svg>'
    )


@register.simple_tag
def gauge(values: Any) -> SafeString:
    """The range that would have passed, and the stated figure against it."""
    low, high, stated = (
        float(values[key] if isinstance(values, Mapping) else getattr(values, key))
        for key in ("low", "high", "stated")
    )
    left, right = min(low, stated), max(high, stated)
    span = (right - left) or 1.0
    left, span = left - span * 0.12, span * 1.24

    def at(value: float) -> float:
        return 100 * (value - left) / span

    band = max(at(high) - at(low), 0.8)
    inside = "in" if low <= stated <= high else "out"
    return mark_safe(  # noqa: S308 - numbers only
        '<svg class="gauge" width="100%" height="20" aria-hidden="true">'
        '<rect class="line" x="0" y="9" width="100%" height="1"></rect>'
        f'<rect class="band" x="{at(low):.2f}%" y="4" width="{band:.2f}%" height="11"></rect>'
        f'<rect class="{inside}" x="{at(stated):.2f}%" y="0" width="3" height="19"></rect></svg>'
    )
