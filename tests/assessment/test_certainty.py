"""How sure a ranking is: every draw told, ranks exact, indices as their theory has them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hexi.assessment.certainty import (
    Choices,
    all_choices,
    coherence,
    leave_one_out,
    perturb,
    sobol,
)
from hexi.assessment.certainty.adding import Adder, node_places
from hexi.assessment.certainty.places import empty_places, places_of
from hexi.assessment.certainty.sobol import first_order, total_order
from hexi.assessment.data.matrix import Case
from hexi.assessment.faults import AssessmentError
from hexi.assessment.run import add_up, assess, rank_best_first
from hexi.assessment.scheme.nouns import Points, Scheme, Treatment, Veto
from tests.assessment.small import NAME, group, item, matrix, scheme


def made(*, gaps: bool = False, units: int = 30, **changes: Any) -> tuple[Scheme, Any]:
    drawn = np.random.default_rng(7)
    table = drawn.lognormal(2, 0.6, (units, 6)).round(2)
    if gaps:
        table[drawn.random(table.shape) < 0.1] = np.nan
    treatment = Treatment(winsorise=2, skew=0.5, kurtosis=0.5) if gaps else Treatment()
    parts = [
        group("g", *(item(name, weight=30 + place, treatment=treatment)
                     for place, name in enumerate("abc")), weight=60),
        group("h", item("d", direction=-1, weight=50), item("e", weight=50), weight=30),
        item("f", weight=10),
    ]  # fmt: skip
    grain = np.full(6, 0.005) if gaps else None
    held = matrix(table, grain=grain, **changes.pop("data", {}))
    return scheme(*parts, **changes), held


@pytest.mark.parametrize("how", ["arithmetic", "geometric", "harmonic", "topsis"])
@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("classes", [False, True])
def test_a_block_of_draws_is_many_single_runs(how: str, gaps: bool, classes: bool) -> None:
    """Products of matrices and the walk in blocks against the run's own way, draw by draw."""
    plan, held = made(gaps=gaps, root={"aggregation": how})
    if classes:
        parts = [item(name, weight=1.0, by_class={"西": 5.0 if name == "a" else 1.0})
                 for name in "abcdef"]  # fmt: skip
        plan = scheme(*parts, class_by="region", root={"aggregation": how})
        attributes = {"region": tuple("东西"[place % 2] for place in range(30))}
        held = matrix(held.now, attributes=attributes)
    scores = np.maximum(assess(plan, held).normalised, 1.0)
    places = node_places(plan)
    factors = np.random.default_rng(2).uniform(0.75, 1.25, (5, len(places))).astype(np.float32)
    found = Adder.of(plan, held, scores, None).add_up(factors)
    for draw, row in enumerate(factors):
        expected = add_up(_reweighted(plan, places, row), held, scores)
        np.testing.assert_allclose(found[draw], expected, rtol=2e-5)


def _reweighted(plan: Scheme, places: dict[str, int], row: np.ndarray) -> Scheme:
    def changed(node: Any) -> Any:
        factor = float(row[places[node.id]]) if node.id in places else 1.0
        by_class = {name: weight * factor for name, weight in node.by_class.items()}
        held = {"weight": node.weight * factor, "by_class": by_class}
        if hasattr(node, "members"):
            held["members"] = tuple(changed(member) for member in node.members)
        return replace(node, **held)

    return replace(plan, root=changed(plan.root))


