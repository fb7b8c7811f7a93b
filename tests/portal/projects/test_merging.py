"""Doubles (重复项目合并): found inside the scope, merged without loss, taken apart again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.projects.acts.change_record import change_record
from hexi.portal.projects.acts.enter_progress import enter_progress
from hexi.portal.projects.acts.enter_statistics import enter_statistics
from hexi.portal.projects.acts.keep_file import keep_file
from hexi.portal.projects.acts.keep_tags import tag_records
from hexi.portal.projects.acts.merge_records import merge_records, unmerge_records
from hexi.portal.projects.acts.set_year_plan import set_year_plan
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.queries.doubles import doubles
from tests.portal.projects.library import AT, TODAY, WAN, Library

STATE_CODE = "2603-620105-04-01-123456"


def facts(row: ProjectRecord) -> dict[str, Any]:
    """Everything of a record and what hangs on it, but its version and the time of its change."""
    row = ProjectRecord.objects.get(pk=row.pk)
    skipped = ("_state", "version", "changed_at")
    own = {name: value for name, value in vars(row).items() if name not in skipped}
    return {
        **own,
        "spells": list(row.spells.values_list("stage", "since", "until")),
        "progress": list(row.progress.values_list("month", "invested")),
        "plans": list(row.year_plans.values_list("year", "planned")),
        "tags": list(row.tags.values_list("tag", "since", "until")),
        "files": list(row.files.values_list("name", flat=True)),
    }


@pytest.fixture
def other(library: Library) -> ProjectRecord:
    """The same project, entered by promotion before it was under construction."""
    zone = library.person("zone")
    made = library.registered(
        name="高端铝箔（5万吨）项目", stage="in_talks", stage_since=date(2025, 10, 8),
        investor="河西铝业股份有限公司", content="两条箔轧生产线", state_code=STATE_CODE,
        land_mu="320.5",
    )  # fmt: skip
    enter_progress(made.pk, 202604, invested=1, done=None, note="重复填报", by=zone, at=AT)
    enter_progress(made.pk, 202603, invested=900 * WAN, done=2, note="", by=zone, at=AT)
    set_year_plan(made.pk, 2026, 5 * 10**8, "", by=zone, at=AT)
    set_year_plan(made.pk, 2025, 10**8, "", by=zone, at=AT)
    tag_records([made.pk], "circular", TODAY, by=zone, at=AT)
    tag_records([made.pk], "3341", TODAY, by=zone, at=AT)
    paper = SimpleUploadedFile("意向书.pdf", b"%PDF-1.7 " + b"x" * 40)
    keep_file(made, "stage:in_talks", paper, by=zone, at=AT)
    return ProjectRecord.objects.get(pk=made.pk)


def merge(library: Library, other: ProjectRecord, by: str = "zone") -> ProjectRecord:
    keep = library.aluminium.pk
    return merge_records(keep, other.pk, reason="同一项目", by=library.person(by), at=AT)


def test_candidates_are_found_with_their_grounds(library: Library, other: ProjectRecord) -> None:
    found, total = doubles(library.person("zone"))
    assert total == 1
    assert (found[0].one.pk, found[0].other.pk) == (library.aluminium.pk, other.pk)
    assert found[0].candidate.grounds == ("investor", "name", "place")
    assert doubles(library.person("zone"), other.pk) == (found, 1)
    assert doubles(library.person("zone"), library.project_of("vaccine").pk) == ([], 0)
    for who in ("stranger", "reader", ""):
        assert doubles(library.person(who)) == ([], 0)


def test_nothing_of_either_record_is_lost(library: Library, other: ProjectRecord) -> None:
    kept = facts(merge(library, other))
    assert kept["spells"] == [
        ("in_talks", date(2025, 10, 8), date(2026, 3, 20)),
        ("construction", date(2026, 3, 20), None),
    ]
    assert kept["progress"] == [
        (202603, 900 * WAN), (202604, 4000 * WAN), (202605, 6000 * WAN), (202610, 5000 * WAN),
    ]  # fmt: skip
    assert kept["invested"] == 15900 * WAN
    assert kept["plans"] == [(2025, 10**8), (2026, 4 * 10**8)]
    assert {tag for tag, _since, _until in kept["tags"]} == {"3341", "circular", "provincial"}
    assert kept["files"] == ["意向书.pdf"]
    # what was empty is filled, what was said stands
    assert (kept["state_code"], kept["content"]) == (STATE_CODE, "两条箔轧生产线")
    assert kept["name"] == "年产5万吨高端铝箔项目" and kept["total"] == 12 * 10**8
    left = facts(other)
    assert left["merged_into_id"] == kept["id"]
    # the month and year that both had stay with the record they were entered in
    assert left["progress"] == [(202604, 1)] and left["plans"] == [(2026, 5 * 10**8)]


def test_a_merged_record_is_not_changed_and_is_no_candidate(
    library: Library, other: ProjectRecord
) -> None:
    merge(library, other)
    zone = library.person("zone")
    with pytest.raises(Refusal, match="merged_away"):
        change_record(other.pk, {"jobs": 5}, by=zone, at=AT, reason="")
    with pytest.raises(Refusal, match="merged_away"):
        merge(library, other)
    assert doubles(zone)[1] == 0


def test_merging_is_taken_apart_again(library: Library, other: ProjectRecord) -> None:
    before = facts(library.aluminium), facts(other)
    merge(library, other)
    unmerge_records(other.pk, reason="并非同一项目", by=library.person("zone"), at=AT)
    assert (facts(library.aluminium), facts(other)) == before
    merge(library, other)
    unmerge_records(other.pk, reason="并非同一项目", by=library.person("zone"), at=AT)
    assert (facts(library.aluminium), facts(other)) == before


def test_what_came_after_the_merging_stays_with_the_kept_record(
    library: Library, other: ProjectRecord
) -> None:
    zone = library.person("zone")
    merge(library, other)
    enter_progress(library.aluminium.pk, 202611, invested=7, done=None, note="", by=zone, at=AT)
    unmerge_records(other.pk, reason="并非同一项目", by=zone, at=AT)
    kept = facts(library.project_of("aluminium"))
    assert kept["progress"][-1] == (202611, 7) and kept["invested"] == 15000 * WAN + 7
    assert facts(other)["invested"] == 900 * WAN + 1


def test_a_changed_record_is_not_taken_apart(library: Library, other: ProjectRecord) -> None:
    zone = library.person("zone")
    merge(library, other)
    change_record(library.aluminium.pk, {"jobs": 7}, by=zone, at=AT, reason="核实")
    with pytest.raises(Refusal, match="changed_since"):
        unmerge_records(other.pk, reason="并非同一项目", by=zone, at=AT)


def test_what_cannot_be_one_project_is_not_merged(library: Library, other: ProjectRecord) -> None:
    zone, keep = library.person("zone"), library.aluminium.pk
    with pytest.raises(Refusal, match="same_record"):
        merge_records(keep, keep, reason="误", by=zone, at=AT)
    with pytest.raises(Refusal, match="reason_missing"):
        merge_records(keep, other.pk, reason="", by=zone, at=AT)
    code = {"state_code": "2603-620105-04-01-654321"}
    change_record(keep, code, by=zone, at=AT, reason="补录")
    with pytest.raises(Refusal, match="two_state_codes"):
        merge(library, other)
    with pytest.raises(NotFound):
        merge_records(keep, library.project_of("nickel").pk, reason="误", by=zone, at=AT)
    with pytest.raises(NotFound):
        unmerge_records(keep, reason="误", by=zone, at=AT)


def test_the_row_of_statistics_goes_on_with_the_kept_record(
    library: Library, other: ProjectRecord
) -> None:
    zone, row = library.person("zone"), library.project()
    enter_statistics(other.pk, row.code, TODAY, by=zone, at=AT)
    kept = merge(library, other)
    assert (kept.reporting_id, kept.in_statistics_since) == (row.pk, TODAY)
    unmerge_records(other.pk, reason="并非同一项目", by=zone, at=AT)
    other.refresh_from_db()
    assert (other.reporting_id, other.in_statistics_since) == (row.pk, TODAY)
    assert library.project_of("aluminium").reporting_id is None
