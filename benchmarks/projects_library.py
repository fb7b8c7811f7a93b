"""A made-up library of projects for the benchmarks (模拟项目库): records, histories and events.

Each project goes some way along the stages of its kind, has a plan a year and investment a month
from its start, a few tags and an event for every row of its history. Rows are written with plain
SQL, in bulk; the triggers of the portal mark them like any other change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction

from hexi.portal.core.models import Unit
from hexi.portal.projects.stagebook import stage_book

__all__ = ["TODAY", "fill_library"]

TODAY = date(2026, 11, 21)
_SAID_AT = "2026-11-20 09:00:00"
_INDUSTRIES = ("0111", "1310", "2614", "2710", "3252", "3411", "3825", "4411", "4814", "5910",
               "6510", "7310", "7721")  # fmt: skip
#: rows written at once
_CHUNK = 20_000


def fill_library(count: int, *, seed: int = 7) -> dict[str, int]:
    """Projects with about twenty rows of history and as many events each; rows by table."""
    chance = Random(seed)
    units = list(Unit.objects.exclude(kind="province").values_list("pk", "path"))
    first = _next_id("projects_projectrecord")
    made = dict.fromkeys(("records", "spells", "plans", "progress", "tags"), 0)
    for start in range(0, count, 5_000):
        many = min(5_000, count - start)
        rows = _Rows(chance, units, range(first + start, first + start + many))
        with transaction.atomic():
            for name, number in rows.write().items():
                made[name] += number
    with transaction.atomic(), connection.cursor() as cursor:
        for table, act in _ACTS.items():
            cursor.execute(_EVENTS.format(act=act, table=table, first=first))
    made["events"] = sum(made[name] for name in ("spells", "plans", "progress", "tags"))
    return made


_ACTS = {
    "stagespell": "move_stage",
    "yearplan": "set_year_plan",
    "progress": "enter_progress",
    "projecttag": "tag_records",
}
_EVENTS = """
INSERT INTO core_event (at, who, who_name, act, object_type, object_id, object_name, unit_path,
                        "before", "after", reason)
SELECT '2026-11-20 09:00:00', 1, '经办人', '{act}', 'projectrecord', t.project_id, r.name, u.path,
       '{{}}', '{{}}', ''