@pytest.mark.parametrize("units", [7, 300, 25_000])
def test_ranks_of_many_draws_are_ranks_of_each(units: int) -> None:
    scores = np.random.default_rng(1).normal(0, 9, (3, units)).astype(np.float32)
    scores[1, : units // 2] = scores[1, 0]
    scores[2] = np.round(scores[2])
    found = empty_places(3, units)
    places_of(scores, found)
    for draw in range(3):
        assert (found[draw] == rank_best_first(scores[draw].astype(float))).all()


def test_no_change_gives_the_rank_itself() -> None:
    plan, held = made()
    certain = perturb(plan, held, draws=40, choices=Choices())
    assert (certain.low == certain.rank).all() and (certain.high == certain.rank).all()
    assert set(certain.p_bottom.tolist()) <= {0.0, 1.0} and certain.p_bottom.sum() == 5
    assert all(pair.told_apart for pair in certain.pairs)
    assert {(one.weights, one.normalising) for one in certain.changed()} == {(0.0, "")}


def test_every_draw_tells_what_it_changed() -> None:
    plan, held = made(gaps=True)
    certain = perturb(plan, held, draws=300, seed=4)
    told = certain.changed()
    assert len(told) == 300
    assert {one.aggregation for one in told} == {"", "geometric"}
    assert {one.normalising for one in told} == {"", "zscore", "percent_rank"}
    assert {one.missing for one in told} == {"", "mean", "median"}
    assert {one.untreated for one in told} == {False, True}
    assert all(0 < one.weights <= 0.25 and one.rounding > 0 for one in told)
    assert (certain.low <= certain.high).all() and certain.p_bottom.sum() == pytest.approx(
        5, abs=0.2
    )


def test_the_same_seed_gives_the_same_draws() -> None:
    plan, held = made(gaps=True)
    first, again, other = (perturb(plan, held, draws=100, seed=seed) for seed in (3, 3, 5))
    assert first.low.tobytes() == again.low.tobytes()
    assert first.p_top.tobytes() == again.p_top.tobytes()
    assert first.changed() == again.changed() != other.changed()


@pytest.mark.parametrize(
    ("choices", "place"),
    [
        (Choices(missing=("mean",)), "missing"),
        (Choices(untreated=True), "untreated"),
        (Choices(rounding=True), "rounding"),
        (Choices(weights=2.0), "weights"),
    ],
)
def test_a_step_that_the_scheme_lacks_is_refused(choices: Choices, place: str) -> None:
    plan, held = made()
    for ask in (perturb, sobol):
        with pytest.raises(AssessmentError) as caught:
            ask(plan, held, choices=choices)
        assert [fault.place for fault in caught.value.faults] == [place]
    assert all_choices(plan, held) == Choices(
        0.25, ("zscore", "percent_rank"), ("geometric",), (), False, False
    )


def test_two_units_alike_are_not_told_apart_and_two_apart_are() -> None:
    table = np.array([[90.0, 80], [50, 50], [51, 49], [1, 2]])
    plan = scheme(item("a"), item("b"))
    certain = perturb(plan, matrix(table), draws=400, bottom=1, top=1,
                      choices=Choices(weights=0.5))  # fmt: skip
    assert certain.alike("u1") == ("u2",) and certain.alike("u0") == ()
    assert [pair.told_apart for pair in certain.pairs] == [True, False, True]
    assert certain.p_top.tolist() == [1, 0, 0, 0] and certain.p_bottom[3] == 1


def test_ranks_inside_classes() -> None:
    region = tuple("东中西"[place % 3] for place in range(30))
    plan, held = made(data={"attributes": {"region": region}})
    certain = perturb(plan, held, draws=60, bottom=2, within="region")
    assert certain.rank.max() == 10 and certain.high.max() <= 10
    for name in "东中西":
        inside = np.array(region) == name
        assert sorted(certain.rank[inside]) == list(range(1, 11))
        assert certain.p_bottom[inside].sum() == pytest.approx(2)


def test_points_and_vetoes_count_in_every_draw() -> None:
    extra = {
        "points": (Points("bonus", NAME, 200.0),),
        "vetoes": (Veto("fraud", NAME, "unrated"), Veto("accident", NAME, "capped", -5.0)),
    }
    cases = (Case("u3", "bonus", "甲"), Case("u4", "fraud", "乙"), Case("u5", "accident", "丙"))
    plan, held = made(data={"cases": cases}, **extra)
    certain = perturb(plan, held, draws=50, top=1, bottom=1)
    assert certain.p_top[3] == 1 and certain.p_bottom[5] == 1
    assert certain.rank[4] == 0 and np.isnan(certain.p_top[4])


def test_sobol_estimators_on_a_function_with_known_indices() -> None:
    """y = 4 x₁ + 2 x₂ + 3 x₁ x₃ with x even on (0, 1): indices by hand from its variances."""
    base, drawn = 20_000, np.random.default_rng(0)
    first, second = drawn.random((2, base, 3))

    def function(x: np.ndarray) -> np.ndarray:
        y: np.ndarray = 4 * x[:, 0] + 2 * x[:, 1] + 3 * x[:, 0] * x[:, 2]
        return y

    runs = [function(first), function(second)]
    for column in range(3):
        mixed = first.copy()
        mixed[:, column] = second[:, column]
        runs.append(function(mixed))
    # main effects: 5.5 x₁, 2 x₂, 1.5 x₃; interaction 3 (x₁ - ½)(x₃ - ½)
    main = np.array([5.5**2, 2**2, 1.5**2]) / 12
    together = 9 / 144
    whole = main.sum() + together
    both = main + np.array([together, 0, together])
    assert first_order(np.array(runs)) == pytest.approx(main / whole, abs=0.02)
    assert total_order(np.array(runs)) == pytest.approx(both / whole, abs=0.02)


def test_sobol_of_six_choices() -> None:
    plan, held = made(gaps=True)
    found = sobol(plan, held, base=64)
    assert found.factors == (
        "weights", "normalising", "aggregation", "missing", "untreated", "rounding",
    )  # fmt: skip
    assert found.runs == 64 * 8 and found.shift > 0
    assert (found.total >= 0).all() and found.total.max() <= 1.3
    assert found.unit_total.shape == (30, 6)
    # digits that were not printed move less than the choice of scores
    assert found.total[5] < found.total[1]


def test_leaving_out_what_counts_for_nothing_moves_nobody() -> None:
    plan = scheme(item("a", weight=99.0), item("b", weight=1e-9), item("c", weight=1.0))
    result = assess(plan, matrix(np.random.default_rng(1).random((12, 3))))
    found = {one.item: one for one in leave_one_out(result)}
    assert found["b"].largest_shift == 0
    assert found["a"].mean_shift > found["c"].mean_shift
    assert (found["a"].ranks == assess(
        scheme(item("b", weight=1e-9), item("c")), result.matrix).ranks).all()  # fmt: skip


def test_coherence_points_out_doubles_and_what_pulls_against_its_group() -> None:
    drawn = np.random.default_rng(5)
    base = drawn.normal(0, 1, 40)
    table = np.column_stack(
        [base, base * 2 + 0.01 * drawn.normal(0, 1, 40), -base, drawn.normal(0, 1, 40),
         np.full(40, 3.0)]
    )  # fmt: skip
    result = assess(scheme(*(item(name) for name in "abcde")), matrix(table))
    found = {(one.kind, one.node, one.other) for one in coherence(result).findings}
    assert ("double", "b", "a") in found
    assert ("against", "c", "whole") in found
    assert ("constant", "e", "whole") in found
    assert not any(kind == "double" and "d" in (one, other) for kind, one, other in found)
    assert coherence(result).effective.sum() == pytest.approx(1)
