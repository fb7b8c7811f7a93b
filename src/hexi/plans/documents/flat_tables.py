"""Tables inside plain text (文本中的表格): tab or bar separated, space aligned, or one cell a line.

Text saved from an office document keeps a table's cells but not its grid. Three shapes occur:
rows with tabs (or bars, as in Markdown), rows of aligned columns, and cells flattened to one a
line, each behind a tab, rows parted by blank lines. The grid is rebuilt from the shape alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from hexi.plans.documents.bare_tables import bare_rows
from hexi.plans.documents.lines import Line
from hexi.plans.documents.markers import mark_of
from hexi.plans.documents.passages import Cutter, Grid
from hexi.plans.documents.table_layout import Field, cells_of, is_blank, is_figure
from hexi.plans.documents.wrapping import ends_sentence

__all__ = ["TableFinder"]

_BAR_RULE: Final = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_COLUMNS: Final = re.compile(r"[ \u3000\xa0]{2,}|\t+")
_SPACES: Final = re.compile(r"[ \u3000\xa0\t]+")
#: a cell of a flattened table is short; a longer line is prose after the table
_LONGEST_CONTINUATION: Final = 24

Stretch = tuple[int, int]


class TableFinder:
    """Finds the tables among the lines of one text."""

    def __init__(self, lines: Sequence[Line], logical: str, cutter: Cutter) -> None:
        self._lines = lines
        self._logical = logical
        self._cutter = cutter
        #: lines up to this one were looked at as bare cells and are no table
        self._no_bare_before = 0
        #: and up to this one as cells behind tabs
        self._no_tabs_before = 0

    def table_at(self, at: int) -> tuple[Grid, int] | None:
        """The table that starts at a line, and the line after it."""
        line = self._lines[at]
        if "\t" in line.text:
            found = self._tabbed(at) if at >= self._no_tabs_before else None
            return found or self._aligned(at)
        if "|" in line.text:
            return self._barred(at)
        if line.indent.startswith("\t"):
            return self._flattened(at) if at >= self._no_tabs_before else None
        if len(line.text) > 120 or mark_of_part(line.text):
            return None
        if at + 1 < len(self._lines) and self._lines[at + 1].indent.startswith("\t"):
            found = self._hanging(at)
            if found:
                return found
        if " " in line.text or "\u3000" in line.text or "\xa0" in line.text:
            found = self._aligned(at)
            if found:
                return found
        return self._bare(at) if at >= self._no_bare_before and len(line.text) <= 30 else None

    # -- rows on one line -------------------------------------------------------------------

    def _field(self, stretches: Sequence[Stretch]) -> Field:
        runs, text = self._cutter.passage(stretches)
        return Field(text, runs, stretches[0][0])

    def _split(self, start: int, end: int, separator: str) -> list[Field]:
        fields: list[Field] = []
        at = start
        for piece in self._logical[start:end].split(separator):
            fields.append(self._field([(at, at + len(piece))]))
            at += len(piece) + 1
        return fields

    def _tabbed(self, at: int) -> tuple[Grid, int] | None:
        rows: list[list[Field]] = []
        here = at
        while here < len(self._lines):
            line = self._lines[here]
            if rows and line.gap > (1 if len(rows) == 1 else self._lines[at + 1].gap):
                break
            inner = "\t" in line.text or (rows and self._logical[line.end : line.end + 1] == "\t")
            if not inner and not (rows and line.indent.startswith("\t") and line.text):
                break
            start = line.start - _trailing(line.indent, "\t")
            end = line.end
            while self._logical[end : end + 1] == "\t":
                end += 1
            rows.append(self._split(start, end, "\t"))
            here += 1
        if len(rows) < 2 or _is_numbered_list(rows):
            self._no_tabs_before = here
            return None
        usual = _usual_width(rows)
        for row in rows:
            while len(row) > max(1, usual) and not row[-1].text:
                row.pop()
        return self._grid(rows, at, here), here

    def _barred(self, at: int) -> tuple[Grid, int] | None:
        rows: list[list[Field]] = []
        here = at
        while here < len(self._lines):
            line = self._lines[here]
            if "|" not in line.text or (rows and line.gap > 0):
                break
            if not _BAR_RULE.fullmatch(line.text):
                start, end = line.start, line.end
                if self._logical[start] == "|":
                    start += 1
                if end > start and self._logical[end - 1] == "|":
                    end -= 1
                rows.append(self._split(start, end, "|"))
            here += 1
        if len(rows) < 2 or min(len(row) for row in rows) < 2:
            return None
        return self._grid(rows, at, here), here

    def _aligned(self, at: int) -> tuple[Grid, int] | None:
        """Columns parted by two or more spaces, or rows of one label and several figures."""
        rows = self._aligned_rows(at, _COLUMNS, 3)
        if rows is None:
            rows = self._aligned_rows(at, _SPACES, 3)
        if rows is None:
            return None
        return self._grid(rows, at, at + len(rows)), at + len(rows)

    def _aligned_rows(
        self, at: int, separator: re.Pattern[str], fewest: int
    ) -> list[list[Field]] | None:
        first = self._lines[at]
        width = len(separator.split(first.text))
        if width < fewest or width > 30:
            return None
        rows: list[list[Field]] = []
        figures = 0
        for here in range(at, len(self._lines)):
            line = self._lines[here]
            pieces = separator.split(line.text)
            values = sum(1 for piece in pieces[1:] if is_figure(piece))
            # a running number before the label is no figure
            numbered = pieces[0] == str(len(rows))
            if len(pieces) != width or (rows and line.gap > 1):
                break
            if is_figure(pieces[0]) and not numbered:
                break
            # below the head, a row of figures is a label followed by mostly figures
            filled = numbered + sum(is_figure(piece) or is_blank(piece) for piece in pieces[1:])
            if rows and (filled * 2 < width - 1 or not values):
                break
            figures += values
            fields, place = [], line.start
            for piece in pieces:
                place = self._logical.index(piece, place)
                fields.append(self._field([(place, place + len(piece))]))
                place += len(piece)
            rows.append(fields)
        if len(rows) < 3 or figures < len(rows):
            return None
        return rows

    # -- one cell a line --------------------------------------------------------------------

    def _flattened(self, at: int) -> tuple[Grid, int] | None:
        """Cells behind a tab, rows parted by blank lines; a cell may go on on the next line."""
        rows: list[list[list[Stretch]]] = []
        here = at
        while here < len(self._lines):
            line = self._lines[here]
            if line.indent.startswith("\t") and "\t" not in line.text:
                kind = mark_of(line.text)
                if kind is not None and kind.kind in {"box", "chapter", "section"}:
                    break
                if not rows or line.gap > 0:
                    rows.append([])
                rows[-1].append([(line.start, line.end)])
            elif rows and self._continues_cell(here):
                rows[-1][-1].append((line.start, line.end))
            else:
                break
            here += 1
        counts = Counter(len(row) for row in rows if len(row) > 1)
        if len(rows) == 1:
            rows = _cut(rows[0], self._logical)
        elif sum(counts.values()) < 2:
            rows = []
        if not rows:
            self._no_tabs_before = here
            return None
        fields = [[self._field(stretches) for stretches in row] for row in rows]
        return self._grid(fields, at, here), here

    def _hanging(self, at: int) -> tuple[Grid, int] | None:
        """Rows that begin at the margin, their other cells behind a tab on lines of their own."""
        rows: list[list[list[Stretch]]] = []
        here = at
        while here < len(self._lines) and here >= self._no_tabs_before:
            line = self._lines[here]
            behind = line.indent.startswith("\t") and "\t" not in line.text and line.gap == 0
            if not behind:
                short = len(line.text) <= _LONGEST_CONTINUATION and not mark_of_part(line.text)
                if not short or (rows and len(rows[-1]) < 2) or line.gap > 1:
                    break
                rows.append([])
            rows[-1].append([(line.start, line.end)])
            here += 1
        if rows and len(rows[-1]) < 2:
            rows.pop()
            here -= 1
        widths = Counter(map(len, rows))
        if len(rows) < 3 or widths.most_common(1)[0][1] * 2 < len(rows):
            self._no_tabs_before = max(here, self._no_tabs_before)
            return None
        fields = [[self._field(stretches) for stretches in row] for row in rows]
        return self._grid(fields, at, here), here

    def _continues_cell(self, at: int) -> bool:
        """A short line inside a flattened row: the rest of the cell above it."""
        line = self._lines[at]
        if line.gap or len(line.text) > _LONGEST_CONTINUATION or ends_sentence(line.text):
            return False
        if mark_of_part(line.text):
            return False
        for following in self._lines[at + 1 : at + 12]:
            if following.indent.startswith("\t"):
                return True
            if following.gap or len(following.text) > _LONGEST_CONTINUATION:
                return False
        return False

    def _bare(self, at: int) -> tuple[Grid, int] | None:
        """Cells one a line without any mark: the figures show where each row starts."""
        here = at
        while here < len(self._lines):
            line = self._lines[here]
            if len(line.text) > 30 or "\t" in line.text or line.indent.startswith("\t"):
                break
            if here > at and (mark_of_part(line.text) or ends_sentence(line.text)):
                break
            here += 1
        self._no_bare_before = here
        texts = [line.text for line in self._lines[at:here]]
        spans = bare_rows(texts)
        if spans is None:
            return None
        rows: list[list[Field]] = []
        for row in spans:
            rows.append([self._field([self._span(at + line) for line in cell]) for cell in row])
        first, last = at + spans[0][0][0], at + spans[-1][-1][-1] + 1
        if first > at:
            # lines before the head belong to no table; the caller meets the table again there
            self._no_bare_before = first
            return None
        return self._grid(rows, first, last), last

    def _span(self, at: int) -> Stretch:
        return self._lines[at].start, self._lines[at].end

    def _grid(self, rows: list[list[Field]], first: int, last: int) -> Grid:
        lines = self._lines
        cells = cells_of(rows)
        title = next((c for c in cells if c.row == 0 and c.column_span > 1 and c.column == 0), None)
        width = max((c.column + c.column_span for c in cells), default=0)
        caption = title.text if title is not None and title.column_span == width else ""
        return Grid(lines[first].start, lines[last - 1].end, cells, lines[first].gap, caption)


def _cut(cells: Sequence[list[Stretch]], logical: str) -> list[list[list[Stretch]]]:
    """Rows of a flattened table that has no mark between its rows: its figures part them."""
    texts = ["".join(logical[a:b] for a, b in stretches) for stretches in cells]
    spans = bare_rows(texts)
    if spans is None or spans[0][0][0] > 0:
        return []
    return [[[s for at in cell for s in cells[at]] for cell in row] for row in spans]


def mark_of_part(text: str) -> bool:
    """A line that opens a part, a box, a caption or a note: never a cell."""
    mark = mark_of(text)
    return mark is not None and mark.kind in {
        "part", "chapter", "section", "box", "caption", "hash", "note", "han", "han_paren",
    }  # fmt: skip


def _trailing(text: str, character: str) -> int:
    return len(text) - len(text.rstrip(character))


def _usual_width(rows: Sequence[Sequence[Field]]) -> int:
    return Counter(len(row) for row in rows).most_common(1)[0][0]


def _is_numbered_list(rows: Sequence[Sequence[Field]]) -> bool:
    """Numbers or dashes with a tab after them: a list, not a table."""
    for row in rows:
        if len(row) != 2:
            return False
        mark = mark_of(row[0].text)
        if mark is None or mark.width < len(row[0].text.rstrip()):
            return False
    return True
