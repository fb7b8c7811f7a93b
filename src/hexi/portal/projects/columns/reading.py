"""Reading projects into columns (读入项目列): all of them, or those that changed.

Whoever reads takes the change mark first: what is committed while reading goes on is marked after
it, and is read again the next time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
from django.db.models import CharField, FloatField
from django.db.models.functions import Cast

from hexi.portal.projects.columns.library import NEVER, Coded, Library, Records, Tags, coded
from hexi.portal.projects.models import (
    Progress,
    ProjectRecord,
    ProjectTag,
    StageSpell,
    YearPlan,
)
from hexi.projects.figures import Histories
from hexi.projects.history import Flags, History, Ints

__all__ = ["OutOfOrder", "read_library", "renewed"]

#: ids asked for in one query
CHUNK = 500
_COLUMNS = (
    "id", "unit_id", "total", "invested", "stage_since", "planned_start", "actual_start",
    "planned_end", "actual_end", "in_statistics_since", "changed_at", "leader_id", "published",
    "practice", "merged_into_id", "stage", "resume_stage", "kind", "industry", "lamp",
    "leader_name", "name", "number", "state_code", "investor_code", "investor", "content",
    "longitude", "latitude", "land_mu", "tax", "energy", "enterprise_id", "origin", "place",
)  # fmt: skip
_REALS = frozenset({"longitude", "latitude", "land_mu", "tax", "energy"})
_DAYS = frozenset({"stage_since", "planned_start", "actual_start", "planned_end", "actual_end",
                   "in_statistics_since"})  # fmt: skip
_Rows = Iterable[tuple[Any, ...]]
#: from the first of our era to that of the computer's
_EPOCH = 719_163


class OutOfOrder(Exception):
    """A new project has a lower id than one that is known: everything must be read again."""


def read_library() -> Library:
    """All projects."""
    records = _records(_columns_of(ProjectRecord.objects.order_by("id")).iterator(5000))
    ids = records.ids
    stages, words = _stages(ids, _all(StageSpell, "since", "stage"), ())
    return Library(
        records,
        Histories(
            stages=stages,
            plans=_numbers(ids, _all(YearPlan, "year", "planned")),
            progress=_numbers(ids, _all(Progress, "month", "invested")),
        ),
        words,
        _tags(ids, _all(ProjectTag, "tag", "since", "until")),
    )


def renewed(library: Library, changed: Mapping[str, Collection[int]]) -> Library:
    """The library with the changed parts of the changed projects read again.

    Raises:
        OutOfOrder: a new project cannot take its place at the end.
    """
    records = _renewed_records(library.records, changed.get("record", ()))
    size, ids = len(records.ids), records.ids
    histories, words = library.histories, library.stage_words
    tags = library.tags
    at = {part: _positions(ids, wanted) for part, wanted in changed.items() if part != "record"}
    stages, plans, progress = histories.stages, histories.plans, histories.progress
    if part := changed.get("stages"):
        rows, words = _stages(ids, _some(StageSpell, part, "since", "stage"), words)
        stages = stages.replaced(size, at["stages"], rows)
    if part := changed.get("plans"):
        plans = plans.replaced(
            size, at["plans"], _numbers(ids, _some(YearPlan, part, "year", "planned"))
        )
    if part := changed.get("progress"):
        progress = progress.replaced(
            size, at["progress"], _numbers(ids, _some(Progress, part, "month", "invested"))
        )
    if part := changed.get("tags"):
        rows_of_tags = _tags(ids, _some(ProjectTag, part, "tag", "since", "until"))
        tags = _joined(tags, at["tags"], rows_of_tags)
    grown = (replace(one, size=size) for one in (stages, plans, progress))
    return Library(records, Histories(*grown), words, tags)


def _renewed_records(records: Records, changed: Collection[int]) -> Records:
    if not changed:
        return records
    found = _records(_some_rows(changed))
    last = int(records.ids[-1]) if len(records.ids) else 0
    fresh = found.ids[~np.isin(found.ids, records.ids)]
    if len(fresh) and fresh[0] < last:
        raise OutOfOrder
    gone = np.setdiff1d(np.array(sorted(changed), dtype=np.int64), found.ids)
    records = records.placed(found) if len(found.ids) else records
    return records.without(gone) if len(gone) else records


def _records(rows: _Rows) -> Records:
    columns = list(zip(*rows, strict=True)) or [()] * len(_COLUMNS)
    by_name = dict(zip(_COLUMNS, columns, strict=True))
    investors = zip(by_name["name"], by_name["investor"], by_name["content"], strict=True)
    codes = zip(by_name["state_code"], by_name["investor_code"], strict=True)
    return Records(
        ids=_whole(by_name["id"]),
        there=np.ones(len(by_name["id"]), dtype=np.bool_),
        unit=_whole(by_name["unit_id"]),
        total=_whole(-1 if one is None else one for one in by_name["total"]),
        invested=_whole(by_name["invested"]),
        stage_since=_maybe_days(by_name["stage_since"]),
        planned_start=_maybe_days(by_name["planned_start"]),
        actual_start=_maybe_days(by_name["actual_start"]),
        planned_end=_maybe_days(by_name["planned_end"]),
        actual_end=_maybe_days(by_name["actual_end"]),
        in_statistics=_maybe_days(by_name["in_statistics_since"]),
        changed=_whole(int(one.timestamp()) for one in by_name["changed_at"]),
        leader=_whole(one or 0 for one in by_name["leader_id"]),
        longitude=_reals(by_name["longitude"]),
        latitude=_reals(by_name["latitude"]),
        land=_reals(by_name["land_mu"]),
        tax=_reals(by_name["tax"]),
        energy=_reals(by_name["energy"]),
        carried=np.array([one is not None for one in by_name["enterprise_id"]], dtype=np.bool_),
        published=np.array(by_name["published"], dtype=np.bool_),
        practice=np.array(by_name["practice"], dtype=np.bool_),
        merged=np.array([one is not None for one in by_name["merged_into_id"]], dtype=np.bool_),
        stage=coded(by_name["stage"]),
        resume_stage=coded(by_name["resume_stage"]),
        kind=coded(by_name["kind"]),
        industry=coded(by_name["industry"]),
        lamp=coded(by_name["lamp"]),
        leader_name=coded(by_name["leader_name"]),
        origin=coded(by_name["origin"]),
        place=coded(by_name["place"]),
        investor=coded(by_name["investor"]),
        name=_texts(by_name["name"]),
        number=_texts(by_name["number"]),
        codes=_texts("\n".join(one).upper() for one in codes),
        text=_texts("\n".join(one).lower() for one in investors),
    )


def _stages(ids: Ints, rows: _Rows, words: Sequence[str]) -> tuple[History, tuple[str, ...]]:
    """Stages by day; codes go on from the words that are known."""
    known = {word: code for code, word in enumerate(words)}
    table = np.fromiter(
        ((project, since, known.setdefault(stage, len(known))) for project, since, stage in rows),
        dtype=[("project", "i8"), ("day", "S10"), ("value", "i8")],
    )
    history = _history(ids, table["project"], _days(table["day"]), table["value"])
    return history, tuple(known) or ("",)


def _numbers(ids: Ints, rows: _Rows) -> History:
    table = np.fromiter(rows, dtype=[("project", "i8"), ("time", "i8"), ("value", "i8")])
    return _history(ids, table["project"], table["time"], table["value"])


def _tags(ids: Ints, rows: _Rows) -> Tags:
    known: dict[str, int] = {}
    table = np.fromiter(
        (
            (project, known.setdefault(tag, len(known)), since, until or "")
            for project, tag, since, until in rows
        ),
        dtype=[("project", "i8"), ("tag", "i8"), ("since", "S10"), ("until", "S10")],
    )
    at, here = _placed(ids, table["project"])
    table = table[here]
    tags = Coded(tuple(known) or ("",), table["tag"])
    return Tags(at[here], tags, _days(table["since"]), _days(table["until"]))


def _joined(tags: Tags, replaced: Ints, rows: Tags) -> Tags:
    """The rows of the replaced projects taken out, new ones put at the end."""
    stay = ~np.isin(tags.of, replaced)
    kept = replace(tags.tag, codes=tags.tag.codes[stay])
    size = len(kept.codes) + len(rows.of)
    return Tags(
        np.concatenate([tags.of[stay], rows.of]),
        kept.placed(size, np.arange(len(kept.codes), size), rows.tag),
        np.concatenate([tags.since[stay], rows.since]),
        np.concatenate([tags.until[stay], rows.until]),
    )


def _history(ids: Ints, projects: Ints, times: Ints, values: Ints) -> History:
    at, known = _placed(ids, projects)
    if not known.all():
        at, times, values = at[known], times[known], values[known]
    return History.of(len(ids), at, times, values)


def _placed(ids: Ints, projects: Ints) -> tuple[Ints, Flags]:
    """Positions, and which are of projects that were read; later ones come with the next look."""
    at = np.searchsorted(ids, projects)
    known = at < len(ids)
    known[known] = ids[at[known]] == projects[known]
    return at, known


def _all(model: Any, *columns: str) -> _Rows:
    rows: _Rows = _listed(model.objects, columns).iterator(20_000)
    return rows


def _some(model: Any, projects: Collection[int], *columns: str) -> Iterator[tuple[Any, ...]]:
    for some in _chunks(projects):
        yield from _listed(model.objects.filter(project__in=some), columns)


def _listed(rows: Any, columns: Iterable[str]) -> Any:
    asked = (_text(name) if name in ("since", "until") else name for name in columns)
    return rows.order_by("id").values_list("project_id", *asked)


def _some_rows(projects: Collection[int]) -> Iterator[tuple[Any, ...]]:
    for some in _chunks(projects):
        yield from _columns_of(ProjectRecord.objects.filter(pk__in=some).order_by("id"))


def _columns_of(rows: Any) -> Any:
    """Days as texts and amounts as plain numbers: not turned into objects one by one."""
    return rows.values_list(*(_asked(name) for name in _COLUMNS))


def _asked(column: str) -> Any:
    if column in _DAYS:
        return _text(column)
    return Cast(column, FloatField()) if column in _REALS else column


def _text(column: str) -> Cast:
    return Cast(column, CharField())


def _chunks(ids: Collection[int]) -> Iterator[list[int]]:
    left = iter(sorted(ids))
    while some := list(islice(left, CHUNK)):
        yield some


def _positions(ids: Ints, wanted: Collection[int]) -> Ints:
    """Positions of projects that are there; one that is gone has lost its histories with it."""
    asked = np.array(sorted(wanted), dtype=np.int64)
    return np.searchsorted(ids, asked[np.isin(asked, ids)])


def _whole(column: Iterable[int]) -> Ints:
    return np.fromiter(column, dtype=np.int64)


def _reals(column: Iterable[float | None]) -> Any:
    # numpy makes NaN of None
    return np.array(list(column), dtype=np.float64)


def _days(written: Any) -> Ints:
    """Day numbers of days as ISO texts; an empty one is not known."""
    given = np.array(written, dtype="S10").astype("datetime64[D]")
    return np.where(np.isnat(given), NEVER, given.astype(np.int64) + _EPOCH)


def _maybe_days(written: Iterable[str | None]) -> Ints:
    return _days([day or "" for day in written])


def _texts(column: Iterable[str]) -> Any:
    listed = list(column)
    made = np.empty(len(listed), dtype=object)
    made[:] = listed
    return made
