"""What a format reader hands on (段落与表格): passages and grids, not yet told apart by kind.

Every reader turns its file into these; ``composition`` makes blocks of them, with one set of
rules for headings, boxes, lists and notes whatever the format was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hexi.plans.documents.characters import debris_of
from hexi.plans.documents.document import Cell

__all__ = ["Cutter", "Grid", "Passage", "Runs", "segments_of"]

#: canonical (start, end) of each stretch that a text comes from
Runs = tuple[tuple[int, int], ...]

#: a space that a pdf or an editor put between a digit and a Han character
_THIN_SPACE: Final = re.compile(
    " (?:(?<=[0-9%‰] )(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff] )(?=[0-9]))"
)


@dataclass(slots=True)
class Passage:
    """One paragraph with the places its characters come from."""

    #: the stretches whose characters, joined, are the text
    runs: Runs
    text: str
    #: blank lines before it
    gap: int = 0
    indent: str = ""
    #: heading level the file itself gives (style, h1, #); 0 where it gives none
    level: int = 0
    #: kind the file itself gives (list, note); empty where it gives none
    kind: str = ""
    box: bool = False

    @property
    def start(self) -> int:
        return self.runs[0][0]

    @property
    def end(self) -> int:
        return self.runs[-1][1]

    def segments(self) -> tuple[tuple[int, int], ...]:
        """(logical, canonical) offsets of each run; empty where the text is one plain slice."""
        return segments_of(self.runs) if len(self.runs) > 1 else ()


def segments_of(runs: Runs) -> tuple[tuple[int, int], ...]:
    """(logical, canonical) offsets of each run."""
    places: list[tuple[int, int]] = []
    logical = 0
    for start, end in runs:
        places.append((logical, start))
        logical += end - start
    return tuple(places)


@dataclass(slots=True)
class Grid:
    """One table: its cells and the canonical stretch that it covers."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    gap: int = 0
    caption: str = ""
    box: bool = False


class Cutter:
    """Takes out of the logical text what no reader should see, keeping the places."""

    def __init__(self, logical: str, *, plain: bool = False) -> None:
        self.logical = logical
        #: the logical text is the canonical text, and nothing is to be taken out but spaces
        self.plain = plain
        self._debris = [] if plain else debris_of(logical)
        self.littered = bool(self._debris)
        self._debris_ends = [end for _, end in self._debris]
        self._spaces = [m.start() for m in _THIN_SPACE.finditer(logical)]

    def touches(self, start: int, end: int, *, spaces: bool) -> bool:
        """Whether anything is to be taken out of a stretch: of most there is not."""
        if self._debris:
            at = bisect_left(self._debris_ends, start + 1)
            if at < len(self._debris) and self._debris[at][0] < end:
                return True
        if spaces and self._spaces:
            at = bisect_left(self._spaces, start)
            return at < len(self._spaces) and self._spaces[at] < end
        return False

    def _cuts(self, start: int, end: int, spaces: bool) -> list[tuple[int, int]]:
        cuts: list[tuple[int, int]] = []
        if not (self._debris or (spaces and self._spaces)):
            return cuts
        if self._debris:
            at = bisect_left(self._debris_ends, start + 1)
            while at < len(self._debris) and self._debris[at][0] < end:
                cuts.append(self._debris[at])
                at += 1
        if spaces and self._spaces:
            at = bisect_left(self._spaces, start)
            stop = bisect_left(self._spaces, end)
            if at < stop:
                cuts.extend((place, place + 1) for place in self._spaces[at:stop])
                cuts.sort()
        return cuts

    def passage(
        self, stretches: Sequence[tuple[int, int]], *, spaces: bool = False
    ) -> tuple[Runs, str]:
        """Runs and text of the given stretches; no runs where nothing visible is left."""
        if len(stretches) == 1:
            start, end = stretches[0]
            if not self._cuts(start, end, spaces):
                piece = self.logical[start:end]
                text = piece.strip()
                if not text:
                    return (), ""
                start += len(piece) - len(piece.lstrip()) if len(text) < len(piece) else 0
                return ((start, start + len(text)),), text
        runs: list[tuple[int, int]] = []
        for start, end in stretches:
            at = start
            for cut_start, cut_end in self._cuts(start, end, spaces):
                if cut_start > at:
                    runs.append((at, cut_start))
                at = max(at, cut_end)
            if at < end:
                runs.append((at, end))
        return self._trimmed(runs)

    def _trimmed(self, runs: Iterable[tuple[int, int]]) -> tuple[Runs, str]:
        """The runs without white space at either end of the whole."""
        logical = self.logical
        kept = list(runs)
        while kept:
            start, end = kept[0]
            piece = logical[start:end]
            lead = len(piece) - len(piece.lstrip())
            if lead < len(piece):
                kept[0] = (start + lead, end)
                break
            kept.pop(0)
        while kept:
            start, end = kept[-1]
            piece = logical[start:end]
            tail = len(piece) - len(piece.rstrip())
            if tail < len(piece):
                kept[-1] = (start, end - tail)
                break
            kept.pop()
        return tuple(kept), "".join(logical[start:end] for start, end in kept)
