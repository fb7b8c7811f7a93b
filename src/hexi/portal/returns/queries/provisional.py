"""Figures before closing (尚未关账): what has been approved up to a level and is not yet published.

A park, a zone and the province each look at the returns that every level up to their own has
approved, as if the period were closed now. What they see of it is a matter of scope, not of this:
all officers of one level share one answer, and the app of figures shows each only his own units.
"""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Exists, OuterRef

from hexi.portal.core.models import Event, Person
from hexi.portal.returns.approval.publication import facts_of, register_of_today, warehouse
from hexi.portal.returns.models import PeriodLock, Return, ReturnState, ReturnStep, Submission
from hexi.portal.returns.scope import RANKS, rank_of
from hexi.warehouse import Registry

__all__ = ["OpenMonth", "Provisional", "provisional"]

#: events that leave the register as it was, however many there are of them
_NOT_OF_THE_REGISTER: Final = ("return", "batch", "batchline", "explanation", "reminder")

#: form and period
_Month = tuple[str, int]
#: newest step, newest snapshot, newest event of the register
_Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class OpenMonth:
    """Facts of a form and period, numbered as the register numbers them.

    ``facts`` has reporter, item, facet, value, prior and submission; whoever is in it has all rows
    of its return there.
    """

    form: int
    period: int
    facts: pa.Table
    #: the province has closed it: these are late returns and revisions on their way up
    closed: bool


@dataclass(frozen=True)
class Provisional:
    """What an officer of a level may look at before it is published."""

    #: hash of the content: equal keys have equal facts and registers
    key: str
    #: 1 park, 2 zone, 3 province
    rank: int
    #: when the newest step was taken
    at: datetime
    months: tuple[OpenMonth, ...]
    #: the register of today: a period that is closed now is added up by it
    register: Registry


@dataclass(frozen=True)
class _Kept:
    """The answers of a state of the database, and what the next state may go on with."""

    stamp: _Stamp
    answers: Mapping[int, Provisional | None]
    #: every submission that was read, by month
    read: Mapping[_Month, pa.Table]
    register: Registry | None = None
    register_hash: str = ""
    register_event: int = -1


_DOOR: Final = threading.Lock()
_LAST: dict[str, _Kept] = {}


def provisional(person: Person | None) -> Provisional | None:
    """What this person's level has approved and nobody has published; None where nothing is so."""
    rank = rank_of(person) if person is not None else 0
    if not rank:
        return None
    house = warehouse()
    place = str(house.root)
    stamp = _stamp_now(house.manifest.latest())
    with _DOOR:
        kept = _LAST.get(place)
        if kept is None or kept.stamp != stamp:
            kept = _LAST[place] = _next(stamp, kept)
        return kept.answers[rank]


def _stamp_now(snapshot: object) -> _Stamp:
    step = ReturnStep.objects.order_by("-pk").values_list("pk", flat=True).first()
    events = Event.objects.exclude(object_type__in=_NOT_OF_THE_REGISTER)
    event = events.order_by("-pk").values_list("pk", flat=True).first()
    return step or 0, getattr(snapshot, "id", 0), event or 0


def _next(stamp: _Stamp, before: _Kept | None) -> _Kept:
    """The answers now; facts that were read before are not read again."""
    chosen = {rank: _chosen(rank) for rank in RANKS.values()}
    every: dict[_Month, set[int]] = defaultdict(set)
    for months in chosen.values():
        for month, numbers in months.items():
            every[month] |= numbers
    if not every:
        return _Kept(stamp, dict.fromkeys(chosen), {})
    register, said = _register(stamp, before)
    same = before is not None and before.register_hash == said
    old = before.read if before is not None and same else {}
    read = {month: _read(old.get(month), numbers, register) for month, numbers in every.items()}
    at = ReturnStep.objects.order_by("-pk").values_list("at", flat=True)[0]
    locks = PeriodLock.objects.filter(opened_at=None, unit__kind="province")
    closed = set(locks.values_list("form", "period"))
    answers = {
        rank: _answer(rank, months, read, register, said, at, closed)
        for rank, months in chosen.items()
    }
    return _Kept(stamp, answers, read, register, said, stamp[2])


def _chosen(rank: int) -> dict[_Month, set[int]]:
    """The submissions that count for a level, by month.

    The newest one, where every level up to this one has approved it; else the last that was
    approved at every level, which stays in force while it is revised.
    """
    later = Submission.objects.filter(
        target=OuterRef("target"), number__gt=OuterRef("number"), snapshot__isnull=False
    )
    rows = Submission.objects.filter(~Exists(later), snapshot=None).order_by("target", "number")
    unpublished: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for target, pk, approved_at in rows.values_list("target", "pk", "approved_at"):
        unpublished[target].append((pk, approved_at is not None))
    returns = Return.objects.filter(pk__in=rows.order_by().values("target"))
    found: dict[_Month, set[int]] = defaultdict(set)
    for pk, form, period, state, waiting in returns.values_list(
        "pk", "form", "period", "state", "waiting__kind"
    ):
        on_its_way = state in (ReturnState.SUBMITTED, ReturnState.APPROVED)
        if on_its_way and RANKS.get(waiting, rank + 1) > rank:
            found[form, period].add(unpublished[pk][-1][0])
        elif approved := [number for number, done in unpublished[pk] if done]:
            found[form, period].add(approved[-1])
    return found


def _register(stamp: _Stamp, before: _Kept | None) -> tuple[Registry, str]:
    """The register of today with its hash; the same object as long as it says the same."""
    if before is not None and before.register is not None and before.register_event == stamp[2]:
        return before.register, before.register_hash
    register = register_of_today()
    said = hashlib.sha256()
    for name, table in register.tables().items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table.combine_chunks())
        said.update(name.encode() + sink.getvalue())
    text = said.hexdigest()
    if before is not None and before.register is not None and before.register_hash == text:
        return before.register, text
    return register, text


def _read(known: pa.Table | None, numbers: set[int], register: Registry) -> pa.Table:
    """The facts of these submissions; only those that were not read before are read."""
    wanted = pa.array(sorted(numbers), pa.int32())
    if known is None:
        return facts_of(_submissions(numbers), register)
    kept = known.filter(pc.is_in(known["submission"], value_set=wanted))
    fresh = numbers - set(pc.unique(known["submission"]).to_pylist())
    if not fresh:
        return kept
    return pa.concat_tables([kept, facts_of(_submissions(fresh), register)])


def _submissions(numbers: Iterable[int]) -> Iterable[Submission]:
    wanted = sorted(numbers)
    for start in range(0, len(wanted), 500):
        part = Submission.objects.filter(pk__in=wanted[start : start + 500])
        yield from part.select_related("target")


def _answer(
    rank: int,
    months: Mapping[_Month, set[int]],
    read: Mapping[_Month, pa.Table],
    register: Registry,
    register_hash: str,
    at: datetime,
    closed: set[_Month],
) -> Provisional | None:
    if not months:
        return None
    said = hashlib.sha256(register_hash.encode())
    found = []
    for (form, period), numbers in sorted(months.items()):
        facts = read[form, period]
        wanted = pa.array(sorted(numbers), pa.int32())
        chosen = facts.filter(pc.is_in(facts["submission"], value_set=wanted))
        shut = (form, period) in closed
        found.append(OpenMonth(register.forms[form], period, chosen, shut))
        said.update(f"{form} {period} {shut} {sorted(numbers)}\n".encode())
    return Provisional(said.hexdigest(), rank, at, tuple(found), register)
