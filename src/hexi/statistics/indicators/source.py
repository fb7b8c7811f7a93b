"""Where figures come from (数据来源): segments of facts, and the register to read them by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from hexi.statistics.indicators.additive import Part
from hexi.warehouse.kept import KeptTables
from hexi.warehouse.manifest import Segment
from hexi.warehouse.registry import Registry
from hexi.warehouse.store import AsOf, Warehouse

__all__ = ["Source"]


@dataclass(frozen=True)
class Source:
    """Facts and register as an engine may read them: a list of files and small tables."""

    parts: tuple[Part, ...]
    #: number of each item by its code
    items: Mapping[str, int]
    membership: pa.Table
    edge: pa.Table

    #: what was added up from the segments before; None: nothing is kept between processes
    kept: KeptTables | None = None

    @classmethod
    def of(cls, warehouse: Warehouse, as_of: AsOf = None) -> Source:
        """The source of a warehouse as known at ``as_of``; a torn or missing file is refused."""
        return cls.at(warehouse, warehouse.segments(as_of=as_of), warehouse.registry(as_of))

    @classmethod
    def at(cls, warehouse: Warehouse, segments: Sequence[Segment], register: Registry) -> Source:
        """The source of some segments of a warehouse, with the register to read them by."""
        parts = tuple(
            Part(s.period, s.form, path, s.path, s.low, s.high)
            for s, path in zip(segments, warehouse.files_of(segments), strict=True)
        )
        kept = KeptTables(warehouse.root)
        return cls(parts, register.items, register.membership, register.edge, kept)

    def with_parts(self, parts: Iterable[Part]) -> Source:
        """The source with other segments for their months: each replaces those of its form and
        period, so that a figure that is not yet released (尚未入库) never counts beside itself."""
        given = tuple(parts)
        months = {(part.form, part.period) for part in given}
        rest = tuple(part for part in self.parts if (part.form, part.period) not in months)
        return replace(self, parts=rest + given)
