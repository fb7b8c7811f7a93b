"""Clocks of an enquiry (招商线索时限): by which day each step is due, and which were in time.

An enquiry (线索) is registered, answered, judged, fed back to who asked and followed up. Each step
has its limit by a dated rule of the pack (`promotion/clocks.toml`, after
江府办函〔2024〕37号), which also says whether it counts working days or days. The rule of the day
of receipt holds for the whole enquiry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from hexi.calendar.clock import Due, Limit, deadline, used_days
from hexi.catalogue.faults import Fault
from hexi.catalogue.toml_keys import Keys
from hexi.catalogue.toml_lines import TomlFile
from hexi.promotion.dated_tables import Span, fresh, read_tables, span_of

__all__ = ["STEPS", "Clock", "Course", "Done", "Mark", "course_of", "load_clocks"]

#: the steps in the order in which they are taken
STEPS: Final = ("register", "answer", "judge", "feedback", "follow_up")
_STARTS = ("received", *STEPS)
#: a step is amber from so many days before its last day on
_NEAR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit: which step, after which one, how long, and where that is said."""

    id: str
    step: str
    after: str
    limit: Limit
    #: holds where experts were asked (专家研判)
    experts: bool
    #: starts again each time the step was taken
    repeats: bool
    span: Span
    source: str
    note: str
    note_en: str


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was taken, and when; ``experts`` is one that asks them."""

    step: str
    day: date


@dataclass(frozen=True, slots=True)
class Mark:
    """One step of an enquiry on its clock."""

    step: str
    #: the day that the limit counts from
    start: date
    due: Due
    #: the day on which it was taken; None: it is open
    done: date | None
    clock: Clock

    @property
    def in_time(self) -> bool | None:
        """Was it taken by its last day? None while it is open."""
        if self.done is None or self.due.day is None:
            return None
        return self.done <= self.due.day

    def late(self, today: date) -> bool:
        """Taken too late, or open past its last day."""
        return self.due.day is not None and (self.done or today) > self.due.day

    def used(self, today: date) -> int:
        """Days of the limit that were used until it was taken, or until today."""
        return used_days(self.start, self.done or today, self.clock.limit)

    def lamp(self, today: date) -> str:
        """The lamp of the house: met, missed, on_the_way (due now), waiting."""
        if self.late(today):
            return "missed"
        if self.done is not None:
            return "met"
        near = self.due.day is not None and today >= self.due.day - _NEAR
        return "on_the_way" if near else "waiting"


@dataclass(frozen=True, slots=True)
class Course:
    """All steps of an enquiry, those taken and the one that is next."""

    marks: tuple[Mark, ...]

    @property
    def open(self) -> tuple[Mark, ...]:
        """Steps that wait, the first due first."""
        waiting = [mark for mark in self.marks if mark.done is None]
        return tuple(sorted(waiting, key=lambda mark: mark.due.day or date.max))

    @property
    def next(self) -> Mark | None:
        """What is due first; None where nothing waits."""
        return self.open[0] if self.open else None

    def of(self, step: str) -> Mark | None:
        """The (last) mark of a step."""
        return next((mark for mark in reversed(self.marks) if mark.step == step), None)


def course_of(
    received: date,
    done: Sequence[Done],
    clocks: Sequence[Clock],
    *,
    accepted: bool | None = None,
    closed: date | None = None,
) -> Course:
    """The steps of an enquiry on their clocks.

    Args:
        received: the day on which it came in.
        done: steps taken, in any order; the first of each kind counts, follow-ups all.
        clocks: the rules of the pack.
        accepted: how it was judged; None before that. What was refused is not followed up.
        closed: the day from which nothing more is due (signed, ended, withdrawn).
    """
    first: dict[str, date] = {"received": received}
    for one in sorted(done, key=lambda item: item.day):
        first.setdefault(one.step, one.day)
    follow_ups = sorted(one.day for one in done if one.step == "follow_up")
    experts = "experts" in first
    marks: list[Mark] = []
    for step in STEPS:
        clock = _clock(clocks, step, received, experts)
        start = first.get(clock.after) if clock else None
        if clock is None or start is None or (step == "follow_up" and not accepted):
            continue
        taken = follow_ups if clock.repeats else [first[step]] if step in first else []
        for day in taken:
            marks.append(Mark(step, start, deadline(start, clock.limit), day, clock))
            start = day
        if closed is None and (clock.repeats or not taken):
            marks.append(Mark(step, start, deadline(start, clock.limit), None, clock))
    return Course(tuple(marks))


def _clock(clocks: Sequence[Clock], step: str, day: date, experts: bool) -> Clock | None:
    held = [one for one in clocks if one.step == step and one.span.holds(day)]
    with_experts = [one for one in held if one.experts]
    usual = [one for one in held if not one.experts]
    chosen = with_experts if experts and with_experts else usual
    return chosen[-1] if chosen else None


def _load(root: Path) -> tuple[Clock, ...]:
    return read_tables(root, "clocks.toml", _read) or ()


def _read(toml: TomlFile, faults: list[Fault]) -> tuple[Clock, ...]:
    found = []
    for keys in Keys.each(toml, "clock", faults):
        found.append(_one(keys))
        keys.done()
    return tuple(found)


def _one(keys: Keys) -> Clock:
    step = keys.choice("step", STEPS)
    after = keys.choice("after", _STARTS)
    if _STARTS.index(after) >= _STARTS.index(step):
        keys.fault("after", "更早的步骤", f"“{after}”", "an earlier step")
    limit = Limit(keys.number("days", 1, 3660), working=keys.flag("working", default=True))
    return Clock(
        keys.text("id", required=True),
        step,
        after,
        limit,
        keys.flag("experts"),
        keys.flag("repeats"),
        span_of(keys),
        keys.text("source", required=True),
        keys.text("note"),
        keys.text("note_en"),
    )


#: the clocks of a pack, read again when its folder changes; `PackError` names every fault
load_clocks = fresh(_load)
