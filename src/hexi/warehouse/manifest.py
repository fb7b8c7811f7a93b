"""The manifest (清单): which files make up the warehouse at each snapshot (快照).

It is three tables in a SQL database: of its own beside the files (SQLite), or the portal's
(SQLite or PostgreSQL), so that the approval of a return and the figures that follow from it are
one transaction. A snapshot says who changed what, when and why; a segment is valid from the
snapshot that brought it to the one that ended it. Files are written before a row names them and
removed only when no row does.
"""

# ruff: noqa: S608 - SQL is put together from our own words; values are parameters

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, Protocol

from hexi.warehouse.segment import FileMark

__all__ = [
    "DDL",
    "LAYOUT",
    "Connection",
    "Manifest",
    "RegistryFile",
    "Segment",
    "Snapshot",
    "own_manifest",
    "writing",
]

#: version of the tables of a warehouse that keeps its own manifest
LAYOUT: Final = 1

#: the tables, in words that SQLite and PostgreSQL both know
DDL: Final = (
    """CREATE TABLE warehouse_snapshot (
    id INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    definitions_hash TEXT NOT NULL,
    thinned INTEGER NOT NULL DEFAULT 0
)""",
    """CREATE TABLE warehouse_segment (
    id INTEGER NOT NULL PRIMARY KEY,
    form INTEGER NOT NULL,
    period INTEGER NOT NULL,
    vintage INTEGER NOT NULL,
    path TEXT NOT NULL UNIQUE,
    row_count BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    byte_count BIGINT NOT NULL,
    low_reporter INTEGER NOT NULL,
    high_reporter INTEGER NOT NULL,
    begin_snapshot INTEGER NOT NULL REFERENCES warehouse_snapshot (id),
    end_snapshot INTEGER REFERENCES warehouse_snapshot (id)
)""",
    # two publishers that start from the same state cannot both win
    """CREATE UNIQUE INDEX warehouse_segment_current
ON warehouse_segment (form, period, low_reporter) WHERE end_snapshot IS NULL""",
    """CREATE TABLE warehouse_registry (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    path TEXT NOT NULL UNIQUE,
    row_count BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    byte_count BIGINT NOT NULL,
    begin_snapshot INTEGER NOT NULL REFERENCES warehouse_snapshot (id),
    end_snapshot INTEGER REFERENCES warehouse_snapshot (id)
)""",
    """CREATE UNIQUE INDEX warehouse_registry_current
ON warehouse_registry (name) WHERE end_snapshot IS NULL""",
)

_SEGMENT = (
    "path, row_count, sha256, byte_count, id, form, period, vintage,"
    " low_reporter, high_reporter, begin_snapshot, end_snapshot"
)
_REGISTRY = "path, row_count, sha256, byte_count, id, name, begin_snapshot, end_snapshot"
_SNAPSHOT = "id, at, actor, reason, definitions_hash, thinned"


