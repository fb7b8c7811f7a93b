"""What must not be shown (保密处理): the decision about a publication's cells, before it is made.

Every item that a published figure rests on is taken as published itself, for units and for this
year and the last: whoever has a ratio and one side of it has the other. The published units, with
a rest below each, are the table that the engine protects; a derived figure is hidden where any
cell it rests on is. A year is the sum of its months, so months that were released before stand in
the table of the year with what they showed.
"""

# ruff: noqa: S608 - SQL is put together from our own words and numbers

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hexi.portal.figures.books.nouns import Key
from hexi.portal.figures.forest import Forest
from hexi.portal.figures.knowledge import Known, definitions
from hexi.portal.figures.reach import JURISDICTION
from hexi.portal.figures.release.plan import Asked
from hexi.portal.returns.queries.facts import forms
from hexi.statistics.disclosure import (
    Axis,
    Decision,
    DecisionError,
    Earlier,
    Rule,
    Table,
    find_traces,
    suppress,
    tabulate,
)
from hexi.statistics.indicators import ir
from hexi.warehouse import open_engine

__all__ = ["Before", "Protected", "Shown", "protect"]

_NOW, _THEN, _REST = "now", "then", "rest"
#: what was given away before cannot be hidden any more: dearer than all the rest together
_GIVEN: Final = 10**12
#: respondents that confidentiality is about; an office's own figures are public business
_PROTECTED_KINDS: Final = ("enterprise", "project")

#: month (YYYYMM) -> unit, item that its release showed
Shown = Mapping[int, Collection[tuple[str, str]]]


@dataclass(frozen=True)
class Protected:
    """The decision, and which figures it hides."""

    decision: Decision
    hidden: frozenset[Key]
    #: why, of each hidden figure: few, dominant, few_and_dominant, secondary
    reasons: Mapping[Key, str]
    #: what an earlier release gave away and this one would have hidden
    given: tuple[tuple[str, ...], ...] = ()
    #: cells whose change from the release before gives an enterprise away
    traces: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Before:
    """The release of the same period that this one corrects."""

    known: Known
    #: its decision as stored
    decision: pa.Table


def protect(
    known: Known,
    forest: Forest,
    units: Sequence[str],
    asked: Sequence[Asked],
    period: str,
    month: int,
    shown: Shown,
    before: Before | None = None,
) -> Protected | None:
    """Decide; None where nothing that is asked is confidential.

    With ``before`` cells that did not change keep what was decided about them.
    """
    items = _protected_items(asked)
    if not items:
        return None
    yearly = "-" not in period
    axes, homes = _axes(forest, units, items, asked, sorted(shown) if yearly else [])
    rows = _rows(known, items, month, yearly=yearly)
    table = _table(axes, homes, rows, known, items, month, shown, yearly=yearly)
    given = table.published & (table.weight >= _GIVEN)
    earlier: Earlier | None = None
    traces: tuple[tuple[str, ...], ...] = ()
    if before is not None:
        old = _rows(before.known, items, month, yearly=yearly)
        was = _table(axes, homes, old, before.known, items, month, shown, yearly=yearly)
        earlier = _earlier(was, before.decision)
    decision = suppress(table, None, earlier)
    if before is not None and earlier is not None:
        changes = _table(axes, homes, _changed(old, rows), known, items, month, shown,
                         yearly=yearly)  # fmt: skip
        found = find_traces(changes, earlier.decision, decision, Rule())
        traces = tuple(table.names(place) for place in np.argwhere(found)[:50].tolist())
    lost = given & decision.hidden
    # a cell that is public stays so: it is named instead of hidden a second time in vain
    reason = np.where(lost, 0, decision.reason).astype(np.int8)
    kept = replace(decision, reason=reason)
    names = tuple(table.names(place) for place in np.argwhere(lost)[:50].tolist())
    hidden, reasons = _figures(kept, asked, units, period, items)
    return Protected(kept, hidden, reasons, names, traces)


def _earlier(table: Table, record: pa.Table) -> Earlier | None:
    """The table of the release before; None where it was of other units or items."""
    try:
        return Earlier(table, Decision.from_record(table.axes, record, table.published))
    except DecisionError:
        return None


def _changed(old: pa.Table, new: pa.Table) -> pa.Table:
    """Returns that came, went or were corrected, each with the difference of its amount."""
    keys, wide = ["reporter", "item", "period", "unit"], pa.decimal128(24, 4)
    after, before = new["value"].cast(wide), pc.negate(old["value"].cast(wide))
    both = pa.concat_tables(
        [
            new.select(keys).append_column("value", after),
            old.select(keys).append_column("value", before),
        ]
    )
    sums = both.group_by(keys).aggregate([("value", "sum")])
    changed = pc.not_equal(sums["value_sum"], pa.scalar(0, sums["value_sum"].type))
    kept = sums.filter(changed).select([*keys, "value_sum"]).rename_columns([*keys, "value"])
    return kept.append_column("prior", pa.nulls(kept.num_rows, wide))


