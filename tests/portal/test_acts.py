"""Acts (行政行为): each writes exactly one event, in its own transaction; refusals write none."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hexi.portal.core.acts.keep_person import change_person, enter_person, set_password
from hexi.portal.core.acts.keep_token import make_token, revoke_token
from hexi.portal.core.acts.sign_in import make_sign_in_link, sign_in_by_link, sign_out
from hexi.portal.core.event_lines import ACTS, event_lines
from hexi.portal.core.models import Event, Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.plans.acts.change_plan import change_plan
from hexi.portal.plans.acts.correct_statement import correct_statement, withdraw_correction
from hexi.portal.plans.acts.decide_finding import decide_finding
from hexi.portal.plans.acts.delete_plan import delete_plan, remove_document
from hexi.portal.plans.acts.publish_plan import publish_plan, unpublish_plan
from hexi.portal.plans.acts.reread_document import reread_document
from hexi.portal.plans.acts.upload_document import upload_document
from hexi.portal.plans.models import FindingDecision, PlanRow
from tests.contracts.project import PORTAL
from tests.portal.office import AT, Office, read_now


def enter(office: Office, by: Person | None) -> None:
    enter_person(
        username="new",
        name="新同志",
        role="zone",
        units=list(Unit.objects.filter(code="lz-etdz")),
        password="a long password 1",
        by=by,
        at=AT,
    )


def change(office: Office, by: Person | None) -> None:
    reader = Person.objects.get(username="reader")
    units = list(Unit.objects.filter(code="lz"))
    change_person(reader, name="换名", role="park", units=units, active=False, by=by, at=AT)


def withdraw(office: Office, by: Person | None) -> None:
    made = correct_statement(
        office.statement.pk, "period", "2030", reason="误读", by=office.person("zone"), at=AT
    )
    withdraw_correction(made.pk, reason="原文如此", by=by, at=AT)


def unpublish(office: Office, by: Person | None) -> None:
    publish_plan(office.plan.pk, by=office.person("zone"), at=AT)
    unpublish_plan(office.plan.pk, by=by, at=AT)


#: act to (how it is done, events it may write before itself)
DONE: dict[str, tuple[Callable[[Office, Person | None], Any], int]] = {
    "enter_person": (enter, 0),
    "change_person": (change, 0),
    "set_password": (
        lambda o, by: set_password(o.person("park"), "another one 22", by=by, at=AT),  # type: ignore[arg-type]
        0,
    ),
    "upload_document": (
        lambda o, by: upload_document(["目标是100亿元。".encode()], "a.txt", by=by, at=AT),
        0,
    ),
    "reread_document": (
        lambda o, by: reread_document(o.reading.document_id, by=by, at=AT),
        0,
    ),
    "remove_document": (
        lambda o, by: remove_document(o.reading.document_id, reason="重复", by=by, at=AT),
        0,
    ),
    "correct_statement": (
        lambda o, by: correct_statement(
            o.statement.pk, "period", "2030", reason="误读", by=by, at=AT
        ),
        0,
    ),
    "withdraw_correction": (withdraw, 1),
    "decide_finding": (
        lambda o, by: decide_finding(o.fault.pk, "dismiss", reason="口径不同", by=by, at=AT),
        0,
    ),
    "change_plan": (
        lambda o, by: change_plan(o.plan.pk, {"title": "新名称"}, by=by, at=AT),
        0,
    ),
    "publish_plan": (lambda o, by: publish_plan(o.plan.pk, by=by, at=AT), 0),
    "unpublish_plan": (unpublish, 1),
    "delete_plan": (lambda o, by: delete_plan(o.plan.pk, reason="误传", by=by, at=AT), 0),
}


@pytest.mark.parametrize("act", DONE)
def test_an_act_writes_exactly_one_event(act: str, office: Office) -> None:
    do, others = DONE[act]
    before = office.events()
    do(office, office.person("admin"))
    assert office.events() == before + others + 1
    event = Event.objects.first()
    assert event is not None
    assert (event.act, event.who_name, event.at) == (act, "admin 同志", AT)
    assert event.object_name
    assert event_lines([event])[0].act_label != act, "an act without words"


@pytest.mark.parametrize("act", DONE)
@pytest.mark.parametrize("who", ["", "stranger", "reader"])
def test_a_refused_act_changes_nothing(act: str, who: str, office: Office) -> None:
    do, others = DONE[act]
    if act == "upload_document" and who == "stranger":
        pytest.skip("a zone may upload for itself")
    before = office.events()
    with pytest.raises((NotPermitted, NotFound)):
        do(office, office.person(who))
    assert office.events() == before + others


def test_acts_of_oneself_write_one_event_each(office: Office) -> None:
    admin = office.person("admin")
    assert admin is not None
    before = office.events()
    code = make_sign_in_link(admin, at=AT)
    assert office.events() == before + 1
    assert sign_in_by_link(code, at=AT) == admin
    assert office.events() == before + 2
    secret = make_token(admin, "报表", at=AT)
    assert secret.startswith("hexi_") and office.events() == before + 3
    revoke_token(admin.tokens.get().pk, by=admin, at=AT)
    assert office.events() == before + 4
    sign_out(admin, at=AT)
    assert office.events() == before + 5


#: rows of tables and events of many rows that name an act, and which argument does
TABLES = {"StepKind": 0, "Kept": 2, "RowEvents": 0}


def test_every_act_of_the_code_is_known_by_name() -> None:
    """The list of acts, the calls of ``record`` and the tests above name the same acts."""
    written = set()
    for path in PORTAL.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in ("record", "unsaved_event") and node.args:
                written |= {
                    str(leaf.value)
                    for leaf in ast.walk(node.args[0])
                    if isinstance(leaf, ast.Constant)
                }
            elif (at := TABLES.get(node.func.id)) is not None and len(node.args) > at:
                named = node.args[at]
                if isinstance(named, ast.Constant) and isinstance(named.value, str):
                    written.add(named.value)
    assert written == set(ACTS)


def test_an_event_is_refused_outside_a_transaction(office: Office) -> None:
    plan = office.plan
    here = transaction.get_connection()
    here.in_atomic_block = False
    try:
        with pytest.raises(RuntimeError, match="transaction"):
            record("sign_out", plan, by=None, at=AT)
    finally:
        here.in_atomic_block = True


def test_an_act_that_fails_late_leaves_neither_change_nor_event(
    monkeypatch: Any, office: Office
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("disk full")

    before = office.events()
    monkeypatch.setattr("hexi.portal.plans.acts.publish_plan.record", fail)
    with pytest.raises(OSError):
        publish_plan(office.plan.pk, by=office.person("zone"), at=AT)
    assert not PlanRow.objects.get(pk=office.plan.pk).published
    assert office.events() == before


def test_events_cannot_be_changed_or_removed(office: Office) -> None:
    event = Event.objects.all()[0]
    for attempt in (
        event.save,
        event.delete,
        lambda: Event.objects.update(reason=""),
        lambda: Event.objects.all().delete(),
    ):
        with pytest.raises(TypeError):
            attempt()
    for sql in ("UPDATE core_event SET reason = 'x'", "DELETE FROM core_event"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_finding_is_dismissed_only_with_a_reason_and_reopened(office: Office) -> None:
    fault, zone = office.fault, office.person("zone")
    with pytest.raises(Refusal, match="reason_missing"):
        decide_finding(fault.pk, "dismiss", by=zone, at=AT)
    decide_finding(fault.pk, "dismiss", reason="统计口径不同", by=zone, at=AT)
    decision = FindingDecision.objects.get()
    assert (decision.state, decision.reason) == ("dismissed", "统计口径不同")
    decide_finding(fault.pk, "note", note="已问统计局", by=zone, at=AT)
    decision.refresh_from_db()
    assert (decision.state, decision.note) == ("dismissed", "已问统计局")
    decide_finding(fault.pk, "reopen", by=zone, at=AT)
    decision.refresh_from_db()
    assert decision.state == "open"


def test_a_plan_cannot_stand_above_itself(office: Office) -> None:
    zone = office.person("zone")
    with pytest.raises(Refusal, match="circle"):
        change_plan(office.plan.pk, {"upper": office.plan.pk}, by=zone, at=AT)


def test_a_plan_of_the_pack_cannot_be_deleted(office: Office) -> None:
    pack_plan = PlanRow.objects.filter(source="pack")[0]
    with pytest.raises(Refusal, match="pack_plan"):
        delete_plan(pack_plan.pk, reason="试", by=office.person("admin"), at=AT)


def test_a_plan_moves_only_inside_the_scope(office: Office) -> None:
    with pytest.raises(NotPermitted):
        change_plan(office.plan.pk, {"unit": "jc"}, by=office.person("zone"), at=AT)


def test_the_same_file_is_not_kept_twice_in_a_plan(office: Office) -> None:
    zone = office.person("zone")
    words = ["2025年工业增加值120亿元。".encode()]
    reading = upload_document(words, "b.txt", by=zone, at=AT)
    plan = reading.document.plan_id
    with pytest.raises(Refusal, match="uploaded_already"):
        upload_document(words, "c.txt", plan=plan, by=zone, at=AT)
    read_now(reading)
