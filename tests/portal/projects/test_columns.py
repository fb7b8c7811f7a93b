"""Columns of projects against the database: renewed as read afresh, scope, filters and order."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.db.models import Q

from hexi.portal.core.models import Unit
from hexi.portal.projects.acts.change_record import change_record
from hexi.portal.projects.acts.enter_progress import enter_progress
from hexi.portal.projects.columns.library import Coded
from hexi.portal.projects.columns.library import Library as Columns
from hexi.portal.projects.columns.marks import changes_since, mark_now
from hexi.portal.projects.columns.reading import OutOfOrder, read_library, renewed
from hexi.portal.projects.columns.triggers import laying, lifting
from hexi.portal.projects.models import (
    ChangeMark,
    Progress,
    ProjectRecord,
    ProjectTag,
    StageSpell,
    YearPlan,
)
from hexi.portal.projects.queries.chosen import FACETS, choose
from hexi.portal.projects.queries.scope_flags import inside_flags, visible_flags
from tests.portal.projects.library import AT, TODAY, WAN, Library

#: every role, strangers, people of enterprises, and the public
EVERYBODY = ("admin", "province", "zone", "park", "reader", "stranger", "maker", "drugs", "")

#: on PostgreSQL a transaction sees its own marks again until it has ended, and so does a test
SEEN_ONCE = pytest.mark.skipif(connection.vendor == "postgresql", reason="one transaction")


def said(columns: Columns) -> dict[str, Any]:
    """What columns say, without the order in which words were met."""
    records = columns.records
    there = np.flatnonzero(records.there)
    found: dict[str, Any] = {}
    for field in fields(records):
        column = getattr(records, field.name)
        if isinstance(column, Coded):
            found[field.name] = [column.words[code] for code in column.codes[there]]
        else:
            # a number that is not known is not equal to itself
            found[field.name] = [one if one == one else None for one in column[there].tolist()]
    ids = records.ids
    histories, span = columns.histories, 1 << 22
    for name in ("stages", "plans", "progress"):
        history = getattr(histories, name)
        values = history.values.tolist()
        if name == "stages":
            values = [columns.stage_words[code] for code in values]
        of, times = (history.keys // span).tolist(), (history.keys % span).tolist()
        found[f"history of {name}"] = [
            (int(ids[at]), *rest) for at, *rest in zip(of, times, values, strict=True)
        ]
    tags = columns.tags
    words = [tags.tag.words[code] for code in tags.tag.codes]
    rows = zip(ids[tags.of].tolist(), words, tags.since.tolist(), tags.until.tolist(), strict=True)
    found["tags"] = sorted(rows)
    return found


def renewed_after(library: Columns, mark: int) -> Columns:
    return renewed(library, changes_since(mark).projects)


def test_whatever_changes_is_renewed_as_if_read_afresh(library: Library) -> None:
    """Acts, updates in bulk, plain SQL, deletions: all are marked by the database itself."""
    columns, mark = read_library(), mark_now()
    park = library.person("park")
    enter_progress(library.aluminium.pk, 202609, invested=5 * WAN, done=None, note="试",
                   by=park, at=AT)  # fmt: skip
    library.moved("cold-chain", "approved",
                  prepare={"state_code": "2611-620105-04-01-234567"})  # fmt: skip
    change_record(
        library.aluminium.pk, {"leader_name": "新领导"}, by=park, at=AT, reason="分工调整"
    )
    new = library.registered(name="新来的项目", tags=["foreign"])
    ProjectRecord.objects.filter(kind="promoted").update(lamp="red")
    Progress.objects.bulk_update(
        [*Progress.objects.filter(project=library.project_of("foil"))], ["invested"]
    )
    Progress.objects.filter(project=library.project_of("nickel"), month=202412).delete()
    YearPlan.objects.bulk_create([YearPlan(project=new, year=2027, planned=7, at=AT)],
                                 ignore_conflicts=True)  # fmt: skip
    ProjectTag.objects.filter(tag="circular").update(until=TODAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE projects_yearplan SET planned = planned + 1 WHERE project_id = %s",
            [library.project_of("foil").pk],
        )
    gone = library.project_of("hydrogen")
    ProjectRecord.objects.filter(pk=gone.pk).delete()
    assert said(renewed_after(columns, mark)) == said(read_library())
    assert not (columns.records.name == "新来的项目").any(), "the old columns are as they were"


def test_a_row_that_moves_to_another_project_marks_both(library: Library) -> None:
    columns, mark = read_library(), mark_now()
    Progress.objects.filter(project=library.aluminium, month=202604).update(
        project=library.project_of("vaccine")
    )
    marked = changes_since(mark).projects["progress"]
    assert marked >= {library.aluminium.pk, library.project_of("vaccine").pk}
    assert said(renewed_after(columns, mark)) == said(read_library())


@SEEN_ONCE
def test_nothing_changed_is_nothing_marked(library: Library) -> None:
    mark = mark_now()
    list(ProjectRecord.objects.all())
    assert changes_since(mark).projects == {}


def test_marks_do_not_grow_with_every_change(library: Library) -> None:
    for _ in range(3):
        ProjectRecord.objects.update(lamp="red")
    marks = Counter(ChangeMark.objects.values_list("project_id", "part"))
    assert set(marks.values()) == {1}


def test_triggers_are_laid_again_without_harm(library: Library) -> None:
    with connection.cursor() as cursor:
        for statement in (*lifting(connection.vendor), *laying(connection.vendor)):
            cursor.execute(statement)
    mark = mark_now()
    StageSpell.objects.filter(project=library.aluminium).update(reason="更正")
    assert library.aluminium.pk in changes_since(mark).projects["stages"]


def test_a_lower_new_id_asks_for_reading_everything(library: Library) -> None:
    columns = read_library()
    early = library.project_of("hydrogen")
    early.pk, early.number = -1, "XK-0"
    early.save(force_insert=True)
    with pytest.raises(OutOfOrder):
        renewed(columns, {"record": {-1}})


@pytest.mark.parametrize("username", EVERYBODY)
@pytest.mark.parametrize("public", [True, False])
def test_scope_over_columns_is_the_scope_of_the_rows(
    library: Library, settings: Any, username: str, public: bool
) -> None:
    settings.HEXI = replace(settings.HEXI, public_reading=public)
    ProjectRecord.objects.filter(pk=library.project_of("nickel").pk).update(published=True)
    maker = library.maker.enterprise
    ProjectRecord.objects.filter(pk=library.aluminium.pk).update(enterprise=maker)
    person, columns = library.person(username), read_library()
    for flags, rows in (
        (visible_flags(columns, person), ProjectRecord.objects.visible_to(person)),
        (inside_flags(columns, person), ProjectRecord.objects.inside(person)),
    ):
        assert columns.records.ids[flags].tolist() == sorted(rows.values_list("pk", flat=True))


def test_people_who_are_gone_see_nothing_more_than_the_public(library: Library) -> None:
    zone = library.person("zone")
    assert zone is not None
    zone.is_active = False
    columns = read_library()
    assert not inside_flags(columns, zone).any()


# --- filters and order, against the rows themselves


def asked(**query: str) -> dict[str, str]:
    return query


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (asked(stage="construction"), Q(stage="construction")),
        (asked(stage="building"), Q(stage__in=("started", "construction"))),
        (asked(unit="jc"), Q(unit__path__contains="/jc/")),
        (asked(kind="promoted"), Q(kind="promoted")),
        (asked(industry="32"), Q(industry__startswith="32")),
        (asked(industry="C"), Q(industry__startswith="2") | Q(industry__startswith="3")),
        (asked(tag="provincial"), Q(tags__tag="provincial")),
        (asked(year="2026"), Q(actual_start__year=2026)
         | Q(actual_start=None, planned_start__year=2026)),
        (asked(year="none"), Q(actual_start=None, planned_start=None)),
        (asked(lamp="none"), Q(lamp="")),
        (asked(leader="王副市长"), Q(leader_name="王副市长")),
        (asked(leader="none"), Q(leader=None, leader_name="")),
        (asked(q="铝箔"), Q(name__icontains="铝箔")),
        (asked(q="金川集团"), Q(investor__icontains="金川集团")),
        (asked(tag="nowhere"), Q(pk=0)),
        (asked(unit="jc", stage="construction", kind="promoted"),
         Q(unit__path__contains="/jc/", stage="construction", kind="promoted")),
    ],
)  # fmt: skip
def test_filters_choose_the_rows_that_the_database_would(
    library: Library, query: dict[str, str], wanted: Q
) -> None:
    chosen = choose(library.person("admin"), query, TODAY)
    rows = ProjectRecord.objects.filter(wanted).distinct().order_by("-id")
    assert chosen.ids() == list(rows.values_list("pk", flat=True))
    assert chosen.total == rows.count()
    assert chosen.money == sum(row.total or 0 for row in rows)


@pytest.mark.parametrize("facet", FACETS)
def test_a_facet_says_how_long_the_list_becomes(library: Library, facet: str) -> None:
    """Within another filter, and without its own."""
    query = asked(kind="promoted", stage="construction")
    admin = library.person("admin")
    codes = dict(Unit.objects.values_list("pk", "code"))
    for value, count in choose(admin, query, TODAY).counts(facet).items():
        value = codes[int(value)] if facet == "unit" else value
        assert choose(admin, {**query, facet: value}, TODAY).total == count, value


def test_the_public_is_told_nothing_of_the_office(library: Library) -> None:
    row = library.aluminium
    ProjectRecord.objects.filter(pk=row.pk).update(published=True, lamp="red")
    for private in ({"lamp": "red"}, {"leader": "王副市长"}, {"lamp": "green"}):
        assert choose(None, private, TODAY).ids() == [row.pk], "the filter is not taken"
    assert choose(library.person("stranger"), {"open": "1"}, TODAY).ids() == [row.pk]
    assert (
        not choose(library.person("stranger"), {}, TODAY)
        .flags()[read_library().positions(np.array([row.pk]))]
        .any()
    )


@pytest.mark.parametrize("key", ["name", "number", "total", "invested", "start", "end", "changed"])
def test_orders_are_those_of_the_rows_and_the_unknown_comes_last(
    library: Library, key: str
) -> None:
    admin = library.person("admin")
    rows = {row.pk: row for row in ProjectRecord.objects.all()}

    def value(row: Any) -> Any:
        if key == "start":
            return row.actual_start or row.planned_start
        if key == "end":
            return row.actual_end or row.planned_end
        return getattr(row, "changed_at" if key == "changed" else key)

    for sort in (key, f"-{key}"):
        ids = choose(admin, {}, TODAY).ids(sort)
        values = [value(rows[id]) for id in ids]
        known = [one for one in values if one is not None]
        assert known == sorted(known, reverse=sort.startswith("-"))
        assert all(one is None for one in values[len(known) :])
        assert sorted(ids) == sorted(rows)


def test_a_past_day_has_its_own_stages_tags_and_projects(library: Library) -> None:
    admin = library.person("admin")
    then = choose(admin, {"asof": "2026-06-30"}, TODAY)
    assert then.asof == date(2026, 6, 30)
    # nickel came into the library with its production on 1 September, others with their stage
    names = {ProjectRecord.objects.get(pk=id).name for id in then.ids()}
    assert "电池级硫酸镍扩能项目" not in names and "锂电铜箔及配套项目" in names
    library.moved("foil", "completed", day=date(2026, 10, 20), by="admin")
    assert choose(admin, {"asof": "2026-10-19", "stage": "completed"}, TODAY).total == 0
    assert choose(admin, {"asof": "2026-10-20", "stage": "completed"}, TODAY).total == 1
    for strange in ("2099-01-01", "yesterday", "2026-02-30", TODAY.isoformat()):
        assert choose(admin, {"asof": strange}, TODAY).asof is None


def test_the_first_projects_of_an_empty_library_take_their_places(office: Any) -> None:
    empty, mark = read_library(), mark_now()
    assert not len(empty.records.ids)
    Library()
    assert said(renewed(empty, changes_since(mark).projects)) == said(read_library())
