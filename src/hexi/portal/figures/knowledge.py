"""What is known (所知数据): a snapshot of a warehouse made ready, and figures computed from it.

One engine is kept for each process, with others beside it for questions about the past and for
what a level sees before closing, so that none pushes the additive facts of another out. What was
read and what was computed is kept under the hash of its content and of the definitions: an answer
from the store is the same answer.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from hexi.portal.figures.space import Space
from hexi.portal.returns.queries.facts import refuse_other_side
from hexi.statistics.indicators import (
    DefinitionError,
    Definitions,
    Figures,
    Indicator,
    Source,
    View,
    load_definitions,
)
from hexi.statistics.indicators import compute as compute_once
from hexi.statistics.indicators.definitions import BASES
from hexi.statistics.indicators.plan import plan
from hexi.warehouse import AsOf, Registry, Snapshot, Warehouse, WarehouseError

__all__ = [
    "Kept",
    "Known",
    "compute",
    "computed_apart",
    "definitions",
    "known_at",
    "with_basis",
]

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """The last few values by their key; the one that was asked longest ago goes first."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._values: OrderedDict[Hashable, Value] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        made = make()
        with self._lock:
            self._values[key] = made
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return made


@dataclass(frozen=True)
class Known:
    """A snapshot with its facts and its register."""

    space: Space
    #: hash of the content: equal keys have equal figures
    key: str
    snapshot: Snapshot
    source: Source
    register: Registry
    #: which engine keeps its additive facts; what differs in many months has one of its own
    lane: str = "now"
    #: months with returns that are approved up to a level and not published (尚未关账)
    open: frozenset[int] = frozenset()
    #: those of them that are closed, and hold late returns or revisions on their way up
    revised: frozenset[int] = frozenset()

    @cached_property
    def periods(self) -> list[int]:
        """Months that something was reported for, oldest first."""
        return sorted({part.period for part in self.source.parts})

    def homes(self, tree: str) -> list[str]:
        """Codes of the units of a tree that reporters belong to directly."""
        if tree not in self._homes:
            rows = self.register.membership.filter(pc.field("tree") == tree)
            numbers = pc.unique(rows["unit"]).to_pylist()
            self._homes[tree] = [self.unit_codes[number] for number in numbers]
        return self._homes[tree]

    @cached_property
    def _homes(self) -> dict[str, list[str]]:
        return {}

    @cached_property
    def unit_codes(self) -> dict[int, str]:
        """Code of a unit by its number."""
        return {number: code for code, number in self.register.units.items()}


_SOURCES: Final[Kept[Known]] = Kept(24)
#: a register is large and rarely changes: snapshots share it
_REGISTERS: Final[Kept[Registry]] = Kept(4)
_RESULTS: Final[Kept[pa.Table]] = Kept(256)
_BASED: Final[Kept[Definitions]] = Kept(8)
_ENGINES: dict[tuple[str, str], Figures] = {}
_DOOR = threading.Lock()


def known_at(space: Space, as_of: AsOf = None) -> Known | None:
    """What a space knew; None where it has no figures, or had none then."""
    house = space.open()
    if house is None:
        return None
    try:
        snapshot = house.resolve(as_of)
    except WarehouseError:
        return None
    return None if snapshot is None else _ready(space, house, snapshot)


def _ready(space: Space, house: Warehouse, snapshot: Snapshot) -> Known:
    segments = house.segments(as_of=snapshot.id)
    register = house.manifest.registry_files(snapshot.id)
    said = hashlib.sha256(f"{space.id}\n{house.root}\n{snapshot.id}\n".encode())
    for file in (*segments, *register):
        said.update(f"{file.path} {file.sha256}\n".encode())
    key = said.hexdigest()

    def read() -> Known:
        names = (space.id, *(f"{file.path} {file.sha256}" for file in register))
        found = _REGISTERS.get(names, lambda: _register(house, snapshot.id))
        return Known(space, key, snapshot, Source.at(house, segments, found), found)

    return _SOURCES.get(key, read)


def _register(house: Warehouse, number: int) -> Registry:
    found = house.registry(number)
    refuse_other_side(house, found)
    return found


def definitions() -> Definitions:
    """The indicators that this office computes."""
    return load_definitions(settings.HEXI.pack)


def with_basis(given: Definitions, basis: str) -> Definitions:
    """The same indicators with their growth on one basis; those that cannot keep their own."""
    if basis not in BASES:
        return given

    def turn() -> Definitions:
        turned = {name: _turned(one, basis, given) for name, one in given.indicators.items()}
        return replace(given, indicators=turned)

    return _BASED.get((given.hash, basis), turn)


def _turned(one: Indicator, basis: str, given: Definitions) -> Indicator:
    other = replace(one, growth=basis)  # type: ignore[arg-type]
    try:
        plan(replace(given, indicators={**given.indicators, one.id: other}), [one.id])
    except DefinitionError:
        return one
    return other


def compute(
    known: Known,
    given: Definitions,
    *,
    tree: str,
    indicators: Sequence[str],
    views: Sequence[View],
    units: Collection[int] | None,
    periods: Collection[int],
    boundaries: int | None = None,
    past: bool = False,
) -> pa.Table:
    """Figures of a snapshot; answered from the store where the same was asked before."""
    asked = (tuple(sorted(units)) if units is not None else None, tuple(sorted(periods)))
    key = (known.key, given.hash, tree, tuple(indicators), tuple(views), asked, boundaries)

    def run() -> pa.Table:
        engine = _engine(known.space.id, "past" if past else known.lane)
        question: dict[str, Any] = {"tree": tree, "boundaries": boundaries}
        if not past and given.hash == definitions().hash:
            # once for each state of the facts; every later question only has to finish
            engine.prepare(given, known.source, **question)
        return engine.compute(
            given, known.source, indicators=indicators, views=views,
            units=asked[0], periods=asked[1], **question,
        )  # fmt: skip

    return _RESULTS.get(key, run)


def computed_apart(
    known: Known,
    source: Source,
    given: Definitions,
    *,
    tree: str,
    indicators: Sequence[str],
    views: Sequence[View],
    months: Sequence[int],
) -> pa.Table:
    """Figures of a narrowed source, on an engine of its own that is let go afterwards."""
    who = hashlib.sha256(str(source.membership["reporter"].to_pylist()).encode()).hexdigest()
    asked = (tuple(indicators), tuple(views), tuple(sorted(months)))
    return _RESULTS.get(
        (known.key, given.hash, tree, who, asked),
        lambda: compute_once(
            given, source, tree=tree, indicators=indicators, views=views, periods=months
        ),
    )


def _engine(space: str, lane: str) -> Figures:
    with _DOOR:
        if (space, lane) not in _ENGINES:
            _ENGINES[space, lane] = Figures()
        return _ENGINES[space, lane]
