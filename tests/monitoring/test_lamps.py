"""Lamps from probabilities, early warnings, and how right they were."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.monitoring.lamps import (
    LeadingProject,
    PastWarning,
    Rate,
    alarms_of,
    calibration,
    light,
    load_rules,
    months_since,
    track_record,
    turn_of,
)
from hexi.monitoring.observed import Observed
from hexi.monitoring.paths import draw
from hexi.monitoring.position import locate
from hexi.monitoring.standing import Lamp

AT = date(2019, 8, 15)
RULES = load_rules().on(AT)
RULE = RULES.lamp(False)


def lit(goal, p, *, at=AT, before=None, values=None):
    years = values if values is not None else {2016: 240, 2017: 262, 2018: 285}
    observed = Observed.of(goal, {str(year): value for year, value in years.items()})
    place = locate(goal, observed, draw(goal), RULES.grade)
    return light(goal, observed, place, p, RULE, at, before=before)


@pytest.mark.parametrize(
    ("p", "lamp"),
    [(0.0, "red"), (0.19, "red"), (0.2, "yellow"), (0.5, "yellow"), (0.8, "yellow"),
     (0.81, "green"), (1.0, "green"), (None, "grey")],
)  # fmt: skip
def test_bounds_of_the_lamps(settled, p, lamp):
    found = lit(settled(), p)
    assert found.lamp.value == lamp
    assert found.rule == "lamp-expected-1"
    assert found.reason.text
    assert found.reason.text_en.isascii()


@pytest.mark.parametrize(
    ("before", "p", "lamp"),
    [
        ("yellow", 0.18, "yellow"), ("yellow", 0.16, "red"),
        ("red", 0.22, "red"), ("red", 0.24, "yellow"), ("red", 0.9, "green"),
        ("green", 0.78, "green"), ("green", 0.76, "yellow"), ("green", 0.1, "red"),
        ("yellow", 0.82, "yellow"), ("yellow", 0.84, "green"),
        ("grey", 0.19, "red"), ("finished", 0.81, "green"),
    ],
)  # fmt: skip
def test_near_a_bound_the_lamp_stays_as_it_was(settled, before, p, lamp):
    found = lit(settled(), p, before=Lamp(before))
    assert found.lamp.value == lamp
    fresh = lit(settled(), p)
    assert (found.reason.code == "lamp_kept") == (found.lamp is not fresh.lamp)


@given(st.lists(st.floats(0.17, 0.23), min_size=2, max_size=40))
def test_wobbling_about_a_bound_changes_the_lamp_at_most_once(settled, chances):
    lamp, changes = None, 0
    for p in chances:
        found = lit(settled(), p, before=lamp).lamp
        changes += lamp is not None and found is not lamp
        lamp = found
    assert changes <= 1


def test_old_data_give_no_colour(settled):
    found = lit(settled(end=2025), 0.9, at=date(2021, 1, 15))
    assert found.lamp is Lamp.GREY
    assert found.reason.code == "grey_stale"
    assert "2018年" in found.reason.text
    assert lit(settled(end=2025), 0.9, at=date(2020, 12, 15)).lamp is Lamp.GREEN


def test_a_yearly_figure_is_old_only_when_the_next_should_have_come(settled):
    goal, values = settled(end=2030, start=2020), {2022: 240, 2023: 262, 2024: 285}
    for at in (date(2026, 6, 30), date(2026, 11, 21), date(2026, 12, 31)):
        assert lit(goal, 0.9, at=at, values=values).lamp is Lamp.GREEN
    found = lit(goal, 0.9, at=date(2027, 1, 1), values=values)
    assert (found.lamp, found.reason.code) == (Lamp.GREY, "grey_stale")


@pytest.mark.parametrize(
    ("values", "code"),
    [({2020: 440}, "lamp_reached"), ({2020: 400}, "lamp_missed"), ({2018: 285}, "finished")],
)
def test_after_the_due_year_the_lamp_is_finished(settled, values, code):
    found = lit(settled(), 0.5, at=date(2021, 1, 1), values=values)
    assert (found.lamp, found.reason.code) == (Lamp.FINISHED, code)


def test_months_since_the_end_of_a_period():
    assert months_since(2018, 1, date(2019, 1, 31)) == 0
    assert months_since(2018, 1, date(2019, 8, 15)) == 7
    assert months_since(2019 * 4 + 1, 4, date(2019, 8, 1)) == 1
    assert months_since(2019 * 12 + 6, 12, date(2019, 8, 1)) == 0


def series(goal, values, frequency=1):
    return Observed.of(goal, values, frequency=frequency)


def kinds(alarms):
    return [alarm.kind for alarm in alarms]


def test_a_year_that_was_not_reported_is_told_once_it_is_overdue(settled):
    goal = settled()
    observed = series(goal, {"2016": 240, "2017": 262})
    assert alarms_of(goal, observed, RULES, date(2019, 7, 1)) == ()
    (alarm,) = alarms_of(goal, observed, RULES, date(2019, 9, 1))
    assert (alarm.kind, alarm.about) == ("stalled", "2018")
    assert "2018年" in alarm.reason.text
    assert alarm.figures["months"] == 2
    assert alarm.answer_days == 10
    silent = alarms_of(goal, series(goal, {"2015": 225.98}), RULES, date(2019, 9, 1))
    assert silent[0].reason.code == "stalled_never"


def test_what_is_over_is_warned_of_no_more(settled):
    goal = settled()
    observed = series(goal, {"2016": 240, "2020": 250})
    assert alarms_of(goal, observed, RULES, date(2021, 9, 1)) == ()
    assert alarms_of(goal, observed, RULES, date(2020, 12, 31)) == ()


def trend(settled, rates, start=2008, frequency=1):
    goal = settled(start=start + 2, end=start + 30)
    values = 100 * np.cumprod(1 + np.array(rates) / 100)
    first = start * frequency
    return goal, Observed("t", "u", "i", "亿元", frequency, first, values)


def test_a_trend_that_broke_is_told_with_both_rates(settled):
    goal, observed = trend(settled, [12, 11, 13, 12, 11, 12, 4, 3, 5, 4, 4, 3])
    (alarm,) = alarms_of(goal, observed, RULES, date(2020, 2, 1))
    assert (alarm.kind, alarm.about) == ("change_point", "2014")
    assert alarm.figures["before"] == pytest.approx(11.8, abs=0.2)
    assert alarm.figures["after"] == pytest.approx(3.8, abs=0.2)
    assert alarm.reason.text.startswith("2014年起")


def test_a_trend_that_turned_for_the_better_is_no_warning(settled):
    goal, observed = trend(settled, [4, 3, 5, 4, 4, 3, 12, 11, 13, 12, 11, 12])
    assert turn_of(observed, 8).chance <= 0.05
    assert alarms_of(goal, observed, RULES, date(2020, 2, 1)) == ()


def test_too_short_a_series_or_one_without_movement_has_no_turn(settled):
    assert turn_of(trend(settled, [12, 12, 12, 3, 3, 3])[1], 8) is None
    assert turn_of(trend(settled, [0.0] * 20)[1], 8) is None


def test_of_series_without_a_change_few_are_told_to_have_one(settled):
    random = np.random.default_rng(4)
    told = 0
    for _ in range(200):
        turn = turn_of(trend(settled, random.normal(6, 3, 14))[1], 8)
        told += turn.chance <= 0.05
    assert told <= 20


@pytest.mark.parametrize("frequency", [4, 12])
@pytest.mark.parametrize("running", [False, True])
def test_of_months_without_a_change_few_are_told_to_have_one(settled, frequency, running):
    random = np.random.default_rng(5)
    season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(5 * frequency) / frequency)
    told = 0
    for _ in range(100):
        values = season * np.exp(np.cumsum(random.normal(0.01, 0.03, 5 * frequency)))
        if running:
            values = values.reshape(5, frequency).cumsum(axis=1).ravel()
        observed = Observed(
            "t", "u", "i", "亿元", frequency, 2015 * frequency, values, running=running
        )
        turn = turn_of(observed, 8)
        told += turn.chance <= 0.05
    assert told <= 14


def test_overlapping_rates_are_taken_once_a_year(settled):
    months = np.repeat([8.0, 8.2, 7.9, 8.1, 3.0, 3.1], 12)
    observed = Observed("t", "u", "i", "%", 12, 2015 * 12, months, rates=True)
    assert turn_of(observed, 8) is None


def test_months_are_compared_with_the_same_months(settled):
    season = np.tile([1, 2, 4, 3], 8)
    goal, observed = trend(settled, [0] * 32, frequency=4)
    growth = np.concatenate([np.full(16, 1.0), 1.1 ** np.arange(16)])
    assert turn_of(Observed("t", "u", "i", "亿元", 4, 2008 * 4, 50.0 * season), 8) is None
    turn = turn_of(Observed("t", "u", "i", "亿元", 4, 2008 * 4, 50.0 * season * growth), 8)
    assert turn.period // 4 in (2012, 2013)
    assert turn.chance <= 0.05
    assert goal.start == 2010
    assert observed.frequency == 4


def test_one_enterprise_that_carries_the_figure(settled):
    firms = {"甲": 40, "乙": 10, "丙": 9, "丁": 8, "戊": 33}
    found = alarms_of(settled(), None, RULES, AT, firms=firms)
    assert [(alarm.kind, alarm.about) for alarm in found] == [
        ("concentration", "甲"), ("concentration", "3"),
    ]  # fmt: skip
    assert "40.0%" in found[0].reason.text
    assert found[1].figures["names"] == "甲、戊、乙"
    assert alarms_of(settled(), None, RULES, AT, firms=firms, whole=1000) == ()
    assert alarms_of(settled(), None, RULES, AT, firms={"甲": 0}) == ()


def test_projects_that_have_not_started_or_lack_funds(settled):
    projects = (
        LeadingProject("一号", "2019-03"),
        LeadingProject("二号", "2019-06"),
        LeadingProject("三号", "2018-01", started="2018-05", funds=7, funds_due=10),
        LeadingProject("四号", "2018-01", started="2018-05", funds=8.5, funds_due=10),
        LeadingProject("五号", ""),
    )
    found = alarms_of(settled(), None, RULES, AT, projects=projects)
    assert [(alarm.kind, alarm.about) for alarm in found] == [
        ("project_late", "一号"), ("project_funds", "三号"),
    ]  # fmt: skip
    assert "5个月" in found[0].reason.text
    assert "7亿元" in found[1].reason.text


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [("green", "yellow", 1), ("yellow", "red", 1), ("red", "yellow", 0), ("green", "green", 0),
     ("grey", "red", 0), ("green", "grey", 0)],
)  # fmt: skip
def test_a_lamp_that_gets_worse(settled, before, after, told):
    found = alarms_of(settled(), None, RULES, AT, lamp=Lamp(after), before=Lamp(before))
    assert len(found) == told
    assert all("灯" in alarm.reason.text for alarm in found)


def test_the_same_warning_on_another_day_has_the_same_key(settled):
    goal, observed = settled(), None
    projects = (LeadingProject("一号", "2019-01"),)
    first = alarms_of(goal, observed, RULES, AT, projects=projects)[0]
    later = alarms_of(goal, observed, RULES, date(2019, 11, 1), projects=projects)[0]
    assert first.key == later.key
    assert first.reason.text != later.reason.text
    assert first.as_record()["as_of"] == "2019-08-15"


def test_false_alarms_and_misses():
    outcomes = {"a": (True, 2020), "b": (False, 2020), "c": (False, 2020), "d": (True, 2020)}
    warnings = [
        PastWarning("a", "lamp_worse", date(2018, 5, 1)),
        PastWarning("b", "lamp_worse", date(2018, 12, 1)),
        PastWarning("b", "stalled", date(2019, 6, 1)),
        PastWarning("c", "stalled", date(2021, 2, 1)),
        PastWarning("e", "stalled", date(2019, 2, 1)),
    ]
    both, worse, stalled = track_record(warnings, outcomes)
    assert (both.false_alarms, both.misses) == (Rate(1, 2), Rate(1, 2))
    assert both.lead_months == 24
    assert (worse.kind, worse.false_alarms) == ("lamp_worse", Rate(1, 2))
    assert (stalled.kind, stalled.false_alarms, stalled.misses) == (
        "stalled", Rate(0, 1), Rate(1, 2),
    )  # fmt: skip
    assert track_record([], {})[0].false_alarms.share is None


@given(st.integers(0, 200), st.integers(1, 200))
def test_the_interval_of_a_rate_holds_the_rate(hits, more):
    rate = Rate(hits, hits + more)
    low, high = rate.interval
    assert 0 <= low <= rate.share <= high <= 1


def test_probabilities_against_outcomes():
    claims = [(0.1, False), (0.15, False), (0.19, True), (0.95, True), (1.0, True)]
    bands = calibration(claims)
    assert [band.met.of for band in bands] == [3, 0, 0, 0, 2]
    assert bands[0].met == Rate(1, 3)
    assert bands[0].mean == pytest.approx(0.44 / 3)
    assert bands[-1].met == Rate(2, 2)
