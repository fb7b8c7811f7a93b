"""Totals over periods and places in a ranking, drawn from the model of the closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from hexi.monitoring.forecast import Asks, Model, Panel, fan, fit, foresee
from hexi.monitoring.forecast.dice import Dice
from hexi.monitoring.forecast.draws import course_of

NAN = np.nan


def zones(count: int = 5, years: int = 10, seed: int = 6) -> Model:
    dice = np.random.default_rng(seed)
    grown = np.cumsum(0.07 + 0.05 * dice.standard_normal((count, years)), axis=1)
    values = np.exp(grown) * np.array([100, 90, 80, 60, 40])[:count, None]
    return fit(Panel.of(values, last=2023, family=np.zeros(count), peers=np.zeros(count)))


def test_drawn_courses_have_the_quantiles_of_the_fan() -> None:
    model = zones()
    drawn = course_of(model, 2, np.arange(2024, 2029), None, Dice(40_000, 1))
    assert drawn is not None
    levels = (0.1, 0.25, 0.5, 0.75, 0.9)
    exact = fan(model, 2028, np.array([2]), levels=levels).quantiles[0]
    np.testing.assert_allclose(np.quantile(drawn, levels, axis=0).T, exact, rtol=0.015)


def test_months_drawn_likewise() -> None:
    dice = np.random.default_rng(8)
    season = np.tile(1 + 0.3 * np.sin(np.arange(12)), 4)
    values = season * np.exp(np.cumsum(0.005 + 0.02 * dice.standard_normal((20, 48)), axis=1))
    model = fit(Panel.of(values, last=2023 * 12 + 11, frequency=12, family=np.zeros(20)))
    periods = np.arange(2024 * 12, 2026 * 12)
    drawn = course_of(model, 3, periods, None, Dice(40_000, 1))
    assert drawn is not None
    exact = fan(model, 2026 * 12 - 1, np.array([3]), levels=(0.1, 0.5, 0.9)).quantiles[0]
    np.testing.assert_allclose(np.quantile(drawn, (0.1, 0.5, 0.9), axis=0).T, exact, rtol=0.02)


def test_a_total_adds_what_is_known_and_what_is_to_come() -> None:
    model = zones()
    known = model.panel.values[0, -3:].sum()
    last = model.panel.values[0, -1]
    far = Asks.of([0] * 3, "cumulative", known + last * np.array([0.5, 2.1, 20]), 2025, start=2020)
    outlook = foresee(model, far)
    assert outlook.p[0] == 1.0 and 0.05 < outlook.p[1] < 0.95 and outlook.p[2] == 0.0
    assert set(outlook.method) == {"paths"}
    assert outlook.required[1] == pytest.approx(last * 2.1 / 2)
    again = foresee(model, far)
    np.testing.assert_array_equal(outlook.p, again.p)


def test_a_total_within_the_year_counts_year_ends() -> None:
    flows = np.tile(np.full(12, 10.0), 4)
    totals = np.cumsum(flows.reshape(4, 12), axis=1).ravel()[:-6]
    model = fit(Panel.of([totals], last=2023 * 12 + 5, frequency=12, running=True))
    asks = Asks.of([0], "cumulative", 590.0, 2024 * 12 + 11, start=2019 * 12 + 11)
    outlook = foresee(model, asks)
    assert outlook.median[0] == pytest.approx(600, rel=0.01) and outlook.p[0] > 0.5
    assert outlook.required[0] == pytest.approx((590 - 360) / 2)


def test_places_add_up_over_all_units() -> None:
    model = zones()
    each = [
        foresee(model, Asks.of(np.arange(5), "rank", place, 2026, bound="le"), paths=4000).p
        for place in (1, 2, 5)
    ]
    assert each[0].sum() == pytest.approx(1.0) and each[1].sum() == pytest.approx(2.0)
    assert (each[2] == 1.0).all()
    # the largest is likeliest first
    assert each[0].argmax() == model.panel.values[:, -1].argmax()


def test_a_place_that_is_known() -> None:
    model = zones()
    outlook = foresee(model, Asks.of(np.arange(5), "rank", 2, 2023, bound="le"))
    order = (-model.panel.values[:, -1]).argsort().argsort() + 1
    np.testing.assert_array_equal(outlook.p, order <= 2)


def test_units_without_data_are_named() -> None:
    values = zones().panel.values.copy()
    values[4] = NAN
    model = fit(Panel.of(values, last=2023, peers=np.zeros(5)))
    outlook = foresee(model, Asks.of([0, 4], "rank", 2, 2025, bound="le"))
    codes = [[one.code for one in reasons] for reasons in outlook.reasons]
    assert "peers_missing" in codes[0] and codes[1] == ["no_series"]


def test_a_rank_without_peers_is_a_number_of_its_own() -> None:
    model = fit(Panel.of([[130.0, 126, 120, 115, 111, 108]], last=2023))
    outlook = foresee(model, Asks.of([0], "rank", 100, 2025, bound="le"))
    assert outlook.method[0] == "drift" and 0.2 < outlook.p[0] < 0.8
