"""Gates between stages (阶段关口): what stands against a step, all of it told at once.

A gate asks whether the step is one that may follow, whether the fields are there without which no
project stands in the stage, whether the step is proved and reasoned, and whether its day fits into
the days that are known already. Nothing is raised: what is wrong comes back as codes with fields,
and who shows it says it in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hexi.projects.stages import Stage, StageBook

__all__ = [
    "GateFault",
    "Step",
    "date_faults",
    "is_back_entered",
    "missing_fields",
    "standing_faults",
    "step_faults",
    "written_days",
]


@dataclass(frozen=True, slots=True)
class GateFault:
    """One thing that stands against a step: a code, the field it is about, and what it names."""

    code: str
    field: str = ""
    #: stages, days or reasons that the sentence names
    named: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step that somebody wants to take."""

    to: str
    day: date
    today: date
    reason: str = ""
    #: document or number; true also where files of the stage are kept
    proved: bool = False
    ended_reason: str = ""
    #: last day on which the record entered a stage; a step before it would bend the history
    since: date | None = None


def step_faults(book: StageBook, record: Mapping[str, Any], step: Step) -> tuple[GateFault, ...]:
    """What stands against a step of a record (field names of the record to values)."""
    here, kind = str(record["stage"]), str(record["kind"])
    stage = book.stages.get(step.to)
    if stage is None:
        return (GateFault("stage_unknown", "to", tuple(book.stages)),)
    if kind not in book.kinds:
        return (GateFault("kind_unknown", "kind", tuple(book.kinds)),)
    allowed = book.moves(kind, here, str(record.get("resume_stage") or ""))
    if stage not in allowed:
        names = tuple(one.id for one in allowed)
        return (GateFault("stage_jump" if names else "nothing_follows", "to", (here, *names)),)
    faults = [*_day(step), *_reasoned(book, stage, here, record, step)]
    after = {**record, **written_days(stage, record, step.day)}
    if not stage.stops:
        faults += [GateFault("field_missing", name, (stage.id,)) for name in _missing(stage, after)]
        if stage.evidence and not step.proved and not _goes_back(book, here, stage):
            faults.append(GateFault("evidence_missing", "evidence", (stage.id,)))
    return (*faults, *_new_faults(date_faults(record, step.today), date_faults(after, step.today)))


def standing_faults(
    book: StageBook, record: Mapping[str, Any], today: date
) -> tuple[GateFault, ...]:
    """What stands against a record that is entered in a stage, without a step into it."""
    stage, kind = book.stages.get(str(record.get("stage"))), book.kinds.get(str(record.get("kind")))
    faults: list[GateFault] = []
    if kind is None:
        faults.append(GateFault("kind_unknown", "kind", tuple(book.kinds)))
    if stage is None or stage.stops:
        usual = tuple(one.id for one in book.stages.values() if not one.stops)
        faults.append(GateFault("stage_unknown", "stage", usual))
    if kind is None or stage is None or stage.stops:
        return (*faults, *date_faults(record, today))
    if stage.id not in kind.stages:
        faults.append(GateFault("stage_not_of_kind", "stage", (stage.id, *kind.stages)))
        return (*faults, *date_faults(record, today))
    since = record.get("stage_since")
    if isinstance(since, date) and since > today:
        faults.append(GateFault("day_ahead", "stage_since", (today,)))
    faults += [GateFault("field_missing", name, (stage.id,)) for name in _missing(stage, record)]
    return (*faults, *date_faults(record, today))


def missing_fields(
    book: StageBook, record: Mapping[str, Any], passed: Sequence[str] = ()
) -> tuple[GateFault, ...]:
    """Fields that a record no longer has though its stage, or one that it passed, needs them."""
    told: dict[str, GateFault] = {}
    for id in (*passed, str(record["stage"]), str(record.get("resume_stage") or "")):
        stage = book.stages.get(id)
        for name in _missing(stage, record) if stage else ():
            told.setdefault(name, GateFault("field_missing", name, (id,)))
    return tuple(told.values())


def date_faults(record: Mapping[str, Any], today: date) -> tuple[GateFault, ...]:
    """Planned and actual days: an end is not before its start, and what happened is not ahead."""
    faults = []
    for start, end in (("planned_start", "planned_end"), ("actual_start", "actual_end")):
        first, last = record.get(start), record.get(end)
        if first and last and last < first:
            faults.append(GateFault("dates_out_of_order", end, (start, first, last)))
    for name in ("actual_start", "actual_end"):
        day = record.get(name)
        if day and day > today:
            faults.append(GateFault("day_ahead", name, (today,)))
    if record.get("actual_end") and not record.get("actual_start"):
        faults.append(GateFault("end_without_start", "actual_end"))
    return tuple(faults)


def written_days(stage: Stage, record: Mapping[str, Any], day: date) -> dict[str, date]:
    """The days that a step writes: that of the stage, where it is not known already."""
    return {stage.sets: day} if stage.sets and not record.get(stage.sets) else {}


def is_back_entered(book: StageBook, day: date, today: date) -> bool:
    """Was a step entered so late that it does not count as in time (补录)?"""
    return (today - day).days > book.gates.back_entered_after


def _missing(stage: Stage, record: Mapping[str, Any]) -> list[str]:
    return [name for name in stage.needs if record.get(name) in (None, "", {}, [])]


def _goes_back(book: StageBook, here: str, stage: Stage) -> bool:
    """Falling back and going on from a suspension were proved when the stage was first entered."""
    return book.stages[here].halts or stage.order < book.stages[here].order


def _day(step: Step) -> list[GateFault]:
    faults = []
    if step.day > step.today:
        faults.append(GateFault("day_ahead", "day", (step.today,)))
    if step.since is not None and step.day < step.since:
        faults.append(GateFault("day_before_stage", "day", (step.since,)))
    return faults


def _reasoned(
    book: StageBook, stage: Stage, here: str, record: Mapping[str, Any], step: Step
) -> list[GateFault]:
    faults = []
    if not step.reason.strip():
        faults.append(GateFault("reason_missing", "reason"))
    if not (stage.ends or (stage.halts and step.ended_reason)):
        return faults
    stands = str(record.get("resume_stage") or here)
    group = book.stages[stands if stands in book.stages else here].group
    known = [one.id for one in book.reasons.values() if stage.id in one.of and group in one.groups]
    if step.ended_reason not in known:
        code = "ended_reason_unknown" if step.ended_reason else "ended_reason_missing"
        faults.append(GateFault(code, "ended_reason", tuple(known)))
    return faults


def _new_faults(before: Sequence[GateFault], after: Sequence[GateFault]) -> tuple[GateFault, ...]:
    """Faults that the step would bring; older ones are for who keeps the record."""
    return tuple(fault for fault in after if fault not in before)
