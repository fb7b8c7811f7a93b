"""Steps of a project (项目阶段调整): gates, history, suspension, ends, and steps taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.told import Refusals
from hexi.portal.projects.acts.keep_file import keep_file
from hexi.portal.projects.acts.publish_record import publish_record, withdraw_record
from hexi.portal.projects.acts.undo_step import undo_step
from hexi.portal.projects.models import ProjectFile, ProjectRecord
from tests.portal.projects.library import AT, Library, days_before


def line(row: ProjectRecord) -> list[tuple[str, date, date | None]]:
    return list(row.spells.values_list("stage", "since", "until"))


def put(library: Library, name: str, content: bytes, of: str = "stage:completed") -> ProjectFile:
    upload = SimpleUploadedFile(name, content)
    return keep_file(library.aluminium, of, upload, by=library.person("zone"), at=AT)


def test_a_step_ends_one_line_of_the_history_and_begins_the_next(library: Library) -> None:
    row = library.moved("aluminium", "completed", day=days_before(3))
    assert (row.stage, row.stage_since, row.actual_end) == (
        "completed", days_before(3), days_before(3),
    )  # fmt: skip
    assert line(row) == [
        ("construction", date(2026, 3, 20), days_before(3)),
        ("completed", days_before(3), None),
    ]
    event = Event.objects.filter(act="move_stage").latest("id")
    assert (event.before["stage"], event.after["stage"]) == ("construction", "completed")
    assert event.reason == "按进度推进" and event.after["evidence"] == "会议纪要〔2026〕8号"
    spell = row.spells.get(until=None)
    assert not spell.back_entered and spell.by_name == "zone 同志"


def test_a_step_entered_late_is_marked_as_back_entered(library: Library) -> None:
    row = library.moved("aluminium", "completed", day=days_before(16))
    assert row.spells.get(until=None).back_entered


def test_a_jump_is_refused_naming_what_may_follow(library: Library) -> None:
    with pytest.raises(Refusal, match="stage_jump") as refused:
        library.moved("cold-chain", "completed")
    assert refused.value.place == "to"
    assert str(refused.value.remedy)
    assert library.project_of("cold-chain").stage == "signed"


def test_everything_that_stands_against_a_step_is_told(library: Library) -> None:
    before = library.events()
    with pytest.raises(Refusals) as refused:
        library.moved("cold-chain", "approved", evidence="", reason="")
    assert {part.code for part in refused.value.parts} == {
        "reason_missing", "field_missing", "evidence_missing",
    }  # fmt: skip
    assert library.events() == before


def test_a_kept_file_proves_a_step(library: Library) -> None:
    with pytest.raises(Refusal, match="evidence_missing"):
        library.moved("aluminium", "completed", evidence="")
    put(library, "验收.pdf", b"%PDF-1.7 " + b"x" * 40)
    assert library.moved("aluminium", "completed", evidence="").stage == "completed"


def test_a_suspended_project_remembers_where_it_goes_on(library: Library) -> None:
    row = library.moved("aluminium", "suspended", reason="资金未落实", ended_reason="funds")
    assert (row.stage, row.resume_stage, row.ended_reason) == (
        "suspended", "construction", "funds",
    )  # fmt: skip
    with pytest.raises(Refusal, match="stage_jump"):
        library.moved("aluminium", "completed")
    row = library.moved("aluminium", "construction", evidence="")
    assert (row.stage, row.resume_stage, row.ended_reason) == ("construction", "", "")
    assert row.actual_start == date(2026, 3, 20)


def test_an_ended_project_says_why_and_stays_ended(library: Library) -> None:
    with pytest.raises(Refusal, match="ended_reason_missing"):
        library.moved("hydrogen", "ended", by="admin")
    row = library.moved("hydrogen", "ended", by="admin", ended_reason="lost-elsewhere")
    assert (row.stage, row.ended_reason) == ("ended", "lost-elsewhere")
    with pytest.raises(Refusal, match="nothing_follows"):
        library.moved("hydrogen", "in_talks", by="admin")


def test_what_the_public_sees_does_not_fall_back_into_talks(library: Library) -> None:
    zone, pk = library.person("zone"), library.project_of("cold-chain").pk
    publish_record(pk, by=zone, at=AT)
    with pytest.raises(Refusal, match="still_published"):
        library.moved("cold-chain", "in_talks")
    withdraw_record(pk, reason="重新谈判", by=zone, at=AT)
    library.moved("cold-chain", "in_talks", evidence="")
    with pytest.raises(Refusal, match="confidential_stage"):
        publish_record(pk, by=zone, at=AT)


def test_a_stale_page_does_not_move_a_project(library: Library) -> None:
    library.moved("aluminium", "suspended", seen=1)
    with pytest.raises(Refusal, match="changed_meanwhile"):
        library.moved("aluminium", "construction", seen=1)


# steps taken back


def back(library: Library, key: str, by: str = "zone") -> ProjectRecord:
    pk = library.project_of(key).pk
    return undo_step(pk, reason="误操作", by=library.person(by), at=AT)


def test_a_mistaken_step_is_taken_back_whole(library: Library) -> None:
    before = library.aluminium
    library.moved("aluminium", "completed")
    row = back(library, "aluminium")
    assert (row.stage, row.stage_since, row.actual_end) == (
        before.stage, before.stage_since, None,
    )  # fmt: skip
    assert line(row) == [("construction", date(2026, 3, 20), None)]
    assert library.acts_of(row)[-2:] == ["move_stage", "undo_step"]


def test_taking_back_the_end_of_a_suspended_project(library: Library) -> None:
    library.moved("aluminium", "suspended")
    library.moved("aluminium", "ended", ended_reason="funds")
    row = back(library, "aluminium")
    assert (row.stage, row.resume_stage, row.ended_reason) == ("suspended", "construction", "")
    row = back(library, "aluminium")
    assert (row.stage, row.resume_stage) == ("construction", "")


def test_the_first_stage_is_not_taken_back(library: Library) -> None:
    with pytest.raises(Refusal, match="first_stage"):
        back(library, "aluminium")
    with pytest.raises(NotPermitted):
        back(library, "aluminium", by="reader")


# files


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("病毒.exe", b"MZ" * 20, "type_wrong"),
        ("冒充.pdf", b"MZ" * 20, "type_wrong"),
        ("短.png", b"\x89P", "type_wrong"),
        ("空.pdf", b"", "empty"),
        ("无名", b"%PDF-1.7", "type_wrong"),
    ],
)
def test_a_file_is_what_its_name_says(
    library: Library, name: str, content: bytes, code: str
) -> None:
    with pytest.raises(Refusal, match=code):
        put(library, name, content)
    assert not ProjectFile.objects.exists()


def test_a_file_that_is_too_large_is_not_kept(library: Library, settings: Any) -> None:
    settings.UPLOAD_BYTES = 100
    with pytest.raises(Refusal, match="too_large"):
        put(library, "大.pdf", b"%PDF-1.7" + b"x" * 200)


def test_the_same_file_is_kept_once_for_one_thing(library: Library) -> None:
    content = b"\xff\xd8\xff\xe0" + b"x" * 50
    first = put(library, "../../现场.JPG", content, "month:202611")
    again = put(library, "现场.jpg", content, "month:202611")
    other = put(library, "现场.jpg", content, "stage:completed")
    assert first.pk == again.pk != other.pk
    assert (first.name, first.media_type) == ("现场.JPG", "image/jpeg")
