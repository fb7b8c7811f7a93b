"""First stage (第一阶段): facts added up by strand, period and item, kept as long as they hold.

One scan of a segment gives sums and numbers of reporters; on demand also what respondents state
of the year before (上年同期), the extremes, the sums over reporters present in both years (同口径),
the single months of what is reported to date, and lists of rows. A segment never changes, so its
sums are computed once: a revision replaces one segment and only that one is read again. Beside the
segments they are kept on disk, so that a restart or another process reads no fact.

A sum never comes without its number of reporters: where nothing was returned there is no row.
"""

# ruff: noqa: S608 - SQL is put together from our own words and numbers

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from hexi.statistics.indicators.pieces import LISTS, SLOTS, RowList, measures, piece_sql
from hexi.statistics.indicators.tree import Homes
from hexi.warehouse.engines import Engine
from hexi.warehouse.kept import KeptTables

__all__ = ["AdditiveFacts", "Part", "Wanted"]

#: part of a kept table's name: what was made by another form of pieces is never read
_LAYOUT = 1


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


@dataclass(frozen=True)
class Wanted:
    """What has to be added up beside plain sums."""

    #: stated, matched, extremes
    needs: frozenset[str] = frozenset()
    #: number of each item reported to date, with the months of its period
    steps: Mapping[int, int] = field(default_factory=dict)
    #: lists of rows, each with the months of its item's period where that is reported to date
    lists: Mapping[RowList, int] = field(default_factory=dict)

    def joined(self, other: Wanted) -> Wanted:
        """What has both."""
        return Wanted(
            self.needs | other.needs,
            {**self.steps, **other.steps},
            {**self.lists, **other.lists},
        )


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a piece is made of: a segment alone, or with those of an earlier month."""

    kind: str
    #: whether of lists of rows, else of items
    rows: bool
    part: Part
    before: tuple[Part, ...] = ()
    #: months of the period, of a step
    every: int = 0

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.part, *self.before


class AdditiveFacts:
    """Additive facts of one tree on one engine, kept up to date by :meth:`refresh`."""

    def __init__(self, engine: Engine, name: str = "additive") -> None:
        self._engine, self._base = engine, name
        self._homes: pa.Table | None = None
        self._wanted = Wanted()
        #: number of every list of rows, in the order in which they were first asked for
        self._lists: dict[RowList, int] = {}
        #: number of every piece that is held
        self._pieces: dict[_Piece, int] = {}
        #: pieces of every table of the engine; those that came from disk share one
        self._tables: dict[str, set[int]] = {}
        self._periods: dict[int, int] = {}
        self._next = 1
        #: changes whenever the facts do
        self.version = 0

    def number(self, rows: RowList) -> int:
        """The number that a list of rows has in place of an item's."""
        return self._lists[rows]

    def refresh(
        self,
        parts: Sequence[Part],
        homes: Homes,
        wanted: Wanted | None = None,
        kept: KeptTables | None = None,
    ) -> int:
        """Bring the table to these segments and this register; how many pieces were read anew."""
        every = self._wanted.joined(wanted or Wanted())
        anew = every.needs != self._wanted.needs or every.steps != self._wanted.steps
        lists_anew = anew or every.lists != self._wanted.lists
        for rows in every.lists:
            self._lists.setdefault(rows, LISTS + len(self._lists))
        moved = _changed(self._homes, homes.table)
        self._wanted = every
        pieces = self._needed(parts)
        stale = {
            piece
            for piece in self._pieces
            if (lists_anew if piece.rows else anew) or piece not in pieces or _touched(piece, moved)
        }
        holding = {piece: n for piece, n in self._pieces.items() if piece not in stale}
        missing = [piece for piece in pieces if piece not in holding]
        if moved is not None:
            self._engine.register(f"{self._base}_homes", homes.table)
            self._homes = homes.table
        if missing or stale:
            return self._fill(holding, missing, kept)
        return 0

    def _needed(self, parts: Sequence[Part]) -> dict[_Piece, None]:
        months: dict[tuple[int, int], list[Part]] = {}
        for part in parts:
            months.setdefault((part.form, part.period), []).append(part)
        pieces: dict[_Piece, None] = {}
        kinds = [(False, set(self._wanted.steps.values()))]
        if self._wanted.lists:
            kinds.append((True, set(self._wanted.lists.values()) - {0}))
        for part in sorted(parts):
            for rows, steps in kinds:
                pieces[_Piece("sums", rows, part)] = None
                if "matched" in self._wanted.needs:
                    then = _beside(part, months.get((part.form, part.period - 100), []))
                    if then:
                        pieces[_Piece("matched", rows, part, then)] = None
                for every in sorted(steps):
                    if part.period % 100 == every:
                        pieces[_Piece("step", rows, part, (), every)] = None
                    elif then := _beside(part, months.get((part.form, part.period - every), [])):
                        pieces[_Piece("step", rows, part, then, every)] = None
        return pieces

    def _fill(
        self, holding: dict[_Piece, int], missing: Sequence[_Piece], kept: KeptTables | None
    ) -> int:
        """Bring in what is missing, from disk or by reading facts; let go of what is stale."""
        now, read = dict(holding), 0
        found: list[pa.Table] = []
        whose = _Homes(self._homes)
        for piece in missing:
            number = self._next
            self._next += 1
            key = self._key(piece, whose) if kept else ""
            table = kept.get(key) if kept else None
            if table is not None:
                number_of = pa.repeat(pa.scalar(number, pa.int32()), table.num_rows)
                found.append(table.append_column("piece", number_of))
            else:
                self._read(piece, number, key, kept)
                read += 1
            self._periods[number] = piece.part.period
            now[piece] = number
        self._load(found)
        self._release(set(now.values()))
        self._pieces = now
        self.version += 1
        return read

    def _read(self, piece: _Piece, number: int, key: str, kept: KeptTables | None) -> None:
        """Add up facts, for this process and for the next."""
        name = f"{self._base}_piece_{number}"
        self._engine.stage(name, f"select *, {number} as piece from ({self._sql(piece)}) made")
        self._tables[name] = {number}
        if kept:
            made = self._engine.fetch(f"select * from {name}").drop_columns(["piece"])
            kept.put(key, made, [part.key for part in piece.parts])

    def _load(self, found: Sequence[pa.Table]) -> None:
        """Give the engine what was found on disk, in few tables: each has a price of its own."""
        alike: list[list[pa.Table]] = []
        for table in found:
            if not alike or not alike[-1][0].schema.equals(table.schema):
                alike.append([])
            alike[-1].append(table)
        for tables in alike:
            whole = pa.concat_tables(tables)
            name = f"{self._base}_kept_{self._next}"
            self._next += 1
            self._engine.register(name, whole)
            self._tables[name] = set(pc.unique(whole["piece"]).to_pylist())

    def _release(self, held: Collection[int]) -> None:
        """Let go of pieces that no longer hold; a table goes with its last."""
        for number in set(self._periods) - set(held):
            del self._periods[number]
        for name, pieces in list(self._tables.items()):
            pieces.intersection_update(held)
            if not pieces:
                self._engine.drop(name)
                del self._tables[name]

    def _key(self, piece: _Piece, homes: _Homes) -> str:
        """A name that says all a piece depends on: segments, who was where, what is added up."""
        part = piece.part
        said = hashlib.sha256()
        of = self._lists_of(piece) if piece.rows else self._steps_of(piece)
        segments = [each.key for each in piece.parts]
        made = measures(self._wanted.needs)
        said.update(
            repr((_LAYOUT, piece.kind, part.period, segments, made, sorted(of.items()))).encode()
        )
        said.update(homes.at(part.period, part.low, part.high))
        return said.hexdigest()

    def _steps_of(self, piece: _Piece) -> dict[int, int]:
        return {n: e for n, e in self._wanted.steps.items() if e == piece.every}

    def _lists_of(self, piece: _Piece) -> dict[int, RowList]:
        """The lists of rows of a piece by number; a step has those that are reported to date."""
        return {
            self._lists[rows]: rows
            for rows, every in self._wanted.lists.items()
            if not piece.every or every == piece.every
        }

    def table(self, first: int, last: int) -> str:
        """The facts of some months (YYYYMM), to stand after FROM: pieces side by side."""
        made = measures(self._wanted.needs)
        folded = (f"h{slot}_{name}" for slot in range(SLOTS) for name in made)
        columns = ", ".join(("strand", "period", "block", *folded))
        sources = []
        for name, pieces in self._tables.items():
            asked = [n for n in sorted(pieces) if first <= self._periods[n] <= last]
            if asked:
                chosen = ", ".join(map(str, asked))
                sources.append(f"select {columns} from {name} where piece in ({chosen})")
        return "(" + (" union all ".join(sources) or self._empty()) + ")"

    def _empty(self) -> str:
        homes, needs = f"{self._base}_homes", self._wanted.needs
        return piece_sql(self._engine.dialect, "sums", 0, [[]], homes, needs)

    def _sql(self, piece: _Piece) -> str:
        paths = [[piece.part.path]]
        if piece.before:
            paths.append([part.path for part in piece.before])
        lists = self._lists_of(piece) if piece.rows else None
        stepped = lists if lists is not None else self._steps_of(piece)
        return piece_sql(
            self._engine.dialect, piece.kind, piece.part.period, paths, f"{self._base}_homes",
            self._wanted.needs, lists=lists, stepped=list(stepped),
        )  # fmt: skip


class _Homes:
    """Who was of which strand, to be asked month by month."""

    def __init__(self, table: pa.Table | None) -> None:
        columns = ("reporter", "strand", "since", "until")
        self._columns = [table[c].to_numpy() for c in columns] if table is not None else []

    def at(self, period: int, low: int, high: int) -> bytes:
        """Reporters from ``low`` to ``high`` that were there in a month, each with its strand."""
        reporter, strand, since, until = self._columns
        there = (since <= period) & (until > period) & (reporter >= low) & (reporter <= high)
        return bytes(reporter[there].tobytes() + strand[there].tobytes())


def _beside(part: Part, others: Iterable[Part]) -> tuple[Part, ...]:
    """Those parts of another month that may hold the same reporters."""
    return tuple(o for o in others if o.low <= part.high and part.low <= o.high)


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


def _touched(piece: _Piece, moved: Collection[int] | None) -> bool:
    """Whether a piece may hold a reporter that moved."""
    return any(part.low <= r <= part.high for part in piece.parts for r in moved or ())
