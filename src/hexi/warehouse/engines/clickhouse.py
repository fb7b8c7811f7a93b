# ruff: noqa: S608 - SQL is put together from our own words; names are ours
"""ClickHouse (列式数据库): in this process through chdb, or a server of the site by its address.

``chdb`` needs nothing but its wheel. ``clickhouse://user:password@host:8123/?files=hexi`` is a
server that sees the warehouse's folder below its ``user_files`` as ``hexi``. Stages are tables of a
database of the engine's own, which is dropped at the end.
"""

from __future__ import annotations

import atexit
import functools
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from hexi.warehouse.engines.ansi import AnsiDialect
from hexi.warehouse.errors import WarehouseError, WarehouseFault

__all__ = ["ClickhouseDialect", "ClickhouseEngine", "open_chdb", "open_server"]

#: what makes ClickHouse mean what SQL means: nulls of joins, of casts and of sums over nothing
_SETTINGS: Final = {
    "join_use_nulls": 1,
    "cast_keep_nullable": 1,
    "aggregate_functions_null_for_empty": 1,
    "union_default_mode": "DISTINCT",
    "output_format_arrow_string_as_string": 1,
    "engine_file_skip_empty_files": 0,
}
_COLUMNS: Final = (
    "form Int16, period Int32, reporter Int32, item Int16, facet Int32,"
    " value Decimal(18,4), prior Nullable(Decimal(18,4)), submission Int32"
)


class Session(Protocol):
    """One of the two ways to talk to ClickHouse."""

    def run(self, sql: str) -> None: ...

    def fetch(self, sql: str) -> pa.Table: ...

    def load(self, name: str, table: pa.Table) -> None: ...

    def close(self) -> None: ...


class ClickhouseDialect(AnsiDialect):
    """Types and the whole quotient by ClickHouse's names."""

    name = "clickhouse"

    def __init__(self, session: Session, root: str | None = None) -> None:
        self._session = session
        #: folder of the server that stands for the warehouse's; None: paths are as they are here
        self._root = root

    def files(self, paths: Sequence[str | Path]) -> str:
        if not paths:
            return super().files(paths)
        listed = [self._path(Path(path)) for path in paths]
        strange = [path for path in listed if set(path) & set("{}*?,")]
        if strange:
            raise WarehouseError(WarehouseFault(strange[0], "path"))
        # the braces stand behind the first slash, where a list may have whole paths
        start = "/" if listed[0].startswith("/") else ""
        pattern = start + "{" + ",".join(path.removeprefix("/") for path in listed) + "}"
        self._refuse_missing(pattern, len(listed))
        return f"file({self.text(pattern)}, Parquet, {self.text(_COLUMNS)})"

    def _refuse_missing(self, pattern: str, count: int) -> None:
        """ClickHouse passes over files of a list that it does not find; figures must not."""
        answer = self._session.fetch(f"select count() as n from file({self.text(pattern)}, One)")
        found = answer["n"][0].as_py()
        if found != count:
            shown = f"{found} / {count}"
            raise WarehouseError(WarehouseFault("HEXI_ENGINE", "unseen", shown))

    def _path(self, path: Path) -> str:
        if self._root is None:
            return path.as_posix()
        # …/segments/form/period/name below the server's own folder
        return "/".join(part for part in (self._root.strip("/"), *path.parts[-4:]) if part)

    def sum_decimal(self, value: str) -> str:
        return f"cast(sum({value}) as Nullable(Decimal(38,4)))"

    def count_where(self, condition: str) -> str:
        return f"cast(ifNull(sum(case when {condition} then 1 else 0 end), 0) as Int64)"

    def double(self, value: str) -> str:
        return f"cast({value} as Nullable(Float64))"

    def bigint(self, value: str) -> str:
        return f"cast({value} as Nullable(Int64))"

    def integer(self, value: str) -> str:
        return f"cast({value} as Nullable(Int32))"

    def whole_divide(self, dividend: str, divisor: int) -> str:
        return f"intDiv({dividend}, {divisor})"

    def text(self, value: str) -> str:
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def decimal(self, value: str, digits: int, scale: int) -> str:
        # a product of two short decimals would be as short, and overflow: nothing is under 64 bits
        return f"cast({value} as Nullable(Decimal({18 if digits <= 18 else 38},{scale})))"

    def starts_with(self, text: str, start: str) -> str:
        return f"startsWith({text}, {start})"

    def median(self, value: str) -> str:
        return f"quantileExactInclusive(0.5)({value})"


