"""What changes when a driver changes, and that the assumption is stated."""

from __future__ import annotations

import numpy as np
import pytest

from hexi.monitoring.forecast import (
    Adjustment,
    Asks,
    Delay,
    ExchangeRate,
    Growth,
    Leaving,
    Model,
    Panel,
    Scenario,
    fan,
    fit,
    foresee,
)


def trade() -> Model:
    dice = np.random.default_rng(1)
    values = 100 * np.exp(np.cumsum(0.06 + 0.04 * dice.standard_normal((3, 9)), axis=1))
    return fit(Panel.of(values, last=2023, family=np.zeros(3)))


def medians(model: Model, *adjustments: Adjustment, until: int = 2027) -> np.ndarray:
    scenario = Scenario.of(model, until, adjustments) if adjustments else None
    return fan(model, until, np.array([0]), scenario, levels=(0.5,)).quantiles[0, :, 0]


def test_a_firm_that_leaves_takes_its_part() -> None:
    model = trade()
    plain, without = medians(model), medians(model, Leaving(0, 0.3, 2025))
    np.testing.assert_allclose(without / plain, [1, 0.7, 0.7, 0.7])


def test_a_delayed_project_is_missing_until_it_comes() -> None:
    model = trade()
    plain, late = medians(model), medians(model, Delay(0, 12.0, 2024, 2))
    np.testing.assert_allclose(late - plain, [-12, -12, 0, 0])
    ramp = medians(model, Delay(0, 12.0, 2024, 1, ramp=3))
    np.testing.assert_allclose(ramp - plain, [-4, -4, -4, 0])


def test_exchange_rate_and_growth() -> None:
    model = trade()
    plain = medians(model)
    np.testing.assert_allclose(
        medians(model, ExchangeRate(0, 0.9, 2025, share=0.5)) / plain, [1, 0.95, 0.95, 0.95]
    )
    np.testing.assert_allclose(medians(model, Growth(0, -2, 2024)) / plain, 0.98 ** np.arange(1, 5))


def test_the_effect_on_the_chance_of_every_measure() -> None:
    model = trade()
    last = model.panel.values[0, -1]
    asks = Asks.of(
        [0] * 4,
        ["level", "growth_annual", "cumulative", "growth_yoy"],
        [last * 1.1, 5.0, last * 5.1, 3.0],
        2025,
        start=2020,
    )
    plain = foresee(model, asks)
    fall = foresee(model, asks, Scenario.of(model, 2025, [Leaving(0, 0.15, 2025)]))
    assert (fall.p < plain.p).all() and (fall.median < plain.median).all()
    assert all("scenario" in [one.code for one in reasons] for reasons in fall.reasons)
    other = foresee(model, Asks.of([1], "level", last, 2025))
    same = foresee(
        model,
        Asks.of([1], "level", last, 2025),
        Scenario.of(model, 2025, [Leaving(0, 0.15, 2025)]),
    )
    assert other.p[0] == same.p[0]


def test_adjustments_follow_one_another_and_are_stated() -> None:
    model = trade()
    scenario = Scenario.of(model, 2025, [Delay(0, 10.0, 2024, 1), Leaving(0, 0.5, 2024)])
    both = fan(model, 2024, np.array([0]), scenario, levels=(0.5,)).quantiles[0, 0, 0]
    assert both == pytest.approx((medians(model)[0] - 10) / 2)
    assert [one.code for one in scenario.assumptions] == ["delay", "leaving"]
    assert "10" in scenario.assumptions[0].text and "50%" in scenario.assumptions[1].text_en


def test_what_was_observed_stays() -> None:
    model = trade()
    scenario = Scenario.of(model, 2025, [Leaving(0, 0.9, 2020)])
    asks = Asks.of([0], "level", 1.0, 2023)
    assert foresee(model, asks, scenario).value[0] == model.panel.values[0, -1]


def test_a_year_s_project_in_months() -> None:
    values = np.tile(100.0, 36)
    model = fit(Panel.of([values], last=2023 * 12 + 11, frequency=12))
    scenario = Scenario.of(model, 2024 * 12 + 11, [Delay(0, 12.0, 2024 * 12, 6)])
    middle = fan(model, 2024 * 12 + 11, None, scenario, levels=(0.5,)).quantiles[0, :, 0]
    np.testing.assert_allclose(middle, [99.0] * 6 + [100.0] * 6)
    assert "2024-01" in scenario.assumptions[0].text
