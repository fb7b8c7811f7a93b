"""Pieces of text with their place on a page (文字块), and the rows they stand in."""

from __future__ import annotations

from collections.abc import Sequence
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


class Row:
    """Fragments side by side on one line of the page."""

    __slots__ = ("bottom", "fragments", "left", "right", "size", "text", "top")

    def __init__(self, first: Fragment) -> None:
        self.fragments = [first]
        self.text, self.left, self.right, self.top, self.bottom, self.size = first

    def add(self, fragment: Fragment) -> None:
        """A further piece at the right."""
        self.fragments.append(fragment)
        self.text += " " + fragment.text
        self.right = max(self.right, fragment.right)
        self.top, self.bottom = min(self.top, fragment.top), max(self.bottom, fragment.bottom)
        self.size = max(self.size, fragment.size)


def rows_of(fragments: Sequence[Fragment]) -> list[Row]:
    """Rows in the order of the fragments; those on one height and side by side share a row."""
    rows: list[Row] = []
    for fragment in fragments:
        if rows:
            last = rows[-1].fragments[-1]
            middle = (fragment.top + fragment.bottom) / 2
            beside = last.top < middle < last.bottom and fragment.left >= last.right - 2
            if beside:
                rows[-1].add(fragment)
                continue
        rows.append(Row(fragment))
    return rows
