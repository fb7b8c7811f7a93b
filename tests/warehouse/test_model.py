"""Any sequence of publications (任意发布序列) against a plain model in Python."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexi.warehouse import Change, Registry, Warehouse

START = datetime(2024, 3, 1, tzinfo=UTC)
pytestmark = pytest.mark.slow
#: form, period, item, reporter -> value
State = dict[tuple[int, int, int, int], Decimal]

amounts = st.decimals(min_value=-(10**6), max_value=10**13, places=4)
a_return = st.dictionaries(st.integers(1, 3), amounts, max_size=3)
a_change = st.fixed_dictionaries(
    {
        "form": st.integers(1, 2),
        "period": st.sampled_from([202401, 202402]),
        "returns": st.dictionaries(st.integers(1, 6), a_return, max_size=6),
        "withdrawn": st.sets(st.integers(1, 6), max_size=2),
        "whole": st.booleans(),
        "hours": st.integers(0, 30),
        # where reporters 1 to 6 belong from now on
        "units": st.none() | st.lists(st.integers(10, 12), min_size=6, max_size=6),
    }
)
sequences = st.lists(a_change, min_size=1, max_size=6)
SETTINGS = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def registry(units: list[int]) -> Registry:
    return Registry.of(
        {
            "form": [{"id": i, "code": f"f{i}", "frequency": "month"} for i in (1, 2)],
            "item": [{"id": i, "code": f"i{i}"} for i in (1, 2, 3)],
            "reporter": [{"id": i, "code": f"r{i}"} for i in range(1, 7)],
            "unit": [{"id": i, "code": f"u{i}"} for i in (1, 10, 11, 12)],
            # unit 12 stands outside the tree's only top
            "edge": [{"unit": i, "parent": 1, "tree": "place"} for i in (10, 11)],
            "membership": [
                {"reporter": reporter, "unit": unit, "tree": "place"}
                for reporter, unit in enumerate(units, 1)
            ],
        }
    )


def rows_of(change: dict[str, Any]) -> list[tuple[int, int, Decimal]]:
    return [
        (reporter, item, value)
        for reporter, items in change["returns"].items()
        for item, value in items.items()
    ]


def applied(state: State, change: dict[str, Any]) -> State:
    rows = rows_of(change)
    anew = {reporter for reporter, _, _ in rows} | change["withdrawn"]
    month = (change["form"], change["period"])
    kept = {
        key: value
        for key, value in state.items()
        if key[:2] != month or not (change["whole"] or key[3] in anew)
    }
    return kept | {(*month, item, reporter): value for reporter, item, value in rows}


class Played:
    """A warehouse after a sequence, and what the model says it was at each snapshot."""

    def __init__(self, root: Path, sequence: list[dict[str, Any]]) -> None:
        opened = Warehouse.open(root, create=True)
        # small parts, so that months are kept in several
        self.house = Warehouse(root, opened.manifest, part_rows=3)
        self.states: dict[int, tuple[State, list[int]]] = {}
        state: State = {}
        units = [10, 10, 11, 11, 12, 12]
        at = START
        for change in sequence:
            change["withdrawn"] = change["withdrawn"] - {row[0] for row in rows_of(change)}
            at += timedelta(hours=change["hours"])
            new_units = change["units"] or units
            after = applied(state, change)
            made = self._publish(change, new_units, at)
            changed = after != state or new_units != units or not self.states
            assert (made is not None) == changed
            state, units = after, new_units
            if made:
                self.states[made.id] = (state, units)

    def _publish(self, change: dict[str, Any], units: list[int], at: datetime) -> Any:
        rows = rows_of(change)
        table = pa.table(
            {
                "reporter": pa.array([row[0] for row in rows], pa.int32()),
                "item": pa.array([row[1] for row in rows], pa.int16()),
                "value": pa.array([row[2] for row in rows], pa.decimal128(18, 4)),
            }
        )
        given = Change(
            change["form"], change["period"], table, change["withdrawn"], change["whole"]
        )
        return self.house.publish_all(
            [given], registry=registry(units), actor="a", reason="b", at=at
        )


@contextmanager
def played(sequence: list[dict[str, Any]]) -> Iterator[Played]:
    with tempfile.TemporaryDirectory() as folder:
        yield Played(Path(folder), sequence)


def as_state(table: pa.Table) -> State:
    return {
        (row["form"], row["period"], row["item"], row["reporter"]): row["value"]
        for row in table.to_pylist()
    }


@SETTINGS
@given(sequences)
def test_every_snapshot_stays_what_it_was(sequence: list[dict[str, Any]]) -> None:
    with played(sequence) as play:
        for number, (state, units) in play.states.items():
            facts = play.house.facts(as_of=number)
            assert as_state(facts) == state
            assert facts.num_rows == len(state)
            assert play.house.registry(number).membership["unit"].to_pylist() == units
        assert play.house.verify() == []
        assert play.house.vacuum(START + timedelta(days=10_000), timedelta(0)) == []


@SETTINGS
@given(sequences)
def test_history_tells_every_snapshot(sequence: list[dict[str, Any]]) -> None:
    with played(sequence) as play:
        rows = play.house.history().to_pylist()
        for number, (state, _) in play.states.items():
            told = {
                (row["form"], row["period"], row["item"], row["reporter"]): row["value"]
                for row in rows
                if row["begin"] <= number and (row["end"] is None or row["end"] > number)
            }
            assert told == state


def sums(state: State, units: list[int], under: set[int] | None) -> dict[tuple[int, ...], Decimal]:
    found: dict[tuple[int, ...], Decimal] = defaultdict(Decimal)
    for (form, period, item, reporter), value in state.items():
        if under is None or units[reporter - 1] in under:
            found[form, period, item] += value
    return found


@SETTINGS
@given(sequences, st.data())
def test_a_difference_adds_up_from_the_reporter_to_the_sum(
    sequence: list[dict[str, Any]], data: st.DataObject
) -> None:
    with played(sequence) as play:
        a, b = (data.draw(st.sampled_from(sorted(play.states))) for _ in range(2))
        unit = data.draw(st.sampled_from([None, 1, 10]))
        under = {None: None, 1: {10, 11}, 10: {10}}[unit]
        found = play.house.difference(a, b, tree="place", unit=unit)
        before, after = (sums(*play.states[number], under) for number in (a, b))
        levels = []
        for table in (found.by_item, found.by_unit, found.by_reporter):
            changes: dict[tuple[int, ...], Decimal] = defaultdict(Decimal)
            for row in table.to_pylist():
                changes[row["form"], row["period"], row["item"]] += row["change"]
            levels.append({key: value for key, value in changes.items() if value})
        expected = {
            key: change
            for key in before | after
            if (change := after.get(key, Decimal(0)) - before.get(key, Decimal(0)))
        }
        assert levels == [expected] * 3
        for row in found.by_item.to_pylist():
            key = (row["form"], row["period"], row["item"])
            assert row["before"] == before.get(key)
            assert row["after"] == after.get(key)


@SETTINGS
@given(sequences)
def test_the_triangle_gives_each_sum_in_turn(sequence: list[dict[str, Any]]) -> None:
    with played(sequence) as play:
        rows = play.house.triangle(1, 1).to_pylist()
        for period in (202401, 202402):
            expected: list[tuple[int, Decimal | None, int]] = []
            last: tuple[Decimal | None, int] = (None, 0)
            for number, (state, _) in play.states.items():
                values = [value for key, value in state.items() if key[:3] == (1, period, 1)]
                now = (sum(values, Decimal(0)) if values else None, len(values))
                if now != last:
                    expected.append((number, *now))
                    last = now
            told = [
                (row["snapshot"], row["value"], row["n"]) for row in rows if row["period"] == period
            ]
            assert told == expected


@SETTINGS
@given(sequences)
def test_thinning_keeps_the_last_state_of_each_day(sequence: list[dict[str, Any]]) -> None:
    with played(sequence) as play:
        last: dict[object, int] = {}
        for snapshot in play.house.snapshots():
            last[(snapshot.at + timedelta(hours=8)).date()] = snapshot.id
        play.house.thin(START + timedelta(days=10_000))
        play.house.vacuum(START + timedelta(days=10_000), timedelta(0))
        for day, number in last.items():
            assert as_state(play.house.facts(as_of=day)) == play.states[number][0]
        assert play.house.verify() == []
        assert [s.id for s in play.house.snapshots() if not s.thinned] == sorted(last.values())
        rows = play.house.history().to_pylist()
        for number in last.values():
            alive = [r for r in rows if r["begin"] <= number < (r["end"] or 10**9)]
            assert len(alive) == len(play.states[number][0])
