"""Reading in the background (后台读取): whole or not at all, and what people said stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.portal.core.models import Event
from hexi.portal.plans.acts.correct_statement import correct_statement, withdraw_correction
from hexi.portal.plans.acts.decide_finding import decide_finding
from hexi.portal.plans.acts.delete_plan import delete_plan
from hexi.portal.plans.acts.reread_document import reread_document
from hexi.portal.plans.acts.upload_document import clean_name, upload_document
from hexi.portal.plans.models import (
    FindingRow,
    PlanRow,
    Reading,
    StatementRow,
    TargetRow,
)
from hexi.portal.plans.models.reading import ReadingBody
from hexi.portal.plans.reading.claim import LEASE, MOST_ATTEMPTS, claim, renew
from hexi.portal.plans.reading.worker import read_waiting
from hexi.samples import planted_faults, sample_bytes
from tests.portal.office import AT, Office, read_now

PLAN = """云门经济区“十四五”发展规划

第一章 发展基础

2020年，规模以上工业增加值90亿元，工业增加值120亿元，
规模以上工业增加值占工业增加值的比重为60%。

第二章 发展目标

到2025年，规模以上工业企业达到150家。
"""


def upload(office: Office, text: str, name: str = "云门.txt", **where: Any) -> Reading:
    return upload_document([text.encode()], name, by=office.person("zone"), at=AT, **where)


def test_a_document_becomes_statements_targets_and_findings(office: Office) -> None:
    reading = read_now(upload(office, PLAN))
    assert reading.state == "ready" and reading.current
    assert reading.done == reading.total > 0
    found = StatementRow.objects.filter(reading=reading)
    assert {row.text for row in found} >= {"90亿元", "120亿元", "60%", "150家"}
    text = reading.canonical_text()
    assert all(text[row.start : row.end] == row.text for row in found)
    assert TargetRow.objects.filter(reading=reading, value="150").exists()
    grown = FindingRow.objects.filter(reading=reading, is_fault=True)
    assert [row.check_code for row in grown] == ["R1"], "90 of 120 is 75 %, not 60 %"
    plan = reading.document.plan
    assert (plan.first_year, plan.last_year) == (2021, 2025)


def test_the_worker_reads_in_a_process_of_its_own(office: Office) -> None:
    reading = upload(office, PLAN)
    assert read_waiting() == 1
    reading.refresh_from_db()
    assert reading.state == "ready" and reading.statement_count >= 4


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0" + bytes(600),
        b"PK\x03\x04 not a real package",
        b"%PDF-1.7 broken",
        b"\x89PNG\r\n\x1a\n" + bytes(80),
    ],
    ids=["old office", "package", "pdf", "picture"],
)
def test_a_file_that_cannot_be_read_leaves_nothing_but_the_reason(
    content: bytes, office: Office
) -> None:
    counts = (StatementRow.objects.count(), TargetRow.objects.count(), FindingRow.objects.count())
    reading = upload_document([content], "坏文件.docx", by=office.person("zone"), at=AT)
    assert read_waiting() == 1
    reading.refresh_from_db()
    assert reading.state == "failed" and not reading.current
    for field in ("code", "message", "message_en", "remedy", "remedy_en"):
        assert reading.error[field]
    assert reading.error["file"] == "坏文件.docx"
    assert counts == (
        StatementRow.objects.count(),
        TargetRow.objects.count(),
        FindingRow.objects.count(),
    )
    event = Event.objects.first()
    assert event is not None and event.act == "reading_failed"


def test_all_planted_faults_of_the_sample_stand_in_the_portal(office: Office) -> None:
    rows = FindingRow.objects.filter(reading=office.reading, is_fault=True)
    passages = [
        ("".join(part for quote in row.quotes for part, _ in quote["parts"])) for row in rows
    ]
    missing = [
        fault.wrong
        for fault in planted_faults()
        if not any(fault.wrong in passage for passage in passages)
    ]
    assert missing == []


def test_corrections_and_decisions_stay_when_a_document_is_read_again(office: Office) -> None:
    reading = read_now(upload(office, PLAN))
    zone = office.person("zone")
    fault = FindingRow.objects.get(reading=reading, is_fault=True)
    decide_finding(fault.pk, "accept", by=zone, at=AT)
    firms = StatementRow.objects.get(reading=reading, text="150家")
    correct_statement(firms.pk, "indicator", "规上工业企业", reason="简称", by=zone, at=AT)
    again = read_now(reread_document(reading.document_id, by=zone, at=AT))
    assert again.pk != reading.pk and not Reading.objects.filter(pk=reading.pk).exists()
    firms = StatementRow.objects.get(reading=again, text="150家")
    assert firms.corrected and firms.indicator == "规上工业企业"
    assert firms.as_read["indicator"] != "规上工业企业"
    same = FindingRow.objects.get(reading=again, is_fault=True)
    assert same.pk == fault.pk, "a finding keeps its address"
    page = office.client("zone").get(f"/findings/{same.pk}/").content.decode()
    assert "lamp-accepted" in page, "the decision met the same finding again"


def test_a_correction_is_checked_at_once_and_withdrawn_again(office: Office) -> None:
    reading = read_now(upload(office, PLAN))
    zone = office.person("zone")
    base = StatementRow.objects.get(reading=reading, text="60%")
    assert FindingRow.objects.filter(reading=reading, is_fault=True).count() == 1
    made = correct_statement(base.pk, "value", "75", reason="漏字", by=zone, at=AT)
    assert not FindingRow.objects.filter(reading=reading, is_fault=True).exists()
    withdraw_correction(made.pk, reason="原文如此", by=zone, at=AT)
    assert FindingRow.objects.filter(reading=reading, is_fault=True).count() == 1
    assert not StatementRow.objects.filter(reading=reading, corrected=True).exists()


def test_a_document_with_the_title_of_a_pack_plan_is_put_under_it(office: Office) -> None:
    pack_plan = PlanRow.objects.get(pack_id="lz-etdz-135")
    text = PLAN.replace("云门经济区“十四五”发展规划", pack_plan.title)
    reading = read_now(upload(office, text, "某规划.txt"))
    reading.document.refresh_from_db()
    assert reading.document.plan_id == pack_plan.pk
    assert PlanRow.objects.filter(source="upload").count() == 1, "only the office's own is left"
    assert TargetRow.objects.filter(plan=pack_plan, reading=reading).count() == 0


def test_a_pack_plan_outside_the_scope_is_not_taken_over(office: Office) -> None:
    other = PlanRow.objects.get(pack_id="gs-zones-135")
    text = PLAN.replace("云门经济区“十四五”发展规划", other.title)
    reading = read_now(upload(office, text, "某规划.txt"))
    assert reading.document.plan_id != other.pk


def test_a_reading_whose_worker_died_is_taken_up_and_at_last_given_up(office: Office) -> None:
    reading = upload(office, PLAN)
    now = timezone.now()
    for attempt in range(MOST_ATTEMPTS):
        taken = claim(f"worker {attempt}", at=now)
        assert taken is not None and taken.pk == reading.pk
        assert claim("another", at=now) is None, "claimed once only"
        now += LEASE + timedelta(seconds=1)
    assert claim("last", at=now) is None
    reading.refresh_from_db()
    assert reading.state == "failed" and reading.error["code"] == "given_up"
    assert not StatementRow.objects.filter(reading=reading).exists()


def test_a_deleted_plan_stops_its_reading(office: Office) -> None:
    reading = upload(office, PLAN)
    taken = claim("worker", at=timezone.now())
    assert taken is not None and renew(taken, at=timezone.now())
    delete_plan(reading.document.plan_id, reason="误传", by=office.person("zone"), at=AT)
    assert not renew(taken, at=timezone.now())


def test_file_names_are_bare() -> None:
    assert clean_name("../../etc/passwd") == "passwd"
    assert clean_name("C:\\文件\\规划.docx") == "规划.docx"
    assert clean_name("a\x00b\n.txt") == "ab.txt"
    assert clean_name("") == "document"
    assert len(clean_name("长" * 400 + ".docx")) <= 200


def test_pdf_and_docx_of_the_sample_read_alike(office: Office) -> None:
    zone = office.person("zone")
    reading = read_now(upload_document([sample_bytes("pdf")], "云岭.pdf", by=zone, at=AT))
    assert reading.document.format == "pdf"
    assert abs(reading.statement_count - office.reading.statement_count) <= 8


def test_a_page_whose_reading_is_replaced_meanwhile_leads_to_the_new_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = office.reading

    def replaced(*_asked: Any) -> Reading:
        """The reading that the page found, and that is gone when its text is asked for."""
        gone = Reading.objects.select_related("document__plan").get(pk=old.pk)
        ReadingBody.objects.filter(reading=old).delete()
        return gone

    monkeypatch.setattr("hexi.portal.plans.views.text.current_reading", replaced)
    address = f"/plans/{office.plan.pk}/text/?modality=target"
    answer = office.client("zone").get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
