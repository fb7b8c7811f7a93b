"""Tables with one row a park (分园区指标表, P1 and P2 over columns).

Here the columns are the statistics (2025年税收收入（亿元）) and the rows the parks. Columns that
the zone's own figures confirm show that no park is missing; then every other column must add up
to what the plan says of the zone, and a column of rates leads the last year back to the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hexi.plans.audit.arithmetic import brief, rounded, span_of, with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Evidence, Finding, Verdict
from hexi.plans.audit.gather import Book, Figure, is_ratio_unit
from hexi.plans.audit.names import indicator_key
from hexi.plans.documents.document import Block, Cell, Document
from hexi.plans.documents.tables import table_view
from hexi.quantities import numerals, units
from hexi.quantities.interval import Interval

__all__ = ["check_park_tables"]

_ROWS = re.compile(
    r"^(?:各)?(?:园区|片区|组团|区域|区块|县区|县市区|市州|县（区）|县\(区\)|地区|开发区|乡镇|分区)(?:名称)?$"
)
_HEAD = re.compile(
    r"^(?:(20\d{2})年)?(?:末|底)?(?:目标|预期|完成|实际)?([^（(]+?)(?:（|\()?([^（()）]*)(?:）|\))?$"
)
_GROWTH = re.compile(r"增速|增长|增幅")
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?$")


@dataclass(frozen=True, slots=True)
class _Column:
    head: str
    name: str
    year: int | None
    unit: units.Unit | None
    cells: tuple[Cell, ...]
    values: tuple[Fraction, ...]
    decimals: tuple[int, ...]

    @property
    def total(self) -> Fraction:
        return sum(self.values, Fraction(0))

    @property
    def interval(self) -> Interval:
        slack = sum((Fraction(1, 2 * 10**d) for d in self.decimals), Fraction(0))
        if self.unit is not None and self.unit.counts:
            slack = Fraction(0)
        return Interval(self.total - slack, self.total + slack)


def check_park_tables(docket: Docket) -> Iterator[Finding]:
    """P1 and P2 for every table whose first column is a list of parks."""
    for source in range(docket.audited):
        document = docket.book.documents[source]
        for block in document.blocks:
            if block.kind == "table" and any(_ROWS.match(c.text) for c in block.cells[:2]):
                yield from _table(docket.book, source, document, block)


def _table(book: Book, source: int, document: Document, block: Block) -> Iterator[Finding]:
    columns = _columns(block)
    lines: list[tuple[Finding, bool]] = []
    for column in columns:
        zone = _zone_figure(book, source, column)
        if zone is not None:
            lines.append((_sum_line(document, column, zone), True))
    proven = [line for line, _ in lines if line.verdict in (Verdict.EQUAL, Verdict.PASS)]
    for line, _ in lines:
        if line.verdict is not Verdict.OUTSIDE or len(proven) >= 2:
            yield line
    yield from _growth_lines(document, columns)


def _columns(block: Block) -> list[_Column]:
    view = table_view(block)
    by_column: dict[int, list[Cell]] = {}
    for cell in block.cells:
        if cell.row >= view.head_rows and cell.column > 0:
            by_column.setdefault(cell.column, []).append(cell)
    rows = {cell.row for cell in block.cells if cell.row >= view.head_rows}
    labels = {c.row: c.text for c in block.cells if c.column == 0}
    rows = {
        row for row in rows if not re.match(r"合\s*计|总\s*计|全区|小\s*计", labels.get(row, ""))
    }
    found: list[_Column] = []
    for cells in by_column.values():
        kept = [c for c in cells if c.row in rows]
        numbers = [numerals.read(c.text) if _NUMBER.match(c.text) else None for c in kept]
        read = [n for n in numbers if n is not None]
        head = "".join(view.header_path(cells[0]))
        match = _HEAD.match(head)
        if match is None or len(read) != len(rows) or len(read) < 2:
            continue
        year = int(match[1]) if match[1] else None
        found.append(
            _Column(
                head,
                indicator_key(match[2]),
                year,
                _unit(match[3]),
                tuple(kept),
                tuple(Fraction(n.value) for n in read),
                tuple(n.decimals for n in read),
            )
        )
    return found


def _unit(text: str) -> units.Unit | None:
    try:
        return units.parse(text) if text else None
    except units.UnknownUnit:
        return None


def _zone_figure(book: Book, source: int, column: _Column) -> Figure | None:
    """The zone's own figure for a column, stated outside this table."""
    series = book.series.get((source, book.owners[source], column.name))
    if series is None or column.unit is None or _GROWTH.search(column.head):
        return None
    inside = {(c.start, c.end) for c in column.cells}
    for figure in series.figures:
        said = figure.statement
        if (
            figure.is_level
            and not is_ratio_unit(figure)
            and figure.dimension == column.unit.dimension
            and (column.year is None or figure.year == column.year)
            and (said.start, said.end) not in inside
        ):
            return figure
    return None


