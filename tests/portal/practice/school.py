"""A school for tests (测试用演练室): one practice project with one of everything hanging on it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hexi.portal.admission.acts.agree_figures import AgreedLine, agree_figures
from hexi.portal.admission.acts.enter_actual import enter_actual
from hexi.portal.admission.acts.enter_land import enter_land
from hexi.portal.admission.acts.keep_screening import keep_screening
from hexi.portal.projects.acts.enter_progress import enter_progress
from hexi.portal.projects.acts.keep_batch import make_batch
from hexi.portal.projects.acts.register_record import register_record
from hexi.portal.projects.acts.set_year_plan import set_year_plan
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.promotion.acts.draft_agreement import draft_agreement
from hexi.portal.promotion.acts.enter_voucher import enter_voucher
from hexi.portal.promotion.acts.keep import keep
from hexi.portal.promotion.acts.link_result import link_result
from hexi.portal.promotion.acts.log_contact import log_contact
from hexi.portal.promotion.models import Activity
from hexi.portal.supervision.acts.call_meeting import Point
from tests.portal.admission.material import GOOD
from tests.portal.projects.library import AT, TODAY, WAN, YI
from tests.portal.promotion.desk import PAYMENT, SERVICE, PromotionDesk, slip
from tests.portal.supervision.desk import Desk

__all__ = ["MARK", "NAME", "School"]

#: what no real project is called, so that it is found wherever it stands
NAME = "金川河谷氢冶金示范工程"
MARK = "【演练】"


class School(PromotionDesk, Desk):
    """Both desks, and the practice project."""

    def made_up(self, *, practice: bool = True, name: str = NAME, **facts: Any) -> ProjectRecord:
        """A project of the park under construction, late and behind."""
        given = {
            "name": name, "unit": "etdz-an", "kind": "promoted", "industry": "3252",
            "place": "620105", "total": 10 * YI, "planned_start": date(2026, 3, 1),
            "actual_start": date(2026, 3, 20), "planned_end": date(2027, 12, 31),
            "stage": "construction", "stage_since": date(2026, 3, 20), "land_mu": "100",
            "longitude": 103.7, "latitude": 36.1, "tags": ["provincial"],
            "leader_name": "王副市长", **facts,
        }  # fmt: skip
        return register_record(given, by=self.person("admin"), at=AT, practice=practice)

    def burden(self, row: ProjectRecord) -> None:
        """One of everything on it, as people would enter it."""
        admin, zone = self.person("admin"), self.person("zone")
        enter_progress(row.pk, 202611, invested=WAN, done="5", note="", by=zone, at=AT)
        set_year_plan(row.pk, 2026, 4 * YI, "主体完工", by=zone, at=AT)
        problem = self.problem(project=row.pk, title="用电接入未批复")
        visit = self.visit(project=row.pk)
        assert visit.pk
        self.order(project=row.pk, subject="示范工程进度")
        self.meeting(Point(problem=problem.pk))
        activity = Activity.objects.first() or keep(
            "activity",
            {"unit": "lz-etdz", "name": "专场推介会", "kind": "meeting", "day": "2026-07-06"},
            by=zone, at=AT,
        )  # fmt: skip
        link_result(activity.pk, row.pk, "签约", by=zone, at=AT)
        log_contact(
            row.pk,
            {"day": "2026-11-20", "way": "call", "text": "约定考察", "next_step": "发资料",
             "next_due": "2026-11-19"}, by=zone, at=AT,
        )  # fmt: skip
        self._agreement(row)
        self._payment(row)
        typed = {**GOOD, "unit": "etdz-an"}
        keep_screening(typed, TODAY, project_id=row.pk, by=self.person("park"), at=AT)
        self._promise(row)
        batch = make_batch("四季度集中开工", "lz-etdz", date(2026, 12, 1), by=admin, at=AT)
        ProjectRecord.objects.filter(pk=row.pk).update(batch=batch, lamp="red")
        type(batch).objects.filter(pk=batch.pk).update(practice=row.practice)

    def _agreement(self, row: ProjectRecord) -> None:
        head = {"title": "示范投资协议", "parties": "甲方、乙方", "amount": "3亿元"}
        draft_agreement(row.pk, head, (SERVICE,), by=self.person("zone"), at=AT)

    def _payment(self, row: ProjectRecord) -> None:
        enter_voucher(row.pk, PAYMENT, slip(row.number), by=self.person("zone"), at=AT)

    def _promise(self, row: ProjectRecord) -> None:
        zone = self.person("zone")
        agree_figures(
            row.pk,
            (AgreedLine("investment", Decimal(10_000 * WAN), date(2026, 10, 31), "退地"),),
            document="示范投协〔2026〕1号", party="河西铝业股份有限公司",
            signed=date(2026, 1, 5), by=zone, at=AT,
        )  # fmt: skip
        enter_actual(
            row.pk, "jobs", date(2026, 10, 31), Decimal(320),
            evidence="审计报告", by=zone, at=AT,
        )  # fmt: skip
        enter_land(
            row.pk, given=date(2024, 1, 10), contract="出让合同〔2024〕9号",
            agreed_start=date(2024, 6, 1), price=2000 * WAN, area_mu=Decimal(60), by=zone, at=AT,
        )  # fmt: skip
