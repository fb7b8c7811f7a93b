"""Random small worlds: random trees that change, reporters that move, returns that are missing.

One engine answers all worlds in turn, so that what it keeps of one must never show in the next.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexi.statistics.indicators import Definitions, Figures
from tests.statistics.indicators.oracle import Figure, Oracle, divided, grown, printed
from tests.statistics.indicators.worlds import ITEMS, OPEN, TREE, Fact, indicator, source

PERIODS = (202311, 202312, 202401, 202402, 202411, 202412, 202501, 202502)
TOP, ZONES, PARKS, REPORTERS = 1, (10, 11), (20, 21, 22), (1, 2, 3, 4)

MADE = (
    indicator("sum", "out", "万元", 4),
    indicator("ratio", "out / sal", "", 4),
    indicator("matched", 'growth(ytd(out), basis: "matched")', "%", 4),
    indicator("restated", 'growth(out / sal, basis: "restated")', "%", 4),
    indicator("share", "share(ytd(out))", "%", 4),
    indicator("month", "cum", "万元", 4),
)
DEFINED = Definitions(ITEMS, {i.id: i for i in MADE})

amounts = st.decimals(Decimal(-50), Decimal(500), places=2)
cuts = st.lists(st.sampled_from([202312, 202402, 202501]), max_size=2, unique=True).map(sorted)


@st.composite
def ways(draw: st.DrawFn, unit: int, places: tuple[int, ...]) -> list[tuple[int, ...]]:
    """A unit or reporter in one place after another, sometimes nowhere for a while."""
    bounds = [190001, *draw(cuts), OPEN]
    found = []
    for since, until in pairwise(bounds):
        place = draw(
            st.sampled_from([*places, None]) if len(bounds) > 2 else st.sampled_from(places)
        )
        if place is not None:
            found.append((unit, place, since, until))
    return found


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Fact], list, list]:
    edges = [edge for park in PARKS for edge in draw(ways(park, ZONES))]
    edges += [(zone, TOP, 190001, OPEN) for zone in ZONES]
    members = [stay for reporter in REPORTERS for stay in draw(ways(reporter, (*PARKS, ZONES[0])))]
    facts = []
    for period in PERIODS:
        for reporter in REPORTERS:
            for item in ("out", "sal", "cum"):
                if draw(st.integers(0, 4)):
                    prior = draw(st.none() | amounts)
                    facts.append(Fact(period, reporter, item, draw(amounts), prior))
    return facts, members, edges


@pytest.fixture(scope="module")
def figures() -> Iterator[Figures]:
    kept = Figures()
    yield kept
    kept.close()


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(world=worlds(), boundaries=st.sampled_from([None, 202312, 202501]))
def test_every_figure_agrees_with_the_oracle(
    figures: Figures, world: tuple[list[Fact], list, list], boundaries: int | None
) -> None:
    facts, members, edges = world
    if not facts or not members:
        return
    root = Path(tempfile.mkdtemp())
    try:
        table = figures.compute(
            DEFINED, source(root, facts, members, edges), tree=TREE,
            views=["period"], boundaries=boundaries,
        )  # fmt: skip
    finally:
        shutil.rmtree(root)
    found = {(r["unit"], r["period"], r["indicator"]): r["value"] for r in table.to_pylist()}
    oracle = Oracle(facts, boundaries, members, edges)
    for unit, period in oracle.cells:
        for name, value in _expected(oracle, unit, period).items():
            wanted = None if value is None else printed(value, 4)
            assert found[unit, period, name] == wanted, (unit, period, name)


def _expected(oracle: Oracle, unit: int, period: int) -> dict[str, Figure]:
    def out(measure: str, window: str, u: int, p: int) -> Figure:
        return oracle.amount("out", measure, window, u, p)

    def ratio(measure: str, u: int, p: int) -> Figure:
        return divided(out(measure, "period", u, p), oracle.amount("sal", measure, "period", u, p))

    def dated(measure: str, u: int, p: int) -> Figure:
        return out(measure, "ytd", u, p)

    def percent(figure: Figure) -> Figure:
        return None if figure is None else figure * Fraction(100)

    above = oracle.above(unit, period)
    whole = out("total", "ytd", above[0], period) if above else None
    return {
        "sum": out("total", "period", unit, period),
        "ratio": ratio("total", unit, period),
        "matched": percent(grown(*oracle.sides(dated, "matched", unit, period))),
        "restated": percent(grown(*oracle.sides(ratio, "restated", unit, period))),
        "share": percent(divided(dated("total", unit, period), whole)),
        "month": oracle.amount("cum", "total", "period", unit, period),
    }