def _sum_line(document: Document, column: _Column, zone: Figure) -> Finding:
    assert column.unit is not None
    scale = column.unit.factor / zone.factor
    summed = column.total * scale
    if rounded(summed, zone.decimals) == zone.statement.value:
        verdict = Verdict.EQUAL
    elif (column.interval * scale).meets(zone.interval()):
        verdict = Verdict.PASS
    else:
        open_ = zone.bound != "eq" and (column.interval * scale).meets(zone.interval("bounded"))
        verdict = Verdict.OPEN if open_ else Verdict.OUTSIDE
    written = " + ".join(brief(v, 12) for v in column.values)
    return check_line(
        "P1",
        "identity",
        verdict,
        column.head,
        (zone,),
        f"{written} = {brief(column.total, 12)}{column.unit.name}；应 = {with_unit(zone)}",
        span_of(column.interval * scale, zone.unit_name, 12),
        evidence=_evidence(document, column),
    )


def _evidence(document: Document, column: _Column) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(document.name, c.start, c.end, document.text[c.start : c.end])
        for c in column.cells
    )


def _growth_lines(document: Document, columns: list[_Column]) -> Iterator[Finding]:
    """G1 a row: first year, rate and last year of one statistic side by side."""
    rates = [c for c in columns if _GROWTH.search(c.head)]
    if len(rates) != 1:
        return
    by_name: dict[str, list[_Column]] = {}
    for column in columns:
        if column.year is not None and column is not rates[0]:
            by_name.setdefault(column.name, []).append(column)
    pairs = [sorted(c, key=lambda c: c.year or 0) for c in by_name.values() if len(c) == 2]
    if len(pairs) != 1:
        return
    first, last = pairs[0]
    years = (last.year or 0) - (first.year or 0)
    for row in range(len(rates[0].values)):
        yield _growth_line(document, first, rates[0], last, row, years)


def _growth_line(
    document: Document, first: _Column, rate: _Column, last: _Column, row: int, years: int
) -> Finding:
    def read(column: _Column) -> Interval:
        half = Fraction(1, 2 * 10 ** column.decimals[row])
        return Interval(column.values[row] - half, column.values[row] + half)

    computed = read(first) * (read(rate) * Fraction(1, 100) + 1) ** years
    exact = first.values[row] * (1 + rate.values[row] / 100) ** years
    if rounded(exact, last.decimals[row]) == rounded(last.values[row], last.decimals[row]):
        verdict = Verdict.EQUAL
    else:
        near = abs(exact - last.values[row]) <= last.values[row] / 50
        passes = computed.meets(read(last))
        verdict = Verdict.PASS if passes else Verdict.ROUNDING if near else Verdict.OUTSIDE
    cells = (first.cells[row], rate.cells[row], last.cells[row])
    return check_line(
        "G1",
        "identity",
        verdict,
        last.head,
        (),
        f"{cells[0].text} × (1 + {cells[1].text}%)^{years} = {brief(exact)}；原文 {cells[2].text}",
        span_of(computed, last.unit.name if last.unit is not None else ""),
        evidence=tuple(
            Evidence(document.name, c.start, c.end, document.text[c.start : c.end]) for c in cells
        ),
    )
