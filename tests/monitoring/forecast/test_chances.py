"""What must hold of any chance, whatever the series: properties, and lines that are known."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from hexi.monitoring.forecast import Asks, Model, Panel, fan, fit, foresee, outcome
from hexi.monitoring.verdicts.reach import Line
from hexi.monitoring.verdicts.verdict import Status
from hexi.quantities import Interval

NAN = np.nan
MEASURES = ["level", "count", "growth_annual", "growth_yoy", "growth_total", "cumulative", "rank"]

numbers = st.one_of(
    st.just(NAN),
    st.just(0.0),
    st.floats(-1e9, 1e9),
    st.floats(1e-6, 1e6),
    st.sampled_from([1.0, 5.0, 100.0]),
)


@st.composite
def panels(draw: st.DrawFn) -> Panel:
    """Any few series: gaps, zeros, constants, signs, sizes, sub-annual or not."""
    frequency = draw(st.sampled_from([1, 4, 12]))
    shape = (draw(st.integers(1, 5)), draw(st.integers(1, 30)))
    values = draw(arrays.arrays(np.float64, shape, elements=numbers))
    flags = st.lists(st.booleans(), min_size=shape[0], max_size=shape[0])
    families = st.lists(st.integers(-1, 1), min_size=shape[0], max_size=shape[0])
    return Panel.of(
        values,
        last=2023 * frequency + draw(st.integers(0, frequency - 1)),
        frequency=frequency,
        family=draw(families),
        running=draw(flags),
        rates=draw(flags),
        low=draw(st.sampled_from([NAN, 0.0])),
        high=draw(st.sampled_from([NAN, 100.0])),
        peers=draw(families),
    )


def ends_of(panel: Panel) -> int:
    return (panel.last // panel.frequency + 3) * panel.frequency - 1


@settings(max_examples=150, deadline=None)
@given(panels(), st.floats(-50, 500), st.sampled_from(["ge", "le", "eq", "approx"]))
def test_nothing_fails_and_a_chance_is_a_chance(panel: Panel, line: float, bound: str) -> None:
    model = fit(panel)
    n, end = len(panel), ends_of(panel)
    row = np.repeat(np.arange(n), len(MEASURES))
    asks = Asks.of(
        row, np.tile(MEASURES, n), line, end, bound=bound, start=end - 5 * panel.frequency
    )
    outlook = foresee(model, asks, paths=50)
    said = np.isfinite(outlook.p)
    assert ((outlook.p[said] >= 0) & (outlook.p[said] <= 1)).all()
    for place in range(len(asks)):
        reasons = outlook.reasons[place]
        assert reasons and all(one.text and one.text_en for one in reasons)
        # where nothing is said, nothing is said of anything
        assert (outlook.method[place] == "none") == (not said[place])
        if said[place]:
            low, middle, high = (
                getattr(outlook, name)[place] for name in ("low80", "median", "high80")
            )
            assert low <= middle <= high


@settings(max_examples=150, deadline=None)
@given(panels())
def test_fans_are_ordered(panel: Panel) -> None:
    model = fit(panel)
    spread = fan(model, ends_of(panel)).quantiles
    there = np.isfinite(spread).all(axis=2)
    assert (np.diff(spread[there], axis=1) >= 0).all()
    # a step is said whole or not at all
    assert (np.isfinite(spread).any(axis=2) == there).all(), (panel, spread)


series = arrays.arrays(np.float64, st.integers(3, 20), elements=st.floats(1.0, 1e5))


@settings(max_examples=100, deadline=None)
@given(series, st.floats(0.1, 2e5), st.floats(0, 1e5), st.integers(2024, 2030))
def test_a_higher_line_is_never_likelier(
    values: np.ndarray, line: float, more: float, end: int
) -> None:
    model = fit(Panel.of([values], last=2023))
    up = foresee(model, Asks.of([0, 0], "level", [line, line + more], end)).p
    down = foresee(model, Asks.of([0, 0], "level", [line, line + more], end, bound="le")).p
    assert up[1] <= up[0] + 1e-12 and down[0] <= down[1] + 1e-12
    # a series that has never moved may stay on the line, where both are met
    if np.ptp(values) > 0:
        np.testing.assert_allclose(up + down, 1.0, atol=1e-9)
    assert (up + down >= 1 - 1e-9).all()


@settings(max_examples=100, deadline=None)
@given(series, st.floats(1e-4, 1e4), st.floats(0.1, 2e5))
def test_the_unit_does_not_matter(values: np.ndarray, unit: float, line: float) -> None:
    def asked(scale: float) -> float:
        model = fit(Panel.of([values * scale], last=2023))
        return float(foresee(model, Asks.of([0], "level", line * scale, 2026)).p[0])

    assert asked(1.0) == pytest.approx(asked(unit), abs=1e-6)


def model_of(*rows: list[float], **about: object) -> Model:
    return fit(Panel.of(rows, last=2023, **about))  # type: ignore[arg-type]


def test_a_known_end_is_no_forecast() -> None:
    model = model_of([100.0, 104, 110, 118, 131])
    asks = Asks.of(
        [0] * 5,
        ["level", "level", "growth_annual", "cumulative", "growth_yoy"],
        [130, 132, 7.0, 362, 12.0],
        2023,
        start=[-1, -1, 2019, 2020, -1],
    )
    outlook = foresee(model, asks)
    assert list(outlook.p) == [1.0, 0.0, 0.0, 0.0, 0.0]
    assert set(outlook.method) == {"known"}
    assert outlook.value[2] == pytest.approx((1.31**0.25 - 1) * 100)
    assert outlook.value[3] == 110 + 118 + 131


def test_growth_over_a_plan_is_what_is_left_to_do() -> None:
    """6.5 % a year over 2021-2025 after three good years is a lower level than after bad ones."""
    good = [100.0, 110, 121, 133.1]
    model = model_of([*[60.0, 70, 80, 90], *good])
    growth = foresee(model, Asks.of([0], "growth_annual", 6.5, 2025, start=2020))
    level = foresee(model, Asks.of([0], "level", 100 * 1.065**5, 2025))
    assert growth.p[0] == pytest.approx(level.p[0])
    assert growth.required[0] == pytest.approx(((100 * 1.065**5 / 133.1) ** 0.5 - 1) * 100)
    stated = foresee(model, Asks.of([0], "growth_annual", 6.5, 2025, start=2020, base=120.0))
    assert stated.p[0] < growth.p[0]


def test_rates_make_the_index_they_stand_for() -> None:
    rates = fit(Panel.of([[6.0, 7, 8, 5, 6, 7]], last=2023, rates=True))
    index = 100 * np.concatenate([[1], np.cumprod(1 + np.array([6.0, 7, 8, 5, 6, 7]) / 100)])
    levels = fit(Panel.of([index], last=2023))
    for measure, line in (("growth_annual", 6.5), ("growth_total", 35.0), ("growth_yoy", 6.5)):
        asks = Asks.of([0], measure, line, 2025, start=2020)
        assert foresee(rates, asks).p[0] == pytest.approx(foresee(levels, asks).p[0])
    known = foresee(rates, Asks.of([0], "growth_annual", 5.9, 2023, start=2020))
    assert known.p[0] == 1.0 and known.value[0] == pytest.approx(
        ((1.05 * 1.06 * 1.07) ** (1 / 3) - 1) * 100
    )
    yearly = foresee(rates, Asks.of([0] * 2, "growth_yoy", 6.5, [2024, 2025]))
    spread = fan(rates, 2025, levels=(0.1, 0.5, 0.9)).quantiles[0]
    np.testing.assert_allclose(spread[:, 1], yearly.median)
    np.testing.assert_allclose(spread[:, 2], yearly.high80)
    level = foresee(rates, Asks.of([0], "level", 6.5, 2025))
    assert np.isnan(level.p[0]) and level.reasons[0][0].code == "rates_only"


def test_a_missing_rate_makes_the_index_less_certain() -> None:
    def p(values: list[float]) -> float:
        model = fit(Panel.of([values], last=2023, rates=True))
        return float(foresee(model, Asks.of([0], "growth_annual", 6.3, 2025, start=2018)).p[0])

    assert abs(p([6, 6.5, 5.5, NAN, 6, 6]) - 0.5) < abs(p([6, 6.5, 5.5, 6, 6, 6]) - 0.5)


@pytest.mark.parametrize(
    ("bound", "upward", "line", "value", "met"),
    [
        ("ge", -1, 100, 100, True),
        ("le", 1, 100, 100.1, False),
        ("eq", 1, 100, 99, False),
        ("eq", -1, 100, 99, True),
        ("eq", 0, 100, 100, False),
        ("approx", 1, 100, 95, True),
        ("approx", 1, 100, 94.9, False),
        ("approx", 0, 100, 105, True),
        ("approx", 0, 100, 105.1, False),
        ("approx", -1, -100, -95, True),
    ],
)
def test_lines_are_those_of_the_verdicts(
    bound: str, upward: int, line: float, value: float, met: bool
) -> None:
    assert bool(outcome(line, bound, upward, value)) is met


def test_lines_agree_with_the_judge() -> None:
    """The same line, bound and direction as `verdicts.reach.Line`, on point values."""
    for bound in ("ge", "le", "eq", "approx"):
        for direction, upward in (("up", 1), ("down", -1), ("none", 0)):
            for value in (-106, -100, -94, 0, 90, 94, 95, 96, 100, 104, 105, 106):
                for line in (-100, 100):
                    judged = Line(Fraction(line), bound, direction).status(
                        Interval(Fraction(value), Fraction(value))
                    )
                    ours = bool(outcome(line, bound, upward, value))
                    assert ours == (judged is Status.MET), (bound, direction, value, line)


def test_an_aim_at_about_a_value_is_a_band() -> None:
    model = model_of([98.0, 101, 99, 100, 102, 100])
    near, above, below = foresee(
        model,
        Asks.of([0] * 3, "level", [100, 105, 95], 2024, bound=["approx", "ge", "le"], upward=0),
    ).p
    assert near == pytest.approx(1 - above - below)


@pytest.mark.parametrize(
    ("asks", "code"),
    [
        (Asks.of([0], "level", 5.0, 2025, bound="eq", upward=0), "no_direction"),
        (Asks.of([0], "level", NAN, 2025), "no_line"),
        (Asks.of([0], "growth_annual", 5.0, 2025), "no_base"),
        (Asks.of([0], "growth_yoy", 5.0, 2021), "no_base"),
        (Asks.of([0], "growth_annual", 5.0, 2025, start=1990), "no_base"),
        (Asks.of([0], "cumulative", 5.0, 2025), "no_start"),
        (Asks.of([0], "level", 5.0, 2020), "past_end"),
        (Asks.of([0], "cumulative", 5.0, 2025, start=2019), "missing_part"),
        (Asks.of([1], "level", 5.0, 2025), "no_series"),
        (Asks.of([2], "level", 5.0, 2025), "too_few"),
    ],
)
def test_what_cannot_be_said_is_not(asks: Asks, code: str) -> None:
    model = model_of([10.0, 11, NAN, 13, 14, 15], [NAN] * 6, [*[NAN] * 4, 3, 4])
    outlook = foresee(model, asks)
    assert np.isnan(outlook.p[0]) and np.isnan(outlook.median[0])
    assert outlook.method[0] == "none"
    assert [one.code for one in outlook.reasons[0]] == [code]
    assert outlook.as_record(0)["p"] is None


def test_shapes_that_disagree_are_refused() -> None:
    with pytest.raises(ValueError, match="frequency"):
        Panel.of([[1.0]], last=2023, frequency=2)
    with pytest.raises(ValueError, match="table"):
        Panel.of([1.0, 2.0], last=2023)
    with pytest.raises(ValueError, match="measure"):
        Asks.of([0], "rate", 1.0, 2025)


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("frequency", [1, 4, 12])
@pytest.mark.parametrize("value", [0.0, 5.0])
@pytest.mark.parametrize("line", [0.0, 5.0, np.inf])
def test_a_series_without_any_spread_is_answered_without_a_division_by_it(
    frequency: int, value: float, line: float
) -> None:
    years, m = 3, len(MEASURES)
    values = np.full((3, years * frequency), value)
    panel = Panel.of(values, last=2024 * frequency - 1, frequency=frequency, family=[0, 0, 0])
    for ahead in (0, 1, 3):
        end = (2024 + ahead) * frequency - 1
        for bound in ("ge", "le", "approx"):
            asks = Asks.of(
                [0] * m, MEASURES, [line] * m, [end] * m,
                bound=[bound] * m, upward=[1] * m, start=[2021 * frequency - 1] * m,
            )  # fmt: skip
            p = foresee(fit(panel), asks, paths=50).p
            assert ((p >= 0) & (p <= 1) | np.isnan(p)).all()


def test_what_has_never_moved_may_well_not_grow() -> None:
    model = model_of([5.0] * 8)
    asks = Asks.of([0, 0], ["growth_yoy"] * 2, [0.0, 3.0], [2026] * 2,
                   bound=["ge"] * 2, upward=[1] * 2)  # fmt: skip
    stays, grows = foresee(model, asks).p
    # Laplace: seven steps without a move, three to go
    assert stays == pytest.approx(8 / 11 + 3 / 11 / 2)
    assert grows < 0.01
