"""Attacks on suppressed tables (攻击检验): nobody gets nearer than the rule allows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.statistics.disclosure import (
    SCALE,
    Axis,
    Decision,
    Dominance,
    Rule,
    Table,
    sensitive_cells,
    suppress,
)
from tests.statistics.disclosure.attack import Attacker, Knowledge
from tests.statistics.disclosure.worlds import Returns, industries, listed, spread, units

#: a hundredth of the unit: what a solver's tolerance is worth
SLACK = SCALE / 100


def broken(table: Table, decision: Decision, rule: Rule, known: Knowledge | None = None) -> list:
    """Sensitive cells that the attacker narrows beyond their protection levels."""
    found = sensitive_cells(table, rule)
    attacker, gone = Attacker(table, decision), []
    for place in map(tuple, np.argwhere(found.primary)):
        low, high = attacker.bounds(place, known)
        aim = int(table.total[place])
        if low > aim - found.lower[place] + SLACK or high < aim + found.upper[place] - SLACK:
            gone.append((table.names(place), low / SCALE, aim / SCALE, high / SCALE))
    return gone


def insider(returns: Returns, table: Table, enterprise: int) -> Knowledge:
    """What an enterprise knows of every cell from its own return."""
    share = returns.share_of(enterprise).reshape(-1)
    alone = (table.reporters.reshape(-1) == 1) & (table.holder.reshape(-1) == enterprise)
    return Knowledge(
        {int(c): int(share[c]) for c in np.flatnonzero(share)},
        {int(c): int(share[c]) for c in np.flatnonzero(alone)},
    )


def broken_by_insiders(returns: Returns, table: Table, decision: Decision, rule: Rule) -> list:
    """The same for every enterprise that attacks with its own return, cell by cell of others."""
    found = sensitive_cells(table, rule)
    attacker, gone = Attacker(table, decision), []
    for enterprise in range(len(returns.reporter)):
        known = insider(returns, table, enterprise)
        for place in map(tuple, np.argwhere(found.primary & (table.holder != enterprise))):
            low, high = attacker.bounds(place, known)
            aim = int(table.total[place])
            if low > aim - found.lower[place] + SLACK or high < aim + found.upper[place] - SLACK:
                gone.append((enterprise, table.names(place)))
    return gone


def test_one_small_park_is_not_betrayed_by_its_zone() -> None:
    axis = Axis(
        "unit", ["zone", "east", "west", "south"], [(p, "zone") for p in ("east", "west", "south")]
    )
    rows = [(("east",), 100.0)] + [((park,), 30.0) for park in ("west", "south") for _ in range(5)]
    returns = listed((axis,), rows)
    table = returns.table()
    decision = suppress(table)
    assert decision.primary.sum() == 1 and decision.hidden.sum() == 2
    assert not broken(table, decision, Rule())


def test_two_lone_enterprises_do_not_betray_each_other() -> None:
    nodes = ["zone", "a", "b", "c", "d"]
    axis = Axis("unit", nodes, [(park, "zone") for park in "abcd"])
    rows = [(("a",), 100.0), (("b",), 90.0)] + [((p,), 40.0) for p in "cd" for _ in range(4)]
    returns = listed((axis,), rows)
    table = returns.table()
    readers = suppress(table, Rule(insiders=False))
    assert not broken(table, readers, Rule())
    # a and b hide each other from readers; but b knows its own return and so knows a
    assert broken_by_insiders(returns, table, readers, Rule())
    assert not broken_by_insiders(returns, table, suppress(table), Rule())


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("enterprises", [25, 400])
def test_no_reader_gets_nearer_than_the_rule_allows(seed: int, enterprises: int) -> None:
    rule = Rule(dominance=Dominance(2, 90)) if seed % 2 else Rule()
    table = spread((units(2, 3, 3), industries(2, 3)), enterprises, seed).table()
    decision = suppress(table, rule)
    assert decision.primary.any() and not decision.exposed
    assert not broken(table, decision, rule)


@pytest.mark.parametrize("seed", range(2))
def test_no_respondent_gets_nearer_than_the_rule_allows(seed: int) -> None:
    returns = spread((units(2, 2, 2), industries(1, 3)), 24, seed)
    table = returns.table()
    decision = suppress(table)
    assert not broken_by_insiders(returns, table, decision, Rule())


def test_several_trees_over_one_unit_are_attacked_together() -> None:
    zones = [f"z{n}" for n in range(9)]
    nodes = ["gs", *("lz", "jq", "ts"), *("new", "old", "special"), *zones]
    edges = [(z, ("lz", "jq", "ts")[n % 3], "place") for n, z in enumerate(zones)]
    edges += [(z, ("new", "old", "special")[n // 3], "type") for n, z in enumerate(zones)]
    edges += [(city, "gs", "place") for city in ("lz", "jq", "ts")]
    edges += [(kind, "gs", "type") for kind in ("new", "old", "special")]
    axes = (Axis("unit", nodes, edges), industries(1, 4))
    for seed in range(5):
        table = spread(axes, 60, seed).table()
        assert not broken(table, suppress(table), Rule())


def test_months_and_the_sums_since_january_are_attacked_together() -> None:
    months = [f"m{n}" for n in range(1, 5)]
    sums = [f"y{n}" for n in range(2, 5)]
    edges = [("m1", "y2", "cum2"), ("m2", "y2", "cum2")]
    for n in (3, 4):
        edges += [(f"y{n - 1}", f"y{n}", f"cum{n}"), (f"m{n}", f"y{n}", f"cum{n}")]
    period = Axis("period", [*months, *sums], edges)
    axis = Axis("unit", ["zone", "a", "b", "c"], [(p, "zone") for p in "abc"])
    for seed in range(5):
        firms = spread((axis,), 12, seed)
        dice = np.random.default_rng(seed)
        leaves = np.repeat(firms.leaves[0], 4), np.tile(period.leaves, 12)
        amount = np.repeat(firms.amount, 4) * dice.integers(80, 120, 48) // 100
        returns = Returns((axis, period), leaves, np.repeat(firms.reporter, 4), amount)
        table = returns.table()
        assert not broken(table, suppress(table), Rule())


def test_two_published_margins_share_their_totals() -> None:
    axes = (
        units(1, 2, 3),
        industries(1, 4),
        Axis("owner", ["all", "state", "private"], [("state", "all"), ("private", "all")]),
    )
    for seed in range(3):
        returns = spread(axes, 50, seed)
        published = np.zeros(tuple(map(len, axes)), bool)
        published[:, :, 0] = True
        published[:, 0, :] = True
        table = returns.table(published)
        decision = suppress(table)
        assert not broken(table, decision, Rule())
        assert not decision.hidden[~published].any()


def test_losses_hide_and_are_hidden_like_profits() -> None:
    for seed in range(4):
        returns = spread((units(1, 2, 3), industries(1, 4)), 40, seed)
        sign = np.where(np.random.default_rng(seed).random(40) < 0.4, -1, 1)
        returns = Returns(returns.axes, returns.leaves, returns.reporter, returns.amount * sign)
        table = returns.table(signed=np.array(True))
        decision = suppress(table)
        assert (table.total < 0).any() and decision.primary.any()
        assert not broken(table, decision, Rule())


def test_two_zeros_are_hidden_up_to_the_top() -> None:
    axes = (units(1, 1, 1), industries(1, 2))
    rows = [(("c0z0p0", "s0d0"), 0.0), (("c0z0p0", "s0d1"), 0.0)]
    for order in (rows, rows[::-1]):
        decision = suppress(listed(axes, order).table())
        assert decision.hidden.all() and not decision.exposed


@st.composite
def tables(draw: st.DrawFn) -> Returns:
    """Any small table, with equal amounts, zeros and crowded cells."""
    shape = draw(st.tuples(st.integers(1, 2), st.integers(1, 2), st.integers(1, 3)))
    axes = (units(*shape), industries(draw(st.integers(1, 2)), draw(st.integers(1, 2))))
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(axes[0].leaves.tolist()),
                st.sampled_from(axes[1].leaves.tolist()),
                st.sampled_from([0, 1, 1, 2, 5, 10, 100, 1000, 99_999]),
            ),
            max_size=30,
        )
    )
    places = np.array(rows, np.int64).reshape(-1, 3)
    return Returns(
        axes,
        (places[:, 0].astype(np.intp), places[:, 1].astype(np.intp)),
        np.arange(len(rows)),
        places[:, 2] * SCALE,
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(tables(), st.sampled_from([Rule(), Rule(insiders=False), Rule(enterprises=5, percent=20)]))
def test_any_table_withstands_a_reader(returns: Returns, rule: Rule) -> None:
    table = returns.table()
    decision = suppress(table, rule)
    assert not decision.exposed
    assert not broken(table, decision, rule)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(tables())
def test_any_table_withstands_its_respondents(returns: Returns) -> None:
    table = returns.table()
    assert not broken_by_insiders(returns, table, suppress(table), Rule())
