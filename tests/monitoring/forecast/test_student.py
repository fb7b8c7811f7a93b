"""Student's t against SciPy, far into the tails."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as reference

from hexi.monitoring.forecast import student


@pytest.mark.parametrize("df", [1, 2, 3, 4.5, 5, 21, 400])
def test_chance_and_quantile_agree_with_scipy(df: float) -> None:
    x = np.concatenate([np.linspace(-80, 80, 401), [1e-9, -1e-9, 1e12, -1e12]])
    np.testing.assert_allclose(student.cdf(x, df), reference.cdf(x, df), atol=1e-12)
    near = x[np.abs(x) < 30]
    np.testing.assert_allclose(student.survival(near, df), reference.sf(near, df), rtol=1e-9)
    levels = np.array([0.001, 0.05, 0.1, 0.5, 0.75, 0.9, 0.995])
    np.testing.assert_allclose(
        student.quantile(levels, df), reference.ppf(levels, df), rtol=1e-9, atol=1e-12
    )


def test_known_values() -> None:
    # Student's table: 97.5 % with 10 degrees of freedom; the Cauchy distribution at 1
    assert student.quantile(0.975, 10) == pytest.approx(2.2281388520)
    assert student.cdf(1.0, 1) == pytest.approx(0.75)


def test_ends_and_nothing() -> None:
    found = student.cdf([np.inf, -np.inf, np.nan, 0.0], 5)
    assert found[0] == 1.0 and found[1] == 0.0 and np.isnan(found[2]) and found[3] == 0.5


@given(st.floats(-1e6, 1e6), st.floats(0, 1e3), st.floats(1, 200))
def test_chance_never_falls(x: float, more: float, df: float) -> None:
    low, high = student.cdf([x, x + more], df)
    assert 0 <= low <= high + 1e-14 <= 1 + 1e-13
