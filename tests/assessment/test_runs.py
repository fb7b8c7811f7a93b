"""A run: what is declared is done, what is not is refused, and nothing depends on the order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hexi.assessment.data.matrix import Case, Matrix
from hexi.assessment.faults import AssessmentError
from hexi.assessment.run import assess
from hexi.assessment.scheme.nouns import (
    AGGREGATIONS,
    Achievement,
    Borda,
    Distance,
    FractionOfMax,
    LevelAndGrowth,
    Logarithm,
    MinMax,
    Missing,
    PercentRank,
    Piecewise,
    Points,
    Rank,
    Scoring,
    Steps,
    Veto,
    ZScore,
)
from hexi.assessment.scoring.aggregate import aggregate
from hexi.assessment.scoring.normalise import places, score
from tests.assessment.small import NAME, group, item, matrix, scheme

EVERY: tuple[Scoring, ...] = (
    MinMax(), MinMax(60, 100), MinMax(0, 100, 0, 50), ZScore(), Rank(), Rank("average"),
    PercentRank(), Borda(), FractionOfMax(), Distance("best"), Distance("frontier", None, 3),
    Distance("target", 5.0), Achievement(), LevelAndGrowth(), Logarithm(),
    Piecewise(((0, 0), (10, 100))), Steps(((1, 50), (5, 100))),
)  # fmt: skip
values = st.one_of(st.floats(-1e4, 1e4, width=32), st.just(0.0), st.just(np.nan))
columns = arrays(np.float64, st.integers(1, 15), elements=values)
whole = arrays(
    np.float64, (8, 3), elements=st.integers(0, 40).map(float),
)  # fmt: skip


@pytest.mark.parametrize("scoring", EVERY, ids=str)
@given(column=columns)
@settings(max_examples=60, deadline=None)
def test_scores_are_finite_and_missing_only_where_the_value_is(
    scoring: Scoring, column: np.ndarray
) -> None:
    for direction in (1, -1):
        aims, before = np.ones(column.shape), column * 0.5
        found = score(column, scoring, direction, before=before, targets=aims)
        missing = np.isnan(column)
        if isinstance(scoring, Logarithm):
            missing = missing | ~(column > 0)
        assert (np.isnan(found) == missing).all()
        assert not np.isinf(found).any()


@pytest.mark.parametrize("scoring", [MinMax(), ZScore(), Rank(), PercentRank(), Distance("best")])
@given(column=arrays(np.float64, 9, elements=st.integers(-50, 50).map(float)))
@settings(max_examples=40, deadline=None)
def test_better_is_never_scored_lower(scoring: Scoring, column: np.ndarray) -> None:
    for direction in (1, -1):
        found = score(column, scoring, direction)
        order = np.argsort(column * direction, kind="stable")
        assert (np.diff(found[order]) >= -1e-9).all()


@pytest.mark.parametrize("scoring", [Rank(), PercentRank(), Borda()])
@given(column=arrays(np.float64, 9, elements=st.integers(-9, 9).map(float)))
@settings(max_examples=40, deadline=None)
def test_ranks_do_not_change_under_a_rising_rescaling(scoring: Scoring, column: np.ndarray) -> None:
    assert score(column, scoring) == pytest.approx(score(np.exp(column / 3) * 7 + 2, scoring))


@pytest.mark.parametrize("scoring", [MinMax(), ZScore(), Distance("best")])
@given(column=arrays(np.float64, 9, elements=st.integers(-9, 9).map(float)))
@settings(max_examples=40, deadline=None)
def test_scores_do_not_change_with_the_unit_of_measure(
    scoring: Scoring, column: np.ndarray
) -> None:
    assert score(column * 1000 + 5, scoring) == pytest.approx(score(column, scoring), abs=1e-6)


def test_ties_share_a_place() -> None:
    column = np.array([3.0, 1, 3, np.nan, 2])
    assert places(column)[[0, 1, 2, 4]].tolist() == [3, 1, 3, 2]
    assert places(column, "average")[[0, 2]].tolist() == [3.5, 3.5]
    assert np.isnan(places(column)[3])


def test_official_forms() -> None:
    """60 + 40 min-max, share of the own target, level with growth, steps, by hand."""
    column = np.array([10.0, 20.0, 30.0])
    assert score(column, MinMax(60, 100)).tolist() == [60, 80, 100]
    assert score(column, Achievement(120), targets=np.full(3, 20.0)).tolist() == [50, 100, 120]
    assert score(column, Achievement(100, 60), targets=np.full(3, 20.0)).tolist() == [0, 100, 100]
    # growth of 100, 0 and 50 per cent: 100, 0 and 50 points, half each with the level
    grown = score(column, LevelAndGrowth(0.5), before=np.array([5.0, 20.0, 20.0]))
    assert grown.tolist() == [50, 25, 75]
    assert score(column, Steps(((15, 60), (30, 100)))).tolist() == [0, 60, 100]
    assert score(column, Piecewise(((0, 0), (20, 80), (40, 100)))).tolist() == [40, 80, 90]
    assert score(np.array([1.0, 10, 100]), Logarithm()).tolist() == pytest.approx([0, 50, 100])
    # energy per unit of product: a quarter above the aim is four fifths of it
    assert score(np.array([1.25]), Achievement(), -1, targets=np.ones(1)).tolist() == [80]


@pytest.mark.parametrize("how", AGGREGATIONS)
@given(table=whole, seed=st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_the_order_of_units_does_not_matter(how: str, table: np.ndarray, seed: int) -> None:
    made = scheme(item("a"), item("b", direction=-1), item("c"), root={"aggregation": how})
    order = np.random.default_rng(seed).permutation(8)
    first, other = assess(made, matrix(table)), assess(made, matrix(table[order]))
    np.testing.assert_allclose(other.scores, first.scores[order])
    assert (other.ranks == first.ranks[order]).all()
    assert (first.ranks[first.rated] > 0).all()


@pytest.mark.parametrize("how", AGGREGATIONS)
@pytest.mark.parametrize("case", ["missing", "constant", "negative", "tie"])
def test_awkward_data_come_out_right(how: str, case: str) -> None:
    table = np.random.default_rng(3).uniform(1, 9, (10, 3))
    if case == "missing":
        table[4, 1] = np.nan
    elif case == "constant":
        table[:, 1] = 7
    elif case == "negative":
        table[:, 1] -= 5
    else:
        table[3] = table[8]
    made = scheme(
        *(item(name, scoring=MinMax(1, 100)) for name in "abc"), root={"aggregation": how}
    )
    result = assess(made, matrix(table))
    assert np.isfinite(result.scores).all()
    assert result.weights.sum(axis=1) == pytest.approx(1.0)
    if case == "tie":
        assert result.ranks[3] == result.ranks[8]
    if case == "constant":
        assert [one.item for one in result.remarks if one.code == "constant"] == ["b"]


def test_a_gap_shares_out_its_weight_inside_its_group() -> None:
    inner = group("g", item("a", weight=30), item("b", weight=70), weight=40)
    made = scheme(inner, item("c", weight=60))
    table = np.array([[1.0, 5, 9], [2, np.nan, 3], [9, 1, 1]])
    result = assess(made, matrix(table))
    assert result.weights[0].tolist() == pytest.approx([0.12, 0.28, 0.6])
    assert result.weights[1].tolist() == pytest.approx([0.4, 0, 0.6])
    assert result.contributions.sum(axis=1) == pytest.approx(result.base)


def test_weights_by_class_of_unit() -> None:
    parts = [
        item("a", weight=50, by_class={"西部": 90}),
        item("b", weight=50, by_class={"西部": 10}),
    ]
    made = scheme(*parts, class_by="region")
    table = [[1.0, 5], [2, 3], [9, 1]]
    attributes = {"region": ("东部", "西部", "东部")}
    result = assess(made, matrix(table, attributes=attributes))
    assert result.weights.tolist() == pytest.approx(np.array([[0.5, 0.5], [0.9, 0.1], [0.5, 0.5]]))
    with pytest.raises(AssessmentError) as caught:
        assess(made, matrix(table))
    assert caught.value.faults[0].place == "region"


@pytest.mark.parametrize(
    ("made", "data", "place"),
    [
        (scheme(item("a"), item("z")), [[1.0], [2]], "z"),
        (scheme(item("a", missing=Missing("refuse"))), [[1.0], [np.nan]], "a"),
        (scheme(item("a", scoring=Logarithm())), [[1.0], [-2]], "a（u1）"),
        (scheme(item("a", per="q")), [[1.0], [2]], "a"),
        (scheme(item("a"), item("a")), [[1.0], [2]], "a"),
        (scheme(item("a")), [[1.0], [np.inf]], "a"),
        (scheme(item("a")), [[np.nan], [np.nan]], "a"),
        (
            scheme(
                item("a"), item("b"), item("c"),
                root={
                    "weighting": "ahp",
                    "judgements": ((1, 9, 1 / 9), (1 / 9, 1, 9), (9, 1 / 9, 1)),
                },
            ),
            [[1.0, 2, 3], [2, 3, 4]],
            "whole",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_run_is_refused_with_its_place(made, data, place) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(AssessmentError) as caught:
        assess(made, matrix(data))
    assert place in [fault.place for fault in caught.value.faults]
    assert all(fault.text and fault.text_en for fault in caught.value.faults)


def test_bonus_penalty_and_veto_with_caps_and_evidence() -> None:
    made = scheme(
        item("a"),
        points=(Points("bonus", NAME, 2.0, 3.0), Points("lapse", NAME, -0.5, 1.0)),
        vetoes=(Veto("accident", NAME, "capped", 59.0), Veto("fraud", NAME, "unrated")),
    )
    cases = (
        Case("u0", "bonus", "甲"), Case("u0", "bonus", "乙"), Case("u1", "lapse", "丙", 5),
        Case("u2", "accident", "丁"), Case("u3", "fraud", "戊"),
    )  # fmt: skip
    result = assess(made, matrix([[50.0], [60], [100], [80], [0]], cases=cases))
    assert result.scores[[0, 1, 2, 4]].tolist() == [53, 59, 59, 0]
    assert not result.rated[3] and result.ranks[3] == 0
    assert result.ranks[[0, 1, 2, 4]].tolist() == [3, 1, 1, 4]
    assert result.points[0].evidence == ("甲", "乙")
    with pytest.raises(AssessmentError):
        assess(made, matrix([[1.0], [2]], cases=(Case("nobody", "bonus", "甲"),)))


def test_who_is_too_young_or_has_too_little_is_not_rated() -> None:
    made = scheme(item("a"), item("b"), missing=Missing("leave_out", 0.6), least_years=1)
    attributes = {"since": ("2015", "2020", "2019")}
    result = assess(made, matrix([[1.0, 2], [2, 3], [3, np.nan]], attributes=attributes))
    assert result.rated.tolist() == [True, False, False]
    assert {one.code for one in result.remarks} >= {"too_young", "too_little"}


def test_a_rerun_gives_the_same_bytes() -> None:
    table = np.random.default_rng(1).normal(5, 3, (40, 6))
    table[3, 2] = np.nan
    made = scheme(*(item(name) for name in "abcdef"), root={"weighting": "entropy"})
    first, again = (assess(made, matrix(table.copy())) for _ in range(2))
    for name in ("scores", "ranks", "weights", "normalised", "contributions", "groups"):
        assert getattr(first, name).tobytes() == getattr(again, name).tobytes()
    assert isinstance(first.matrix, Matrix) and first.matrix.digest() == again.matrix.digest()
    assert first.remarks == again.remarks


def test_methods_over_all_units_by_hand() -> None:
    table = np.array([[100.0, 0, 50], [0, 100, 50], [80, 60, 50]])
    even = np.full(table.shape, 1 / 3)
    # third of every member: best (⅓, ⅓), worst (0, 0); the third member tells nobody apart
    near = aggregate(table, even, "topsis")
    assert near[:2].tolist() == [50, 50]
    assert near[2] == pytest.approx(100 * 100 / (100 + np.hypot(20, 40)))
    # utility ⅓, ⅓, 0.2 and worst regret ⅓, ⅓, 0.4/3: the compromise is the third
    assert aggregate(table, even, "vikor").tolist() == pytest.approx([0, 0, 100])
    # one to one between all three pairs; with more weight on the first member it decides
    assert aggregate(table, even, "copeland").tolist() == [50, 50, 50]
    first = np.tile([0.6, 0.2, 0.2], (3, 1))
    assert aggregate(table, first, "copeland").tolist() == [100, 0, 50]
    # a nought kills a product and a reciprocal, and nothing else does
    assert aggregate(table, even, "geometric")[:2].tolist() == [0, 0]
    assert aggregate(table, even, "harmonic")[2] == pytest.approx(3 / (1 / 80 + 1 / 60 + 1 / 50))
