"""What the models make of series whose answer is known beforehand."""

from __future__ import annotations

import numpy as np
import pytest

from hexi.monitoring.forecast import Asks, Panel, calibration, fan, fit, foresee

NAN = np.nan


def growing(rate: float, years: int, first: float = 100.0) -> np.ndarray:
    return first * (1 + rate) ** np.arange(years)


def median(values: object, end: int, **about: object) -> np.ndarray:
    panel = Panel.of(values, last=2023, **about)  # type: ignore[arg-type]
    return foresee(fit(panel), Asks.of(np.arange(len(panel)), "level", 1.0, end)).median


def test_steady_growth_goes_on() -> None:
    assert median([growing(0.08, 8)], 2026)[0] == pytest.approx(100 * 1.08**10, rel=1e-9)


def test_a_gap_brings_its_periods_of_growth() -> None:
    whole = growing(0.08, 10)
    holed = whole.copy()
    holed[[3, 4, 7]] = NAN
    assert median([holed], 2025)[0] == pytest.approx(median([whole], 2025)[0], rel=1e-9)


def test_a_gap_brings_its_periods_of_variance() -> None:
    """Steps of ±5 % a year, and the same walk seen every second year only."""
    dice = np.random.default_rng(2)
    every = np.exp(np.cumsum(0.05 * dice.standard_normal((400, 14)), axis=1))
    second = every.copy()
    second[:, 0::2] = NAN
    widths = []
    for values in (every, second):
        model = fit(Panel.of(values, last=2023))
        low, high = np.log(fan(model, 2024, levels=(0.1, 0.9)).quantiles[:, 0].T)
        widths.append(np.median(high - low))
    assert widths[1] == pytest.approx(widths[0], rel=0.2)


def test_what_is_not_reported_yet_is_further_away() -> None:
    late = np.array([*growing(0.08, 8), NAN, NAN])
    assert median([late], 2024)[0] == pytest.approx(100 * 1.08**10, rel=1e-9)


def test_siblings_speak_for_a_short_series() -> None:
    rows = [[*([NAN] * 8), 100.0, 110.0], *(growing(0.05, 10, size) for size in (10, 50, 900, 70))]
    alone = foresee(fit(Panel.of(rows, last=2023)), Asks.of([0], "level", 115.0, 2024))
    assert alone.method[0] == "none" and np.isnan(alone.p[0])
    assert [one.code for one in alone.reasons[0]] == ["too_few"]
    model = fit(Panel.of(rows, last=2023, family=np.zeros(5)))
    together = foresee(model, Asks.of([0, 1], "level", 115.0, 2024))
    assert list(together.method) == ["family", "drift"]
    assert "family_only" in [one.code for one in together.reasons[0]]
    # its own single step counts a little beside the siblings' 5 %
    assert 105 < together.median[0] / 110 * 100 < 110


def test_one_value_has_the_growth_of_its_siblings() -> None:
    rows = [[*([NAN] * 9), 200.0], *(growing(0.05, 10) for _ in range(4))]
    assert median(rows, 2025, family=np.zeros(5))[0] == pytest.approx(200 * 1.05**2, rel=1e-6)


def test_a_shock_to_all_siblings_is_believed_sooner_than_one_to_the_series() -> None:
    dice = np.random.default_rng(5)
    calm = 100 * np.exp(np.cumsum(0.06 + 0.03 * dice.standard_normal((12, 12)), axis=1))
    all_fall, one_falls = calm.copy(), calm.copy()
    all_fall[:, -2:] *= [0.9, 0.8]
    one_falls[0, -2:] *= [0.9, 0.8]
    family = np.zeros(12)
    together = median(all_fall, 2025, family=family)[0] / all_fall[0, -1]
    alone = median(one_falls, 2025, family=family)[0] / one_falls[0, -1]
    assert together < alone < median(calm, 2025, family=family)[0] / calm[0, -1] * 1.02


def test_shares_stay_between_their_limits() -> None:
    rows = [[90, 93, 95, 97, 98, 99, 99.6], [4, 3, 2, 1.2, 0.6, 0.4, 0.2], [0, 0, 0, 0, 0, 0, 0]]
    model = fit(Panel.of(rows, last=2023, low=0.0, high=100.0))
    spread = fan(model, 2030).quantiles
    assert np.isfinite(spread).all() and (spread >= 0).all() and (spread <= 100).all()
    lines = [100.5, 99.0, 100.0, 0.0, 100.0]
    bound = ["ge", "ge", "ge", "ge", "le"]
    beyond = foresee(model, Asks.of([0] * 5, "share", lines, 2025, bound=bound)).p
    assert beyond[0] == 0.0 and beyond[1] > 0.5 and 0.0 < beyond[2] < beyond[1]
    assert beyond[3] == 1.0 and beyond[4] == 1.0


