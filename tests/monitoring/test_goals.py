"""Targets in numbers, and what is said where a target makes no sense."""

import pytest

from hexi.catalogue import load_pack
from hexi.catalogue.nouns import Membership
from hexi.monitoring.goal import Goal, Unclear, doubles, goal_of, unit_changes


def codes(remarks):
    return [one.code for one in remarks]


def test_every_target_of_the_pack_is_a_goal_or_says_why_not():
    pack = load_pack("gansu")
    plans = {plan.id: plan for plan in pack.plans}
    found = [goal_of(target, pack.catalogue, plans[target.plan]) for target in pack.targets]
    unclear = [one for one in found if isinstance(one, Unclear)]
    assert len(found) - len(unclear) == 179
    assert {code for one in unclear for code in codes(one.reasons)} == {"no_deadline"}
    by_id = {one.id: one for one in found}
    trade = by_id["gs-open-135.trade"]
    assert (trade.start, trade.end, trade.base, trade.line) == (2015, 2020, 80.1, 120)
    total = by_id["gs-open-135.fdi"]
    assert (total.start, total.base) == (2015, None)
    assert codes(total.cautions) == ["base_total"]
    assert by_id["gs-open-135.export_agri"].line == 100


@pytest.mark.parametrize(
    ("value", "other", "code", "chinese"),
    [
        ("104", {"measure": "share", "measure_unit": "%", "base": "60"}, "share_beyond", "104%"),
        ("-3", {"measure": "share", "measure_unit": "%", "base": "60"}, "share_beyond", "-3%"),
        ("430", {"end": 2015}, "ends_before", "2015"),
        ("430", {"end": 2012}, "ends_before", "2012"),
        ("430", {"end": 0}, "no_deadline", "年份"),
        ("约三成", {}, "no_line", "约三成"),
        ("430", {"indicator": "moon"}, "no_indicator", "目录"),
        ("-120", {"measure": "growth_total", "measure_unit": "%"}, "fall_beyond", "-100%"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused_in_words(settled, value, other, code, chinese):
    answer = settled(value, **other)
    assert isinstance(answer, Unclear)
    assert codes(answer.reasons) == [code]
    assert chinese in answer.reasons[0].text
    assert answer.reasons[0].text_en.isascii() or value in answer.reasons[0].text_en


def test_a_base_that_is_no_share_is_set_aside_and_said(settled):
    goal = settled("60", measure="share", measure_unit="%", base="130")
    assert goal.base is None
    assert codes(goal.cautions) == ["base_beyond"]
    assert goal.limits == (0, 100)


def test_a_target_year_outside_the_plan_is_kept_and_said(settled):
    goal = settled(end=2025, span=(2016, 2020))
    assert isinstance(goal, Goal)
    assert codes(goal.cautions) == ["outside_plan"]
    assert "2016—2020年" in goal.cautions[0].text
    assert settled(span=(2016, 2020)).cautions == ()


@pytest.mark.parametrize(
    ("value", "unit", "percent"), [("1", "番", 100), ("2", "番", 300), ("2.5", "倍", 150)]
)
def test_doubling_and_multiples_become_per_cent(settled, value, unit, percent):
    goal = settled(value, measure="growth_total", measure_unit=unit, base="")
    assert goal.line == pytest.approx(percent)
    assert goal.index == pytest.approx(100 + percent)
    assert goal.printed == f"{value}{unit}"


@pytest.mark.parametrize(
    ("bound", "indicator", "measure", "upward"),
    [
        ("ge", "retail", "level", True),
        ("le", "retail", "level", False),
        ("eq", "retail", "level", True),
        ("eq", "fai_re", "level", None),
        ("eq", "rank_etdz", "rank", False),
    ],
)
def test_which_way_is_better(settled, bound, indicator, measure, upward):
    assert settled("9", bound=bound, indicator=indicator, measure=measure).upward is upward


def test_two_targets_for_one_thing_are_both_told(settled):
    one, other = settled("430", id="a"), settled("450", id="b")
    apart = settled("450", id="c", end=2021)
    told = doubles([one, other, apart])
    assert set(told) == {"a", "b"}
    assert "b 450亿元" in told["a"].text
    assert "a 430亿元" in told["b"].text_en


def test_a_unit_that_was_split_within_the_plan_is_told(settled):
    goal = settled()
    moved = [
        Membership("lz-new", "lz-etdz", "2018-03", "", "governs", ""),
        Membership("lz-old", "lz-etdz", "2010", "2012", "governs", ""),
    ]
    (said,) = unit_changes(goal, moved)
    assert said.code == "unit_changed"
    assert "2018-03 +lz-new" in said.text
    assert "lz-old" not in said.text
    assert unit_changes(goal, moved[1:]) == ()


def test_a_nominal_level_and_a_real_rate_are_told_apart(settled):
    level = settled(indicator="gdp", growth_beside="13")
    (said,) = level.cautions
    assert said.code == "real_beside"
    assert "13.7%" in said.text
    assert "13%" in said.text_en
    plain = settled("430", base="226", growth_beside="9")
    assert codes(plain.cautions) == ["rate_beside"]
    for rounded in ("13.7", "14"):
        assert settled("430", base="226", growth_beside=rounded).cautions == ()
    assert settled("430", base="-3", growth_beside="13.7").cautions == ()
