"""A figure (数字): a numeral with its unit, and what kind of quantity the unit measures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from hexi.plans.statements.lexicon import words

__all__ = ["Figure", "FigureKind", "unit_kinds"]

FigureKind = Literal[
    "money", "measure", "count", "people", "percent", "multiple", "duration", "rank"
]
_KINDS: tuple[FigureKind, ...] = (
    "money", "percent", "multiple", "people", "rank", "measure", "duration", "count",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A numeral with its unit; offsets count in the logical text it was found in."""

    start: int
    end: int
    #: digits as printed, without unit
    printed: str
    value: Decimal
    unit: str
    kind: FigureKind
    #: "ge" where 余/多 stands inside, "ge"/"le" for the ends of a range, else "eq"
    bound: Literal["eq", "ge", "le"] = "eq"
    flags: tuple[str, ...] = ()


@cache
def unit_kinds() -> dict[str, FigureKind]:
    """The kind of quantity that each unit of the lexicon measures."""
    return {word: kind for kind in reversed(_KINDS) for word in words("figures", kind)}
