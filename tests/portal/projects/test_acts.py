"""Acts of the library (项目库行政行为): each writes one event; a refused one changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event, Person
from hexi.portal.core.refusal import NotFound, NotPermitted
from hexi.portal.projects.acts.change_record import change_record
from hexi.portal.projects.acts.keep_file import keep_file
from hexi.portal.projects.acts.move_stage import move_stage
from hexi.portal.projects.acts.register_record import register_record
from tests.portal.projects.library import AT, TODAY, Library

Act = Callable[[Library, Person | None], Any]

NEW = {"name": "碳纤维复合材料项目", "unit": "etdz-an", "kind": "promoted"}


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("协议.pdf", b"%PDF-1.7 " + b"x" * 40)


#: act to (how it is done, events that it may write before itself)
DONE: dict[str, tuple[Act, int]] = {
    "register_record": (lambda o, by: register_record(NEW, by=by, at=AT), 0),
    "change_record": (
        lambda o, by: change_record(
            o.aluminium.pk, {"jobs": 400}, by=by, at=AT, reason="扩建"
        ),
        0,
    ),
    "move_stage": (
        lambda o, by: move_stage(
            o.aluminium.pk, "completed", day=TODAY, reason="通过验收", evidence="验收单1号",
            by=by, at=AT,
        ),
        0,
    ),
    "keep_project_file": (
        lambda o, by: keep_file(o.aluminium, "stage:completed", paper(), by=by, at=AT),
        0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("act", DONE)
def test_an_act_writes_exactly_one_event(act: str, library: Library) -> None:
    do, others = DONE[act]
    before = library.events()
    do(library, library.person("admin"))
    assert library.events() == before + others + 1
    event = Event.objects.first()
    assert event is not None
    assert (event.act, event.who_name, event.at) == (act, "admin 同志", AT)
    assert event.object_name and event.unit_path
    assert event_lines([event])[0].act_label != act, "an act without words"


@pytest.mark.parametrize("act", DONE)
@pytest.mark.parametrize("who", ["", "stranger", "reader", "maker"])
def test_a_refused_act_changes_nothing(act: str, who: str, library: Library) -> None:
    do, others = DONE[act]
    before = library.events()
    with pytest.raises((NotPermitted, NotFound)):
        do(library, library.person(who))
    assert library.events() == before + others


def test_the_date_of_the_office_is_the_day_of_the_tests(library: Library) -> None:
    assert library.aluminium.stage_since == date(2026, 3, 20)
