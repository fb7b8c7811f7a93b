"""A release as documents and data (公布物): bulletin, yearbook, open data, from what was stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils import timezone

from hexi.portal.figures.books.nouns import Cell, Key
from hexi.portal.figures.models import Release
from hexi.portal.figures.published import About, table_of
from hexi.portal.figures.reach import JURISDICTION
from hexi.portal.figures.release.plan import class_rows
from hexi.portal.figures.release.stored import Content
from hexi.portal.figures.space import Space
from hexi.reports import bulletin_docx, yearbook_xlsx
from hexi.statistics.exchange import (
    MEDIA_TYPES,
    PublishedTable,
    data_csv,
    data_json,
    plain_csv,
    sidecar,
    structure_message,
)
from hexi.statistics.publication import Composed, Figure, Publication, TableOf, compose

__all__ = ["FILES", "Noted", "data_file", "document", "open_table", "written"]

#: file of a release -> media type
FILES: Final[dict[str, str]] = {
    "data.csv": "text/csv; charset=utf-8",
    "data.csv-metadata.json": "application/csvm+json",
    "sdmx.csv": MEDIA_TYPES["csv"],
    "sdmx.json": MEDIA_TYPES["json"],
    "structure.json": MEDIA_TYPES["structure"],
    "bulletin.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "yearbook.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Noted:
    """A public note on a figure of the release, as a footnote says it."""

    unit: str
    indicator: str
    text: str


class _Book:
    """Figures of a release, with those of earlier periods as they were released."""

    def __init__(
        self, content: Content, earlier: Sequence[Content], noted: Sequence[Noted]
    ) -> None:
        self._forests = content.forests
        self._cells: dict[Key, Cell] = {}
        for one in (*earlier, content):
            self._cells.update(one.cells)
        self._names: Mapping[str, tuple[str, str]] = content.names
        self._units = {m.indicator: m.unit for m in content.measures if "growth" not in m.view}
        self._noted = noted

    def figure(self, unit: str, indicator: str, view: str, period: str) -> Figure | None:
        cell = self._cells.get((unit, indicator, view, period))
        if cell is None:
            return None
        status = "Q" if cell.status == "Q" else "M" if cell.value is None else "A"
        return Figure(cell.value, status)

    def name(self, indicator: str) -> str:
        return self._names[indicator][0]

    def unit_of_measure(self, indicator: str) -> str:
        return self._units.get(indicator, "")

    def rows(self, unit: str, table: TableOf) -> Sequence[tuple[str, str, int]]:
        forest = self._forests.get(table.tree)
        if forest is None:
            return []
        nodes = forest.nodes
        if table.tree != JURISDICTION:
            return [(code, nodes[code].name, d) for code, d in class_rows(forest, table.levels)]
        own = [(unit, nodes[unit].name, 0)] if unit in nodes else []
        found = [
            (code, nodes[code].name, depth)
            for code, depth in forest.under(unit)
            if nodes[code].kind in table.kinds
        ]
        return [*own, *found]

    def notes(self, unit: str, indicators: Sequence[str], period: str) -> Sequence[str]:
        known = {code: node for one in self._forests.values() for code, node in one.nodes.items()}
        wanted = set(indicators)
        said = []
        for note in self._noted:
            if note.unit not in known or (note.indicator and note.indicator not in wanted):
                continue
            of = [known[note.unit].name, self._names[note.indicator][0] if note.indicator else ""]
            said.append(f"{'、'.join(filter(None, of))}：{note.text}")
        return said

    def periods(self, last: str, count: int) -> Sequence[str]:
        year, dash, part = last.partition("-")
        if not dash:
            return [str(int(year) - back) for back in reversed(range(count))]
        letter = part[0] if part[0] in "QH" else ""
        parts = {"Q": 4, "H": 2}.get(letter, 12)
        number = int(year) * parts + int(part.removeprefix(letter)) - 1
        found = []
        for back in reversed(range(count)):
            at, within = divmod(number - back, parts)
            found.append(f"{at}-{letter}{within + 1}" if letter else f"{at}-{within + 1:02}")
        return found


def written(
    publication: Publication,
    content: Content,
    earlier: Sequence[Content],
    noted: Sequence[Noted] = (),
    *,
    clerk: bool,
) -> Composed:
    """The publication with its figures and the public notes on them; what had to be left out is
    told to the clerk alone."""
    made = compose(publication, _Book(content, earlier, noted), content.period)
    return made if clerk else replace(made, left_out=())


def document(kind: str, composed: Composed, at: datetime) -> bytes:
    """``bulletin.docx`` or ``yearbook.xlsx``."""
    day = timezone.localtime(at).replace(tzinfo=None)
    if kind == "bulletin.docx":
        return bulletin_docx.render(composed, at=day)
    return yearbook_xlsx.render(composed, at=day)


def open_table(
    row: Release, content: Content, publication: Publication, space: Space
) -> PublishedTable:
    """A release as an exchangeable table."""
    name = publication.id.upper().replace("-", "_")
    about = About(
        id=f"PRACTICE_{name}" if space.practice else name,
        title=row.title,
        title_en=f"{publication.title_en}, {row.period}",
        issued=timezone.localtime(row.public_at).date().isoformat(),
        publisher=publication.publisher,
        description="；".join(publication.notes),
        version=f"{row.version}.0",
        practice=space.practice,
        indicators=content.names,
    )
    return table_of(about, content.cells.items(), content.forest, content.measures)


def data_file(name: str, table: PublishedTable, at: datetime) -> bytes:
    """One of the files of data."""
    match name:
        case "data.csv":
            return plain_csv(table)
        case "data.csv-metadata.json":
            return sidecar(table, "data.csv").encode()
        case "sdmx.csv":
            return data_csv(table)
        case "sdmx.json":
            return data_json(table, at).encode()
        case _:
            return structure_message(table, at).encode()
