"""Acts of the library (项目库行政行为): each writes one event; a refused one changes nothing."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event, Person
from hexi.portal.core.refusal import Refusal
from hexi.portal.projects.acts.change_record import change_record
from hexi.portal.projects.acts.enter_progress import enter_progress
from hexi.portal.projects.acts.enter_statistics import enter_statistics, leave_statistics
from hexi.portal.projects.acts.keep_batch import add_to_batch, make_batch, start_batch
from hexi.portal.projects.acts.keep_file import keep_file
from hexi.portal.projects.acts.keep_tags import renew_tag, tag_records, untag
from hexi.portal.projects.acts.merge_records import merge_records, unmerge_records
from hexi.portal.projects.acts.move_stage import move_stage
from hexi.portal.projects.acts.publish_record import publish_record, withdraw_record
from hexi.portal.projects.acts.register_record import register_record
from hexi.portal.projects.acts.set_year_plan import set_year_plan
from hexi.portal.projects.acts.undo_step import undo_step
from tests.contracts.project import PORTAL
from tests.portal.projects.library import AT, TODAY, Library

Act = Callable[[Library, Person | None], Any]

NEW = {"name": "碳纤维复合材料项目", "unit": "etdz-an", "kind": "promoted"}


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("现场.jpg", b"\xff\xd8\xff\xe0" + b"x" * 40)


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("协议.pdf", b"%PDF-1.7 " + b"x" * 40)


def undo(o: Library, by: Person | None) -> None:
    o.moved("aluminium", "completed")
    undo_step(o.aluminium.pk, reason="误操作", by=by, at=AT)


def batch(o: Library, *keys: str) -> int:
    admin = o.person("admin")
    made = make_batch("四季度集中开工", "lz-etdz", TODAY, by=admin, at=AT)
    if keys:
        add_to_batch(made.pk, [o.project_of(key).pk for key in keys], by=admin, at=AT)
    return made.pk


def start(o: Library, by: Person | None) -> None:
    o.moved("cold-chain", "approved", prepare={"state_code": "2603-620105-04-01-123456"})
    start_batch(batch(o, "cold-chain"), by=by, at=AT)


def take_out(o: Library, by: Person | None) -> None:
    enter_statistics(o.aluminium.pk, o.project().code, TODAY, by=o.person("admin"), at=AT)
    leave_statistics(o.aluminium.pk, reason="错连", by=by, at=AT)


def withdraw(o: Library, by: Person | None) -> None:
    publish_record(o.aluminium.pk, by=o.person("admin"), at=AT)
    withdraw_record(o.aluminium.pk, reason="涉密", by=by, at=AT)


def double(o: Library) -> int:
    return o.registered(name="5万吨高端铝箔", kind="promoted", state_code="").pk


def unmerge(o: Library, by: Person | None) -> None:
    other = double(o)
    merge_records(o.aluminium.pk, other, reason="同一项目", by=o.person("admin"), at=AT)
    unmerge_records(other, reason="并非同一项目", by=by, at=AT)


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
    "undo_step": (undo, 1),
    "enter_progress": (
        lambda o, by: enter_progress(
            o.aluminium.pk, 202611, invested=10**7, done="62.5", note="设备安装",
            by=by, at=AT, files=[photo()],
        ),
        0,
    ),
    "set_year_plan": (
        lambda o, by: set_year_plan(o.aluminium.pk, 2027, 3 * 10**8, "投产", by=by, at=AT), 0
    ),
    "tag_record": (
        lambda o, by: tag_records([o.aluminium.pk], "circular", TODAY, by=by, at=AT), 0
    ),
    "untag_record": (
        lambda o, by: untag([o.aluminium.pk], "3341", date(2026, 12, 1), reason="调出",
                            by=by, at=AT), 0
    ),
    "renew_tag": (lambda o, by: renew_tag("municipal", 2027, by=by, at=AT), 0),
    "publish_record": (lambda o, by: publish_record(o.aluminium.pk, by=by, at=AT), 0),
    "withdraw_record": (withdraw, 1),
    "make_batch": (lambda o, by: make_batch("集中开工", "lz-etdz", TODAY, by=by, at=AT), 0),
    "join_batch": (
        lambda o, by: add_to_batch(batch(o), [o.project_of("vaccine").pk], by=by, at=AT), 1
    ),
    "start_batch": (start, 4),
    "enter_statistics": (
        lambda o, by: enter_statistics(
            o.aluminium.pk, "2401-620100-04-01-123456", TODAY, by=by, at=AT
        ), 0
    ),
    "leave_statistics": (take_out, 1),
    "merge_records": (
        lambda o, by: merge_records(o.aluminium.pk, double(o), reason="同一项目", by=by, at=AT), 1
    ),
    "unmerge_records": (unmerge, 2),
}  # fmt: skip


#: acts that leave the event of another one
SAME = {"renew_tag": "tag_record"}


@pytest.mark.parametrize("act", DONE)
def test_an_act_writes_exactly_one_event(act: str, library: Library) -> None:
    do, others = DONE[act]
    if act == "enter_statistics":
        library.project()
    before = library.events()
    do(library, library.person("admin"))
    assert library.events() == before + others + 1
    event = Event.objects.first()
    assert event is not None
    assert (event.act, event.who_name, event.at) == (SAME.get(act, act), "admin 同志", AT)
    assert event.object_name and event.unit_path
    assert event_lines([event])[0].act_label != act, "an act without words"


@pytest.mark.parametrize("act", DONE)
@pytest.mark.parametrize("who", ["", "stranger", "reader", "maker"])
def test_a_refused_act_changes_nothing(act: str, who: str, library: Library) -> None:
    do, others = DONE[act]
    before = library.events()
    with pytest.raises(Refusal) as refused:
        do(library, library.person(who))
    # who sees no project of the list has nothing to carry over
    hidden = "nothing_to_renew" if act == "renew_tag" else "not_found"
    assert refused.value.code in ("not_permitted", hidden)
    assert library.events() == before + others


def test_every_act_of_the_library_is_tried_here() -> None:
    """Lamps, letters and practice records have tests of their own: they do many things at once."""
    written = set()
    for path in (PORTAL / "projects" / "acts").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("record", "unsaved_event")
                and isinstance(node.args[0], ast.Constant)
            ):
                written.add(node.args[0].value)
    assert written - set(DONE) == {
        "light_lamps", "mail_progress",
        "lay_practice_projects", "remove_practice_projects", "fail_practice_job",
    }  # fmt: skip