class Connection(Protocol):
    """A DB-API connection; Django's is one."""

    def cursor(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One change of the warehouse: who made it, when and why."""

    id: int
    at: datetime
    actor: str
    reason: str
    #: hash of the definitions that were in force, where the publisher gives it
    definitions_hash: str = ""
    #: its exact state was removed by thinning; a later one of the same day remains
    thinned: bool = False


@dataclass(frozen=True, slots=True)
class Segment(FileMark):
    """A segment as the manifest knows it; ``path`` is its lasting identity."""

    id: int
    form: int
    period: int
    #: 1, 2, … for each form and period
    vintage: int
    #: least and greatest reporter in it: large months are kept in several parts
    low: int
    high: int
    begin: int
    #: snapshot that ended it; None while it is current
    end: int | None


@dataclass(frozen=True, slots=True)
class RegistryFile(FileMark):
    """One table of the register as it was over a stretch of snapshots."""

    id: int
    name: str
    begin: int
    end: int | None


class Manifest:
    """The manifest's queries on a connection.

    ``style`` is how the connection writes parameters (``?`` or ``%s``). ``transaction`` opens a
    transaction or joins the one that is open (Django's ``transaction.atomic``).
    """

    def __init__(
        self,
        connection: Connection,
        *,
        dialect: Literal["sqlite", "postgresql"],
        style: Literal["?", "%s"],
        transaction: Callable[[], AbstractContextManager[Any]],
    ) -> None:
        self._connection = connection
        self._dialect, self._style = dialect, style
        self._transaction = transaction

    # --- statements ---------------------------------------------------------------------------

    def _run(self, sql: str, given: Sequence[object] = ()) -> None:
        cursor = self._connection.cursor()
        try:
            cursor.execute(sql.replace("?", self._style), list(given))
        finally:
            cursor.close()

    def _rows(self, sql: str, given: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        cursor = self._connection.cursor()
        try:
            cursor.execute(sql.replace("?", self._style), list(given))
            return list(cursor.fetchall())
        finally:
            cursor.close()

    def create(self) -> None:
        """Make the tables (the portal does it in a migration, with the same DDL)."""
        for statement in DDL:
            self._run(statement)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction in which nobody else publishes; everything in it happens or nothing."""
        with self._transaction():
            if self._dialect == "postgresql":
                self._run("LOCK TABLE warehouse_snapshot IN SHARE ROW EXCLUSIVE MODE")
            else:
                # takes SQLite's one write lock now, not after files were written for nothing
                self._run("UPDATE warehouse_snapshot SET thinned = thinned WHERE id = -1")
            yield

    # --- snapshots ----------------------------------------------------------------------------

    def latest(self) -> Snapshot | None:
        """The newest snapshot; None in an empty warehouse."""
        rows = self._rows(f"SELECT {_SNAPSHOT} FROM warehouse_snapshot ORDER BY id DESC LIMIT 1")
        return _snapshot(rows[0]) if rows else None

    def snapshot(self, number: int) -> Snapshot | None:
        """The snapshot of a number."""
        rows = self._rows(f"SELECT {_SNAPSHOT} FROM warehouse_snapshot WHERE id = ?", [number])
        return _snapshot(rows[0]) if rows else None

    def snapshot_at(self, moment: datetime) -> Snapshot | None:
        """The last snapshot made up to a moment."""
        rows = self._rows(
            f"SELECT {_SNAPSHOT} FROM warehouse_snapshot WHERE at <= ? ORDER BY id DESC LIMIT 1",
            [_stamp(moment)],
        )
        return _snapshot(rows[0]) if rows else None

    def snapshots(self) -> list[Snapshot]:
        """All of them, oldest first."""
        rows = self._rows(f"SELECT {_SNAPSHOT} FROM warehouse_snapshot ORDER BY id")
        return [_snapshot(row) for row in rows]

    def add_snapshot(
        self, at: datetime, actor: str, reason: str, definitions_hash: str
    ) -> Snapshot:
        """Enter a snapshot; time never runs back from one to the next, whatever the clocks say."""
        last = self.latest()
        at = at.astimezone(UTC)
        made = Snapshot(
            last.id + 1 if last else 1,
            max(at, last.at) if last else at,
            actor,
            reason,
            definitions_hash,
        )
        self._run(
            f"INSERT INTO warehouse_snapshot ({_SNAPSHOT}) VALUES (?, ?, ?, ?, ?, 0)",
            [made.id, _stamp(made.at), actor, reason, definitions_hash],
        )
        return made

    def mark_thinned(self, numbers: Sequence[int]) -> None:
        """Say of snapshots that their exact state is gone."""
        for number in numbers:
            self._run("UPDATE warehouse_snapshot SET thinned = 1 WHERE id = ?", [number])

    # --- segments -----------------------------------------------------------------------------

    def segments(
        self,
        at: int | None = None,
        forms: Sequence[int] | None = None,
        periods: Sequence[int] | None = None,
    ) -> list[Segment]:
        """Segments by form, period and reporter: those of a snapshot, or of all times."""
        tests, given = ["1 = 1"], list[object]()
        if at is not None:
            tests.append("begin_snapshot <= ? AND (end_snapshot IS NULL OR end_snapshot > ?)")
            given += [at, at]
        for column, wanted in (("form", forms), ("period", periods)):
            if wanted is not None:
                marks = ", ".join("?" * len(wanted)) or "NULL"
                tests.append(f"{column} IN ({marks})")
                given += [int(value) for value in wanted]
        rows = self._rows(
            f"SELECT {_SEGMENT} FROM warehouse_segment WHERE {' AND '.join(tests)}"
            " ORDER BY form, period, low_reporter, id",
            given,
        )
        return [Segment(*row) for row in rows]

    def add_segment(
        self, form: int, period: int, mark: FileMark, low: int, high: int, begin: int
    ) -> None:
        """Enter a file as current from a snapshot on."""
        self._run(
            f"INSERT INTO warehouse_segment ({_SEGMENT})"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            [
                mark.path,
                mark.rows,
                mark.sha256,
                mark.bytes,
                self._next_id("warehouse_segment"),
                form,
                period,
                self._next_vintage(form, period, begin),
                low,
                high,
                begin,
            ],
        )

    def end_segment(self, number: int, end: int) -> None:
        """A segment is known no longer from a snapshot on."""
        self._run("UPDATE warehouse_segment SET end_snapshot = ? WHERE id = ?", [end, number])

    def forget_segments(self, numbers: Sequence[int]) -> None:
        """Take rows of ended segments out; their files become orphans."""
        for number in numbers:
            self._run(
                "DELETE FROM warehouse_segment WHERE id = ? AND end_snapshot IS NOT NULL", [number]
            )

    def _next_id(self, table: str) -> int:
        rows = self._rows(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}")
        return int(rows[0][0])

    def _next_vintage(self, form: int, period: int, begin: int) -> int:
        """Parts that are entered by one snapshot are of one vintage."""
        rows = self._rows(
            "SELECT COALESCE(MAX(vintage), 0), COALESCE(MAX(begin_snapshot), 0)"
            " FROM warehouse_segment WHERE form = ? AND period = ?",
            [form, period],
        )
        vintage, newest = rows[0]
        return int(vintage) if newest == begin else int(vintage) + 1

    # --- register -----------------------------------------------------------------------------

    def registry_files(self, at: int | None = None) -> list[RegistryFile]:
        """Files of the register at a snapshot, or of all times."""
        sql, given = f"SELECT {_REGISTRY} FROM warehouse_registry", list[object]()
        if at is not None:
            sql += " WHERE begin_snapshot <= ? AND (end_snapshot IS NULL OR end_snapshot > ?)"
            given = [at, at]
        return [RegistryFile(*row) for row in self._rows(f"{sql} ORDER BY name, id", given)]

    def replace_registry(self, name: str, mark: FileMark, begin: int) -> None:
        """A table of the register has a new state from a snapshot on."""
        self._run(
            "UPDATE warehouse_registry SET end_snapshot = ?"
            " WHERE name = ? AND end_snapshot IS NULL",
            [begin, name],
        )
        number = self._next_id("warehouse_registry")
        self._run(
            f"INSERT INTO warehouse_registry ({_REGISTRY}) VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
            [mark.path, mark.rows, mark.sha256, mark.bytes, number, name, begin],
        )


def _stamp(moment: datetime) -> str:
    """A moment as text that sorts by time, in both databases."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _snapshot(row: tuple[Any, ...]) -> Snapshot:
    number, at, actor, reason, definitions_hash, thinned = row
    moment = datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return Snapshot(number, moment, actor, reason, definitions_hash, bool(thinned))


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction of SQLite that has the right to write from its start."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def own_manifest(path: Path) -> Manifest:
    """The manifest of a warehouse that keeps its own, made where there is none.

    Raises ValueError with the layout of a database that a newer program made.
    """
    connection = sqlite3.connect(path, isolation_level=None, timeout=60)
    # a committed snapshot survives a power cut
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")

    transaction = partial(writing, connection)
    manifest = Manifest(connection, dialect="sqlite", style="?", transaction=transaction)
    if _layout(connection) == 0:
        with transaction():
            # another process may have made them since
            if _layout(connection) == 0:
                manifest.create()
                connection.execute(f"PRAGMA user_version = {LAYOUT}")
    if _layout(connection) > LAYOUT:
        raise ValueError(str(_layout(connection)))
    return manifest


def _layout(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
