"""One sweep (监测扫描): every target's position as on a day, written where it differs.

Everything is computed first, from the pack, the plans and what people set; then it is written in
small transactions, each with the warnings that belong to it. A sweep that is cut off leaves whole
batches behind; the next one computes the same and writes only what is missing, so it can be
repeated at any time without harm.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Sum
from django.utils import timezone

import hexi
from hexi.catalogue.pack import pack_path
from hexi.monitoring.goal import Goal, Unclear
from hexi.monitoring.lamps import alarms_of
from hexi.monitoring.standing import Lamp
from hexi.monitoring.standing import Standing as Position
from hexi.monitoring.sweep import sweep
from hexi.portal.core.models import Unit
from hexi.portal.core.record import record
from hexi.portal.scoreboard.acts.raise_warnings import Seen, raise_warnings
from hexi.portal.scoreboard.models import (
    Against,
    MonitoredTarget,
    Standing,
    SweepRun,
    TargetState,
)
from hexi.portal.scoreboard.sweep.firms import Firms
from hexi.portal.scoreboard.sweep.goals import Case, Cases, whole_targets
from hexi.portal.scoreboard.sweep.projects import leading_projects
from hexi.portal.scoreboard.sweep.released import mark_of_releases
from hexi.portal.scoreboard.sweep.rows import COLUMNS, standing_row, unclear_row

__all__ = ["is_due", "stamp_of", "sweep_targets"]

#: standings written in one transaction
BATCH = 250

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a sweep computed of one case; an unclear target has no position."""

    case: Case
    position: Position | None
    #: the lamp of the standing before that day
    before: Lamp | None


def sweep_targets(as_of: date, *, at: datetime, batch: int = BATCH) -> SweepRun:
    """Compute and write the positions of every target as on that day.

    Warnings are raised for today alone: nobody can answer one of years ago.
    """
    run = SweepRun.objects.create(as_of=as_of, stamp=stamp_of(as_of), started_at=at)
    cases = Cases(as_of)
    found = _compute([row for row in whole_targets() if _begun(row, as_of)], cases)
    live = as_of >= timezone.localtime(at).date()
    firms = Firms()
    for some in _batches(found, batch):
        with transaction.atomic():
            run.changed += _write(some, as_of, at)
            run.warned += raise_warnings(_seen(some, cases, firms), at=at) if live else 0
    run.targets = len({one.case.target.pk for one in found})
    with transaction.atomic():
        run.finished_at = at
        run.save()
        root = Unit.objects.filter(parent=None).order_by("order").first()
        if root is not None and run.changed:
            record(
                "sweep_targets",
                root,
                by=None,
                at=at,
                unit_path=root.path,
                after={
                    "as_of": as_of.isoformat(),
                    "targets": run.targets,
                    "changed": run.changed,
                    "warned": run.warned,
                },
            )
    return run


def stamp_of(day: date) -> str:
    """Changes with program, pack, plans, releases and what people set: another stamp, another
    sweep."""
    digest = hashlib.sha256(_pack_digest())
    now = MonitoredTarget.objects.aggregate(Max("changed_at"), Sum("version"), Count("pk"))
    digest.update(repr(sorted(now.items())).encode())
    digest.update(mark_of_releases(day).encode())
    return digest.hexdigest()[:32]


@cache
def _pack_digest() -> bytes:
    """Of program and pack, which a process reads once."""
    digest = hashlib.sha256(hexi.__version__.encode())
    for path in sorted(pack_path(settings.HEXI.pack).rglob("*")):
        if path.suffix in (".csv", ".toml"):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.digest()


def is_due(today: date) -> bool:
    """Was there no finished sweep today with things as they are?"""
    return not SweepRun.objects.filter(
        as_of=today, stamp=stamp_of(today), finished_at__isnull=False
    ).exists()


def _compute(rows: Sequence[MonitoredTarget], cases: Cases) -> list[Found]:
    """Positions of these targets, current and original version, in their order."""
    listed = cases.of(rows)
    before = _lamps_before(cases.at)
    current = [case for case in listed if case.against == Against.CURRENT]
    positions = _positions(current, rows, cases, before)
    if len(current) < len(listed):
        # the originals beside the current ones, so that they borrow from the same siblings; but
        # two versions of one target are not two targets, nor siblings of the current ones
        both = _positions(listed, rows, cases, before)
        positions = {**both, **positions}
    return [Found(case, positions.get(case.id), before.get(_key(case))) for case in listed]


