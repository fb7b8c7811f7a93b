"""Lay practice projects (生成演练项目): a library whose figures are the published ones.

They are written in portions, each with its events in a transaction of its own, so that nobody waits
long for the database. What a stopped run has laid stays, and the next run goes on behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.catalogue import load_pack
from hexi.portal.core.models import Event, Person, Unit
from hexi.portal.core.record import record, record_each, unsaved_event
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.projects.models import (
    Progress,
    ProjectRecord,
    ProjectTag,
    StageSpell,
    StartBatch,
    YearPlan,
)
from hexi.portal.returns.form_book import day_of
from hexi.portal.returns.registers.classes import place_known
from hexi.projects.practice import PracticeRecord, make_practice_records
from hexi.projects.practice_plan import PracticePlan, load_practice_plan

__all__ = ["MOST", "lay_practice_projects"]

#: projects a transaction; about a second's writing with their months and events
PORTION: Final = 300
#: projects of no list that may be asked for
MOST: Final = 200_000
_ROWS: Final = 1000
_PREFIX: Final = "YL"


def lay_practice_projects(*, by: Person | None, at: datetime, more: int = 0) -> int:
    """Lay what is not there yet; ``more`` of no list come beside the published ones. Returns how
    many were laid."""
    require(by, Permission.MAKE_PRACTICE)
    if not 0 <= more <= MOST:
        raise Refusal(
            "too_many",
            _("So many practice projects cannot be made."),
            _("Ask for fewer."),
            place="more",
        )
    plan = load_practice_plan(settings.HEXI.pack)
    there = set(ProjectRecord.objects.filter(practice=True).values_list("number", flat=True))
    made = make_practice_records(plan, day_of(at), more=more)
    fresh = (one for one in made if _number(one) not in there)
    laid, scene = 0, None
    for portion in _portions(fresh, PORTION):
        with transaction.atomic():
            scene = scene or _Scene(plan, by, at)
            rows = _write(portion, scene, by, at)
            record_each([_event(row, by, at) for row in rows])
        laid += len(rows)
    if not laid:
        raise Refusal(
            "practice_there",
            _("The practice projects are there already."),
            _("Look for them in the library."),
            status=409,
        )
    with transaction.atomic():
        officer = require(by, Permission.MAKE_PRACTICE)
        record("lay_practice_projects", officer, by=by, at=at, after={"projects": laid})
    return laid


class _Scene:
    """Units, places and batches that the records stand in."""

    def __init__(self, plan: PracticePlan, by: Person | None, at: datetime) -> None:
        pack = load_pack(settings.HEXI.pack)
        self.units = {unit.code: unit for unit in Unit.objects.filter(code__in=plan.places)}
        codes = {unit.id: unit.code for unit in pack.units}
        self.places = {id: codes[id] if place_known(codes[id]) else "" for id in plan.places}
        home = Unit.objects.get(code=pack.region)
        self.batches = {
            one.id: StartBatch.objects.get_or_create(
                name=one.name,
                day=one.day,
                defaults={"unit": home, "by_name": by.name if by else "", "at": at},
            )[0]
            for one in plan.batches
        }


def _portions(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    more = iter(rows)
    while portion := list(islice(more, size)):
        yield portion


def _event(row: ProjectRecord, by: Person | None, at: datetime) -> Event:
    after = {"number": row.number, "practice": True}
    return unsaved_event("register_record", row, by=by, at=at, unit_path=row.unit.path, after=after)


def _number(one: PracticeRecord) -> str:
    return f"{_PREFIX}{one.key}"


def _write(
    portion: Sequence[PracticeRecord], scene: _Scene, by: Person | None, at: datetime
) -> list[ProjectRecord]:
    name = by.name if by else ""
    rows = ProjectRecord.objects.bulk_create(_row(one, scene, at) for one in portion)
    pairs = list(zip(rows, portion, strict=True))
    _bulk(
        StageSpell(project=row, stage=stage, since=since, until=until, by_name=name, at=at)
        for row, one in pairs
        for stage, since, until in _spells(one)
    )
    _bulk(
        ProjectTag(project=row, tag=tag, since=since, until=until)
        for row, one in pairs
        for tag, since, until in one.tags
    )
    _bulk(
        YearPlan(project=row, year=year, planned=planned, at=at)
        for row, one in pairs
        for year, planned in one.plans.items()
    )
    _bulk(
        Progress(project=row, month=month, invested=invested, by_name=name, at=at)
        for row, one in pairs
        for month, invested in one.progress.items()
    )
    return rows


def _bulk(rows: Iterable[Any]) -> None:
    for part in _portions(rows, _ROWS):
        type(part[0])._default_manager.bulk_create(part)


def _spells(one: PracticeRecord) -> Iterator[tuple[str, date, date | None]]:
    ends = [day for _stage, day in one.way[1:]]
    for (stage, since), until in zip(one.way, [*ends, None], strict=True):
        yield stage, since, until


def _row(one: PracticeRecord, scene: _Scene, at: datetime) -> ProjectRecord:
    stage, since = one.way[-1]
    return ProjectRecord(
        number=_number(one),
        name=one.name,
        kind=one.kind,
        industry=one.industry,
        unit=scene.units[one.place],
        place=scene.places[one.place],
        investor=one.investor,
        investor_code=one.investor_code,
        origin=one.origin,
        total=one.total,
        stage=stage,
        stage_since=since,
        resume_stage=one.way[-2][0] if stage == "suspended" else "",
        planned_start=one.planned_start,
        planned_end=one.planned_end,
        actual_start=one.day_of("started"),
        actual_end=one.day_of("completed"),
        in_statistics_since=one.in_statistics,
        leader_name=one.leader,
        batch=scene.batches.get(one.batch),
        invested=sum(one.progress.values()),
        practice=True,
        created_at=at,
        changed_at=at,
    )
