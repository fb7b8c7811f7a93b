"""Scores of chances against hand-made outcomes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.monitoring.forecast import calibration


def test_by_hand() -> None:
    scores = calibration([0.9, 0.9, 0.1, 0.6, np.nan], [1, 0, 0, 1, 1])
    assert scores.count == 4
    assert scores.brier == pytest.approx((0.01 + 0.81 + 0.01 + 0.16) / 4)
    # bins: 0.9 twice, half met; 0.1 once, missed; 0.6 once, met
    assert scores.error == pytest.approx((2 * 0.4 + 0.1 + 0.4) / 4)
    assert [one.count for one in scores.bins] == [1, 1, 2]
    # pairs met-missed: (0.9, 0.9) tie, (0.9, 0.1), (0.6, 0.9) wrong, (0.6, 0.1)
    assert scores.auc == pytest.approx((0.5 + 1 + 0 + 1) / 4)


def test_nothing_to_score() -> None:
    with pytest.raises(ValueError, match="no forecast"):
        calibration([np.nan], [1])


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_bins_hold_every_forecast(pairs: list[tuple[float, bool]]) -> None:
    p, met = zip(*pairs, strict=True)
    scores = calibration(p, met)
    assert sum(one.count for one in scores.bins) == len(pairs)
    assert 0 <= scores.brier <= 1 and 0 <= scores.error <= 1
    assert all(one.low <= one.said <= one.high for one in scores.bins)
