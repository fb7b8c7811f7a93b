"""Figures stand for a plan's text until the text is there, and again when it is gone."""

from __future__ import annotations

import pytest

from hexi.catalogue import load_pack
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import Refusal
from hexi.portal.plans.acts.delete_plan import remove_document
from hexi.portal.plans.acts.reread_document import reread_document
from hexi.portal.plans.acts.seed_pack import seed_pack
from hexi.portal.plans.acts.upload_document import upload_document
from hexi.portal.plans.models import FindingRow, PlanDocument, PlanRow, Reading
from hexi.portal.plans.queries.plan_page import current_reading, shown_documents
from hexi.portal.plans.reading.digests import lay_digest
from tests.portal.office import AT, Office, read_now

PLAN = "lz-etdz-135"
TEXT = """兰州经济技术开发区“十三五”发展规划纲要

一、发展目标

到2020年，兰州经济区地区生产总值达到430亿元，年均增长14%。2015年地区生产总值225.98亿元。
"""


def plan() -> PlanRow:
    row: PlanRow = PlanRow.objects.get(pack_id=PLAN)
    return row


def faults() -> int:
    found = FindingRow.objects.filter(reading__document__plan=plan(), reading__current=True)
    return found.filter(is_fault=True).count()


def test_every_plan_with_figures_can_be_read_and_has_its_findings(office: Office) -> None:
    laid = set(
        PlanDocument.objects.filter(format="figures").values_list("plan__pack_id", flat=True)
    )
    assert laid == {figure.plan for figure in load_pack("gansu").figures}
    assert faults() > 10
    page = office.client("").get(f"/plans/{plan().pk}/text/").content.decode()
    assert "数字及其位置" in page
    assert page.count('class="s s-') > 300
    events = Event.objects.filter(act="lay_digest")
    assert events.count() == len(laid)


def test_a_second_start_changes_nothing(office: Office) -> None:
    before = list(Reading.objects.order_by("pk").values_list("pk", "finished_at"))
    seed_pack("gansu", at=AT)
    assert list(Reading.objects.order_by("pk").values_list("pk", "finished_at")) == before


def test_the_text_takes_the_place_of_its_figures_and_they_come_back(office: Office) -> None:
    admin = office.person("admin")
    counted = faults()
    reading = read_now(upload_document([TEXT.encode()], "纲要.txt", by=admin, at=AT))
    document = reading.document
    assert document.plan == plan(), "the title leads the text to the plan of the pack"
    assert current_reading(plan()) == reading
    assert [d.pk for d in shown_documents(plan())] == [document.pk]
    assert faults() < counted
    assert not lay_digest(plan(), load_pack("gansu"), at=AT), "the text is there"

    remove_document(document.pk, reason="测试", by=admin, at=AT)
    standing = current_reading(plan())
    assert standing is not None and standing.document.is_digest
    assert faults() == counted
    assert Reading.objects.filter(document=standing.document).count() == 1


def test_a_digest_is_no_file(office: Office) -> None:
    admin = office.person("admin")
    document = plan().documents.get()
    with pytest.raises(Refusal):
        remove_document(document.pk, reason="测试", by=admin, at=AT)
    with pytest.raises(Refusal):
        reread_document(document.pk, by=admin, at=AT)
    assert office.client("admin").get(f"/plans/{plan().pk}/").status_code == 200
    assert office.client("admin").get("/plans/?state=text").status_code == 200
