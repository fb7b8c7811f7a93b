"""The sweep over all targets, and targets that were changed."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hexi.catalogue import load_pack
from hexi.monitoring.adjustment import (
    Version,
    changes_between,
    original_of,
    swept_against_both,
    version_on,
)
from hexi.monitoring.goal import Goal, goal_of
from hexi.monitoring.lamps import load_rules
from hexi.monitoring.observed import Observed, observed_for, with_seen_base
from hexi.monitoring.outlooks import ask, fitted
from hexi.monitoring.paths import by_share, draw
from hexi.monitoring.standing import Grade, Lamp
from hexi.monitoring.sweep import batches, sweep
from hexi.monitoring.verdicts import ledger_of

AT = date(2019, 8, 15)
RULES = load_rules()


def yearly(goal, values, **more):
    return Observed.of(goal, {str(year): value for year, value in values.items()}, **more)


def history(level, rate, years=range(2006, 2019)):
    return {year: level * (1 + rate) ** (year - years[0]) for year in years}


def codes(standing):
    return [one.code for one in standing.reasons]


def swept_one(goal, observed=None, at=AT, **more):
    series = {} if observed is None else {goal.id: observed}
    (standing,) = sweep([goal], series, at=at, rules=RULES, **more).standings
    return standing


def test_a_target_well_within_reach_is_green_and_one_far_off_is_red(settled):
    goal = settled("300", base="200", start=2015)
    fast = swept_one(goal, yearly(goal, history(80, 0.11)))
    slow = swept_one(goal, yearly(goal, history(180, 0.01)))
    assert (fast.lamp, slow.lamp) == (Lamp.GREEN, Lamp.RED)
    assert fast.p > 0.8 > 0.2 > slow.p
    assert fast.low80 < fast.median < fast.high80
    assert slow.grade is slow.official.grade is Grade.BEHIND
    assert slow.lamp_rule == "lamp-expected-1"


def test_nothing_observed_is_grey_with_its_reason_and_no_figure(settled):
    standing = swept_one(settled())
    assert standing.lamp is Lamp.GREY
    assert {"grey_no_data", "not_since"} <= set(codes(standing))
    record = standing.as_record()
    for name in ("actual", "expected", "gap", "completion", "required_rate", "p", "median"):
        assert record[name] is None


@pytest.mark.parametrize(
    ("measure", "values", "grade"),
    [
        ("level", {2019: 500}, Grade.UNKNOWN),
        ("level", {2020: 500}, Grade.REACHED),
        ("cumulative", {2016: 300, 2017: 200}, Grade.REACHED),
        ("cumulative", {2016: 300}, Grade.UNKNOWN),
    ],
)
def test_what_is_over_is_graded_by_its_due_year(settled, measure, values, grade):
    goal = settled(measure=measure)
    standing = swept_one(goal, yearly(goal, values), at=date(2021, 6, 1))
    assert (standing.lamp, standing.grade) == (Lamp.FINISHED, grade)


BAD = {
    "no base": ({"base": ""}, {2016: 240, 2017: 262, 2018: 285}, "no_base", ("expected",)),
    "base of nothing": ({"base": "0"}, {2016: 24, 2017: 60, 2018: 99}, "base_not_positive", ()),
    "base below nothing": ({"base": "-3"}, {2016: 4, 2017: 9, 2018: 15}, "base_not_positive", ()),
    "outside the plan": (
        {"end": 2025, "span": (2016, 2020)}, {2016: 240, 2017: 262, 2018: 285}, "outside_plan", (),
    ),
    "share of a hundred and more as base": (
        {"measure": "share", "measure_unit": "%", "base": "140"},
        {2016: 61, 2017: 62, 2018: 64}, "base_beyond", ("expected", "completion"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_answered_in_words(settled, case):
    other, values, code, unknown = BAD[case]
    goal = settled("90", **other)
    standing = swept_one(goal, yearly(goal, values))
    said = next(one for one in standing.reasons if one.code == code)
    assert said.text
    assert said.text_en != said.text
    assert standing.actual == pytest.approx(values[2018])
    assert [getattr(standing, name) for name in unknown] == [None] * len(unknown)


def test_an_observed_share_that_cannot_be_is_set_aside_and_told(settled):
    goal = settled("60", measure="share", measure_unit="%", base="50", indicator="sh_br")
    years = {year: 52 + 0.3 * (year - 2017) for year in range(2008, 2018)}
    standing = swept_one(goal, yearly(goal, years | {2018: 530}))
    assert (standing.last_period, standing.actual) == ("2017", 52)
    (said,) = (one for one in standing.reasons if one.code == "value_beyond")
    assert "2018" in said.text
    assert standing.high80 <= 100


def test_missing_years_are_named_and_the_rest_is_told(settled):
    book = ledger_of(load_pack("gansu"), date(2021, 6, 1))
    goal = settled(indicator="gdp")
    observed = observed_for(goal, book, date(2021, 6, 1))
    standing = swept_one(goal, observed, at=date(2020, 12, 31))
    assert "years_missing" in codes(standing)
    assert standing.actual == 331.49


def test_two_targets_for_one_thing_are_both_swept_and_told(settled):
    one, other = settled("300", id="a", base="200"), settled("400", id="b", base="200")
    observed = yearly(one, history(80, 0.09))
    found = sweep([one, other], {"a": observed, "b": observed}, at=AT, rules=RULES)
    assert all("two_targets" in codes(standing) for standing in found.standings)
    assert found.of("a").p > found.of("b").p


def test_a_share_never_leaves_its_limits(settled):
    goal = settled("99.5", measure="share", measure_unit="%", base="97", indicator="sh_br")
    standing = swept_one(
        goal, yearly(goal, {year: 97 + 0.2 * (year - 2010) for year in range(2010, 2019)})
    )
    assert standing.high80 <= 100
    assert standing.median <= 100


@pytest.mark.parametrize(
    ("measure", "unit", "values"),
    [
        ("level", "亿元", history(100, 0.0)),
        ("level", "亿元", {2018: 240}),
        ("level", "亿元", {2017: 0, 2018: 0}),
        ("level", "亿元", {2016: -5, 2017: 3, 2018: -2}),
        ("cumulative", "亿元", {2016: 0, 2017: 12}),
        ("growth_annual", "%", {2016: 8.0}),
        ("growth_total", "%", {2015: 100, 2018: 130}),
        ("rank", "位", {2016: 40, 2017: 38}),
        ("share", "%", {2016: 100, 2017: 100, 2018: 100}),
        ("count", "家", {2016: 1, 2018: 2}),
    ],
)
def test_awkward_series_of_every_measure_are_swept(settled, measure, unit, values):
    base = "" if measure.startswith("growth") else "41"
    goal = settled("55", measure=measure, measure_unit=unit, base=base)
    observed = yearly(goal, values, rates=measure == "growth_annual")
    standing = swept_one(goal, observed)
    assert standing.lamp in Lamp
    assert standing.p is None or 0 <= standing.p <= 1
    assert standing.as_record()["reasons"]


def test_every_target_of_the_pack_is_swept_on_any_day():
    pack = load_pack("gansu")
    plans = {plan.id: plan for plan in pack.plans}
    for at, finished in ((date(2018, 6, 30), 5), (date(2026, 11, 21), 178)):
        book = ledger_of(pack, at)
        goals, series = [], {}
        for target in pack.targets:
            goal = goal_of(target, pack.catalogue, plans[target.plan])
            if isinstance(goal, Goal):
                observed = observed_for(goal, book, at, known=RULES.known)
                goals.append(with_seen_base(goal, observed))
                series[goal.id] = observed
        found = sweep(goals, series, at=at, rules=RULES)
        assert found.lamps()[Lamp.FINISHED] == finished
        assert len(found.standings) == 179
    zone = found.of("lz-etdz-135.gdp")
    assert (zone.actual, zone.grade, zone.lamp) == (331.49, Grade.BEHIND, Lamp.FINISHED)
    assert "lamp_missed" in codes(zone)


def test_the_same_inputs_give_the_same_rows_and_hashes(settled):
    goals = [settled("300", id=f"g{place}", base="200") for place in range(6)]
    series = {goal.id: yearly(goal, history(80 + place, 0.09)) for place, goal in enumerate(goals)}
    first = sweep(goals, series, at=AT, rules=RULES)
    again = sweep(goals, series, at=AT, rules=RULES)
    assert first.standings == again.standings
    next_day = sweep(goals, series, at=date(2019, 8, 16), rules=RULES)
    assert [one.data_hash for one in next_day.standings] == [
        one.data_hash for one in first.standings
    ]


def test_another_value_path_or_lamp_gives_another_hash(settled):
    goal = settled("300", base="200")
    plain = swept_one(goal, yearly(goal, history(80, 0.09)))
    other = swept_one(goal, yearly(goal, history(80, 0.09) | {2018: 250.0}))
    path = swept_one(goal, yearly(goal, history(80, 0.09)), paths={"t": draw(goal, "s_curve")})
    moved = swept_one(replace(goal, line=301.0), yearly(goal, history(80, 0.09)))
    assert len({one.data_hash for one in (plain, other, path, moved)}) == 4


def test_a_lamp_that_is_near_its_bound_keeps_its_colour(settled):
    goal = settled("267", base="200")
    observed = yearly(goal, history(80, 0.09))
    p = swept_one(goal, observed).p
    rule = replace(RULES.lamps[1], green_above=p + 0.01, red_below=0.01, width=0.02)
    near = replace(RULES, lamps=(RULES.lamps[0], rule))
    lamps = [
        sweep([goal], {"t": observed}, at=AT, rules=near, before=before).standings[0].lamp
        for before in ({}, {"t": Lamp.GREEN})
    ]
    assert lamps == [Lamp.YELLOW, Lamp.GREEN]


def test_parts_explain_the_gap_of_the_whole(settled):
    goal = settled("430")
    cut = by_share(goal, {"a": 100, "b": 125.98})
    parts = cut.part_goals()
    series = {"t": yearly(goal, {2017: 262, 2018: 285})}
    for part, value in zip(parts, (140, 145), strict=True):
        series[part.id] = yearly(part, {2017: value - 10, 2018: value})
    found = sweep([goal, *parts], series, at=AT, rules=RULES, parts={"t": ["t/a", "t/b"]})
    whole = found.of("t")
    assert sum(one.gap for one in whole.contributions) == pytest.approx(whole.gap)
    assert {one.part for one in whole.contributions} >= {"t/a", "t/b"}


def test_quarters_one_by_one_and_added_up_are_foreseen_alike(settled):
    goal = settled("430", base="300", start=2015)
    random = np.random.default_rng(3)
    alone, through = {}, {}
    for year in range(2010, 2019):
        total = 250 * 1.05 ** (year - 2010)
        parts = total * np.array([0.2, 0.25, 0.25, 0.3]) * random.normal(1, 0.01, 4)
        for index in range(4):
            alone[f"{year}-Q{index + 1}"] = parts[index]
            through[f"{year}-Q{index + 1}"] = parts[: index + 1].sum()
    one = ask([goal], {"t": Observed.of(goal, alone, frequency=4)})["t"]
    other = ask([goal], {"t": Observed.of(goal, through, frequency=4, running=True)})["t"]
    assert one.median == pytest.approx(other.median)
    assert 330 < one.median < 480


def test_goals_on_one_series_share_its_row(settled):
    goals = [settled(value, id=value, base="200") for value in ("300", "400")]
    observed = yearly(goals[0], history(80, 0.09))
    (asked,) = fitted(goals, {goal.id: observed for goal in goals})
    assert set(asked.rows.values()) == {0}
    assert len(asked.asks()) == 2


def test_a_series_laid_out_for_several_goals_is_no_sibling_of_itself(settled):
    goals = [settled(value, id=value, base="200") for value in ("300", "400", "500", "600")]
    elsewhere = settled("300", id="z", unit="jc-etdz", base="200")
    series = {goal.id: yearly(goal, history(80, 0.09)) for goal in goals}
    other = {elsewhere.id: yearly(elsewhere, history(80, 0.09))}
    (asked,) = fitted([*goals, elsewhere], series | other)
    assert [asked.rows[goal.id] for goal in goals] == [0, 0, 0, 0]
    # the same figures of another unit are another series
    assert asked.rows["z"] == 1 and len(asked.model.panel) == 2
    alone = ask(goals[:1], series)[goals[0].id]
    assert ask(goals, series)[goals[0].id] == alone


def test_batches_keep_an_indicator_together(settled):
    goals = [
        settled(id=f"{indicator}{place}", indicator=indicator)
        for indicator in ("retail", "gdp", "fai")
        for place in range(5)
    ]
    found = batches(goals, 7)
    assert [len(batch) for batch in found] == [5, 5, 5]
    assert [len(batch) for batch in batches(goals, 10)] == [10, 5]
    assert batches([], 10) == []


def versions(settled):
    first = settled("430", base="226")
    second = replace(first, line=360.0, printed="360亿元")
    return [
        Version(1, first, date(2016, 3, 1)),
        Version(2, second, date(2018, 9, 1), "中期调整", "管委会", "兰经开发〔2018〕1号"),
    ]


def test_a_change_does_not_reach_back(settled):
    both = versions(settled)
    assert version_on(both, date(2018, 8, 31)).number == 1
    assert version_on(both, date(2018, 9, 1)).number == 2
    assert version_on(both, date(2010, 1, 1)).number == 1
    assert original_of(both).goal.line == 430


def test_what_changed_is_told_field_by_field(settled):
    first, second = (version.goal for version in versions(settled))
    (change,) = changes_between(first, second)
    assert change.as_record() == {"field": "line", "before": 430.0, "after": 360.0}
    assert changes_between(first, replace(first, printed="430.0亿元")) == ()


def test_positions_are_told_against_both_versions(settled):
    both = versions(settled)
    observed = yearly(both[0].goal, {2016: 248, 2017: 272, 2018: 299})
    other = replace(both[0].goal, id="u", unit="lz")
    histories = {"t": both, "u": [Version(1, other, date(2016, 3, 1))]}
    found = swept_against_both(histories, {"t": observed}, at=AT, rules=RULES)
    assert set(found) == {("t", "current"), ("t", "original"), ("u", "current")}
    current, original = found["t", "current"], found["t", "original"]
    assert (current.goal, original.goal) == ("t", "t")
    assert current.p > original.p
    assert (current.grade, original.grade) == (Grade.ON_SCHEDULE, Grade.BEHIND)
    assert "two_targets" not in codes(current)
    earlier = swept_against_both(histories, {"t": observed}, at=date(2018, 8, 1), rules=RULES)
    assert set(earlier) == {("t", "current"), ("u", "current")}
