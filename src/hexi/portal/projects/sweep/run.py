"""One pass of lamps (一次扫描): computed in columns for all projects, written where it differs.

Everything is computed first; then it is written in small transactions, each with its events. A
pass that is cut off leaves whole batches behind, and the next one writes only what is missing, so
it can be repeated at any time. A project that cannot be judged or written is told in the run and
stops no other.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice

import numpy as np
from django.conf import settings
from django.db import DatabaseError

import hexi
from hexi.catalogue.pack import pack_path
from hexi.portal.projects.acts.light_lamps import Lit, light_lamps
from hexi.portal.projects.columns.kept import library_now
from hexi.portal.projects.columns.library import Library
from hexi.portal.projects.columns.marks import mark_now
from hexi.portal.projects.models import LampMonth, LampRun
from hexi.portal.projects.sweep.facts import facts_of, looked_at
from hexi.projects.history import Ints
from hexi.projects.lamps import Lamp, Lamps, lamps
from hexi.projects.lamps_rules import lamp_rules

__all__ = ["look_again", "stamp_now", "sweep_lamps"]

log = logging.getLogger("hexi.projects")

#: projects written in one transaction
BATCH = 500


def sweep_lamps(day: date, *, at: datetime, batch: int = BATCH) -> LampRun:
    """Look at every project as of today.

    Args:
        day: today; lamps of past months are not made again.
        at: time that rows and events bear.
        batch: projects written in one transaction.
    """
    mark = mark_now()
    run, _made = LampRun.objects.get_or_create(
        as_of=day, stamp=stamp_now(), defaults={"mark": mark, "started_at": at}
    )
    library = library_now()
    _pass(run, library, np.flatnonzero(looked_at(library, day)), at, batch)
    run.mark, run.finished_at = mark, at
    run.save()
    return run


def look_again(run: LampRun, projects: Sequence[int], mark: int, *, at: datetime) -> int:
    """Look at projects that changed since the pass of the day; how many lamps changed."""
    library = library_now()
    rows = library.positions(np.array(sorted(projects), dtype=np.int64))
    before = run.changed
    _pass(run, library, rows[looked_at(library, run.as_of)[rows]], at, BATCH)
    run.mark = mark
    run.save()
    return run.changed - before


def stamp_now() -> str:
    """Changes with program, rules and stages."""
    digest = hashlib.sha256(hexi.__version__.encode())
    for path in sorted((pack_path(settings.HEXI.pack) / "projects").glob("*.toml")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:32]


def _pass(run: LampRun, library: Library, rows: Ints, at: datetime, batch: int) -> None:
    day = run.as_of
    month = day.year * 100 + day.month
    dated = lamp_rules(settings.HEXI.pack, month)
    found = lamps(facts_of(library, day), dated.rule, dated.id, day)
    failed = _strange(found, library, rows)
    failures = {id: why for id, why in run.failed.items() if int(id) not in _ids(library, rows)}
    left = _differing(found, library, rows, month)
    while some := list(islice(left, batch)):
        changed, wrong = _written(some, month, at)
        run.changed += changed
        failed |= wrong
    run.looked = max(run.looked, len(rows))
    run.failed = {**failures, **failed}


def _ids(library: Library, rows: Ints) -> set[int]:
    return {int(id) for id in library.records.ids[rows]}


def _strange(found: Lamps, library: Library, rows: Ints) -> dict[str, str]:
    strange = rows[found.facts.strange[rows]]
    return {str(library.records.ids[row]): "sum" for row in strange}


def _differing(found: Lamps, library: Library, rows: Ints, month: int) -> Iterator[Lit]:
    """Lamps that differ from what the month or the record says."""
    ids = library.records.ids
    kept = LampMonth.objects.filter(month=month)
    if len(rows) < library.size // 4:
        kept = kept.filter(project__in=[int(id) for id in ids[rows]])
    said = {
        project: (lamp, reasons)
        for project, lamp, reasons in kept.values_list("project_id", "lamp", "reasons")
    }
    shown = library.records.lamp
    for row in rows:
        lamp = Lamp(int(found.lamp[row]))
        reasons = found.reasons(row) if lamp >= Lamp.YELLOW else []
        project = int(ids[row])
        same = said.get(project) == (lamp.word, reasons)
        if not same or shown.words[shown.codes[row]] != lamp.word:
            yield Lit(project, lamp.word, reasons)


def _written(lit: list[Lit], month: int, at: datetime) -> tuple[int, dict[str, str]]:
    """Write a batch; where it is refused, each project by itself, so that one stops no other."""
    try:
        return light_lamps(lit, month=month, at=at), {}
    except DatabaseError:
        if len(lit) == 1:
            log.exception("lamp of project %s", lit[0].project)
            return 0, {str(lit[0].project): "write"}
    changed = 0
    failed: dict[str, str] = {}
    for one in lit:
        number, wrong = _written([one], month, at)
        changed += number
        failed |= wrong
    return changed, failed