def _protected_items(asked: Sequence[Asked]) -> list[str]:
    """Items of enterprises and projects that protected figures rest on, in order."""
    kinds = {
        item.code: {reporting.kind for reporting in form.reporting}
        for form in forms().versions
        for item in form.items.values()
    }
    found: dict[str, None] = {}
    for one in asked:
        if definitions().indicators[one.measure.indicator].confidentiality == "protected":
            for leaf in one.planned.leaves:
                if kinds.get(leaf.item, set(_PROTECTED_KINDS)) & set(_PROTECTED_KINDS):
                    found[leaf.item] = None
    return list(found)


def _sum_of(one: Asked) -> list[str]:
    """Items that a figure is the plain sum of; none where it is anything else."""
    figure = one.planned.figure
    if one.measure.view != "period" or not isinstance(figure, ir.Total):
        return []
    parts = [p.item for p in figure.parts if isinstance(p, ir.Leaf) and p.scope == "own"]
    return parts if len(parts) == len(figure.parts) > 1 else []


def _axes(
    forest: Forest,
    units: Sequence[str],
    items: Sequence[str],
    asked: Sequence[Asked],
    months: Sequence[int],
) -> tuple[tuple[Axis, Axis, Axis], dict[str, str]]:
    """Units with a rest under each that has others below it, items with their sums, times; and
    the leaf of units that every unit of the tree counts in."""
    own = set(units)
    edges, above = [], set()
    for code in units:
        up = next((c for c in reversed(forest.way(code)[:-1]) if c in own), "")
        if up:
            edges.append((code, up))
            above.add(up)
    edges += [(f"{code}/{_REST}", code) for code in above]
    homes = {}
    for code in forest.nodes:
        nearest = next((c for c in reversed(forest.way(code)) if c in own), "")
        if nearest:
            homes[code] = f"{nearest}/{_REST}" if nearest in above else nearest
    sums = {one.measure.indicator: parts for one in asked if (parts := _sum_of(one))}
    sums = {name: parts for name, parts in sums.items() if set(parts) <= set(items)}
    times = [_NOW, _THEN, *([_REST, *map(str, months)] if months else [])]
    return (
        Axis("unit", [*units, *(f"{code}/{_REST}" for code in above)], edges),
        Axis(
            "item",
            [*items, *sums],
            [(part, name, name) for name, parts in sums.items() for part in parts],
        ),
        Axis("time", times, [(time, _NOW) for time in times[2:]]),
    ), homes


def _rows(known: Known, items: Sequence[str], month: int, *, yearly: bool) -> pa.Table:
    """Each respondent's figures with the unit it belonged to in their month."""
    numbers = [known.source.items[code] for code in items if code in known.source.items]
    first = month // 100 * 100 + 1 if yearly else month
    paths = [p.path for p in known.source.parts if first <= p.period <= month]
    engine = open_engine()
    try:
        engine.register("home", known.source.membership)
        return engine.fetch(
            f"""select f.reporter, f.item, f.period, h.unit, f.value, f.prior
            from {engine.dialect.files(paths)} f
            join home h on h.reporter = f.reporter and h.tree = '{JURISDICTION}'
                and h.since <= f.period and h.until > f.period
            where f.facet = 0 and f.item in ({", ".join(map(str, numbers)) or "null"})"""
        )
    finally:
        engine.close()


