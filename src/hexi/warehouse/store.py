"""The warehouse (数据仓库): facts with vintages, published by act, read as known on a day.

A warehouse is a folder of immutable segments and a manifest. Publishing rewrites the months that
its returns belong to and makes one snapshot; every question may be asked as of a snapshot, a
moment or a day (数据版次), and old answers stay what they were.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from hexi.warehouse.cube import cube
from hexi.warehouse.databases import manifest_at
from hexi.warehouse.difference import Difference, Side, differ
from hexi.warehouse.engines import Engine, open_engine
from hexi.warehouse.errors import WarehouseError, WarehouseFault
from hexi.warehouse.frames import Into, as_frame
from hexi.warehouse.manifest import Manifest, Segment, Snapshot, own_manifest
from hexi.warehouse.publishing import Publication, publish
from hexi.warehouse.registry import TABLES, Registry
from hexi.warehouse.rewriting import PART_ROWS, Change
from hexi.warehouse.segment import SCHEMA, check_file, read_file
from hexi.warehouse.upkeep import FOLDERS, thin, vacuum, verify
from hexi.warehouse.vintages import history, triangle

__all__ = ["AsOf", "Warehouse"]

#: a snapshot's number, a moment, or a day (as it stood at the day's end in China); None: now
AsOf = int | datetime | date | None

_CHINA: Final = timezone(timedelta(hours=8))
_MANIFEST: Final = "manifest.sqlite3"


class Warehouse:
    """A warehouse open for reading and publishing; give ``as_of`` to read it as known then."""

    def __init__(
        self,
        root: Path,
        manifest: Manifest,
        *,
        as_of: AsOf = None,
        part_rows: int = PART_ROWS,
    ) -> None:
        self.root, self.manifest = root, manifest
        self._as_of, self._part_rows = as_of, part_rows

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        manifest: Manifest | None = None,
        database: str | None = None,
        as_of: AsOf = None,
        create: bool = False,
    ) -> Warehouse:
        """The warehouse of a folder, with a manifest of its own unless one is given.

        ``database`` is the address of the database that holds the manifest (the portal's).
        ``create`` makes a warehouse where there is none; without it that is a WarehouseError.
        """
        root = Path(path)
        if database is not None:
            manifest = manifest_at(database)
        if manifest is None:
            if not (root / _MANIFEST).is_file() and any((root / f).is_dir() for f in FOLDERS):
                # a second manifest would take all files for leftovers
                raise WarehouseError(WarehouseFault(str(path), "elsewhere"))
            if create:
                root.mkdir(parents=True, exist_ok=True)
            elif not (root / _MANIFEST).is_file():
                raise WarehouseError(WarehouseFault(str(path), "no_warehouse"))
            try:
                manifest = own_manifest(root / _MANIFEST)
            except ValueError as error:
                fault = WarehouseFault(str(path), "newer_layout", str(error))
                raise WarehouseError(fault) from error
        return cls(root, manifest, as_of=as_of)

    def at(self, as_of: AsOf) -> Warehouse:
        """The same warehouse, held to a snapshot: what is published later is not seen."""
        found = self.resolve(as_of)
        return Warehouse(
            self.root,
            self.manifest,
            as_of=found.id if found else None,
            part_rows=self._part_rows,
        )

    # --- snapshots ----------------------------------------------------------------------------

    def resolve(self, as_of: AsOf = None) -> Snapshot | None:
        """The snapshot that a question is about; None only where nothing was ever published.

        WarehouseError for a number that is none, for a time before the first snapshot, and for a
        snapshot whose state was thinned out.
        """
        wanted = self._as_of if as_of is None else as_of
        if wanted is None:
            return self.manifest.latest()
        if isinstance(wanted, int):
            found = self.manifest.snapshot(wanted)
            code = "no_snapshot"
        else:
            found = self.manifest.snapshot_at(_moment(wanted))
            code = "before_first"
        if found is None:
            raise WarehouseError(WarehouseFault(str(self.root), code, str(wanted)))
        if found.thinned:
            raise WarehouseError(WarehouseFault(str(self.root), "thinned", str(found.id)))
        return found

    def snapshots(self) -> list[Snapshot]:
        """All snapshots, oldest first: who published what, when and why."""
        return self.manifest.snapshots()

    # --- reading ------------------------------------------------------------------------------

    def segments(
        self,
        forms: Sequence[int] | None = None,
        periods: Sequence[int] | None = None,
        as_of: AsOf = None,
    ) -> list[Segment]:
        """Segments of a snapshot by form, period and reporter; a month may have several parts.

        ``path`` is the lasting name of a segment's content: what was computed from it stays right.
        """
        found = self.resolve(as_of)
        if found is None:
            return []
        return self.manifest.segments(found.id, forms, periods)

    def files(
        self,
        forms: Sequence[int] | None = None,
        periods: Sequence[int] | None = None,
        as_of: AsOf = None,
    ) -> list[str]:
        """Absolute paths of the segments, for an engine; a missing or torn file is refused."""
        return self.files_of(self.segments(forms, periods, as_of))

    def files_of(self, segments: Sequence[Segment]) -> list[str]:
        """Absolute paths of some segments; WarehouseError names every missing or torn file."""
        faults = [fault for s in segments if (fault := check_file(self.root, s))]
        if faults:
            raise WarehouseError(*faults)
        root = self.root.absolute()
        return [str(root / segment.path) for segment in segments]

    def facts(
        self,
        forms: Sequence[int] | None = None,
        periods: Sequence[int] | None = None,
        items: Collection[int] | None = None,
        reporters: Collection[int] | None = None,
        as_of: AsOf = None,
        into: Into = "arrow",
    ) -> Any:
        """Facts as known at ``as_of``, with the columns of ``segment.SCHEMA``.

        ``into`` hands them out as Arrow, Polars or pandas.
        """
        where = _where(items, reporters)
        tables = [
            read_file(self.root, segment, SCHEMA.names, where)
            for segment in self.segments(forms, periods, as_of)
        ]
        return as_frame(pa.concat_tables([SCHEMA.empty_table(), *tables]).cast(SCHEMA), into)

    def cube(
        self,
        tree: str,
        *,
        forms: Sequence[int] | None = None,
        periods: Sequence[int] | None = None,
        items: Collection[int] | None = None,
        as_of: AsOf = None,
        into: Into = "arrow",
        engine: Engine | None = None,
    ) -> Any:
        """Sums of items for every unit of a tree, as the tree was in each period.

        Columns form, period, unit, unit_name, item, facet, value, prior, n (reporters). Runs on
        ``engine``, else on the one that ``HEXI_ENGINE`` names.
        """
        pinned = self.at(as_of)
        segments = pinned.segments(forms, periods)
        months = sorted({segment.period for segment in segments})
        running = engine or open_engine()
        try:
            files = self.files_of(segments)
            table = cube(running, pinned.registry(), files, months, tree, items)
        finally:
            if engine is None:
                running.close()
        return as_frame(table, into)

    def registry(self, as_of: AsOf = None) -> Registry:
        """The register as known at ``as_of``; empty tables where none was published."""
        found = self.resolve(as_of)
        files = self.manifest.registry_files(found.id) if found else []
        given = {file.name: read_file(self.root, file) for file in files}
        return Registry.of({name: given.get(name, TABLES[name].empty_table()) for name in TABLES})

    # --- vintages -----------------------------------------------------------------------------

    def history(
        self,
        forms: Sequence[int] | None = None,
        periods: Sequence[int] | None = None,
        items: Collection[int] | None = None,
        reporters: Collection[int] | None = None,
    ) -> pa.Table:
        """Every value that facts have had, with the snapshots between which it was known.

        Columns as a segment's, and begin, end (null while current).
        """
        segments = self.manifest.segments(None, forms, periods)
        files = self._paths(segments)
        return history(segments, files, self.snapshots(), items, reporters)

    def triangle(
        self,
        form: int,
        item: int,
        *,
        facet: int = 0,
        periods: Sequence[int] | None = None,
        reporters: Collection[int] | None = None,
    ) -> pa.Table:
        """The revision triangle of an item: first, second, …, last sum of each period.

        Columns form, period, revision, snapshot, at, value, n; ``reporters`` narrows the sum.
        """
        segments = self.manifest.segments(None, [form], periods)
        files = self._paths(segments)
        return triangle(segments, files, self.snapshots(), item, facet, reporters)

    def difference(
        self,
        before: AsOf,
        after: AsOf = None,
        *,
        forms: Sequence[int] | None = None,
        periods: Sequence[int] | None = None,
        items: Collection[int] | None = None,
        tree: str = "",
        unit: int | None = None,
    ) -> Difference:
        """Why sums changed from one snapshot to another: by item, by unit, by reporter.

        With ``tree`` and ``unit`` it is about that unit, and ``by_unit`` tells the units right
        under it; without a unit the tree's tops are told.
        """
        a, b = (
            Side(segments, self._paths(segments), self.registry(moment))
            for moment in (before, after)
            for segments in [self.segments(forms, periods, moment)]
        )
        return differ(a, b, tree=tree, unit=unit, items=items)

    def _paths(self, segments: Sequence[Segment]) -> dict[str, str]:
        """Absolute path by path in the manifest; a missing or torn file is refused."""
        return dict(zip((s.path for s in segments), self.files_of(segments), strict=True))

    # --- upkeep -------------------------------------------------------------------------------

    def verify(self) -> list[WarehouseFault]:
        """Faults of every file of every snapshot, and files that none names (``orphan``)."""
        return verify(self.root, self.manifest)

    def vacuum(self, now: datetime, grace: timedelta = timedelta(days=1)) -> list[str]:
        """Remove files that no snapshot names, once older than the grace time; their paths."""
        return vacuum(self.root, self.manifest, now, grace)

    def thin(self, before: datetime) -> int:
        """Give up intermediate states of past days; the number of segments set free.

        Each day's last state stays; another snapshot of the day is then refused (``thinned``).
        """
        return thin(self.root, self.manifest, before, _CHINA)

    # --- publishing ---------------------------------------------------------------------------

    def publish(
        self,
        form: int,
        period: int,
        table: pa.Table,
        *,
        actor: str,
        reason: str,
        at: datetime,
        withdrawn: Collection[int] = (),
        whole: bool = False,
        definitions_hash: str = "",
    ) -> Snapshot | None:
        """Publish returns of one form and period; None where nothing new was given.

        Every reporter in ``table`` (reporter, item, value[, facet, prior, submission]) gets the
        rows given and no others; reporters that are not in it stay as they are, unless
        ``withdrawn`` or the table is the ``whole`` month. ``period`` is YYYYMM of the last month,
        ``at`` an aware moment.
        """
        return self.publish_all(
            [Change(form, period, table, withdrawn, whole)],
            actor=actor,
            reason=reason,
            at=at,
            definitions_hash=definitions_hash,
        )

    def publish_all(
        self,
        changes: Sequence[Change],
        *,
        actor: str,
        reason: str,
        at: datetime,
        registry: Registry | None = None,
        definitions_hash: str = "",
    ) -> Snapshot | None:
        """Publish changes of several months, and a register, as one snapshot or not at all."""
        return publish(
            self.root,
            self.manifest,
            Publication(tuple(changes), registry, actor, reason, at, definitions_hash),
            self._part_rows,
        )

    def publish_registry(
        self, registry: Registry, *, actor: str, reason: str, at: datetime
    ) -> Snapshot | None:
        """Publish a new state of the register; None where it is the same."""
        return self.publish_all([], registry=registry, actor=actor, reason=reason, at=at)


def _moment(wanted: datetime | date) -> datetime:
    """A moment as it is; of a day its last instant in China."""
    if isinstance(wanted, datetime):
        if wanted.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return wanted
    return datetime.combine(wanted, time.max, _CHINA)


def _where(items: Collection[int] | None, reporters: Collection[int] | None) -> object:
    """The filter of some items and reporters; None for all."""
    tests: list[Callable[[], pc.Expression]] = []
    if items is not None:
        tests.append(lambda: pc.field("item").isin(pa.array(sorted(items), pa.int16())))
    if reporters is not None:
        tests.append(lambda: pc.field("reporter").isin(pa.array(sorted(reporters), pa.int32())))
    where = None
    for test in tests:
        where = test() if where is None else where & test()
    return where
