"""Gaps and overlaps: what is found over cells is what trying every input finds."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.admission import Field, Projects, Row, Space, Table, screen_many
from hexi.admission.conditions import Words, parse_spans
from hexi.admission.coverage import coverage_faults

ON = date(2026, 1, 1)
SPACE = Space(
    {
        "land": Field("land", "用地", "land", "number", least=0, most=4),
        "foreign": Field("foreign", "外资", "foreign", "flag"),
        "kind": Field("kind", "类别", "kind", "choice", values=("a", "b", "c")),
    }
)
# Every cell that bounds of whole numbers can cut has one of these in it.
INPUTS = [
    {"land": land / 2, "foreign": foreign, "kind": kind}
    for land in range(9)
    for foreign in ("false", "true")
    for kind in "abc"
]

BOUNDS = st.one_of(
    st.builds(lambda sign, end: f"{sign} {end}", st.sampled_from([">=", ">", "<=", "<"]),
              st.integers(0, 4)),
    st.builds(lambda low, more, a, b: f"{a}{low}, {low + more}{b}", st.integers(0, 3),
              st.integers(1, 3), st.sampled_from("[("), st.sampled_from("])")),
)  # fmt: skip
WHEN = st.fixed_dictionaries(
    {},
    optional={
        "land": BOUNDS.map(parse_spans),
        "foreign": st.sampled_from(["true", "false"]).map(lambda w: Words(frozenset({w}))),
        "kind": st.builds(Words, st.frozensets(st.sampled_from("abc"), min_size=1), st.booleans()),
    },
)


def table(policy: str, whens: list[Any], free: bool = False) -> Table:
    rows = tuple(Row(f"r{n}", "", "", when, {}, "allow", "", n + 1) for n, when in enumerate(whens))
    return Table(
        "t", "", "", policy, "must", {}, free, ON, None, "", "", "", False, rows, "t.toml", 1
    )


def applies(whens: list[Any]) -> Any:
    """For each row and input whether the row applies, each input tried."""
    projects = Projects.of(INPUTS, SPACE)
    return screen_many(projects, [table("COLLECT", whens)], ON).codes == 1


@given(st.lists(WHEN, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_a_gap_or_an_overlap_is_found_where_some_input_shows_it(whens: list[Any]) -> None:
    found = coverage_faults(table("UNIQUE", whens), SPACE)
    count = applies(whens).sum(axis=0)
    assert any(fault.row is None for fault in found) == bool((count == 0).any())
    assert any(fault.row is not None for fault in found) == bool((count > 1).any())


@given(st.lists(WHEN, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_a_row_is_out_of_reach_where_no_input_comes_to_it(whens: list[Any]) -> None:
    found = coverage_faults(table("FIRST", whens), SPACE)
    takes = applies(whens)
    before = np.cumsum(takes, axis=0) - takes
    hidden = {f"r{n}" for n in range(len(whens)) if not (takes[n] & (before[n] == 0)).any()}
    assert {fault.row.id for fault in found if fault.row is not None} == hidden


@given(st.lists(WHEN, min_size=1, max_size=4), st.sampled_from(["UNIQUE", "FIRST"]))
@settings(max_examples=80, deadline=None)
def test_a_table_without_a_fault_has_exactly_one_row_for_every_input(
    whens: list[Any], policy: str
) -> None:
    made = table(policy, whens)
    if coverage_faults(made, SPACE):
        return
    codes = screen_many(Projects.of(INPUTS, SPACE), [made], ON).codes
    assert ((codes == 1).sum(axis=0) == 1).all()