class ClickhouseEngine:
    """ClickHouse behind a session; ``root`` is the warehouse's folder as a server sees it."""

    def __init__(self, session: Session, root: str | None = None) -> None:
        self.dialect = ClickhouseDialect(session, root)
        self._session = session
        self._database = f"hexi_{secrets.token_hex(6)}"
        session.run(f"create database {self._database}")
        session.run(f"use {self._database}")

    def register(self, name: str, table: pa.Table) -> None:
        self.drop(name)
        self._session.load(f"{self._database}.{name}", table)

    def stage(self, name: str, sql: str) -> None:
        # made beside and moved: the query may read the stage that it replaces
        fresh = f"{name}_{secrets.token_hex(4)}"
        self._session.run(f"create table {fresh} engine = Memory as {sql}")
        self.drop(name)
        self._session.run(f"rename table {fresh} to {name}")

    def fetch(self, sql: str) -> pa.Table:
        return self._session.fetch(sql)

    def drop(self, name: str) -> None:
        self._session.run(f"drop table if exists {self._database}.{name}")

    def close(self) -> None:
        self._session.run(f"drop database if exists {self._database}")
        self._session.close()


@functools.cache
def _state() -> str:
    """The folder of this process's ClickHouse: there is one, whoever opens it."""
    folder = tempfile.mkdtemp(prefix="hexi-clickhouse-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class _Embedded:
    """chdb: ClickHouse in this process."""

    def __init__(self, chdb_session: Any, threads: int | None, memory: int | None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="hexi-chdb-")
        self._session = chdb_session.Session(_state())
        settings = _SETTINGS | ({"max_threads": threads} if threads else {})
        settings |= {"max_memory_usage": memory} if memory else {}
        for name, value in settings.items():
            self.run(f"set {name} = {value!r}")

    def run(self, sql: str) -> None:
        self._session.query(sql, "CSV")

    def fetch(self, sql: str) -> pa.Table:
        return self._session.query(sql, "ArrowTable")

    def load(self, name: str, table: pa.Table) -> None:
        path = Path(self._folder.name, f"{secrets.token_hex(6)}.parquet")
        pq.write_table(table, path)
        self.run(f"create table {name} engine = Memory as select * from file('{path}', Parquet)")
        path.unlink()

    def close(self) -> None:
        self._session.close()
        self._folder.cleanup()


class _Server:
    """A server over HTTP; one session, so that its settings and database stay."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def run(self, sql: str) -> None:
        self._client.command(sql)

    def fetch(self, sql: str) -> pa.Table:
        return self._client.query_arrow(sql, use_strings=True)

    def load(self, name: str, table: pa.Table) -> None:
        columns = ", ".join(f"{field.name} {_kind(field.type)}" for field in table.schema)
        self.run(f"create table {name} ({columns}) engine = Memory")
        self._client.insert_arrow(name, table)

    def close(self) -> None:
        self._client.close()


def _kind(kind: pa.DataType) -> str:
    """ClickHouse's type of a column of the register or of a small table."""
    names = {
        pa.int8(): "Int8",
        pa.int16(): "Int16",
        pa.int32(): "Int32",
        pa.int64(): "Int64",
        pa.float64(): "Float64",
        pa.string(): "String",
        pa.bool_(): "Bool",
    }
    if pa.types.is_decimal(kind):
        return f"Nullable(Decimal({kind.precision},{kind.scale}))"
    return f"Nullable({names[kind]})"


def open_chdb(threads: int | None, memory: str | None) -> ClickhouseEngine:
    """ClickHouse in this process; WarehouseError where chdb is not installed."""
    try:
        chdb_session = import_module("chdb.session")
    except ImportError as error:
        raise WarehouseError(WarehouseFault("HEXI_ENGINE", "engine", "chdb")) from error
    return ClickhouseEngine(_Embedded(chdb_session, threads, _bytes(memory)))


def open_server(address: str) -> ClickhouseEngine:
    """ClickHouse at ``clickhouse://user:password@host:port/?files=folder&secure=1``."""
    parts = urlsplit(address)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    try:
        connect = import_module("clickhouse_connect")
    except ImportError as error:
        raise WarehouseError(WarehouseFault("HEXI_ENGINE", "engine", "clickhouse")) from error
    client = connect.get_client(
        host=parts.hostname or "localhost",
        port=parts.port or 8123,
        username=unquote(parts.username or "default"),
        password=unquote(parts.password or ""),
        secure=options.get("secure") == "1",
        session_id=f"hexi-{secrets.token_hex(8)}",
        settings=_SETTINGS,
    )
    return ClickhouseEngine(_Server(client), options.get("files", ""))


def _bytes(memory: str | None) -> int | None:
    """Bytes of ``900MB`` or ``2GB``; None for no limit."""
    if memory is None:
        return None
    sizes = {"KB": 10**3, "MB": 10**6, "GB": 10**9}
    return int(float(memory[:-2]) * sizes[memory[-2:].upper()])
