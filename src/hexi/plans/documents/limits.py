"""How much a reader may take (读取上限): bytes, pages, seconds and depth.

The defaults let through every real plan (the longest planning documents have some hundred pages)
and stop a file that was made to exhaust the machine.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from hexi.plans.documents.errors import DocumentError

__all__ = ["Deadline", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for reading one file."""

    #: size of the file itself
    file_bytes: int = 200_000_000
    #: size of all parts of a package once unpacked
    unpacked_bytes: int = 500_000_000
    #: size of one XML part, which the parser keeps whole in memory
    xml_bytes: int = 100_000_000
    #: unpacked size over packed size; text compresses 10 to 30 times, a bomb 1000 times
    expansion: int = 400
    #: length of the canonical text; the longest real plans have some hundred thousand
    characters: int = 20_000_000
    pages: int = 3_000
    seconds: float = 120.0
    table_depth: int = 8
    #: cells of one sheet or table
    cells: int = 2_000_000


class Deadline:
    """The moment by which reading must have ended; checked between pages and blocks."""

    def __init__(self, limits: Limits, file: str) -> None:
        self._file = file
        self._end = time.monotonic() + limits.seconds

    def check(self, place: str = "") -> None:
        if time.monotonic() > self._end:
            raise DocumentError("too_slow", self._file, place)