def test_a_series_through_zero_moves_by_differences() -> None:
    rows = [[-30.0, -20, -10, 0, 10, 20]]
    assert median(rows, 2025)[0] == pytest.approx(40.0)
    outlook = foresee(fit(Panel.of(rows, last=2023)), Asks.of([0], "level", 60.0, 2025))
    assert "scale_plain" in [one.code for one in outlook.reasons[0]]
    assert outlook.required[0] == pytest.approx(20.0) and outlook.past[0] == pytest.approx(10.0)


@pytest.mark.parametrize("constant", [0.0, 7.0, -3.0])
def test_a_constant_series_does_not_claim_certainty(constant: float) -> None:
    model = fit(Panel.of([[constant] * 6], last=2023))
    spread = fan(model, 2025, levels=(0.1, 0.5, 0.9)).quantiles[0, 1]
    assert spread[0] <= constant < spread[2] and spread[1] == pytest.approx(constant)
    outlook = foresee(model, Asks.of([0], "level", constant, 2025))
    assert "floored" in [one.code for one in outlook.reasons[0]]


def test_what_has_never_moved_may_stay_where_it_is() -> None:
    """No accident in six years, none to be had in two: (5 + 1) / (5 + 1 + 2), half of the rest."""
    model = fit(Panel.of([[0.0] * 6, [7.0] * 6], last=2023))
    asks = Asks.of([0, 1, 1, 1], "level", [0, 7, 7, 7.5], 2025, bound=["le", "ge", "le", "ge"])
    p = foresee(model, asks).p
    assert p[:3] == pytest.approx([0.875] * 3) and p[3] < 0.01
    months = fit(Panel.of([[3.0] * 48], last=2023 * 12 + 11, frequency=12))
    kept = foresee(months, Asks.of([0], "level", 3.0, 2024 * 12 + 11)).p[0]
    assert kept == pytest.approx(1 - 0.5 * 0.2)


def test_counts_do_not_fall_below_zero() -> None:
    model = fit(Panel.of([[0.0, 2, 5, 3, 0, 1]], last=2023))
    assert (fan(model, 2027).quantiles >= 0).all()
    assert foresee(model, Asks.of([0], "count", 0.0, 2025)).p[0] == 1.0


def test_bands_hold_what_they_say_on_walks() -> None:
    """Of 2,000 walks of 4 to 12 values with siblings, about 80 % end inside the band."""
    dice = np.random.default_rng(11)
    n, years = 2000, 15
    drift = dice.normal(0.06, 0.02, (n, 1))
    x = np.cumsum(drift + 0.05 * dice.standard_t(5, (n, years)), axis=1)
    values = np.exp(x)
    seen = values[:, :12].copy()
    length = dice.integers(4, 13, (n, 1))
    seen[np.arange(12) < 12 - length] = NAN
    model = fit(Panel.of(seen, last=2020, family=np.arange(n) // 20))
    low, high = fan(model, 2023, levels=(0.1, 0.9)).quantiles[:, -1].T
    inside = ((values[:, -1] >= low) & (values[:, -1] <= high)).mean()
    assert 0.77 < inside < 0.85
    line = seen[:, -1] * dice.uniform(1.0, 1.4, n)
    p = foresee(model, Asks.of(np.arange(n), "level", line, 2023)).p
    assert calibration(p, values[:, -1] >= line).error < 0.03


def test_errors_of_the_past_widen_the_band() -> None:
    """Growth that turns every few years misses more at three years than its yearly steps say."""
    dice = np.random.default_rng(3)
    regime = np.repeat(dice.choice([-0.1, 0.15], (40, 10)), 4, axis=1)[:, :30]
    x = np.cumsum(regime + 0.01 * dice.standard_normal((40, 30)), axis=1)
    turning = fit(Panel.of(np.exp(x), last=2023, family=np.zeros(40)))
    walk = np.exp(np.cumsum(0.05 + 0.08 * dice.standard_normal((40, 30)), axis=1))
    steady = fit(Panel.of(walk, last=2023, family=np.zeros(40)))
    assert turning.parts[0].course.widen[0, 2] > 1.2 > steady.parts[0].course.widen[0, 2]
