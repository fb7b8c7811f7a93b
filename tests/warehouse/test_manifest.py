"""The manifest in an application's database (门户库中的清单): one transaction with the approval."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pytest

from hexi.warehouse import Manifest, Warehouse, WarehouseError

AT = datetime(2024, 2, 5, tzinfo=UTC)
POSTGRES = os.environ.get("HEXI_DATABASE_URL", "")


class Percent:
    """A cursor that writes parameters as %s, as Django's does on SQLite too."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._cursor = connection.cursor()

    def execute(self, sql: str, given: Any = ()) -> None:
        assert "?" not in sql
        self._cursor.execute(sql.replace("%s", "?"), given)

    def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    def close(self) -> None:
        self._cursor.close()


class Database:
    """A database of an application: begins and ends its own transactions."""

    def __init__(self, connection: Any, dialect: Any) -> None:
        self.connection, self.dialect = connection, dialect
        self.depth = 0

    def cursor(self) -> Any:
        if self.dialect == "sqlite":
            return Percent(self.connection)
        return self.connection.cursor()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        if self.depth:
            yield
            return
        self.depth += 1
        self.connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        else:
            self.connection.execute("COMMIT")
        finally:
            self.depth -= 1


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        connection = sqlite3.connect(tmp_path / "app.sqlite3", isolation_level=None)
        yield Database(connection, "sqlite")
        connection.close()
        return
    if not POSTGRES.startswith("postgres"):
        pytest.skip("no PostgreSQL server")
    import psycopg

    with psycopg.connect(POSTGRES, autocommit=True) as postgres:
        schema = f"warehouse_{uuid4().hex}"
        postgres.execute(f"CREATE SCHEMA {schema}")
        postgres.execute(f"SET search_path TO {schema}")
        yield Database(postgres, "postgresql")
        postgres.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Warehouse:
    manifest = Manifest(database, dialect=database.dialect, style="%s", transaction=database.atomic)
    with database.atomic():
        manifest.create()
    return Warehouse.open(tmp_path / "w", manifest=manifest)


def put(house: Warehouse, value: int, period: int = 202401) -> Any:
    table = pa.table({"reporter": [1], "item": [1], "value": [value]})
    return house.publish(1, period, table, actor="省统计局", reason="审定", at=AT)


def test_everything_works_in_the_database_of_an_application(house: Warehouse) -> None:
    assert put(house, 1) and put(house, 2) and put(house, 3, 202402)
    assert put(house, 3, 202402) is None
    assert house.facts(as_of=1)["value"].to_pylist() == [1]
    assert house.facts(as_of=AT)["value"].to_pylist() == [2, 3]
    assert house.facts(forms=[], periods=[202401]).num_rows == 0
    assert [s.actor for s in house.snapshots()] == ["省统计局"] * 3
    assert house.snapshots()[0].at == AT
    assert house.triangle(1, 1)["value"].to_pylist() == [1, 2, 3]
    assert house.verify() == []
    house.thin(AT.replace(year=2100))
    with pytest.raises(WarehouseError, match="清理"):
        house.facts(as_of=1)


def test_an_approval_that_is_rolled_back_takes_its_snapshot_with_it(
    house: Warehouse, database: Database
) -> None:
    put(house, 1)
    with pytest.raises(RuntimeError), database.atomic():
        put(house, 2)
        # inside the transaction the figure is there
        assert house.facts()["value"].to_pylist() == [2]
        raise RuntimeError("somebody up the line refuses")
    assert house.facts()["value"].to_pylist() == [1]
    assert [fault.code for fault in house.verify()] == ["orphan"]


#: one of several publishers on one database: its own reporter, one more item a time
CLERK = """
import sys
from datetime import UTC, datetime
import pyarrow as pa
from hexi.warehouse import Warehouse
house, clerk = Warehouse.open(sys.argv[1], database=sys.argv[2]), int(sys.argv[3])
for turn in range(1, 9):
    items, values = list(range(turn)), [turn] * turn
    table = pa.table({"reporter": [clerk] * turn, "item": items, "value": values})
    assert house.publish(1, 202401, table, actor=str(clerk), reason="月报", at=datetime.now(UTC))
"""


@pytest.mark.postgres
def test_publishers_on_one_postgresql_do_not_lose_each_other_s_work(
    database: Database, house: Warehouse
) -> None:
    if database.dialect == "sqlite":
        pytest.skip("test_crash does it for SQLite")
    schema = database.connection.execute("SELECT current_schema()").fetchone()[0]
    mark = "&" if "?" in POSTGRES else "?"
    address = f"{POSTGRES}{mark}options=-csearch_path%3D{schema}"
    clerks = [
        subprocess.Popen([sys.executable, "-c", CLERK, str(house.root), address, str(number)])
        for number in range(4)
    ]
    assert [clerk.wait(timeout=120) for clerk in clerks] == [0] * 4
    told = [(r["reporter"], int(r["value"])) for r in house.facts().to_pylist()]
    assert sorted(told) == [(clerk, 8) for clerk in range(4) for _ in range(8)]
    assert [s.id for s in house.snapshots()] == list(range(1, 33))


@pytest.mark.postgres
def test_a_database_that_is_none_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError) as caught:
        Warehouse.open(tmp_path, database="postgresql://hexi:geheim@127.0.0.1:1/hexi")
    assert caught.value.code == "database"
    assert "geheim" not in caught.value.sentence()
