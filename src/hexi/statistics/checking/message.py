"""What a rule says where it fails (提示语): words with the figures filled in.

``"营业收入 {revenue} 比上月增长 {revenue / last(revenue) - 1|%}"``: between braces stands an
expression of the language; ``|%`` prints it as a percentage. ``{left}``, ``{right}`` and
``{difference}`` are the sides of the rule. A missing figure reads 未填.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from hexi.statistics.checking.meaning import Arithmetic, Number, Read, reads
from hexi.statistics.checking.sources import Source

__all__ = ["MISSING_WORD", "Message", "Slot", "number_text", "read_message"]

MISSING_WORD: Final = {"zh": "未填", "en": "missing"}
_SLOT: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure or text in a message."""

    value: Number
    decimals: int
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """Words and slots in turn."""

    parts: tuple[str | Slot, ...]

    @property
    def sources(self) -> list[Source]:
        """What its slots read."""
        slots = [part for part in self.parts if isinstance(part, Slot)]
        return [source for slot in slots for source in reads(slot.value)]


def read_message(
    text: str, sides: Mapping[str, Number], number: Callable[[str, int], Number]
) -> Message:
    """A message from its template.

    Args:
        text: the template.
        sides: what ``left`` and ``right`` are, where the rule has sides.
        number: gives the meaning of an expression that starts at a column of the template.
    """
    known = dict(sides)
    if len(known) == 2:
        known["difference"] = Arithmetic("-", known["left"], known["right"])
    parts: list[str | Slot] = []
    end = 0
    for match in _SLOT.finditer(text):
        if match.start() > end:
            parts.append(text[end : match.start()])
        source, _, form = match[1].partition("|")
        value = known.get(source.strip()) or number(source, match.start(1))
        percent = form.strip() == "%"
        parts.append(Slot(value, 1 if percent else _decimals(value), percent))
        end = match.end()
    if end < len(text):
        parts.append(text[end:])
    return Message(tuple(parts))


def _decimals(value: Number) -> int:
    """Digits after the point that a figure is printed with: those of what it adds up."""
    if isinstance(value, Read):
        return value.source.decimals
    found = [source.decimals for source in reads(value)]
    return max((min(decimals, 2) for decimals in found), default=0)


def number_text(value: Fraction, decimals: int, percent: bool = False) -> str:
    """A figure as it is printed: rounded half away from zero, thousands separated."""
    scaled = abs(value) * (100 if percent else 1) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = f"{whole:0{decimals + 1}d}"
    head, tail = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{int(head):,}{'.' if tail else ''}{tail}{'%' if percent else ''}"
