"""Where a goal stands: done, due, gap, and what is still needed."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hexi.monitoring.observed import Break, Observed
from hexi.monitoring.paths import draw, seasonal_of, stored, way_of
from hexi.monitoring.position import GradeRule, compare, contributions, locate, read_actual
from hexi.monitoring.standing import Grade

RULE = GradeRule("test", "2006-01-01", "", 0.1, 0.1, 0.01, "", "", "")
money = st.decimals("0.1", "5000", places=1).map(str)


def codes(remarks):
    return [one.code for one in remarks]


def yearly(goal, values, **more):
    return Observed.of(goal, {str(year): value for year, value in values.items()}, **more)


def placed(goal, values, shape="", **more):
    return locate(goal, yearly(goal, values, **more), draw(goal, shape), RULE)


def test_carbon_has_to_fall_by_386_per_cent_a_year(settled):
    """十二五 mid-term: 6.6 % in two years of the 17 % asked for."""
    goal = settled(
        "-17", measure="growth_total", measure_unit="%", bound="le", base="", start=2010, end=2015
    )
    place = placed(goal, {2010: 100, 2011: 97.5, 2012: 93.4})
    assert round(-place.required_rate, 2) == 3.86
    assert place.rate == "compound"
    assert place.actual == pytest.approx(-6.6)


def test_nitrogen_oxides_have_to_fall_by_434_per_cent_a_year(settled):
    """十二五 mid-term: up by 2.8 % in two years where 10 % down is asked for."""
    goal = settled(
        "-10", measure="growth_total", measure_unit="%", bound="le", base="", start=2010, end=2015
    )
    place = placed(goal, {2010: 100, 2011: 105.7, 2012: 102.8})
    assert round(-place.required_rate, 2) == 4.34
    assert place.official.grade is Grade.BEHIND
    assert place.official.done < 0


@pytest.mark.parametrize(
    ("target", "fall", "progress"), [("-15", 2.51, "15.64"), ("-17", 6.94, "38.60")]
)
def test_published_progress_figures_are_logarithms(settled, target, fall, progress):
    goal = settled(
        target, measure="growth_total", measure_unit="%", bound="le", base="", start=2010, end=2015
    )
    place = placed(goal, {2010: 100, 2011: 100 - fall})
    assert f"{place.official.done * 100:.2f}" == progress
    assert place.official.scale == "log"
    assert place.official.due == pytest.approx(0.2)


def test_the_lanzhou_zone_in_2018(settled):
    goal = settled("430")
    place = placed(goal, {2016: 240, 2017: 262, 2018: 285})
    assert place.period == "2018"
    assert place.expected == pytest.approx(225.98 * (430 / 225.98) ** 0.6)
    assert place.gap == pytest.approx(285 - place.expected)
    assert place.completion == pytest.approx((285 - 225.98) / (430 - 225.98))
    assert place.required_rate == pytest.approx(((430 / 285) ** 0.5 - 1) * 100)
    assert place.past_rate == pytest.approx(((285 / 225.98) ** (1 / 3) - 1) * 100)
    assert place.grade is place.official.grade is Grade.BEHIND


@given(base=money, line=money, actual=money, gone=st.integers(1, 4))
def test_the_rate_that_is_needed_leads_to_the_line(settled, base, line, actual, gone):
    goal = settled(line, base=base, bound="eq")
    assume(base != line)
    place = placed(goal, {2015 + gone: float(actual)})
    reached = float(actual) * (1 + place.required_rate / 100) ** (5 - gone)
    assert reached == pytest.approx(float(line), rel=1e-9)
    assert float(base) * (1 + place.past_rate / 100) ** gone == pytest.approx(float(actual))


@given(
    base=st.floats(0, 100), line=st.decimals("0", "100", places=1).map(str),
    actual=st.floats(0, 100), gone=st.integers(1, 4),
)  # fmt: skip
def test_the_steps_that_are_needed_lead_to_a_share(settled, base, line, actual, gone):
    goal = settled(line, measure="share", measure_unit="%", base=f"{base:.3f}", bound="eq")
    place = placed(goal, {2015 + gone: actual})
    assert actual + place.required_rate * (5 - gone) == pytest.approx(float(line), abs=1e-9)


@given(
    rate=st.decimals("-20", "30", places=1).map(str),
    known=st.lists(st.floats(-30, 40), min_size=1, max_size=4),
)
def test_growth_that_is_needed_makes_the_mean_asked_for(settled, rate, known):
    goal = settled(rate, measure="growth_annual", measure_unit="%", base="", bound="eq")
    years = {2016 + place: value for place, value in enumerate(known)}
    place = placed(goal, years, rates=True)
    left = 5 - len(known)
    factor = math.prod(1 + value / 100 for value in known) * (1 + place.required_rate / 100) ** left
    assert factor ** (1 / 5) == pytest.approx(1 + float(rate) / 100)
    mean = math.prod(1 + value / 100 for value in known) ** (1 / len(known))
    assert place.actual == pytest.approx((mean - 1) * 100)


@given(money, st.lists(st.floats(0.1, 1000), min_size=1, max_size=4))
def test_what_is_left_of_a_total_is_spread_over_the_years_left(settled, line, amounts):
    goal = settled(line, measure="cumulative", base="")
    place = placed(goal, {2016 + index: value for index, value in enumerate(amounts)})
    total = place.actual + place.required_rate * (5 - len(amounts))
    assert total == pytest.approx(float(line))
    assert place.actual == pytest.approx(sum(amounts))


@pytest.mark.parametrize("shape", ["constant_growth", "straight", "s_curve", "back_loaded"])
@given(base=money, line=money, year=st.integers(2016, 2019))
def test_who_is_on_the_path_is_on_schedule(settled, shape, base, line, year):
    goal = settled(line, base=base, bound="ge" if float(line) > float(base) else "le")
    assume(abs(float(line) / float(base) - 1) > 0.01)
    path = draw(goal, shape)
    place = locate(goal, yearly(goal, {year: path.at(year)}), path, RULE)
    assert place.grade is Grade.ON_SCHEDULE
    assert place.gap == pytest.approx(0, abs=1e-9 * float(line))


@pytest.mark.parametrize(
    ("value", "grade"),
    [(431, Grade.REACHED), (302, Grade.AHEAD), (290, Grade.ON_SCHEDULE), (270, Grade.BEHIND)],
)
def test_grades_of_a_middle_year(settled, value, grade):
    assert placed(settled("430"), {2017: value}).grade is grade


@pytest.mark.parametrize(("value", "grade"), [(430, Grade.REACHED), (429.9, Grade.BEHIND)])
def test_in_the_due_year_the_line_decides(settled, value, grade):
    place = placed(settled("430"), {2020: value})
    assert place.grade is grade
    assert place.required_rate is None


def test_values_after_the_due_year_do_not_move_a_finished_target(settled):
    place = placed(settled("430"), {2020: 331.49, 2021: 500})
    assert place.period == "2020"
    assert place.met is False


def test_a_line_to_hold_is_held_or_not(settled):
    goal = settled("90", measure="share", measure_unit="%", base="95")
    assert placed(goal, {2018: 92}).grade is Grade.ON_SCHEDULE
    assert placed(goal, {2018: 88}).grade is Grade.BEHIND
    assert placed(goal, {2018: 92}).completion is None


def test_without_a_direction_there_is_no_grade(settled):
    place = placed(settled("430", bound="eq", indicator="fai_re"), {2018: 300})
    assert place.grade is Grade.UNKNOWN
    assert place.official is None
    assert "no_direction" in codes(place.reasons)
    assert place.actual == 300


def test_without_a_base_the_value_stands_alone(settled):
    goal = settled(base="")
    place = locate(goal, yearly(goal, {2018: 300}), None, RULE)
    assert (place.actual, place.expected, place.completion, place.required_rate) == (
        300, None, None, None,
    )  # fmt: skip
    assert place.grade is Grade.UNKNOWN
    assert "no_base" in codes(place.reasons)


@pytest.mark.parametrize("base", ["0", "-12"])
def test_from_nothing_or_less_only_steps_are_reckoned(settled, base):
    place = placed(settled("430", base=base), {2018: 200})
    assert place.rate == "linear"
    assert place.required_rate == pytest.approx((430 - 200) / 2)
    assert "base_not_positive" in codes(place.reasons)


def test_nothing_since_the_base_is_no_progress(settled):
    place = placed(settled(), {2012: 190, 2015: 225.98})
    assert place.actual is None
    assert place.grade is Grade.UNKNOWN
    assert codes(place.reasons) == ["not_since"]


def test_a_year_missing_in_a_total_ends_what_is_known(settled):
    goal = settled("100", measure="cumulative", base="")
    place = placed(goal, {2016: 20, 2017: 22, 2019: 30})
    assert (place.period, place.actual) == ("2017", 42)
    recorded = placed(goal, {2016: 20, 2017: 22, 2019: 30}, totals=((2019, 95.0),))
    assert (recorded.period, recorded.actual) == ("2019", 95)


def test_a_year_missing_in_rates_ends_what_is_known(settled):
    goal = settled("8", measure="growth_annual", measure_unit="%", base="")
    place = placed(goal, {2016: 9.0, 2018: 7.0}, rates=True)
    assert (place.period, place.actual) == ("2016", pytest.approx(9))


def test_a_total_below_its_limit_is_not_kept_before_the_end(settled):
    goal = settled("100", measure="cumulative", base="", bound="le")
    assert placed(goal, {2016: 15}).met is None
    assert placed(goal, {2016: 120}).grade is Grade.BEHIND


def test_growth_ahead_of_its_mean_is_not_there_yet(settled):
    goal = settled("8", measure="growth_annual", measure_unit="%", base="")
    place = placed(goal, {2016: 12.0}, rates=True)
    assert place.grade is Grade.AHEAD
    done = placed(goal, {2016: 30.0, 2017: 30.0}, rates=True)
    assert done.grade is Grade.REACHED


def test_real_growth_and_nominal_level_are_not_mixed_in_silence(settled):
    place = placed(settled(indicator="gdp"), {2018: 300})
    assert "level_nominal" in codes(place.reasons)
    assert "level_nominal" not in codes(placed(settled(), {2018: 300}).reasons)


def monthly(goal, years, through=12, **more):
    values = {}
    for year, total in years.items():
        last = through if year == max(years) else 12
        values |= {f"{year}-{month:02d}": total * month / 12 for month in range(1, last + 1)}
    return Observed.of(goal, values, frequency=12, running=True, **more)


def test_months_are_held_against_the_running_year(settled):
    goal = settled("430")
    observed = monthly(goal, {2015: 226, 2016: 250, 2017: 300}, through=6)
    path = draw(goal)
    place = locate(goal, observed, path, RULE, seasonal=seasonal_of(observed))
    assert place.period == "2017-06"
    assert place.actual == pytest.approx(250 / 2 + 300 / 2)
    assert place.expected == pytest.approx((path.at(2016) + path.at(2017)) / 2)
    assert place.to_date == pytest.approx(150)
    assert place.to_date_expected == pytest.approx(path.at(2017) / 2)
    assert place.reading.elapsed == pytest.approx(1.5)


def test_quarters_of_a_stock_are_points_in_time(settled):
    goal = settled("60", measure="share", measure_unit="%", base="50", indicator="sh_br")
    observed = Observed.of(goal, {"2016-Q1": 50.2, "2016-Q2": 51.5}, frequency=4)
    place = locate(goal, observed, draw(goal), RULE)
    assert place.actual == 51.5
    assert place.expected == pytest.approx(51)


def test_rates_within_the_year_carry_the_years_before(settled):
    goal = settled("8", measure="growth_annual", measure_unit="%", base="")
    rates = Observed.of(
        goal, {"2016-12": 10.0, "2017-05": 6.0, "2017-06": 5.0}, frequency=12, rates=True
    )
    reading = read_actual(goal, rates)
    assert reading.value == pytest.approx(110 * 1.05)
    assert reading.period == "2017-06"


def test_a_bridged_break_is_said_and_an_open_one_ends_the_series(settled):
    goal = settled("430")
    change = Break(2018, "scope", "范围扩大", "Wider scope", 1.2)
    observed = replace(yearly(goal, {2016: 240, 2017: 262}), breaks=(change,))
    assert observed.as_record()["breaks"][0]["factor"] == 1.2


def test_a_stored_path_is_read_back(settled):
    goal = settled("430")
    path = draw(goal, "s_curve")
    again = stored(goal, "s_curve", {str(year): f"{value:.4f}" for year, value, _ in path.rows()})
    assert again.values == pytest.approx(path.values, abs=1e-4)
    assert codes(stored(goal, "s_curve", {"2020": "430"}).reasons) == ["by_hand_gaps"]
    growth = settled("8", measure="growth_annual", measure_unit="%", base="", end=2016)
    assert stored(growth, "by_hand", {"2016": "108"}).values.tolist() == [100, 108]


@given(
    gaps=st.dictionaries(st.sampled_from("abcdef"), st.floats(-1e4, 1e4), min_size=1),
    whole=st.floats(-1e4, 1e4),
)
def test_contributions_add_up_to_the_gap(settled, gaps, whole):
    found = contributions(settled(), whole, gaps)
    assert math.fsum(one.gap for one in found) == pytest.approx(whole, abs=1e-4)
    named = [one.gap for one in found if one.part]
    assert named == sorted(named)


def test_parts_of_a_share_count_by_their_weight(settled):
    goal = settled("60", measure="share", measure_unit="%", base="50")
    found = contributions(goal, -2.0, {"a": -4.0, "b": 0.0}, weights={"a": 100, "b": 300})
    assert [(one.part, one.gap, one.share) for one in found] == [
        ("a", -1.0, 0.5), ("b", 0.0, 0.0), ("", -1.0, 0.5),
    ]  # fmt: skip
    assert contributions(goal, -2.0, {"a": -4.0}) == ()
    rank = settled("3", measure="rank", measure_unit="位", base="9")
    assert contributions(rank, 1.0, {"a": 1.0}) == ()


def test_a_unit_among_its_peers(settled):
    found = compare("b", {"a": 5, "b": 4, "c": 4, "d": None, "e": 1}, upward=True, upper=3.5)
    assert (found.place, found.of, found.middle, found.from_upper) == (2, 4, 4, 0.5)
    assert found.silent == ("d",)
    assert compare("d", {"a": 5, "d": None}, upward=True) is None
    assert compare("a", {"a": 5, "b": 4}, upward=None).place is None
    assert compare("a", {"a": 5, "b": 4}, upward=False).place == 2


@given(st.floats(0.01, 0.99))
def test_done_and_after_are_each_other_undone(settled, share):
    for goal in (settled(), settled("60", measure="share", measure_unit="%", base="50")):
        way = way_of(goal)
        assert way.done(way.after(share)) == pytest.approx(share)


def test_an_empty_series_is_no_error(settled):
    goal = settled()
    observed = Observed("t", "u", "i", "亿元", 1, 0, np.empty(0))
    place = locate(goal, observed, draw(goal), RULE)
    assert place.actual is None
    assert place.period == ""
