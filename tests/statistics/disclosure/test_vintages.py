"""Decisions in later vintages (历次版本): kept where a cell stays, and safe taken together."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from hexi.statistics.disclosure import (
    SCALE,
    Axis,
    Decision,
    Earlier,
    Rule,
    Table,
    find_sensitive,
    find_traces,
    suppress,
    tabulate,
)
from tests.statistics.disclosure.attack import relations
from tests.statistics.disclosure.worlds import Returns, industries, listed, spread, units


def revised(returns: Returns, enterprise: int, factor: float) -> Returns:
    """The returns after one enterprise corrected its own."""
    amount = returns.amount.copy()
    amount[enterprise] = int(amount[enterprise] * factor)
    return Returns(returns.axes, returns.leaves, returns.reporter, amount)


def joint_bounds(
    place: tuple[int, ...], tables: list[Table], decisions: list[Decision], steady: np.ndarray
) -> tuple[float, float]:
    """What two vintages together tell, where it is known which cells did not change."""
    size = tables[0].total.size
    rows, right = [], []
    for number, (table, decision) in enumerate(zip(tables, decisions, strict=True)):
        for parent, children in relations(table):
            row = np.zeros(2 * size)
            row[number * size + children] = 1
            row[number * size + parent] -= 1
            rows.append(row)
            right.append(0.0)
        for cell in np.flatnonzero(~decision.hidden.reshape(-1)):
            row = np.zeros(2 * size)
            row[number * size + cell] = 1
            rows.append(row)
            right.append(table.total.reshape(-1)[cell] / SCALE)
    for cell in np.flatnonzero(steady.reshape(-1)):
        row = np.zeros(2 * size)
        row[[cell, size + cell]] = 1, -1
        rows.append(row)
        right.append(0.0)
    aim = np.zeros(2 * size)
    aim[size + int(np.ravel_multi_index(place, tables[0].shape))] = 1
    found = []
    for sign in (1, -1):
        answer = linprog(sign * aim, A_eq=np.array(rows), b_eq=right, bounds=(0, None))
        found.append(np.inf if answer.status == 3 else sign * answer.fun * SCALE)
    return found[0], found[1]


def test_the_same_table_is_decided_the_same_again() -> None:
    table = spread((units(2, 3, 3), industries(2, 3)), 120, 1).table()
    first = suppress(table)
    assert np.array_equal(suppress(table).reason, first.reason)
    again = suppress(table, earlier=Earlier(table, first))
    assert np.array_equal(again.hidden, first.hidden) and not again.exposed


def test_cells_that_did_not_change_keep_their_decision() -> None:
    returns = spread((units(2, 3, 3), industries(2, 3)), 300, 2)
    old = returns.table()
    before = suppress(old)
    new = revised(returns, 7, 1.5).table()
    after = suppress(new, earlier=Earlier(old, before))
    same = old.total == new.total
    assert (~same).any()
    assert np.array_equal(after.hidden[same], before.hidden[same])


@pytest.mark.parametrize("seed", range(4))
def test_two_vintages_taken_together_betray_no_cell_that_stayed(seed: int) -> None:
    returns = spread((units(1, 2, 3), industries(1, 3)), 60, seed)
    old = returns.table()
    # the largest enterprise corrects its return; a reader knows that nobody else did
    new = revised(returns, int(returns.amount.argmax()), 1.2).table()
    before = suppress(old)
    after = suppress(new, earlier=Earlier(old, before))
    steady = (old.total == new.total) & (old.first == new.first)
    found = find_sensitive(new.total, new.reporters, new.first, new.second, Rule())
    for place in map(tuple, np.argwhere(found.primary & steady)):
        if new.names(place) in after.exposed:
            continue
        low, high = joint_bounds(place, [old, new], [before, after], steady)
        assert low <= new.total[place] - found.lower[place] + SCALE / 100, new.names(place)
        assert high >= new.total[place] + found.upper[place] - SCALE / 100, new.names(place)


def test_what_was_published_before_is_named_where_it_betrays_a_cell_now() -> None:
    axis = Axis("unit", ["zone", "a", "b", "c"], [(p, "zone") for p in "abc"])
    rows = [((p,), 50.0) for p in "abc" for _ in range(4)]
    old = listed((axis,), rows).table()
    before = suppress(old)
    assert not before.hidden.any()
    # park a's returns were merged into one of the same sum: b, c and the zone stay published
    merged = [(("a",), 200.0), *rows[4:]]
    new = listed((axis,), merged).table()
    after = suppress(new, earlier=Earlier(old, before))
    assert after.hidden[axis.place("a")]
    assert after.exposed == (("a",),)


def test_a_single_late_return_is_named_in_every_sum_over_it() -> None:
    returns = spread((units(1, 2, 3), industries(1, 3)), 300, 4)
    late = 17
    there = returns.reporter != late
    old = Returns(
        returns.axes,
        tuple(line[there] for line in returns.leaves),
        returns.reporter[there],
        returns.amount[there],
    ).table()
    new = returns.table()
    before = suppress(old)
    after = suppress(new, earlier=Earlier(old, before))
    one = [line[~there] for line in returns.leaves]
    changes = tabulate(returns.axes, one, returns.reporter[~there], returns.amount[~there])
    traces = find_traces(changes, before, after, Rule())
    assert traces[0, 0], "the province's total tells the late return by its difference"
    assert np.array_equal(traces, (old.total != new.total) & ~before.hidden & ~after.hidden)


def test_an_earlier_table_of_other_axes_is_refused() -> None:
    small = spread((units(1, 1, 2), industries(1, 2)), 20, 1).table()
    large = spread((units(1, 2, 2), industries(1, 2)), 20, 1).table()
    with pytest.raises(ValueError, match="other axes"):
        suppress(large, earlier=Earlier(small, suppress(small)))


def test_what_other_releases_have_shown_stays_open_and_is_named() -> None:
    axis = Axis("unit", ["zone", "a", "b", "c"], [(park, "zone") for park in "abc"])
    rows = [(("a",), 90.0), *[(("b",), 30.0)] * 4, *[(("c",), 30.0)] * 4]
    table = listed((axis,), rows).table()
    free = suppress(table)
    assert free.hidden.sum() == 2 and not free.exposed
    # all but the sensitive cell are out: nothing can hide it any more
    given = np.array([True, False, True, True])
    tied = suppress(table, given=given)
    assert not (tied.hidden & given).any() and tied.exposed == (("a",),)
    # one neighbour is still to be published: it is the one that is hidden
    given = np.array([True, False, False, True])
    late = suppress(table, given=given)
    assert late.hidden.tolist() == [False, True, True, False] and not late.exposed


def test_a_sensitive_cell_that_is_out_is_named_and_not_hidden_in_vain() -> None:
    axis = Axis("unit", ["zone", "a", "b"], [(park, "zone") for park in "ab"])
    rows = [(("a",), 90.0), *[(("b",), 30.0)] * 4]
    decision = suppress(listed((axis,), rows).table(), given=np.array([False, True, False]))
    assert ("a",) in decision.exposed and not decision.hidden[1]
