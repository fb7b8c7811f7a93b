"""Axes, tables, certificates and stored decisions (表、凭证与存档)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from hexi.statistics.disclosure import (
    SCALE,
    Axis,
    AxisError,
    Decision,
    DecisionError,
    Rule,
    Table,
    TableError,
    find_sensitive,
    from_columns,
    hidden_rows,
    suppress,
    tabulate,
)
from hexi.statistics.disclosure.search import Search
from hexi.statistics.disclosure.shifts import find_gap
from tests.statistics.disclosure.worlds import Returns, industries, listed, spread, units


def test_a_node_with_two_parents_in_one_tree_is_refused() -> None:
    with pytest.raises(AxisError, match="two parents"):
        Axis("unit", ["a", "b", "c"], [("a", "b"), ("a", "c")])


def test_a_tree_that_runs_in_a_circle_is_refused() -> None:
    axis = Axis("unit", ["a", "b"], [("a", "b"), ("b", "a")])
    with pytest.raises(AxisError):
        axis.above(0)


def test_trees_that_disagree_about_a_sum_are_refused() -> None:
    axis = Axis("unit", ["gs", "a", "b"], [("a", "gs", "x"), ("b", "gs", "x"), ("a", "gs", "y")])
    with pytest.raises(AxisError, match="the rest"):
        axis.below(0)


def test_each_cell_counts_an_enterprise_once() -> None:
    axis = Axis("period", ["q1", "m1", "m2"], [("m1", "q1"), ("m2", "q1")])
    leaves = np.array([axis.place("m1"), axis.place("m2"), axis.place("m2")])
    amount = np.array([5, 6, 4]) * SCALE
    table = tabulate([axis], [leaves], np.array([1, 1, 2]), amount)
    assert table.reporters.tolist() == [2, 1, 2]
    assert (table.first // SCALE).tolist() == [11, 5, 6]
    assert (table.second // SCALE).tolist() == [4, 0, 4]


def test_sums_that_do_not_close_are_named() -> None:
    table = spread((units(1, 2, 2), industries(1, 2)), 30, 1).table()
    total = table.total.copy()
    total[0, 0] += SCALE
    with pytest.raises(TableError, match="gs differs from the sum of its 1 children"):
        Table.of(table.axes, total, table.reporters, table.first, table.second, table.holder)


def test_negative_amounts_are_refused_by_name() -> None:
    axis = Axis("unit", ["zone", "a", "b"], [("a", "zone"), ("b", "zone")])
    with pytest.raises(TableError, match="a: negative"):
        listed((axis,), [(("a",), -5.0), (("b",), 9.0)]).table()


def test_items_that_add_up_to_nothing_stand_beside_each_other() -> None:
    items = Axis("item", ["output", "employees"])
    axis = Axis("unit", ["zone", "a", "b", "c"], [(p, "zone") for p in "abc"])
    rows = [((p, "output"), 50.0) for p in "bc" for _ in range(4)] + [(("a", "output"), 70.0)]
    rows += [((p, "employees"), 50.0) for p in "abc" for _ in range(4)]
    decision = suppress(listed((axis, items), rows).table())
    assert decision.hidden[:, 0].sum() == 2 and not decision.hidden[:, 1].any()


def test_the_cheaper_neighbour_is_hidden() -> None:
    axis = Axis("unit", ["zone", "a", "b", "c"], [(p, "zone") for p in "abc"])
    rows = [(("a",), 20.0), *[(("b",), 90.0)] * 4, *[(("c",), 30.0)] * 4]
    decision = suppress(listed((axis,), rows).table())
    assert decision.hidden.tolist() == [False, True, False, True]


def test_an_empty_table_and_one_cell_are_decided() -> None:
    axis = Axis("unit", ["zone"])
    nothing = Returns(
        (axis,), (np.zeros(0, np.intp),), np.zeros(0, np.int64), np.zeros(0, np.int64)
    )
    assert not suppress(nothing.table()).hidden.any()
    assert suppress(listed((axis,), [(("zone",), 5.0)]).table()).hidden.all()


def long_table(table: Table, *, every: bool = False) -> pa.Table:
    """The cells of a table as an engine would give them."""
    places = np.nonzero((table.reporters > 0) | every)
    columns = {
        axis.name: pa.array(axis.nodes).take(pa.array(own))
        for axis, own in zip(table.axes, places, strict=True)
    }
    for name in ("total", "first", "second"):
        amounts = [Decimal(int(n)).scaleb(-4) for n in getattr(table, name)[places]]
        columns[name] = pa.array(amounts, pa.decimal128(38, 4))
    for name in ("reporters", "holder"):
        columns[name] = pa.array(getattr(table, name)[places])
    return pa.table(columns)


def test_a_long_table_of_cells_is_decided_like_its_returns() -> None:
    table = spread((units(2, 2, 2), industries(1, 3)), 60, 3).table()
    given = long_table(table)
    decision = suppress(from_columns(table.axes, given))
    assert np.array_equal(decision.reason, suppress(table).reason)
    hidden = hidden_rows(decision, given)
    assert pc.sum(hidden).as_py() == decision.hidden.sum()


def test_a_long_table_with_strange_rows_is_refused() -> None:
    table = spread((units(1, 2, 2), industries(1, 2)), 30, 3).table()
    given = long_table(table)
    with pytest.raises(TableError, match="two rows"):
        from_columns(table.axes, pa.concat_tables([given, given.slice(0, 1)]))
    with pytest.raises(TableError, match="no node"):
        from_columns((units(1, 1, 1), table.axes[1]), given)
    with pytest.raises(TableError, match="missing columns: holder"):
        from_columns(table.axes, given.drop(["holder"]))


def test_a_decision_comes_back_from_its_record() -> None:
    table = spread((units(2, 2, 2), industries(1, 3)), 60, 3).table()
    decision = suppress(table)
    record = decision.record()
    assert set(record.column_names) == {"unit", "industry", "state", "reason"}
    again = Decision.from_record(table.axes, record)
    assert np.array_equal(again.reason, decision.reason)
    assert again.rule == Rule().describe() == "n>=3 p=10 least=1 insiders"
    with pytest.raises(DecisionError):
        Decision.from_record((units(1, 1, 1), industries(1, 3)), record)


def test_a_certificate_that_does_not_hold_is_found_out() -> None:
    table = spread((units(1, 2, 4), industries(1, 3)), 100, 5).table()
    found = find_sensitive(table.total, table.reporters, table.first, table.second, Rule())
    place = tuple(int(n) for n in np.argwhere(found.primary)[0])
    levels = int(found.lower[place]), int(found.upper[place])
    price = table.weight.reshape(-1).astype(float)
    good = Search(table, table.capacity, price).protect(place, *levels)
    assert good is not None
    hidden = np.zeros(table.total.size, bool)
    hidden[np.concatenate([shift.box for shift in good.shifts])] = True
    shown = hidden.reshape(table.shape)
    assert find_gap(table, shown, table.capacity, levels, good) == ""
    assert "published" in find_gap(table, shown & False, table.capacity, levels, good)
    assert "moved by" in find_gap(table, shown, table.capacity, (levels[0], levels[1] * 2), good)
    shift = good.ways[0][0]
    (nodes, signs), other = shift.ways[0], shift.ways[1:]
    torn = replace(shift, ways=((nodes, -signs * (np.arange(len(signs)) > 0)), *other))
    bad = replace(good, ways=((torn,), *good.ways[1:]))
    assert "would change" in find_gap(table, shown, table.capacity, levels, bad)
    poor = replace(table.capacity, most=table.capacity.most * 0)
    assert "can't lose" in find_gap(table, shown, poor, levels, good)
