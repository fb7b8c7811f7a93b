"""Start batches (集中开工): projects whose start is celebrated on one day, started in one act.

Either all projects of a batch start or none does: whoever reads the list of the day must find them
all. Each gets an event of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record, record_each, unsaved_event
from hexi.portal.core.refusal import NotFound, Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.projects.acts.move_stage import step_changes
from hexi.portal.projects.gate_words import refusals
from hexi.portal.projects.models import ProjectRecord, StageSpell, StartBatch
from hexi.portal.projects.record_book import card, held_all, values_of
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.projects.step_guards import guarded
from hexi.portal.returns.form_book import day_of
from hexi.projects.gates import Step, is_back_entered, step_faults
from hexi.projects.stages import StageBook

__all__ = ["add_to_batch", "make_batch", "start_batch", "take_from_batch"]

#: projects whose faults are told one by one
_TOLD = 20
#: rows of one statement
_ROWS = 200


def make_batch(
    name: str,
    unit: Unit | str,
    day: date,
    *,
    by: Person | None,
    at: datetime,
    place: str = "",
    note: str = "",
) -> StartBatch:
    """Set up a ceremony; its day may lie ahead."""
    with transaction.atomic():
        home = Unit.objects.filter(code=unit).first() if isinstance(unit, str) else unit
        if home is None:
            raise NotFound
        require(by, Permission.MOVE_STAGE, home.path)
        name = " ".join(name.split())
        if not 1 <= len(name) <= 200:
            raise Refusal(
                "name_missing",
                _("A batch needs a name of at most 200 characters."),
                _("Name it after the ceremony."),
                place="name",
            )
        made = StartBatch.objects.create(
            name=name,
            unit=home,
            day=day,
            place=place.strip()[:200],
            note=note.strip(),
            by_name=by.name if by else "",
            at=at,
        )
        after = {"name": name, "day": day.isoformat(), "place": made.place, "note": made.note}
        record("make_batch", made, by=by, at=at, unit_path=home.path, after=after)
    return made


def add_to_batch(batch_id: int, ids: Iterable[int], *, by: Person | None, at: datetime) -> int:
    """Put projects into a batch, out of any other; returns how many are new in it."""
    with transaction.atomic():
        batch = _batch(batch_id, by)
        rows = [row for row in held_all(ids, by, Permission.MOVE_STAGE) if row.batch_id != batch.pk]
        book = stage_book()
        done = [row for row in rows if book.has_started(row.stage, row.resume_stage)]
        outside = [row for row in rows if not row.unit.path.startswith(batch.unit.path)]
        # an empty batch takes the side of its first projects
        first = not ProjectRecord.objects.filter(batch=batch).exists()
        side = rows[0].practice if rows and first else batch.practice
        mixed = [row for row in rows if row.practice != side]
        faults = [*_named("started_already", _STARTED, done), *_named("elsewhere", _OUT, outside)]
        tell([*faults, *_named("practice_and_real", _MIXED, mixed)])
        if side != batch.practice:
            batch.practice = side
            batch.save(update_fields=["practice"])
        for row in rows:
            _join(row, batch, by=by, at=at)
    return len(rows)


def take_from_batch(batch_id: int, ids: Iterable[int], *, by: Person | None, at: datetime) -> int:
    """Take projects out of a batch before they start."""
    with transaction.atomic():
        batch = _batch(batch_id, by)
        rows = [row for row in held_all(ids, by, Permission.MOVE_STAGE) if row.batch_id == batch.pk]
        book = stage_book()
        done = [row for row in rows if book.has_started(row.stage, row.resume_stage)]
        tell(_named("started_already", _STARTED, done))
        for row in rows:
            _join(row, None, by=by, at=at)
    return len(rows)


def start_batch(batch_id: int, *, reason: str = "", by: Person | None, at: datetime) -> int:
    """Start every project of the batch on its day; returns how many."""
    with transaction.atomic():
        batch = _batch(batch_id, by)
        book = stage_book()
        ids = ProjectRecord.objects.filter(batch=batch, merged_into=None)
        rows = [
            row
            for row in held_all(ids.values_list("pk", flat=True), by, Permission.MOVE_STAGE)
            if not book.has_started(row.stage, row.resume_stage)
        ]
        if not rows:
            raise Refusal(
                "nothing_to_start",
                _("No project of the batch is still to be started."),
                _("Put projects into the batch first."),
                status=409,
            )
        to = next(stage.id for stage in book.stages.values() if stage.started)
        said = reason.strip() or batch.name
        steps = {row.pk: _step(row, to, batch.day, day_of(at), said) for row in rows}
        tell(_against(rows, steps))
        _start_all(book, batch, rows, steps, by=by, at=at)
    return len(rows)


_STARTED = _("“%(name)s” has started already.")
_OUT = _("“%(name)s” lies outside the unit of the batch.")
_MIXED = _("“%(name)s”: practice and real projects do not stand in one batch.")


def _batch(batch_id: int, by: Person | None) -> StartBatch:
    require(by, Permission.MOVE_STAGE)
    batch: StartBatch | None = (
        StartBatch.objects.visible_to(by).select_related("unit").filter(pk=batch_id).first()
    )
    if batch is None:
        raise NotFound
    require(by, Permission.MOVE_STAGE, batch.unit.path)
    StartBatch.objects.select_for_update().get(pk=batch_id)
    return batch


def _join(row: ProjectRecord, batch: StartBatch | None, *, by: Person | None, at: datetime) -> None:
    before = {"batch": row.batch.name} if row.batch else {}
    row.batch = batch
    row.changed_at = at
    row.save(update_fields=["batch", "changed_at"])
    after = {"batch": batch.name} if batch else {}
    record("join_batch", row, by=by, at=at, unit_path=row.unit_path, before=before, after=after)


def _start_all(
    book: StageBook,
    batch: StartBatch,
    rows: list[ProjectRecord],
    steps: dict[int, Step],
    *,
    by: Person | None,
    at: datetime,
) -> None:
    """The steps of all projects in a few statements: a ceremony of hundreds must not keep other
    writers waiting."""
    events, spells, touched = [], [], {"stage", "version", "changed_at"}
    for row in rows:
        step, before = steps[row.pk], card(row)
        changes = step_changes(book, row, step)
        for name, value in changes.items():
            setattr(row, name, value)
        touched |= changes.keys()
        row.version += 1
        row.changed_at = at
        spells.append(
            StageSpell(
                project=row,
                stage=row.stage,
                since=step.day,
                reason=step.reason,
                evidence=batch.name,
                back_entered=is_back_entered(book, step.day, step.today),
                by_name=by.name if by else "",
                at=at,
            )
        )
        after = {**card(row), "batch": batch.name}
        events.append(
            unsaved_event("start_batch", row, by=by, at=at, unit_path=row.unit_path,
                          before=before, after=after, reason=step.reason)
        )  # fmt: skip
    open_ = StageSpell.objects.filter(project__batch=batch, until=None)
    open_.filter(project__in=[row.pk for row in rows]).update(until=batch.day)
    StageSpell.objects.bulk_create(spells, batch_size=_ROWS)
    ProjectRecord.objects.bulk_update(rows, sorted(touched), batch_size=_ROWS)
    record_each(events)


def _step(row: ProjectRecord, to: str, day: date, today: date, reason: str) -> Step:
    return Step(to=to, day=day, today=today, reason=reason, proved=True, since=row.stage_since)


def _against(rows: Iterable[ProjectRecord], steps: dict[int, Step]) -> list[Refusal]:
    """What stands against a start, project by project."""
    told = []
    for row in rows:
        step = steps[row.pk]
        gates = refusals(step_faults(stage_book(), values_of(row), step))
        for fault in (*gates, *guarded(row, step.to)):
            message = gapped("%(name)s：%(said)s", name=row.name, said=fault.message)
            told.append(Refusal(fault.code, message, fault.remedy, place=f"{row.pk}"))
            if len(told) == _TOLD:
                return told
    return told


def _named(code: str, message: Any, rows: list[ProjectRecord]) -> list[Refusal]:
    return [
        Refusal(code, gapped(message, name=row.name), _("Leave it out."), place=f"{row.pk}")
        for row in rows[:_TOLD]
    ]