def _positions(
    listed: Sequence[Case],
    rows: Sequence[MonitoredTarget],
    cases: Cases,
    before: Mapping[Key, Lamp],
) -> dict[str, Position]:
    """Positions by the ids of the goals; an unclear target has none."""
    clear = [case for case in listed if isinstance(case.goal, Goal)]
    swept = sweep(
        [case.goal for case in clear if isinstance(case.goal, Goal)],
        {case.id: case.observed for case in clear if case.observed is not None},
        at=cases.at,
        rules=cases.rules,
        paths={case.id: case.path for case in clear if case.path is not None},
        before={case.id: lamp for case in clear if (lamp := before.get(_key(case)))},
        parts=_parts(rows),
        extra={case.id: case.more for case in clear if case.more},
        settled={case.id: case.verdict for case in clear if case.verdict is not None},
    )
    versions = {case.id: case.against for case in clear}
    return {
        one.goal: one if versions[one.goal] == Against.CURRENT else _alone(one)
        for one in swept.standings
    }


def _alone(position: Position) -> Position:
    """An original version without the remark that the current one is for the same thing."""
    said = tuple(one for one in position.reasons if one.code != "two_targets")
    return replace(position, reasons=said)


def _begun(row: MonitoredTarget, as_of: date) -> bool:
    """Did the target run by then? Before its base year was over nobody could stand anywhere."""
    base = row.start if row.start is not None else (row.plan.first_year or 1) - 1
    return base < as_of.year or (base == as_of.year and (as_of.month, as_of.day) == (12, 31))


def _key(case: Case) -> Key:
    return case.target.pk, case.against


def _lamps_before(at: date) -> dict[Key, Lamp]:
    """The lamps of the last standings before that day; those of the day itself are made anew, so
    that a sweep done twice gives the same twice."""
    rows = Standing.objects.filter(as_of__lt=at).order_by("as_of")
    return {
        (target, against): Lamp(lamp)
        for target, against, lamp in rows.values_list("target", "against", "lamp")
    }


def _parts(rows: Sequence[MonitoredTarget]) -> dict[str, list[str]]:
    """Agreed parts of each target, by the ids of their goals."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.parent_id is not None and row.state == TargetState.ACCEPTED:
            whole = f"{row.parent_id}:{Against.CURRENT.value}"
            found.setdefault(whole, []).append(f"{row.pk}:{Against.CURRENT.value}")
    return found


def _batches(found: Sequence[Found], size: int) -> Iterator[list[Found]]:
    left = iter(found)
    while some := list(islice(left, size)):
        yield some


def _write(found: Sequence[Found], as_of: date, at: datetime) -> int:
    """Write the standings that differ from the last one of that day or before; how many did."""
    targets = {one.case.target.pk: one.case.target for one in found}
    last = _last_standings(targets, as_of)
    new: list[Standing] = []
    renewed: list[Standing] = []
    for one in found:
        made = _row(one, as_of, at)
        kept = last.get(_key(one.case))
        if kept is not None and kept.data_hash == made.data_hash:
            continue
        if kept is not None and kept.as_of == as_of:
            made.pk = kept.pk
            renewed.append(made)
        else:
            new.append(made)
    Standing.objects.bulk_create(new)
    Standing.objects.bulk_update(renewed, COLUMNS)
    _point(targets, [*new, *renewed])
    return len(new) + len(renewed)


def _row(one: Found, as_of: date, at: datetime) -> Standing:
    if one.position is None:
        assert isinstance(one.case.goal, Unclear)
        return unclear_row(one.case, one.case.goal, as_of, at)
    return standing_row(one.case, one.position, as_of, at)


def _last_standings(targets: Iterable[int], as_of: date) -> dict[Key, Standing]:
    rows = Standing.objects.filter(target__in=list(targets), as_of__lte=as_of)
    rows = rows.only("target_id", "against", "as_of", "data_hash").order_by("as_of")
    return {(row.target_id, row.against): row for row in rows}


def _point(targets: dict[int, MonitoredTarget], written: Iterable[Standing]) -> None:
    """Let each target show the newest standing against its current version."""
    changed = []
    for standing in written:
        target = targets[standing.target_id]
        if standing.against != Against.CURRENT:
            continue
        if target.latest is None or target.latest.as_of <= standing.as_of:
            target.latest, target.lamp = standing, standing.lamp
            changed.append(target)
    MonitoredTarget.objects.bulk_update(changed, ["latest", "lamp"])


def _seen(found: Sequence[Found], cases: Cases, firms: Firms) -> Iterator[Seen]:
    """What the dated rules of early warning see in these targets."""
    in_force = cases.rules.on(cases.at)
    leading = leading_projects([one.case.target for one in found], cases.at)
    for one in found:
        goal = one.case.goal
        agreed = one.case.target.state == TargetState.ACCEPTED
        if one.case.against != Against.CURRENT or not isinstance(goal, Goal) or not agreed:
            continue
        assert one.position is not None
        running = cases.at.year <= goal.end
        makeup = firms.of(goal) if running else None
        for alarm in alarms_of(
            goal,
            one.case.observed,
            in_force,
            cases.at,
            lamp=one.position.lamp,
            before=one.before,
            firms=makeup.first if makeup else None,
            whole=makeup.whole if makeup else None,
            projects=leading.get(one.case.target.pk, ()),
        ):
            yield Seen(one.case.target, alarm, one.position.lamp.value, one.position.data_hash)
