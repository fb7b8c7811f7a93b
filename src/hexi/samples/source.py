"""The sample's source (示例文稿): plain lines that both the Word and the PDF form are built from.

``@title`` and ``@note`` open it; ``#`` marks a chapter, ``##`` a section;
``@box`` … ``@end`` holds a captioned table of ``| cell | cell |`` rows; every other line is a
paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

__all__ = ["Part", "read_source"]

Kind = Literal["title", "note", "chapter", "section", "paragraph", "table"]
_MARKS: tuple[tuple[str, Kind], ...] = (
    ("@title ", "title"),
    ("@note ", "note"),
    ("## ", "section"),
    ("# ", "chapter"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the text; a table's ``text`` is its caption."""

    kind: Kind
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


def read_source(name: str) -> list[Part]:
    """The parts of the sample, in order."""
    parts: list[Part] = []
    caption, rows = "", list[tuple[str, ...]]()
    lines = files("hexi.samples").joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    for line in filter(str.strip, lines):
        if line.startswith("@box "):
            caption, rows = line.removeprefix("@box "), []
        elif line == "@end":
            parts.append(Part("table", caption, tuple(rows)))
        elif line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("| ").split("|")))
        else:
            mark, kind = next((m for m in _MARKS if line.startswith(m[0])), ("", "paragraph"))
            parts.append(Part(kind, line.removeprefix(mark)))
    return parts
