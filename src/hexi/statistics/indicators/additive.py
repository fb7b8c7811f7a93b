"""First stage (第一阶段): facts added up by strand, period and item, kept as long as they hold.

One scan of a segment gives sums and numbers of reporters; on demand also what respondents state of
the year before (上年同期), the extremes, the sums over reporters present in both years (同口径) and
the single months of what is reported to date. A segment never changes, so its sums are computed
once: a revision replaces one segment and only that one is read again.

Rows hold eight items side by side, since a figure of a unit wants columns in the end. A sum never
comes without its number of reporters: where nothing was returned there is no row.
"""

# ruff: noqa: S608 - SQL is put together from our own words and numbers

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from hexi.statistics.indicators.tree import Homes
from hexi.warehouse.engines import Dialect, Engine

__all__ = ["SLOTS", "STEP", "AdditiveFacts", "Part"]

#: added to an item's number in the rows of its single months
STEP = 100_000
#: items in a row: item 19 stands in block 2, slot 3
SLOTS = 8

_COLUMNS: dict[str, tuple[str, ...]] = {
    "extremes": ("high", "low"),
    "stated": ("stated_now", "stated_then", "stated_n"),
    "matched": ("matched_now", "matched_then", "matched_n"),
}


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A segment of facts: one form, one period (YYYYMM), reporters from ``low`` to ``high``."""

    period: int
    form: int
    #: where an engine reads it
    path: str
    #: name of its content: what has the same key has the same facts
    key: str
    low: int = 0
    high: int = 2**31 - 1


class AdditiveFacts:
    """Additive facts of one tree on one engine, kept up to date by :meth:`refresh`."""

    def __init__(self, engine: Engine, name: str = "additive") -> None:
        self._engine, self._base = engine, name
        self._homes: pa.Table | None = None
        self._needs: frozenset[str] = frozenset()
        self._steps: dict[int, int] = {}
        #: what each piece was made of -> its number
        self._pieces: dict[tuple[str, ...], int] = {}
        self._next = 1
        self.name = f"{name}_0"

    def refresh(
        self,
        parts: Sequence[Part],
        homes: Homes,
        needs: Collection[str] = (),
        steps: Mapping[int, int] | None = None,
    ) -> int:
        """Bring the table to these segments and this register; how many pieces were read anew.

        ``needs`` are stated, matched, extremes; ``steps`` the items reported
        to date, each with the months of its period.
        """
        wanted = self._needs | (frozenset(needs) - {"step"})
        stepped = {**self._steps, **(steps or {})}
        if wanted != self._needs or stepped != self._steps:
            self._pieces.clear()
        moved = _changed(self._homes, homes.table)
        self._needs, self._steps = wanted, stepped
        pieces = self._wanted(parts)
        stale = {
            key for key in self._pieces if key not in pieces or _touched(pieces[key][0], moved)
        }
        kept = {key: number for key, number in self._pieces.items() if key not in stale}
        missing = [key for key in pieces if key not in kept]
        if moved is not None:
            self._engine.register(f"{self._base}_homes", homes.table)
            self._homes = homes.table
        if missing or stale:
            self._rebuild(pieces, kept, missing)
        return len(missing)

    def _wanted(self, parts: Sequence[Part]) -> dict[tuple[str, ...], tuple[list[Part], str]]:
        """Pieces by what they are made of: a segment alone, or with those of an earlier month."""
        months: dict[tuple[int, int], list[Part]] = {}
        for part in parts:
            months.setdefault((part.form, part.period), []).append(part)
        pieces: dict[tuple[str, ...], tuple[list[Part], str]] = {}
        for part in sorted(parts):
            pieces["sums", part.key] = [part], ""
            if "matched" in self._needs:
                then = months.get((part.form, part.period - 100), [])
                self._pair(pieces, "matched", part, then)
            for every in sorted(set(self._steps.values())):
                first = part.period % 100 == every
                before = months.get((part.form, part.period - every), [])
                self._pair(pieces, f"step {every}", part, [] if first else before, alone=first)
        return pieces

    def _pair(
        self,
        pieces: dict[tuple[str, ...], tuple[list[Part], str]],
        kind: str,
        part: Part,
        others: Iterable[Part],
        *,
        alone: bool = False,
    ) -> None:
        beside = [o for o in others if o.low <= part.high and part.low <= o.high]
        if beside or alone:
            key = (kind, part.key, *(other.key for other in beside))
            pieces[key] = [part, *beside], kind

    def _rebuild(
        self,
        pieces: dict[tuple[str, ...], tuple[list[Part], str]],
        kept: dict[tuple[str, ...], int],
        missing: Sequence[tuple[str, ...]],
    ) -> None:
        """Read what is missing, then put the table together from what is kept and what is new."""
        made: list[str] = []
        now = dict(kept)
        for key in missing:
            parts, kind = pieces[key]
            number, name = self._next, f"{self._base}_piece_{self._next}"
            self._next += 1
            self._engine.stage(name, self._sql(number, parts, kind))
            made.append(name)
            now[key] = number
        folded = (f"h{slot}_{name}" for slot in range(SLOTS) for name in _measures(self._needs))
        columns = ", ".join(("piece", "strand", "period", "block", *folded))
        sources = [f"select {columns} from {name}" for name in made]
        if kept:
            held = ", ".join(map(str, sorted(kept.values())))
            sources.append(f"select {columns} from {self.name} where piece in ({held})")
        before, self.name = self.name, f"{self._base}_{self._next}"
        if not sources:
            sources = [self._empty()]
        self._engine.stage(self.name, " union all ".join(sources))
        for name in (*made, before):
            self._engine.drop(name)
        self._pieces = now

    def _empty(self) -> str:
        sql = self._engine.dialect
        return _sums(sql, 0, 0, sql.files([]), f"{self._base}_homes", self._needs)

    def _sql(self, number: int, parts: Sequence[Part], kind: str) -> str:
        sql, homes = self._engine.dialect, f"{self._base}_homes"
        period, now = parts[0].period, sql.files([parts[0].path])
        if not kind:
            return _sums(sql, number, period, now, homes, self._needs)
        then = sql.files([part.path for part in parts[1:]])
        if kind == "matched":
            return _matched(sql, number, period, now, then, homes, self._needs)
        every = int(kind.removeprefix("step "))
        chosen = ", ".join(str(item) for item, e in sorted(self._steps.items()) if e == every)
        if len(parts) == 1:  # the first period of the year is its own year to date
            return _sums(sql, number, period, now, homes, self._needs, items=chosen)
        return _steps(sql, number, period, now, then, homes, chosen, self._needs)


def _measures(needs: Collection[str]) -> tuple[str, ...]:
    found = ["total", "n"]
    for need, columns in _COLUMNS.items():
        if need in needs:
            found.extend(columns)
    return tuple(found)


def _changed(before: pa.Table | None, now: pa.Table) -> list[int] | None:
    """Reporters whose strand is not what it was; None where nothing changed."""
    if before is None:
        return []
    if before.equals(now):
        return None
    join = before.join(now, keys="reporter", join_type="full outer", right_suffix="_now")
    same: pa.ChunkedArray | None = None
    for name in ("strand", "since", "until"):
        equal = pc.fill_null(pc.equal(join[name], join[f"{name}_now"]), False)
        same = equal if same is None else pc.and_(same, equal)
    return sorted(join.filter(pc.invert(same))["reporter"].to_pylist())


def _touched(parts: Sequence[Part], moved: list[int] | None) -> bool:
    """Whether a piece may hold a reporter that moved."""
    return any(part.low <= r <= part.high for part in parts for r in moved or ())


def _folded(
    sql: Dialect,
    number: int,
    period: int,
    measures: dict[str, str],
    source: str,
    item: str,
    needs: Collection[str],
) -> str:
    """A piece: ``source`` (from … where) grouped by strand and item, then eight items a row.

    Done here, where a month's groups are few and at hand, it spares later stages most of the work.
    Measures that the piece does not make are null.
    """
    made = [name for name in _measures(needs) if name in measures]
    inner = ", ".join(f"{measures[name]} as {name}" for name in made)
    columns = []
    for slot in range(SLOTS):
        for name in _measures(needs):
            value = f"max(case when slot = {slot} then {name} end)"
            if name not in measures:
                value = f"cast(null as {_kind(name)})"
            columns.append(f"{value} as h{slot}_{name}")
    block, slot_of = sql.whole_divide("item", SLOTS), sql.modulo("item", SLOTS)
    listed = ", ".join(("strand", f"{block} as block", f"{slot_of} as slot", *made))
    return (
        f"select {number} as piece, strand, {period} as period, block, {', '.join(columns)} from"
        f" (select {listed} from (select h.strand, {item} as item, {inner}{source}) x) y"
        " group by strand, block"
    )


def _kind(measure: str) -> str:
    if measure in ("n", "stated_n", "matched_n"):
        return "int"
    return "decimal(18,4)" if measure in ("high", "low") else "decimal(38,4)"


def _home(homes: str, period: int) -> str:
    """The strands of those who belong to the tree in a month."""
    return f"(select reporter, strand from {homes} where since <= {period} and until > {period})"


def _sums(
    sql: Dialect,
    number: int,
    period: int,
    facts: str,
    homes: str,
    needs: Collection[str],
    *,
    items: str = "",
) -> str:
    """Sums and numbers of one segment; with ``items`` the January of what is reported to date."""
    stated = "f.prior is not null"
    measures = {
        "total": sql.sum_decimal("f.value"),
        "n": sql.integer("count(*)"),
        "high": "max(f.value)",
        "low": "min(f.value)",
        "stated_now": sql.sum_where("f.value", stated),
        "stated_then": sql.sum_decimal("f.prior"),
        "stated_n": sql.integer("count(f.prior)"),
    }
    item = f"f.item + {STEP}" if items else "f.item + 0"
    only = f" and f.item in ({items})" if items else ""
    grouped = (
        f" from {facts} f join {_home(homes, period)} h on f.reporter = h.reporter"
        f" where f.facet = 0{only} group by h.strand, f.item"
    )
    return _folded(sql, number, period, measures, grouped, item, needs)


def _pairs(now: str, then: str, homes: str, period: int, only: str = "") -> str:
    """Facts of two months of the same reporters, item by item, in the unit of the later month."""
    return (
        f" from {now} a join {then} b on a.reporter = b.reporter and a.item = b.item"
        f" join {_home(homes, period)} h on a.reporter = h.reporter"
        f" where a.facet = 0 and b.facet = 0{only} group by h.strand, a.item"
    )


def _matched(
    sql: Dialect, number: int, period: int, now: str, then: str, homes: str, needs: Collection[str]
) -> str:
    """Both years' sums over reporters present in both (同口径)."""
    measures = {
        "matched_now": sql.sum_decimal("a.value"),
        "matched_then": sql.sum_decimal("b.value"),
        "matched_n": sql.integer("count(*)"),
    }
    pairs = _pairs(now, then, homes, period)
    return _folded(sql, number, period, measures, pairs, "a.item + 0", needs)


def _steps(
    sql: Dialect,
    number: int,
    period: int,
    now: str,
    then: str,
    homes: str,
    items: str,
    needs: Collection[str],
) -> str:
    """A month of what is reported to date: this return less the last, of those who gave both."""
    both = "a.prior is not null and b.prior is not null"
    measures = {
        "total": sql.sum_decimal("a.value - b.value"),
        "n": sql.integer("count(*)"),
        "stated_now": sql.sum_where("a.value - b.value", both),
        "stated_then": sql.sum_decimal("a.prior - b.prior"),
        "stated_n": sql.integer(sql.count_where(both)),
    }
    pairs = _pairs(now, then, homes, period, f" and a.item in ({items})")
    return _folded(sql, number, period, measures, pairs, f"a.item + {STEP}", needs)