def _table(
    axes: tuple[Axis, Axis, Axis],
    homes: Mapping[str, str],
    rows: pa.Table,
    known: Known,
    items: Sequence[str],
    month: int,
    shown: Shown,
    *,
    yearly: bool,
) -> Table:
    units, things, times = axes
    flows = {code for code in items if definitions().items[code].over_time == "sum"}
    codes = {number: code for code, number in known.source.items.items()}
    unit = _mapped(rows["unit"], {
        n: units.place(homes[c]) for n, c in known.unit_codes.items() if c in homes
    })  # fmt: skip
    item = _mapped(rows["item"], {known.source.items[c]: things.place(c) for c in items
                                  if c in known.source.items})  # fmt: skip
    flow = _mapped(rows["item"], {n: int(c in flows) for n, c in codes.items()}) == 1
    period = rows["period"].to_numpy()
    # of a stock the year's figure is that of its last month
    counts = (unit >= 0) & (item >= 0) & (flow | (period == month))
    place = np.full(len(period), times.place(_NOW), np.intp)
    if len(times) > 2:
        place[:] = times.place(_REST)
        for released in shown:
            place[flow & (period == released)] = times.place(str(released))
    then = counts & np.asarray(pc.is_valid(rows["prior"]))
    which = np.concatenate([np.flatnonzero(counts), np.flatnonzero(then)])
    late = np.arange(len(which)) >= counts.sum()
    amount = np.concatenate([_amounts(rows["value"])[counts], _amounts(rows["prior"])[then]])
    signed = np.zeros((1, len(things), 1), bool)
    np.logical_or.at(signed, (0, item[which], 0), amount < 0)
    for name, parts in _parents(things).items():
        signed[0, things.place(name), 0] = signed[0, parts, 0].any()
    table = tabulate(
        axes,
        (unit[which], item[which], np.where(late, times.place(_THEN), place[which])),
        rows["reporter"].to_numpy()[which].astype(np.int64),
        amount,
        published=_published(axes, shown),
        signed=np.broadcast_to(signed, tuple(map(len, axes))).copy(),
    )
    if len(times) == 2:
        return table
    weight = table.weight.copy()
    months = [times.place(str(released)) for released in shown]
    weight[:, :, months] = np.where(table.published[:, :, months], _GIVEN, weight[:, :, months])
    return replace(table, weight=weight)


def _parents(axis: Axis) -> dict[str, Any]:
    return {axis.nodes[parent]: children for parent, children in axis.sums}


def _published(axes: tuple[Axis, Axis, Axis], shown: Shown) -> npt.NDArray[np.bool_]:
    """Rests are never shown; a month of before is shown where its release showed it."""
    units, things, times = axes
    mask = np.ones(tuple(map(len, axes)), bool)
    mask[[place for place, name in enumerate(units.nodes) if name.endswith(f"/{_REST}")]] = False
    for place, name in enumerate(times.nodes[2:], 2):
        mask[:, :, place] = False
        if name != _REST:
            for unit, item in shown[int(name)]:
                if unit in units.nodes and item in things.nodes:
                    mask[units.place(unit), things.place(item), place] = True
    return mask


def _mapped(column: pa.ChunkedArray, known: Mapping[int, int]) -> npt.NDArray[np.intp]:
    """Numbers looked up; -1 for those that are not known."""
    keys = np.array(sorted(known), np.int64)
    values = np.array([known[key] for key in keys.tolist()], np.intp)
    given = column.to_numpy().astype(np.int64)
    if not len(keys):
        return np.full(len(given), -1, np.intp)
    at = np.clip(np.searchsorted(keys, given), 0, len(keys) - 1)
    return np.where(keys[at] == given, values[at], -1)


def _amounts(column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """Ten-thousandths, exact; 0 where there is none."""
    whole = pc.multiply(column.cast(pa.decimal128(24, 4)), pa.scalar(10_000, pa.decimal128(5, 0)))
    found: npt.NDArray[np.int64] = pc.fill_null(
        whole.cast(pa.decimal128(38, 0)).cast(pa.int64()), 0
    ).to_numpy()
    return found


def _figures(
    decision: Decision,
    asked: Sequence[Asked],
    units: Sequence[str],
    period: str,
    items: Sequence[str],
) -> tuple[frozenset[Key], dict[Key, str]]:
    """Published figures that rest on a hidden cell, each with the weightiest reason."""
    axis_units, things, times = decision.axes
    closed = decision.hidden | decision.primary
    words = ("open", "empty", "few", "dominant", "few_and_dominant", "secondary")
    reasons: dict[Key, str] = {}
    for one in asked:
        measure = one.measure
        if definitions().indicators[measure.indicator].confidentiality != "protected":
            continue
        sums = [measure.indicator] if _sum_of(one) and measure.indicator in things.nodes else []
        names = sums or [leaf.item for leaf in one.planned.leaves if leaf.item in items]
        growing = measure.view.endswith("growth") or any(
            leaf.measure.endswith("_then") or leaf.back for leaf in one.planned.leaves
        )
        places = [things.place(name) for name in dict.fromkeys(names)]
        windows = [times.place(_NOW), *([times.place(_THEN)] if growing else [])]
        for code in units:
            cells = np.ix_([axis_units.place(code)], places, windows)
            if closed[cells].any():
                worst = decision.reason[cells][closed[cells]]
                primary = worst[worst < 5]
                word = words[int(primary.max() if len(primary) else worst.max())]
                reasons[code, measure.indicator, measure.view, period] = word
    return frozenset(reasons), reasons
