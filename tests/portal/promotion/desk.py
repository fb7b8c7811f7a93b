"""A promotion desk for tests (测试用招商窗口): enquiries, agreements, payments over a library."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Role
from hexi.portal.promotion.acts.check_agreement import check_agreement
from hexi.portal.promotion.acts.draft_agreement import draft_agreement
from hexi.portal.promotion.acts.enter_voucher import enter_voucher
from hexi.portal.promotion.acts.keep import keep
from hexi.portal.promotion.acts.log_contact import log_contact
from hexi.portal.promotion.acts.register_enquiry import register_enquiry
from hexi.portal.promotion.agreement_book import clauses_of, fair_rules
from hexi.portal.promotion.models import Agreement, Enquiry, Voucher
from hexi.promotion.fair_competition import Answer
from tests.portal.projects.library import AT, TODAY, WAN, YI, Library

__all__ = ["AT", "TODAY", "WAN", "YI", "PromotionDesk", "at", "slip"]

ENQUIRY: dict[str, Any] = {
    "unit": "etdz-an", "received": "2026-11-18", "channel": "phone", "firm": "新域装备有限公司",
    "contact": "周经理", "phone": "0571-88880000", "what": "建设年产2万台风电变流器生产线",
    "industry": "3829", "amount": "1.5亿元", "origin": "province_outside", "place": "安宁园区",
}  # fmt: skip
PAYMENT: dict[str, Any] = {
    "day": "2026-06-15", "amount": "3000", "kind": "capital", "payer": "河西铝业股份有限公司",
    "origin": "province_outside", "payer_place": "330100",
}  # fmt: skip
SERVICE = ("service", "甲方为项目提供全程代办服务。")
TAX = ("tax", "乙方自投产起五年内缴纳税收的地方留成部分予以返还。")


def at(day: str, hour: int = 2) -> datetime:
    """A moment of an office day, in UTC."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=hour)


def slip(text: str = "回单") -> SimpleUploadedFile:
    """An evidence file; other texts are other files."""
    return SimpleUploadedFile("回单.pdf", b"%PDF-1.7 " + text.encode(), "application/pdf")


class PromotionDesk(Library):
    """Short ways; ``zone`` drafts and enters, ``second`` of the same zone checks and verifies."""

    def __init__(self) -> None:
        super().__init__()
        second = Person.objects.create(username="second", name="second 同志", role=Role.ZONE)
        second.units.set(Unit.objects.filter(code="lz-etdz"))

    def enquiry(self, *, by: str = "zone", when: datetime = AT, **facts: Any) -> Enquiry:
        return register_enquiry({**ENQUIRY, **facts}, by=self.person(by), at=when)

    def draft(
        self, *clauses: tuple[str, str], key: str = "cold-chain", by: str = "zone", **head: Any
    ) -> Agreement:
        given = {"title": "投资协议", "parties": "甲方、乙方", "amount": "3亿元", **head}
        project = self.project_of(key)
        return draft_agreement(project.pk, given, clauses or (SERVICE,), by=self.person(by), at=AT)

    def answers(self, agreement: Agreement, **given: Answer) -> dict[str, Answer]:
        """No to everything, but ``r1_10_1``: rule 10.1 asked of the first clause."""
        asked = fair_rules().questions(clauses_of(agreement), TODAY)
        told = {one.key: Answer(contains=False) for one in asked}
        for name, answer in given.items():
            number, rule = name[1:].split("_", 1)
            told[f"{number}:{rule.replace('_', '.')}"] = answer
        return told

    def paid(
        self, *, key: str = "aluminium", by: str = "zone", file: str = "回单", **facts: Any
    ) -> Voucher:
        given = {**PAYMENT, **facts}
        project = self.project_of(key)
        return enter_voucher(project.pk, given, slip(file), by=self.person(by), at=AT)

    def everything(self) -> dict[str, int]:
        """One of each noun in the park of Lanzhou, by the name that addresses use."""
        by, other = self.person("zone"), self.person("second")
        enquiry = self.enquiry()
        activity = keep(
            "activity",
            {"unit": "lz-etdz", "name": "专场推介会", "kind": "meeting", "day": "2026-07-06"},
            by=by, at=AT,
        )  # fmt: skip
        agent = keep(
            "agent",
            {"unit": "lz-etdz", "name": "浙江省甘肃商会", "kind": "chamber",
             "since": "2026-01-01"}, by=by, at=AT,
        )  # fmt: skip
        firm = keep(
            "firm",
            {"unit": "lz-etdz", "of_list": "central", "name": "中铝集团", "source": "名录",
             "as_of": "2026-08-01"}, by=by, at=AT,
        )  # fmt: skip
        agreement = self.draft(SERVICE, title="秘密协议")
        check = check_agreement(
            agreement.pk, self.answers(agreement), heard="商会", reason="不影响竞争",
            by=other, at=AT,
        )  # fmt: skip
        voucher = self.paid(payer="秘密付款方")
        lead = self.registered(
            name="秘密线索", stage="in_talks", investor="新域装备有限公司", total=YI
        )
        contact = log_contact(
            lead.pk,
            {"day": "2026-11-20", "way": "call", "text": "约定考察", "next_step": "发资料",
             "next_due": "2026-11-25"}, by=by, at=AT,
        )  # fmt: skip
        return {
            "enquiry": enquiry.pk, "activity": activity.pk, "agent": agent.pk, "firm": firm.pk,
            "agreement": agreement.pk, "check": check.pk, "voucher": voucher.pk,
            "project": lead.pk, "contact": contact.pk,
        }  # fmt: skip
