"""Quarters and months: seasons, totals since January, and what is left of the year."""

from __future__ import annotations

import numpy as np
import pytest

from hexi.monitoring.forecast import Asks, Panel, calibration, fan, fit, foresee

NAN = np.nan
SEASON = np.array([60.0, 55, 90, 100, 110, 120, 115, 105, 100, 95, 80, 130])


def months(years: int, rate: float = 0.06) -> np.ndarray:
    """Flows of months with a strong season, growing by the year."""
    return np.concatenate([SEASON * (1 + rate) ** year for year in range(years)])


def since_january(values: np.ndarray) -> np.ndarray:
    return np.cumsum(values.reshape(*values.shape[:-1], -1, 12), axis=-1).reshape(values.shape)


def test_the_season_comes_again() -> None:
    seen = months(4)[:-7]
    model = fit(Panel.of([seen], last=2023 * 12 + 4, frequency=12))
    middle = fan(model, 2024 * 12 + 11, levels=(0.5,)).quantiles[0, :, 0]
    np.testing.assert_allclose(middle, months(5)[41:], rtol=1e-6)


def test_quarters_likewise() -> None:
    quarters = np.concatenate([np.array([20.0, 25, 30, 40]) * 1.08**year for year in range(5)])
    model = fit(Panel.of([quarters], last=2023 * 4 + 3, frequency=4))
    asks = Asks.of([0, 0], ["level", "growth_yoy"], [40 * 1.08**6, 8.0], 2025 * 4 + 3)
    outlook = foresee(model, asks)
    assert outlook.median[0] == pytest.approx(40 * 1.08**6)
    assert outlook.median[1] == pytest.approx(8.0)
    assert list(outlook.method) == ["seasonal", "seasonal"]
    assert outlook.required[0] == pytest.approx(8.0)


def test_a_missing_season_is_taken_from_the_year_before_that() -> None:
    seen = months(5)
    seen[-12 + 2] = NAN
    model = fit(Panel.of([seen], last=2023 * 12 + 11, frequency=12))
    march = foresee(model, Asks.of([0], "level", 1.0, 2024 * 12 + 2))
    assert march.median[0] == pytest.approx(90 * 1.06**5, rel=1e-6)


def test_months_without_a_year_before_have_no_season() -> None:
    model = fit(Panel.of([np.linspace(100, 110, 8)], last=2023 * 12 + 7, frequency=12))
    outlook = foresee(model, Asks.of([0], "level", 110.0, 2023 * 12 + 11))
    assert outlook.method[0] == "drift" and 110 < outlook.median[0] < 120


def test_this_year_so_far_and_last_years_remainder() -> None:
    """After May the year's total is what is known and seven months grown as five were."""
    totals = since_january(months(4))
    seen = totals[:-7]
    model = fit(Panel.of([seen], last=2023 * 12 + 4, frequency=12, running=True))
    line = totals[-1]
    outlook = foresee(model, Asks.of([0, 0], "level", [line * 0.97, line * 1.03], 2023 * 12 + 11))
    assert outlook.median[0] == pytest.approx(line, rel=1e-6)
    assert outlook.p[0] > 0.5 > outlook.p[1]
    assert outlook.method[0] == "ytd" and outlook.reasons[0][0].code == "ytd"
    within = foresee(model, Asks.of([0], "level", line, 2023 * 12 + 8))
    assert within.reasons[0][0].code == "within_year" and np.isnan(within.p[0])


def test_the_nearer_the_years_end_the_surer() -> None:
    dice = np.random.default_rng(4)
    totals = since_january(months(5) * np.exp(0.05 * dice.standard_normal((30, 60))))
    width = []
    for month in (2, 5, 8, 10):
        seen = totals[:, : 48 + month + 1]
        panel = Panel.of(
            seen, last=2023 * 12 + month, frequency=12, running=True, family=np.zeros(30)
        )
        outlook = foresee(fit(panel), Asks.of(np.arange(30), "level", 1.0, 2023 * 12 + 11))
        width.append(float(np.median(outlook.high80 / outlook.low80)))
    assert width == sorted(width, reverse=True)


@pytest.mark.parametrize("running", [False, True])
def test_bands_hold_what_they_say_within_the_year(running: bool) -> None:
    dice = np.random.default_rng(9)
    n = 600
    growth = np.cumsum(0.004 + 0.02 * dice.standard_normal((n, 60)), axis=1)
    flows = np.tile(SEASON, 5) * np.exp(growth + 0.03 * dice.standard_normal((n, 60)))
    values = since_january(flows) if running else flows
    seen, came = values[:, :54], values[:, 59]
    panel = Panel.of(
        seen, last=2023 * 12 + 5, frequency=12, running=running, family=np.arange(n) // 20
    )
    line = came * dice.uniform(0.9, 1.1, n)
    outlook = foresee(fit(panel), Asks.of(np.arange(n), "level", line, 2023 * 12 + 11))
    inside = ((came >= outlook.low80) & (came <= outlook.high80)).mean()
    assert 0.7 < inside < 0.92
    assert calibration(outlook.p, came >= line).error < 0.1


def test_rates_of_the_months_stand_for_the_year() -> None:
    """Growth since January, per cent: the newest stands for a year that is not over."""
    rates = np.full(36, NAN)
    rates[[11, 23]] = [6.0, 8.0]
    rates[29] = 7.0
    panel = Panel.of([rates[:30]], last=2023 * 12 + 5, frequency=12, rates=True)
    asks = Asks.of([0], "growth_annual", 7.0, 2023 * 12 + 11, start=2020 * 12 + 11)
    outlook = foresee(fit(panel), asks)
    assert outlook.median[0] == pytest.approx(((1.06 * 1.08 * 1.07) ** (1 / 3) - 1) * 100)
    assert 0.3 < outlook.p[0] < 0.5
    spread = fan(fit(panel), 2024 * 12 + 11, levels=(0.1, 0.5, 0.9)).quantiles[0]
    # only the year's ends are said, in per cent: this year's, then the next
    assert np.isfinite(spread).all(axis=1).nonzero()[0].tolist() == [5, 17]
    assert spread[5, 1] == pytest.approx(7.0) and spread[5, 0] < 7.0 < spread[5, 2]
    assert 6.0 < spread[17, 1] < 8.0
