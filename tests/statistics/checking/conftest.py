"""Every engine that is installed comes to the same verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from hexi.warehouse import Engine, open_engine

NAMES = {"duckdb": "duckdb", "chdb": "chdb", "local-cluster[2,1,1024]": "pyspark"}


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(name, marks=[pytest.mark.slow] if package == "pyspark" else [])
        for name, package in NAMES.items()
    ],
)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """One that is open; tests replace each other's tables."""
    if find_spec(NAMES[request.param]) is None:
        pytest.skip(f"{NAMES[request.param]} is not installed")
    opened = open_engine(request.param, threads=2)
    yield opened
    opened.close()
