"""An explanation's figures are the run's own: they sum, and every lift is what a new run gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.explanation import (
    compare,
    explain,
    explain_all,
    gaps,
    history_of,
    say,
    say_comparison,
)
from hexi.assessment.explanation.again import AddingAgain
from hexi.assessment.run import add_up, assess
from hexi.assessment.scheme.nouns import (
    Achievement,
    Aggregation,
    Group,
    Item,
    Named,
    Scheme,
    Source,
)
from tests.assessment import zones

SCHEME = zones.scheme()
DATA = zones.data(SCHEME)
RESULT = assess(SCHEME, DATA)
LAST = assess(SCHEME, zones.year_before(DATA))


def test_contributions_of_groups_and_indicators_sum_to_the_score() -> None:
    for one in explain_all(RESULT):
        assert sum(line.contribution for line in one.lines) == pytest.approx(one.base, abs=1e-9)
        inner = [group for group in one.groups if group.parent]
        assert sum(group.contribution for group in inner) == pytest.approx(one.base, abs=1e-9)
        assert sum(group.weight for group in inner) == pytest.approx(1.0)


def test_gaps_sum_to_the_gap_of_the_scores() -> None:
    found = gaps(RESULT, last=LAST)
    for row in range(len(DATA.units)):
        above = found.above[row]
        if above >= 0:
            assert RESULT.ranks[above] < RESULT.ranks[row]
            wanted = RESULT.base[above] - RESULT.base[row]
            assert found.to_above[row].sum() == pytest.approx(wanted, abs=1e-9)
        wanted = RESULT.base[row] - LAST.base[row]
        assert found.to_last[row].sum() == pytest.approx(wanted, abs=1e-9)
    # a veto leaves nobody above the unit that is not rated
    assert found.above[DATA.units.index("z05")] == -1
    best = int(np.flatnonzero(RESULT.ranks == 1)[0])
    assert (found.above[best], found.best[best]) == (-1, -1)


@pytest.mark.parametrize("how", ["arithmetic", "geometric", "topsis"])
def test_a_lift_is_what_a_run_with_the_better_value_gives(how: str) -> None:
    scheme = zones.scheme(3, 3, how)  # type: ignore[arg-type]
    data = zones.data(scheme)
    result = assess(scheme, data)
    unit = data.units.index("z01")
    classes = data.classes("region")
    lifts = explain(result, "z01").lifts
    assert [lift.gain for lift in lifts] == sorted((lift.gain for lift in lifts), reverse=True)
    for lift in lifts:
        column = data.items.index(lift.item)
        again = assess(scheme, _with(data, unit, column, lift.to))
        assert again.scores[unit] - result.scores[unit] == pytest.approx(lift.gain, abs=2e-4)
        assert again.ranks[unit] == lift.rank_after
        peers = [r for r, name in enumerate(classes) if name == classes[unit]]
        assert lift.bound in data.now[peers, column]
        direction = next(item.direction for item in scheme.items() if item.id == lift.item)
        assert (lift.bound - lift.to) * direction >= 0 < (lift.to - lift.value) * direction


def test_a_share_of_the_own_target_is_lifted_to_the_share_that_peers_reached() -> None:
    item = Item("jobs", Named("就业", "Jobs"), "", "人", 1, Achievement(most=120.0), 1.0)
    scheme = Scheme(
        "t", "1", Named("办法", "Scheme"), "departments", 2020, None, Source("办法"),
        Group("all", Named("总分", "Total"), 1.0, (item,)),
    )  # fmt: skip
    data = Matrix(
        ("a", "b"), ("甲", "乙"), ("jobs",), (2023,), np.array([[[50.0], [300.0]]]),
        targets=np.array([[100.0], [400.0]]),
    )  # fmt: skip
    (lift,) = explain(assess(scheme, data), "a").lifts
    # the other department reached three quarters of its own, larger target
    assert (lift.to, lift.peer, lift.gain) == (75.0, "b", pytest.approx(25.0))


def test_without_adding_up_each_gap_stands_by_itself() -> None:
    scheme = zones.scheme(3, 3, "geometric")
    data = zones.data(scheme)
    result = assess(scheme, data)
    one = explain(result, "z04")
    assert not one.exact
    assert all(np.isnan(line.contribution) for line in one.lines)
    above = result.place(one.above)
    scores = result.normalised.copy()
    row = result.place("z04")
    line = one.lines[2]
    scores[row, 2] = result.normalised[above, 2]
    wanted = add_up(scheme, data, scores)[row] - result.base[row]
    assert line.gap_above == pytest.approx(wanted, abs=1e-12)
    assert "不能相加" in say_comparison(compare(result, "z04", one.above))[-1].zh


def test_the_difference_of_two_units_is_accounted_for() -> None:
    found = compare(RESULT, "z01", "z09")
    counted = sum(line.points for line in found.lines) + found.from_points + found.left_over
    assert counted == pytest.approx(found.difference)
    # two cases of paired aid bring one point; what is left is rounding to four decimals
    assert found.from_points == pytest.approx(1.0, abs=1e-3)
    assert abs(found.left_over) < 1e-9
    reverse = compare(RESULT, "z09", "z01")
    assert reverse.difference == pytest.approx(-found.difference)


def test_sentences_say_rank_change_and_lift_in_both_languages() -> None:
    one = explain(RESULT, "z04", last=LAST)
    said = {sentence.code: sentence for sentence in say(one, RESULT)}
    assert f"列第{one.rank}位" in said["standing"].zh
    assert f"rank {one.rank} of 23" in said["standing"].en
    assert f"{abs(one.last_rank - one.rank)}" in said["since"].zh
    first = next(sentence for sentence in say(one, RESULT) if sentence.code == "lift")
    assert one.lifts[0].name.zh in first.zh and one.lifts[0].name.en in first.en
    missing = {sentence.code: sentence for sentence in say(explain(RESULT, "z02"), RESULT)}
    assert "指标1-2" in missing["missing"].zh


def test_the_unrated_are_told_why_and_promised_nothing() -> None:
    one = explain(RESULT, "z05")
    assert (one.rated, one.rank, one.lifts) == (False, 0, ())
    text = "".join(sentence.zh for sentence in say(one, RESULT))
    assert "不予评定" in text and "重大事故" in text
    assert "不作比较" in say_comparison(compare(RESULT, "z05", "z01"))[0].zh


def test_ranks_over_years_stand_on_one_grid() -> None:
    fewer = assess(SCHEME, zones.data(SCHEME, 20, (2020, 2021)))
    tracks = history_of([RESULT, fewer, LAST])
    assert tracks.years == (2021, 2022, 2023)
    assert tracks.ranks[0, tracks.units.index("z23")] == 0
    row = tracks.units.index("z04")
    assert tracks.ranks[2, row] == RESULT.ranks[RESULT.place("z04")]


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="z99"):
        explain(RESULT, "z99")


def _with(data: Matrix, unit: int, column: int, value: float) -> Matrix:
    values = data.values.copy()
    values[-1, unit, column] = value
    return replace(data, values=values)


@pytest.mark.parametrize("how", ["geometric", "topsis", "vikor", "copeland"])
def test_one_score_changed_gives_what_the_whole_run_would(how: Aggregation) -> None:
    scheme = zones.scheme(how=how)
    result = assess(scheme, zones.data(scheme))
    again = AddingAgain(result)
    for row, item in ((0, 0), (2, 1), (7, 13), (23, 19)):
        column = result.normalised[:, item].copy()
        column[row] = 93.5
        every = result.normalised.copy()
        every[:, item] = column
        whole = add_up(scheme, result.matrix, every)
        np.testing.assert_allclose(again.base(result.items[item], column), whole, rtol=1e-12)


def test_weights_that_come_from_the_data_move_with_a_change() -> None:
    plain = zones.scheme(how="topsis")
    root = replace(plain.root, weighting="entropy")
    scheme = replace(plain, root=root)
    result = assess(scheme, zones.data(scheme))
    column = result.normalised[:, 3].copy()
    column[5] = 99.0
    every = result.normalised.copy()
    every[:, 3] = column
    np.testing.assert_allclose(
        AddingAgain(result).base(result.items[3], column),
        add_up(scheme, result.matrix, every),
        rtol=1e-12,
    )
