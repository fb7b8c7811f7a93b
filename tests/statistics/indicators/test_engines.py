"""The same definitions on every engine: the published decimals do not depend on who computes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from hexi.statistics.indicators import Figures
from hexi.warehouse import WarehouseError, open_engine
from tests.statistics.indicators.test_oracle import definitions
from tests.statistics.indicators.worlds import PERIODS, PROVINCE, TREE, random_facts, source

#: one indicator of each form
FEW = [
    "sum",
    "ratio",
    "per_land",
    "stock",
    "mean",
    "share",
    "sum_ytd_matched",
    "ratio_ytd_restated",
    "sum_ytd_comparable",
    "rows_share",
    "rows_list_period_matched",
]
ENDPOINT = Path(__file__).parents[2] / "warehouse" / "clickhouse_endpoint.py"
ENGINES = {"chdb": "chdb", "local-cluster[2,1,1024]": "pyspark"}


def figures_of(
    engine: str, root: Path, indicators: list[str] | None
) -> dict[tuple[object, ...], tuple[object, ...]]:
    given = source(root, random_facts(7))
    opened = open_engine(engine, threads=2)
    try:
        table = Figures(opened).compute(
            definitions(), given, tree=TREE, indicators=indicators, periods=PERIODS[-6:]
        )
    finally:
        opened.close()
    rows = table.to_pylist()
    return {
        (r["unit"], r["period"], str(r["indicator"]), str(r["view"])): (r["value"], r["n"])
        for r in rows
    }


@pytest.mark.parametrize(
    "engine",
    [
        pytest.param(name, marks=[pytest.mark.slow] if package == "pyspark" else [])
        for name, package in ENGINES.items()
    ],
)
def test_every_engine_prints_the_same_figures(engine: str, tmp_path: Path) -> None:
    if find_spec(ENGINES[engine]) is None:
        pytest.skip(f"{ENGINES[engine]} is not installed: make engines")
    # a cluster is slow to plan wide queries
    few = FEW if engine.startswith("local") else None
    expected = figures_of("duckdb", tmp_path / "a", few)
    assert PROVINCE in {unit for unit, *_ in expected}
    assert figures_of(engine, tmp_path / "b", few) == expected


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of ClickHouse over HTTP, in a process of its own that sees the facts' folder."""
    for package in ("chdb", "clickhouse_connect"):
        if find_spec(package) is None:
            pytest.skip(f"{package} is not installed: make engines")
    folder = tmp_path / "server"
    folder.mkdir()
    call = [sys.executable, str(ENDPOINT)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, cwd=folder, text=True) as process:
        assert process.stdout is not None
        yield f"clickhouse://127.0.0.1:{int(process.stdout.readline())}/?files="
        process.terminate()


def test_clickhouse_by_address_prints_the_same_figures(server: str, tmp_path: Path) -> None:
    expected = figures_of("duckdb", tmp_path / "a", None)
    assert figures_of(server, tmp_path / "server", None) == expected


def test_a_server_that_does_not_see_the_files_is_told(server: str, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError) as caught:
        figures_of(server, tmp_path / "elsewhere", ["sum"])
    assert [fault.code for fault in caught.value.faults] == ["unseen"]