FROM projects_{table} t JOIN projects_projectrecord r ON r.id = t.project_id
JOIN core_unit u ON u.id = r.unit_id WHERE r.id >= {first}
"""


class _Rows:
    """The rows of some projects."""

    def __init__(self, chance: Random, units: list[tuple[int, str]], ids: range) -> None:
        self.chance, self.units = chance, units
        self.book = stage_book()
        self.records: list[tuple[Any, ...]] = []
        self.spells: list[tuple[Any, ...]] = []
        self.plans: list[tuple[Any, ...]] = []
        self.progress: list[tuple[Any, ...]] = []
        self.tags: list[tuple[Any, ...]] = []
        for id in ids:
            self._project(id)

    def write(self) -> dict[str, int]:
        """Into the database."""
        tables = {
            "records": ("projects_projectrecord", _RECORD, self.records),
            "spells": ("projects_stagespell", _SPELL, self.spells),
            "plans": ("projects_yearplan", _PLAN, self.plans),
            "progress": ("projects_progress", _PROGRESS, self.progress),
            "tags": ("projects_projecttag", _TAG, self.tags),
        }
        with connection.cursor() as cursor:
            for table, columns, rows in tables.values():
                marks = ", ".join(["%s"] * len(columns))
                named = ", ".join(f'"{column}"' for column in columns)
                cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", rows)
        return {name: len(rows) for name, (_table, _columns, rows) in tables.items()}

    def _project(self, id: int) -> None:
        chance = self.chance
        kind = chance.choice(list(self.book.kinds.values()))
        way = list(kind.stages)[: chance.randint(1, len(kind.stages))]
        day = date(2022, 1, 1) + timedelta(days=chance.randint(0, 1400))
        total = chance.randint(500, 90_000) * 10_000 if chance.random() < 0.97 else None
        started = None
        entered = day
        stops = chance.random()
        if stops < 0.05:
            way = [*way, self.book.ending.id if stops < 0.03 else self.book.halting.id]
        spells = []
        for at, stage in enumerate(way):
            last = at == len(way) - 1
            until = None if last else min(day + timedelta(days=chance.randint(5, 200)), TODAY)
            spells.append((id, stage, day, until, "推进", "", False, "经办人", _SAID_AT))
            if started is None and self.book.stages[stage].started:
                started = day
            day = until or day
        self.spells += spells
        invested = self._money(id, started, total or 50_000_000, entered.year)
        unit, _path = chance.choice(self.units)
        statistics = started + timedelta(days=40) if started and chance.random() < 0.8 else None
        planned_start = started or (entered + timedelta(days=chance.randint(60, 500)))
        name = f"第{id}号{chance.choice(('铝材', '光伏', '医药', '化工', '物流', '数据中心'))}项目"
        for tag in chance.sample(list(self.book.tags), chance.randint(1, 4)):
            self.tags.append((id, tag, entered, None))
        self.records.append((
            id, f"B{id:08d}", "", name, kind.id, chance.choice(_INDUSTRIES), unit, "", "",
            f"投资方{id % 9000}有限公司", "", "local", total, "{}", "建设生产线和附属设施" * 3, "",
            way[-1], spells[-1][2], way[-2] if len(way) > 1 else "", "", planned_start, started,
            planned_start + timedelta(days=600), None, f"领导{id % 60}", f"管家{id % 400}", "",
            statistics, chance.random() < 0.2, "", "[]", invested, False, 1, "", "", _SAID_AT,
            _SAID_AT, *self._land(),
        ))  # fmt: skip

    def _land(self) -> tuple[float | int | None, ...]:
        """Point, land, tax and energy: of most, not of all."""
        chance, point = self.chance, (None, None)
        if chance.random() < 0.6:
            point = (94 + 10 * chance.random(), 33 + 8 * chance.random())
        land = chance.randint(20, 400) if chance.random() < 0.7 else None
        tax = chance.randint(0, 3000) * 10_000 if chance.random() < 0.5 else None
        return (*point, land, tax, chance.randint(0, 5000) if chance.random() < 0.5 else None)

    def _money(self, id: int, started: date | None, total: int, year: int) -> int:
        for at in range(year, min(year + 3, 2027)):
            self.plans.append((id, at, total // 3, "", _SAID_AT))
        if started is None:
            return 0
        invested = 0
        for month in _months(started, TODAY, 24):
            spent = int(total * self.chance.random() * 0.06)
            invested += spent
            self.progress.append((id, month, spent, None, "", "经办人", _SAID_AT))
        return invested


def _months(since: date, until: date, most: int) -> Iterator[int]:
    year, month = since.year, since.month
    for _ in range(most):
        if (year, month) > (until.year, until.month):
            return
        yield year * 100 + month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _next_id(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")
        return int(cursor.fetchone()[0])


_RECORD = (
    "id", "number", "state_code", "name", "kind", "industry", "unit_id", "place", "plot",
    "investor", "investor_code", "origin", "total", "sources", "content", "capacity", "stage",
    "stage_since", "resume_stage", "ended_reason", "planned_start", "actual_start", "planned_end",
    "actual_end", "leader_name", "steward_name", "body", "in_statistics_since", "published",
    "lamp", "lamp_reasons", "invested", "practice", "version", "plan_box", "plan_project",
    "created_at", "changed_at", "longitude", "latitude", "land_mu", "tax", "energy",
)  # fmt: skip
_SPELL = (
    "project_id", "stage", "since", "until", "reason", "evidence", "back_entered", "by_name", "at",
)  # fmt: skip
_PLAN = ("project_id", "year", "planned", "content", "at")
_PROGRESS = ("project_id", "month", "invested", "done", "note", "by_name", "at")
_TAG = ("project_id", "tag", "since", "until")
