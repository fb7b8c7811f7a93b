"""Sensitive cells (主保密): on the border and beside it."""

from __future__ import annotations

import numpy as np
import pytest

from hexi.statistics.disclosure import SCALE, Dominance, Reason, Rule, find_sensitive


def reason(contributions: list[int], rule: Rule) -> tuple[Reason, int, int]:
    """Reason and protection levels of one cell, in its unit."""
    ordered = [*sorted(contributions, reverse=True), 0, 0]
    arrays = [
        np.array([n], np.int64)
        for n in (
            sum(contributions) * SCALE,
            len(contributions),
            ordered[0] * SCALE,
            ordered[1] * SCALE,
        )
    ]
    found = find_sensitive(*arrays, rule)
    return Reason(int(found.reason[0])), int(found.lower[0]), int(found.upper[0])


def test_two_enterprises_are_too_few_and_three_are_not() -> None:
    assert reason([50, 50], Rule(percent=1))[0] is Reason.FEW_AND_DOMINANT
    assert reason([50, 50, 50], Rule())[0] is Reason.OPEN


def test_a_cell_that_nobody_reported_gives_nobody_away() -> None:
    assert reason([], Rule()) == (Reason.EMPTY, 0, 0)


def test_the_second_largest_may_not_estimate_the_largest_within_p_per_cent() -> None:
    # the second knows that 100 + 9 is left when it takes its own 60 off; 9 < 10 % of 100
    assert reason([100, 60, 9], Rule())[0] is Reason.DOMINANT
    assert reason([100, 60, 10], Rule())[0] is Reason.OPEN


def test_a_cell_on_the_border_is_decided_without_rounding() -> None:
    rule = Rule(percent=10)
    for amount in (3, 7, 1_000_000_007):
        assert reason([10 * amount, 5 * amount, amount], rule)[0] is Reason.OPEN
        assert reason([10 * amount + 1, 5 * amount, amount], rule)[0] is Reason.DOMINANT


def test_protection_reaches_p_per_cent_beyond_what_the_small_ones_blur() -> None:
    _reason, lower, upper = reason([100, 60, 4], Rule())
    assert (lower, upper) == (6 * SCALE, 6 * SCALE)


def test_a_cell_of_few_is_blurred_by_p_per_cent_of_the_largest() -> None:
    assert reason([100, 100, 100], Rule(enterprises=4))[1:] == (10 * SCALE, 10 * SCALE)


def test_a_single_zero_is_protected_upwards() -> None:
    assert reason([0], Rule()) == (Reason.FEW, 0, SCALE)


@pytest.mark.parametrize(("largest", "verdict"), [(84, Reason.OPEN), (86, Reason.DOMINANT)])
def test_the_n_k_rule_is_an_option(largest: int, verdict: Reason) -> None:
    rule = Rule(percent=1, dominance=Dominance(1, 85))
    assert reason([largest, 100 - largest - 6, 3, 3], rule)[0] is verdict


@pytest.mark.parametrize("wrong", [{"percent": 0}, {"enterprises": 0}, {"least": 0}])
def test_a_rule_that_protects_nothing_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="a rule needs"):
        Rule(**wrong)
