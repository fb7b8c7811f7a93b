"""A small project library for tests (测试用项目库): two units, every stage, with months and plans.

It stands beside the bureau of the tests of returns, so that enterprises and their people are there
too, and is laid afresh for each test.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from hexi.portal.projects.acts.change_record import change_record
from hexi.portal.projects.acts.move_stage import move_stage
from hexi.portal.projects.acts.register_record import register_record
from hexi.portal.projects.models import Progress, ProjectRecord, YearPlan
from tests.portal.returns.bureau import Bureau

#: the office's day is 20 November 2026
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
YI = 10**8
WAN = 10**4

#: key, facts; the stage is that in which it is entered. Units: a park of Lanzhou, Jinchang's zone
PROJECTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("aluminium", {
        "name": "年产5万吨高端铝箔项目", "unit": "etdz-an", "kind": "promoted", "industry": "3252",
        "place": "620105", "investor": "河西铝业股份有限公司", "origin": "province_outside",
        "total": 12 * YI, "planned_start": date(2026, 3, 1), "actual_start": date(2026, 3, 20),
        "planned_end": date(2027, 12, 31), "stage": "construction",
        "stage_since": date(2026, 3, 20),
        "tags": ["provincial", "3341"], "leader_name": "王副市长", "steward_name": "李管家",
        "longitude": 103.72, "latitude": 36.1, "jobs": 320,
    }),
    ("vaccine", {
        "name": "重组疫苗产业化基地", "unit": "etdz-an", "kind": "enterprise", "industry": "2761",
        "place": "620105", "investor": "兰州生物制品研究所", "origin": "local", "total": 8 * YI,
        "planned_start": date(2026, 6, 1), "planned_end": date(2028, 6, 30), "stage": "reserve",
        "tags": ["municipal"],
    }),
    ("cold-chain", {
        "name": "冷链物流枢纽（一期）", "unit": "etdz-an", "kind": "promoted", "industry": "5930",
        "place": "620105", "investor": "陇货通物流有限公司", "origin": "province_outside",
        "total": 3 * YI, "planned_start": date(2026, 9, 1), "planned_end": date(2027, 9, 30),
        "stage": "signed", "stage_since": date(2026, 4, 8),
    }),
    ("nickel", {
        "name": "电池级硫酸镍扩能项目", "unit": "jc-etdz", "kind": "central_local",
        "industry": "2613", "place": "620302", "investor": "金川集团股份有限公司",
        "origin": "local", "total": 46 * YI, "planned_start": date(2024, 5, 1),
        "actual_start": date(2024, 5, 18), "planned_end": date(2026, 6, 30),
        "actual_end": date(2026, 7, 30), "stage": "production", "stage_since": date(2026, 9, 1),
        "tags": ["central-local", "provincial"],
    }),
    ("foil", {
        "name": "锂电铜箔及配套项目", "unit": "jc-etdz", "kind": "promoted", "industry": "3251",
        "place": "620302", "investor": "德福新材料有限公司", "origin": "province_outside",
        "total": 55 * YI, "planned_start": date(2025, 3, 1), "actual_start": date(2025, 4, 2),
        "planned_end": date(2026, 10, 31), "stage": "construction", "stage_since": date(2025, 6, 1),
        "tags": ["circular"],
    }),
    ("hydrogen", {
        "name": "光伏制氢与掺氢示范", "unit": "jc-etdz", "kind": "promoted", "industry": "4419",
        "place": "620302", "stage": "lead",
    }),
)  # fmt: skip
#: yuan by month, so that they add up to what the list shows
MONTHS = {
    "aluminium": {202604: 4000 * WAN, 202605: 6000 * WAN, 202610: 5000 * WAN},
    "foil": {202512: 20 * YI, 202606: 15 * YI, 202610: 5 * YI},
    "nickel": {202412: 20 * YI, 202512: 24 * YI},
}
PLANS = {"aluminium": {2026: 4 * YI}, "foil": {2025: 25 * YI, 2026: 30 * YI}, "vaccine": {2026: YI}}


class Library(Bureau):
    """Short ways to what the tests of projects ask for; projects by their keys."""

    def __init__(self) -> None:
        super().__init__()
        self._ids: dict[str, int] = {}
        for key, facts in PROJECTS:
            made = register_record(facts, by=self.person("admin"), at=AT)
            self._ids[key] = made.pk
            months = MONTHS.get(key, {})
            Progress.objects.bulk_create(
                Progress(project=made, month=month, invested=yuan, by_name="李管家", at=AT)
                for month, yuan in months.items()
            )
            ProjectRecord.objects.filter(pk=made.pk).update(invested=sum(months.values()))
            YearPlan.objects.bulk_create(
                YearPlan(project=made, year=year, planned=yuan, at=AT)
                for year, yuan in PLANS.get(key, {}).items()
            )

    def project_of(self, key: str) -> ProjectRecord:
        """A project as it stands now."""
        return ProjectRecord.objects.select_related("unit").get(pk=self._ids[key])

    @cached_property
    def aluminium(self) -> ProjectRecord:
        """Under construction in the park of Lanzhou."""
        return self.project_of("aluminium")

    def registered(self, *, by: str = "zone", at: datetime = AT, **facts: Any) -> ProjectRecord:
        """A further project of the park; facts of the test go over the usual ones."""
        usual = {"name": "新材料中试基地", "unit": "etdz-an", "kind": "promoted"}
        practice = facts.pop("practice", False)
        given = {**usual, **facts}
        return register_record(given, by=self.person(by), at=at, practice=practice)

    def moved(
        self, key: str | ProjectRecord, to: str, *, day: date = TODAY, by: str = "zone", **said: Any
    ) -> ProjectRecord:
        """A step with the usual reason and evidence; ``prepare`` fills fields that a gate needs."""
        row = self.project_of(key) if isinstance(key, str) else key
        prepare = said.pop("prepare", None)
        if prepare:
            change_record(row.pk, prepare, by=self.person(by), at=AT, reason="补充信息")
        usual = {"reason": "按进度推进", "evidence": "会议纪要〔2026〕8号"}
        return move_stage(row.pk, to, day=day, by=self.person(by), at=AT, **{**usual, **said})


def days_before(days: int) -> date:
    """A day before the office's day."""
    return TODAY - timedelta(days=days)
