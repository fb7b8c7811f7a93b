"""A published table (公布的统计表): released figures with the lists that say what they are of.

Everything that open data needs and nothing more: columns of codes, the figure as it was printed,
its status, and the code lists with names in both languages. SDMX, CSVW and DCAT are projections of
it, so that a code is never mapped twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["STATUSES", "TIME", "Code", "Dimension", "PublishedTable", "TableError"]

#: observation status (SDMX CL_OBS_STATUS) -> names; a suppressed figure is never printed
STATUSES: Final = {
    "A": ("正常", "Normal value"),
    "M": ("无数据", "Missing value"),
    "Q": ("不予公布（保密）", "Suppressed, confidential"),
    "P": ("初步数", "Provisional value"),
}
#: the dimension of time, in the words of ``hexi.calendar``: 2025, 2025-Q1, 2025-03
TIME: Final = "TIME_PERIOD"

_ID: Final = re.compile(r"[A-Za-z0-9_@$-]+")


class TableError(ValueError):
    """A table that cannot be published: which column or code, and why."""


@dataclass(frozen=True, slots=True)
class Code:
    """One item of a code list, with its parent where the list is a tree."""

    id: str
    name: str
    name_en: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column that says what a figure is of: its code list, or none for time."""

    id: str
    name: str
    name_en: str
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """Figures of one release.

    ``rows`` has one text column for each dimension, ``value`` (decimal text as printed, null where
    there is none), ``status`` and ``unit`` (unit of measure); each combination of codes once.
    """

    id: str
    title: str
    title_en: str
    dimensions: tuple[Dimension, ...]
    rows: pa.Table
    #: day of release, ISO 8601
    issued: str
    publisher: str
    publisher_en: str = ""
    description: str = ""
    description_en: str = ""
    license: str = ""
    #: grows with each release of the same table
    version: str = "1.0"
    keywords: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        faults = list(self._faults())
        if faults:
            raise TableError("; ".join(faults))

    @property
    def columns(self) -> list[str]:
        """Ids of the dimensions, in order."""
        return [dimension.id for dimension in self.dimensions]

    def _faults(self) -> Iterator[str]:
        ids = [self.id, *self.columns]
        ids += [code.id for dimension in self.dimensions for code in dimension.codes]
        yield from (f"not an identifier: {i!r}" for i in ids if not _ID.fullmatch(i))
        if TIME not in self.columns:
            yield f"there is no dimension {TIME}"
        wanted = [*self.columns, "value", "status", "unit"]
        missing = [name for name in wanted if name not in self.rows.column_names]
        if missing:
            yield f"columns are missing: {', '.join(missing)}"
            return
        yield from self._unknown_codes()
        shown = pc.and_(pc.is_valid(self.rows["value"]), pc.equal(self.rows["status"], "Q"))
        if pc.any(shown).as_py():
            yield "a suppressed cell has a value"
        cells = self.rows.group_by(self.columns).aggregate([([], "count_all")])
        if cells.num_rows != self.rows.num_rows:
            yield f"{self.rows.num_rows - cells.num_rows} cells are given twice"

    def _unknown_codes(self) -> Iterator[str]:
        lists: Sequence[tuple[str, Sequence[str]]] = [
            *((d.id, [code.id for code in d.codes]) for d in self.dimensions if d.codes),
            ("status", list(STATUSES)),
        ]
        for column, known in lists:
            said = set(pc.unique(self.rows[column]).to_pylist())
            unknown = sorted(str(code) for code in said - set(known))
            if unknown:
                yield f"{column} has codes that its list does not: {', '.join(unknown[:5])}"
