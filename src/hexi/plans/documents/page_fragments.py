"""Pieces of text with their place on a page (文字块), and the rows they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Fragment", "Row", "rows_of"]


class Fragment(NamedTuple):
    """A run of text on one line; y runs down the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    #: height of the type
    size: float


@dataclass(slots=True)
class Row:
    """Fragments side by side on one line of the page."""

    fragments: list[Fragment]

    @property
    def text(self) -> str:
        if len(self.fragments) == 1:
            return self.fragments[0].text
        return " ".join(fragment.text for fragment in self.fragments)

    @property
    def left(self) -> float:
        return self.fragments[0].left

    @property
    def right(self) -> float:
        return max(fragment.right for fragment in self.fragments)

    @property
    def top(self) -> float:
        return min(fragment.top for fragment in self.fragments)

    @property
    def bottom(self) -> float:
        return max(fragment.bottom for fragment in self.fragments)

    @property
    def size(self) -> float:
        return max(fragment.size for fragment in self.fragments)


def rows_of(fragments: Sequence[Fragment]) -> list[Row]:
    """Rows in the order of the fragments; those on one height and side by side share a row."""
    rows: list[Row] = []
    for fragment in fragments:
        if rows:
            last = rows[-1].fragments[-1]
            middle = (fragment.top + fragment.bottom) / 2
            beside = last.top < middle < last.bottom and fragment.left >= last.right - 2
            if beside:
                rows[-1].fragments.append(fragment)
                continue
        rows.append(Row([fragment]))
    return rows
