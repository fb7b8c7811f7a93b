"""Laying practice projects (生成演练项目): a library whose figures are the published ones.

They are written in portions, each in a transaction of its own together with the count of what is
done, so that nobody waits long for the database. What a stopped worker has laid stays, and the next
one goes on behind it: the same plan and day give the same records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from hexi.catalogue import load_pack
from hexi.portal.core.leases import Stopped
from hexi.portal.core.models import Unit
from hexi.portal.projects.models import (
    PracticeJob,
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

__all__ = ["PORTION", "count_laid", "lay"]

#: projects a transaction; well under a second's writing with their months
PORTION: Final = 100
_ROWS: Final = 1000
_PREFIX: Final = "YL"


def count_laid() -> int:
    """How many stand in the library; those that somebody entered by hand are not of them."""
    return ProjectRecord.objects.filter(practice=True, number__startswith=_PREFIX).count()


def lay(job: PracticeJob, alive: Callable[[int], bool]) -> None:
    """Lay what is not there yet.

    ``alive`` takes the number of projects done, in the transaction that writes them, and answers
    False where the job is no longer ours. Raises ``Stopped`` then; nothing of that portion stays.
    """
    plan = load_practice_plan(settings.HEXI.pack)
    laid = ProjectRecord.objects.filter(practice=True, number__startswith=_PREFIX)
    there = set(laid.values_list("number", flat=True))
    made = make_practice_records(plan, day_of(job.asked_at), more=job.more)
    fresh = (one for one in made if _number(one) not in there)
    done, scene = job.done, None
    for portion in _portions(fresh, PORTION):
        with transaction.atomic():
            if not alive(done + len(portion)):
                raise Stopped
            scene = scene or _Scene(plan, job)
            _write(portion, scene, job)
        done += len(portion)


class _Scene:
    """Units, places and batches that the records stand in."""

    def __init__(self, plan: PracticePlan, job: PracticeJob) -> None:
        pack = load_pack(settings.HEXI.pack)
        self.units = {unit.code: unit for unit in Unit.objects.filter(code__in=plan.places)}
        codes = {unit.id: unit.code for unit in pack.units}
        self.places = {id: codes[id] if place_known(codes[id]) else "" for id in plan.places}
        home = Unit.objects.get(code=pack.region)
        self.batches = {
            one.id: StartBatch.objects.get_or_create(
                name=one.name,
                day=one.day,
                practice=True,
                defaults={"unit": home, "by_name": job.by_name, "at": job.asked_at},
            )[0]
            for one in plan.batches
        }


def _portions(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    more = iter(rows)
    while portion := list(islice(more, size)):
        yield portion


def _number(one: PracticeRecord) -> str:
    return f"{_PREFIX}{one.key}"


def _write(portion: Sequence[PracticeRecord], scene: _Scene, job: PracticeJob) -> None:
    name, at = job.by_name, job.asked_at
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
