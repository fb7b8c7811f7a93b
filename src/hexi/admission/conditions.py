"""Conditions of rules (条件): spans of numbers and sets of words, as officials write them.

A number is asked for by ``">= 300"``, ``"< 5"``, ``"[0.5, 1)"`` or a list of such; a word by a list
of words, or ``{ not = [...] }``; a flag by true or false.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Condition", "Span", "Spans", "Words", "parse_spans"]

_COMPARED = re.compile(r"\s*(>=|<=|>|<|=)\s*(-?\d+(?:\.\d+)?)\s*")
_BETWEEN = re.compile(r"\s*([\[(])\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*([\])])\s*")
_INF = float("inf")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Numbers from low to high; an open end is not one of them."""

    low: float
    #: sorts a closed start before an open one
    low_open: bool
    high: float
    high_open: bool

    @property
    def empty(self) -> bool:
        """True where no number lies in it."""
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def told(self) -> str:
        """As text: ≥ 300, < 5, [0.5, 1)."""
        if self.low == self.high:
            return f"= {self.low:g}"
        if self.high == _INF:
            return f"{'>' if self.low_open else '≥'} {self.low:g}"
        if self.low == -_INF:
            return f"{'<' if self.high_open else '≤'} {self.high:g}"
        start, end = "(" if self.low_open else "[", ")" if self.high_open else "]"
        return f"{start}{self.low:g}, {self.high:g}{end}"


@dataclass(frozen=True, slots=True)
class Spans:
    """A union of spans: a condition on a number."""

    spans: tuple[Span, ...]

    def holds(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """For each number whether it lies inside; NaN lies nowhere."""
        found = np.zeros(values.shape, dtype=bool)
        for span in self.spans:
            over = values > span.low if span.low_open else values >= span.low
            under = values < span.high if span.high_open else values <= span.high
            found |= over & under
        return found

    def ends(self) -> tuple[float, ...]:
        """The finite ends of its spans."""
        both = (end for span in self.spans for end in (span.low, span.high))
        return tuple(end for end in both if math.isfinite(end))

    def nearest(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The nearest number inside for each; past an open end, the next one that a float has."""
        best = np.full(values.shape, np.nan)
        for span in self.spans:
            low = np.nextafter(span.low, _INF) if span.low_open else span.low
            high = np.nextafter(span.high, -_INF) if span.high_open else span.high
            point = np.clip(values, low, high)
            nearer = np.isnan(best) | (abs(point - values) < abs(best - values))
            best = np.where(nearer, point, best)
        return best

    def without(self) -> Spans:
        """All numbers that are not inside."""
        left: list[Span] = []
        low, low_open = -_INF, True
        for span in self.spans:
            gap = Span(low, low_open, span.low, not span.low_open)
            if not gap.empty and span.low > -_INF:
                left.append(gap)
            low, low_open = span.high, not span.high_open
        if low < _INF:
            left.append(Span(low, low_open, _INF, True))
        return Spans(tuple(left))

    def meets(self, other: Spans) -> bool:
        """True where some number lies in both."""
        return any(
            not Span(
                max(one.low, two.low),
                one.low_open
                if one.low > two.low
                else two.low_open or (one.low_open and one.low == two.low),
                min(one.high, two.high),
                one.high_open
                if one.high < two.high
                else two.high_open or (one.high_open and one.high == two.high),
            ).empty
            for one in self.spans
            for two in other.spans
        )

    def told(self, lang: str = "zh") -> str:
        """As text."""
        return (" 或 " if lang == "zh" else " or ").join(span.told() for span in self.spans)


@dataclass(frozen=True, slots=True)
class Words:
    """A set of words, or all but them: a condition on a word."""

    words: frozenset[str]
    negated: bool = False

    def holds(self, line: frozenset[str]) -> bool:
        """Whether a word with all above it is asked for."""
        return bool(self.words & line) != self.negated

    def told(self, lang: str = "zh", say: Callable[[str], str] = str) -> str:
        """As text; `say` gives a word as a person reads it."""
        listed = ("、" if lang == "zh" else ", ").join(say(word) for word in sorted(self.words))
        one = len(self.words) == 1
        if lang == "zh":
            return f"{'不' if self.negated else ''}{'为' if one else '属于'} {listed}"
        return f"{'not ' if self.negated else ''}{'' if one else 'one of '}{listed}"


Condition = Spans | Words


def parse_spans(written: Any) -> Spans | None:
    """A condition on a number; None where it is not one, or a span of it is empty."""
    parts = written if isinstance(written, list) else [written]
    spans = [_span(part) for part in parts]
    if not spans or any(span is None or span.empty for span in spans):
        return None
    return Spans(_joined([span for span in spans if span is not None]))


def _span(written: Any) -> Span | None:
    if not isinstance(written, str):
        return None
    compared = _COMPARED.fullmatch(written)
    if compared:
        sign, end = compared[1], float(compared[2])
        if sign == "=":
            return Span(end, False, end, False)
        if sign[0] == ">":
            return Span(end, sign == ">", _INF, True)
        return Span(-_INF, True, end, sign == "<")
    between = _BETWEEN.fullmatch(written)
    if not between:
        return None
    return Span(float(between[2]), between[1] == "(", float(between[3]), between[4] == ")")


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap made one."""
    found: list[Span] = []
    for span in sorted(spans):
        last = found[-1] if found else None
        apart = (
            last is None
            or last.high < span.low
            or (last.high == span.low and last.high_open and span.low_open)
        )
        if last is None or apart:
            found.append(span)
        elif (span.high, not span.high_open) > (last.high, not last.high_open):
            found[-1] = Span(last.low, last.low_open, span.high, span.high_open)
    return tuple(found)
