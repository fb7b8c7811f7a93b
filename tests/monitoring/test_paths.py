"""Paths: from base to target by years and within the year."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hexi.monitoring.goal import Unclear
from hexi.monitoring.observed import Observed
from hexi.monitoring.paths import SHAPES, Seasonal, draw, seasonal_of

DRAWN = [shape for shape in SHAPES if shape not in ("by_hand", "hold")]
digits = st.decimals("0.1", "5000", places=1).map(str)


def codes(remarks):
    return [one.code for one in remarks]


@given(base=digits, line=digits, years=st.integers(1, 15), shape=st.sampled_from(DRAWN))
def test_a_level_begins_at_the_base_ends_at_the_target_and_never_turns_back(
    settled, base, line, years, shape
):
    goal = settled(line, base=base, bound="eq", end=2015 + years)
    path = draw(goal, shape)
    assert path.values[0] == float(base)
    assert path.values[-1] == float(line)
    steps = np.diff(path.values) * (1 if float(line) >= float(base) else -1)
    assert (steps >= -1e-9 * float(line)).all()
    assert len(path.values) == years + 1


@given(
    base=st.decimals("0", "100", places=1).map(str),
    line=st.decimals("0", "100", places=1).map(str),
    shape=st.sampled_from(DRAWN),
)
def test_a_share_stays_between_nothing_and_all(settled, base, line, shape):
    path = draw(settled(line, measure="share", measure_unit="%", base=base, bound="eq"), shape)
    assert ((path.values >= 0) & (path.values <= 100)).all()
    assert path.values[-1] == float(line)


@given(
    amount=st.one_of(st.just(""), digits), line=digits, years=st.integers(1, 10),
    shape=st.sampled_from(DRAWN),
)  # fmt: skip
def test_a_total_starts_at_nothing_and_its_amounts_come_to_the_target(
    settled, amount, line, years, shape
):
    path = draw(settled(line, measure="cumulative", base=amount, end=2015 + years), shape)
    assert path.values[0] == 0
    amounts = [path.yearly(year) for year in range(2016, 2016 + years)]
    assert math.fsum(amounts) == pytest.approx(float(line), rel=1e-9)
    assert min(amounts) >= -1e-9


@given(
    rate=st.decimals("-60", "60", places=1).map(str), years=st.integers(1, 10),
    shape=st.sampled_from(DRAWN), measure=st.sampled_from(["growth_annual", "growth_total"]),
)  # fmt: skip
def test_growth_compounds_to_the_rate_asked_for(settled, rate, years, shape, measure):
    goal = settled(rate, measure=measure, measure_unit="%", base="", end=2015 + years)
    path = draw(goal, shape)
    index = path.values[-1] / 100
    reached = index ** (1 / years) if measure == "growth_annual" else index
    assert (reached - 1) * 100 == pytest.approx(float(rate), abs=1e-9)


@given(base=st.integers(1, 99), line=st.integers(1, 99), shape=st.sampled_from(DRAWN))
def test_ranks_are_whole_places_and_never_due_early(settled, base, line, shape):
    goal = settled(str(line), measure="rank", measure_unit="位", base=str(base), bound="eq")
    path = draw(goal, shape)
    assert (path.values == np.round(path.values)).all()
    if shape == "straight":
        exact = np.linspace(base, line, 6)
        late = path.values >= exact - 1e-6 if line <= base else path.values <= exact + 1e-6
        assert late.all()


def test_constant_growth_is_one_rate(settled):
    path = draw(settled("430"), "constant_growth")
    rates = path.values[1:] / path.values[:-1]
    assert rates == pytest.approx([(430 / 225.98) ** 0.2] * 5)


def test_front_and_back_loaded_lie_on_either_side_of_the_straight_line(settled):
    goal = settled("430")
    front, straight, back, curve = (
        draw(goal, shape).values[1:-1]
        for shape in ("front_loaded", "straight", "back_loaded", "s_curve")
    )
    assert (front > straight).all()
    assert (back < straight).all()
    assert curve[0] < straight[0]
    assert curve[-1] > straight[-1]


def test_the_official_line_is_a_fifth_of_the_way_a_year(settled):
    fall = settled("-17", measure="growth_total", measure_unit="%", base="", bound="le")
    share = settled("60", measure="share", measure_unit="%", base="50")
    way = np.log(draw(fall, "official").values / 100) / math.log(0.83)
    assert way == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1])
    assert draw(share, "official").values == pytest.approx([50, 52, 54, 56, 58, 60])


@pytest.mark.parametrize("base", ["0", "-4"])
def test_from_nothing_or_less_no_rate_is_made_up(settled, base):
    path = draw(settled("430", base=base), "constant_growth")
    assert codes(path.cautions) == ["base_not_positive"]
    assert np.diff(path.values) == pytest.approx([(430 - float(base)) / 5] * 5)


def test_without_a_base_there_is_no_path(settled):
    answer = draw(settled(base=""))
    assert isinstance(answer, Unclear)
    assert codes(answer.reasons) == ["no_base"]
    assert answer.reasons[0].text_en == "Without a base there is no path or progress"


def test_a_target_that_the_base_already_reaches_is_a_line_to_hold(settled):
    path = draw(settled("90", measure="share", measure_unit="%", base="95"))
    assert path.shape == "hold"
    assert path.values[1:].tolist() == [90] * 5
    assert codes(path.cautions) == ["already_there"]


def test_a_path_by_hand_is_complete_and_ends_at_the_target(settled):
    goal = settled("430")
    years = {"2016": "250", "2017": "290", "2018": "330", "2019": "380", "2020": "430"}
    path = draw(goal, "by_hand", by_hand=years)
    assert path.values.tolist() == [225.98, 250, 290, 330, 380, 430]
    short = draw(goal, "by_hand", by_hand=years | {"2020": "420"})
    assert codes(short.reasons) == ["by_hand_ends"]
    assert "420" in short.reasons[0].text
    holes = draw(goal, "by_hand", by_hand=years | {"2017": "", "2018": "约三百"})
    assert codes(holes.reasons) == ["by_hand_gaps"]
    assert "2017年、2018年" in holes.reasons[0].text


def test_growth_and_totals_by_hand_are_rates_and_amounts(settled):
    growth = settled("8.0", measure="growth_annual", measure_unit="%", base="", end=2017)
    path = draw(growth, "by_hand", by_hand={"2016": "7.0", "2017": "9.0"})
    assert path.yearly(2016) == pytest.approx(7.0)
    assert path.values[-1] == growth.index
    total = settled("12", measure="cumulative", base="", end=2017)
    path = draw(total, "by_hand", by_hand={"2016": "5", "2017": "7"})
    assert path.values.tolist() == [0, 5, 12]


def test_after_the_due_year_the_target_stays_due_and_before_the_base_nothing_is(settled):
    path = draw(settled("430"))
    assert path.at(2014) is None
    assert path.at(2023) == 430
    assert [row[0] for row in path.rows()] == [2015, 2016, 2017, 2018, 2019, 2020]


def quarters(settled, years, shares=(0.1, 0.2, 0.3, 0.4)):
    values = {
        f"{year}-Q{index + 1}": total * share
        for year, total in years.items()
        for index, share in enumerate(shares)
    }
    return Observed.of(settled(), values, frequency=4)


def test_seasons_are_learnt_from_whole_years(settled):
    season = seasonal_of(quarters(settled, {2018: 100, 2019: 120, 2020: 90}))
    assert season.learnt
    assert season.shares == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert "2018—2020年" in season.reason.text
    few = seasonal_of(quarters(settled, {2020: 90}))
    assert not few.learnt
    assert few.shares.tolist() == [0.25] * 4
    assert few.reason.code == "season_equal"


def test_january_and_february_in_one_figure_are_no_hindrance(settled):
    months = {
        f"{year}-{month:02d}": 10.0 * month for year in (2018, 2019) for month in range(2, 13)
    }
    running = Observed.of(settled(), months, frequency=12, running=True)
    season = seasonal_of(running)
    assert season.learnt
    assert season.shares.sum() == pytest.approx(1)
    assert season.shares[0] == pytest.approx(season.shares[1])


@given(
    years=st.dictionaries(st.integers(2010, 2019), st.floats(1, 1e6), min_size=2, max_size=6),
    shape=st.sampled_from(DRAWN),
    shares=st.lists(st.floats(0.01, 1), min_size=4, max_size=4),
)
def test_the_quarters_of_a_year_come_to_the_year(settled, years, shape, shares):
    whole = sum(shares)
    season = seasonal_of(quarters(settled, years, [one / whole for one in shares]))
    path = draw(settled("430"), shape)
    alone = path.within(2018, season, running=False)
    through = path.within(2018, season, running=True)
    assert math.fsum(alone) == pytest.approx(path.at(2018))
    assert through[-1] == path.at(2018)
    assert through == sorted(through)


def test_stocks_and_ratios_go_from_year_end_to_year_end(settled):
    path = draw(settled("60", measure="share", measure_unit="%", base="50", indicator="sh_br"))
    assert path.within(2016, Seasonal.equal(4)) == pytest.approx([50.5, 51, 51.5, 52])


@given(st.sampled_from(DRAWN))
def test_totals_within_a_year_run_on_from_the_year_before(settled, shape):
    path = draw(settled("100", measure="cumulative", base=""), shape)
    through = path.within(2018, Seasonal.equal(12))
    assume(path.at(2018) > path.at(2017))
    assert path.at(2017) < through[0] < through[-1] == pytest.approx(path.at(2018))


def test_an_unknown_shape_is_a_programming_error(settled):
    with pytest.raises(ValueError, match="zigzag"):
        draw(settled(), "zigzag")
