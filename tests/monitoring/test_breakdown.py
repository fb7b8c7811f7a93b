"""Breaking targets down: parts give the whole, or the gap is shown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.monitoring.goal import Unclear
from hexi.monitoring.paths import by_capacity, by_share, check_parts, negotiated
from hexi.monitoring.paths.apportion import apportion

PARKS = ("a", "b", "c", "d")
levels = st.lists(st.floats(0.01, 1e5), min_size=4, max_size=4)
totals = st.decimals("0.1", "99999.9", places=1).map(str)


def named(values):
    return dict(zip(PARKS, values, strict=True))


def codes(remarks):
    return [one.code for one in remarks]


@given(
    total=st.floats(-1e6, 1e6), decimals=st.integers(0, 4),
    shares=st.dictionaries(st.text(max_size=4), st.floats(0, 1e6), min_size=1, max_size=12),
)  # fmt: skip
def test_cuts_add_up_to_the_printed_total(total, decimals, shares):
    if not sum(shares.values()) > 0:
        with pytest.raises(ValueError, match="shares"):
            apportion(total, shares, decimals)
        return
    cuts = apportion(total, shares, decimals)
    printed = Decimal(repr(total)).quantize(Decimal(1).scaleb(-decimals))
    assert sum(cuts.values(), Decimal(0)) == printed
    assert all(-cut.as_tuple().exponent == decimals for cut in cuts.values())


def test_a_fall_by_capacity_leaves_no_part_below_nothing(settled):
    bases, capacities = {"a": 1, "b": 1, "c": 4}, {"a": 3, "b": 1, "c": 4}
    cut = by_capacity(settled("2.0", bound="le"), bases, capacities)
    assert [str(part.value) for part in cut.parts] == ["0.0", "0.4", "1.6"]
    assert cut.balance.agrees


def test_three_equal_parts_of_a_hundred_differ_by_one_last_digit():
    cuts = apportion(100, {"a": 1, "b": 1, "c": 1}, 1)
    assert [str(cuts[name]) for name in "abc"] == ["33.4", "33.3", "33.3"]


@given(line=totals, bases=levels)
def test_sums_by_share_give_the_whole_to_the_last_digit(settled, line, bases):
    cut = by_share(settled(line), named(bases))
    assert sum(part.value for part in cut.parts) == Decimal(line)
    assert cut.balance.agrees
    assert {goal.id for goal in cut.part_goals()} == {f"t/{park}" for park in PARKS}


@given(line=totals, bases=levels, capacities=levels)
def test_no_part_is_asked_for_more_than_it_can(settled, line, bases, capacities):
    cut = by_capacity(settled(line), named(bases), named(capacities))
    need, room = float(line) - sum(bases), sum(capacities)
    for part in cut.parts:
        change = abs(float(part.value) - part.base)
        assert change <= named(capacities)[part.unit] * (1 + 1e-9) + 0.1
    if 0 <= need <= room:
        assert sum(part.value for part in cut.parts) == Decimal(line)
    elif need > room + 1:
        assert codes(cut.remarks) == ["capacity_short"]
        assert cut.balance.gap == pytest.approx(need - room, abs=0.5)
        assert cut.balance.remark.code == "parts_short"


@given(
    line=st.decimals("0", "100", places=1).map(str),
    ratios=st.lists(st.floats(0, 100), min_size=4, max_size=4), weights=levels,
)  # fmt: skip
def test_a_share_is_the_weighted_mean_of_its_parts(settled, line, ratios, weights):
    goal = settled(line, measure="share", measure_unit="%", base="50", bound="eq")
    cut = by_share(goal, named(ratios), weights=named(weights))
    mean = sum(
        float(part.value) * weight for part, weight in zip(cut.parts, weights, strict=True)
    ) / sum(weights)
    assert mean == pytest.approx(float(line), abs=0.05)
    assert cut.balance.agrees
    assert all(0 <= part.value <= 100 for part in cut.parts)


def test_a_share_breaks_down_only_with_its_weights(settled):
    goal = settled("60", measure="share", measure_unit="%", base="50")
    for answer in (
        by_share(goal, {"a": 50, "b": 40}),
        by_share(goal, {"a": 50, "b": 40}, weights={"a": 3}),
        check_parts(goal, {"a": 60, "b": 60}),
    ):
        assert isinstance(answer, Unclear)
        assert codes(answer.reasons) == ["weights_needed"]
    plain = check_parts(goal, {"a": 70, "b": 50}, weights={"a": 300, "b": 100})
    assert plain.total == 65
    assert not plain.agrees
    assert plain.remark.code == "parts_over"


@given(rate=st.decimals("-20", "40", places=1).map(str), bases=levels)
def test_growth_by_share_is_one_rate_for_all(settled, rate, bases):
    goal = settled(rate, measure="growth_annual", measure_unit="%", base="")
    cut = by_share(goal, named(bases))
    assert {part.value for part in cut.parts} == {Decimal(rate).quantize(Decimal("0.01"))}
    assert cut.balance.agrees


@given(
    rate=st.decimals("1", "20", places=1).map(str), bases=levels, capacities=levels,
    measure=st.sampled_from(["growth_annual", "growth_total"]),
)  # fmt: skip
def test_growth_by_capacity_gives_the_whole_where_there_is_room(
    settled, rate, bases, capacities, measure
):
    goal = settled(rate, measure=measure, measure_unit="%", base="")
    factor = 1 + float(rate) / 100
    need = sum(bases) * ((factor**5 if measure == "growth_annual" else factor) - 1)
    scale = need / sum(capacities) * 1.01
    cut = by_capacity(goal, named(bases), {k: v * scale for k, v in named(capacities).items()})
    assert cut.balance.agrees


def test_growth_of_the_whole_is_weighted_by_where_the_parts_start(settled):
    goal = settled("10", measure="growth_total", measure_unit="%", base="")
    balance = check_parts(goal, {"a": 20, "b": 0}, bases={"a": 100, "b": 300})
    assert balance.total == pytest.approx(5)
    assert balance.remark.code == "parts_short"
    assert "5.00%" in balance.remark.text
    answer = check_parts(goal, {"a": 20, "b": 0}, bases={"a": 100})
    assert codes(answer.reasons) == ["bases_needed"]


def test_negotiated_numbers_show_what_is_left(settled):
    cut = negotiated(settled("430"), {"a": 100, "b": 50}, {"a": 250, "b": 120, "c": None})
    assert [part.value for part in cut.parts] == [250, 120, None]
    assert cut.balance.gap == 60
    assert cut.balance.remark.code == "part_unknown"
    assert cut.balance.missing == ("c",)
    assert len(cut.part_goals()) == 2


def test_what_is_left_is_spread_over_open_parts_by_their_bases(settled):
    numbers = {"a": 250, "b": None, "c": None}
    cut = negotiated(settled("430"), {"a": 1, "b": 20, "c": 40}, numbers, spread=True)
    assert [part.value for part in cut.parts] == [250, 60, 120]
    assert cut.balance.agrees
    none_open = negotiated(settled("430"), {}, {"a": 200, "b": 200}, spread=True)
    assert [part.value for part in none_open.parts] == [215, 215]
    unbased = negotiated(settled("430"), {}, {"a": 200, "b": None}, spread=True)
    assert codes(unbased.reasons) == ["bases_needed"]


def test_what_is_already_over_the_whole_is_never_spread_as_less_than_nothing(settled):
    cut = negotiated(settled("430"), {"b": 5}, {"a": 500, "b": None}, spread=True)
    assert [part.value for part in cut.parts] == [500, None]
    assert cut.balance.gap == -70


@given(line=totals, numbers=st.lists(st.decimals("0.01", "9999", places=2), min_size=4, max_size=4))
def test_spread_numbers_give_the_whole(settled, line, numbers):
    cut = negotiated(settled(line), {}, named(numbers), spread=True)
    assert sum(part.value for part in cut.parts) == Decimal(line)


def test_a_rank_has_no_parts(settled):
    goal = settled("30", measure="rank", measure_unit="位", indicator="rank_etdz", base="38")
    for answer in (by_share(goal, {"a": 1}), check_parts(goal, {"a": 1})):
        assert codes(answer.reasons) == ["not_additive"]


@pytest.mark.parametrize("bases", [{"a": -5, "b": 10}, {"a": 0, "b": 0}])
def test_bases_that_carry_nothing_are_refused(settled, bases):
    answer = by_share(settled("430"), bases)
    assert codes(answer.reasons) == ["weights_bad"]
    assert "a" in answer.reasons[0].text


def test_a_part_is_a_goal_of_its_unit(settled):
    cut = by_share(settled("430"), {"a": 100, "b": 125.98})
    first, second = cut.part_goals()
    assert (first.unit, first.line, first.base) == ("a", 190, 100)
    assert first.line + second.line == 430
    assert first.binding == cut.goal.binding
