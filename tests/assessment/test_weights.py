"""Weights from the data and from judgements; awkward columns come out right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from hexi.assessment.plain import Plain
from hexi.assessment.scheme.nouns import Weighting
from hexi.assessment.scoring.aggregate import aggregate
from hexi.assessment.weighting import weigh
from hexi.assessment.weighting.ahp import judged
from hexi.assessment.weighting.correlation import correlations, critic_weights, pca_weights
from hexi.assessment.weighting.doubt import doubt_weights
from hexi.assessment.weighting.entropy import FLOOR, entropy_weights

FROM_DATA: tuple[Weighting, ...] = ("entropy", "critic", "pca", "bod", "equal", "given")
figures = st.floats(-1e6, 1e6, allow_nan=False, width=32)
tables = arrays(
    np.float64, st.tuples(st.integers(3, 12), st.integers(1, 6)),
    elements=st.one_of(figures, st.just(np.nan), st.just(0.0)),
)  # fmt: skip


def clean() -> np.ndarray:
    return np.random.default_rng(4).lognormal(3, 0.4, (60, 5))


def awkward(case: str) -> np.ndarray:
    """A clean table with one column as zones really have them."""
    table = clean()
    column = table[:, 2]
    if case == "zeros":
        column[:20] = 0
    elif case == "one missing":
        column[7] = np.nan
    elif case == "constant":
        column[:] = 5
    elif case == "negative":
        column[:] = np.random.default_rng(8).normal(2, 6, 60)
    elif case == "shifted":
        column += 1000
    return table


@pytest.mark.parametrize("how", FROM_DATA)
@pytest.mark.parametrize(
    "case", ["clean", "zeros", "one missing", "constant", "negative", "shifted"]
)
def test_awkward_columns_get_a_fair_share(how: Weighting, case: str) -> None:
    """Libraries give such a column 0, 0.97 or NaN, or refuse; a fair share is 0.2."""
    table = awkward(case)
    weights = weigh(how, table, np.ones((1, 5)))
    assert np.isfinite(weights).all() and (weights >= 0).all()
    assert weights.sum(axis=1) == pytest.approx(1.0)
    if how in ("entropy", "critic", "pca"):
        share = weights[0, 2]
        assert share == 0 if case == "constant" else 0.05 < share < 0.5


@pytest.mark.parametrize("how", [entropy_weights, critic_weights, pca_weights])
def test_weights_do_not_hang_on_where_zero_lies(how) -> None:  # type: ignore[no-untyped-def]
    assert how(awkward("shifted")) == pytest.approx(how(clean()), abs=1e-9)


@given(tables)
@settings(max_examples=150, deadline=None)
def test_weights_of_anything_add_to_one(table: np.ndarray) -> None:
    for how in FROM_DATA:
        weights = weigh(how, table, np.ones((1, table.shape[1])))
        assert np.isfinite(weights).all() and (weights >= 0).all()
        sums = weights.sum(axis=1)
        # a unit without any score has no weights of its own either
        known = ~np.isnan(table).all(axis=1) if how == "bod" else np.ones(len(sums), bool)
        assert np.allclose(sums[known], 1)


def test_entropy_by_its_formula() -> None:
    table = clean()
    shares = (table - table.min(axis=0)) / np.ptp(table, axis=0) * (1 - FLOOR) + FLOOR
    parts = shares / shares.sum(axis=0)
    spread = 1 + (parts * np.log(parts)).sum(axis=0) / np.log(len(table))
    assert entropy_weights(table) == pytest.approx(spread / spread.sum(), abs=1e-12)


def test_all_alike_gives_equal_weights() -> None:
    for how in (entropy_weights, critic_weights, pca_weights):
        assert how(np.full((9, 4), 3.0)) == pytest.approx([0.25] * 4)


def test_pca_on_a_case_that_can_be_done_by_hand() -> None:
    # two columns that are one, and a third that goes its own way
    own = np.array([1.0, -1, 1, -1, 0, 0, 0, 0])
    other = np.array([0.0, 0, 0, 0, 1, -1, 1, -1])
    table = np.column_stack([own, own, other])
    assert correlations(table) == pytest.approx(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1]]))
    # eigenvalues 2 and 1: squared loadings ½, ½ and 1
    assert pca_weights(table) == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert critic_weights(table) == pytest.approx([0.25, 0.25, 0.5])


def test_judgements_of_a_textbook() -> None:
    """A consistent matrix gives its own ratios; Saaty's bound tells a muddled one."""
    sound = judged([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]])
    assert sound.weights == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert sound.ratio == pytest.approx(0, abs=1e-12) and sound.consistent
    muddled = judged([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]])
    assert muddled.ratio > 1 and not muddled.consistent
    # λ = 3.0092 for this one: (λ - 3) / 2 / 0.58
    near = judged([[1, 3, 5], [1 / 3, 1, 2], [1 / 5, 1 / 2, 1]])
    assert near.ratio == pytest.approx(0.0032, abs=5e-4)
    for wrong in ([[1, 2]], [[1, 2], [2, 1]], [[1, -2], [-0.5, 1]]):
        with pytest.raises(ValueError, match="judgements"):
            judged(wrong)


@given(
    arrays(np.float64, (4, 5), elements=st.floats(0, 100)),
    arrays(np.float64, (5,), elements=st.floats(0.1, 10)),
    st.floats(0, 1),
    st.floats(1, 4),
)
@settings(max_examples=100, deadline=None)
def test_benefit_of_the_doubt_is_the_best_of_a_linear_programme(
    scores: np.ndarray, own: np.ndarray, least: float, most: float
) -> None:
    found = doubt_weights(scores, own[None], (least, most))
    shares = own / own.sum()
    for unit, weights in zip(scores, found, strict=True):
        solved = linprog(
            -unit, A_eq=[np.ones(5)], b_eq=[1],
            bounds=list(zip(shares * least, shares * most, strict=True)),
        )  # fmt: skip
        assert weights.sum() == pytest.approx(1)
        assert (weights >= shares * least - 1e-12).all()
        assert (weights <= shares * most + 1e-12).all()
        assert weights @ unit == pytest.approx(-solved.fun, abs=1e-6)


@given(tables)
@settings(max_examples=100, deadline=None)
def test_a_plain_table_is_scored_as_in_a_scheme(table: np.ndarray) -> None:
    ways = np.where(np.arange(table.shape[1]) % 2, -1, 1)
    even = np.full(table.shape[1], 1 / table.shape[1])
    plain = Plain.of(table, ways)
    scores = plain.scores()
    spread = np.broadcast_to(even, scores.shape)
    # a range within rounding of its own size has no digits left to compare
    spans = np.nanmax(table, axis=0, initial=-1e7) - np.nanmin(table, axis=0, initial=1e7)
    if ((spans > 0) & (spans < 1e-3)).any():
        return
    np.testing.assert_allclose(
        plain.weighted_sum(even), aggregate(scores, spread, "arithmetic"), atol=1e-6
    )
    np.testing.assert_allclose(plain.topsis(even), aggregate(scores, spread, "topsis"), atol=1e-4)
    assert plain.entropy() == pytest.approx(entropy_weights(scores), abs=1e-6)
