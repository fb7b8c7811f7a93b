"""Projects for the browser tests of admission (测试用准入项目): laid into the home of a portal."""

from __future__ import annotations

from tests.browser.portal import Portal
from tests.browser.returns_office import run_in

__all__ = ["lay_projects"]

LAY = """
from datetime import date, timedelta
from decimal import Decimal
from django.utils import timezone
from hexi.portal.admission.acts.agree_figures import AgreedLine, agree_figures
from hexi.portal.admission.acts.enter_land import enter_land
from hexi.portal.admission.acts.keep_screening import keep_screening
from hexi.portal.admission.models import ScreeningRecord
from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Role
from hexi.portal.projects.acts.register_record import register_record
from hexi.portal.projects.models import Progress, ProjectRecord
at, today = timezone.now(), timezone.localdate()
zone, fresh = Person.objects.get_or_create(
    username="zone-admission", defaults={"name": "赵科长", "role": Role.ZONE}
)
zone.units.set(Unit.objects.filter(code="lz-etdz"))
if not ProjectRecord.objects.filter(name="准入铝箔项目").exists():
    usual = {"unit": "etdz-an", "kind": "promoted", "industry": "3252", "place": "620105",
             "investor": "河西铝业股份有限公司", "origin": "province_outside"}
    ground = {"plot": "安宁A-3地块", "land_mu": Decimal(300)}
    foil = register_record(
        {**usual, **ground, "name": "准入铝箔项目", "total": 3 * 10**8,
         "planned_start": date(2024, 1, 1), "actual_start": date(2024, 2, 1),
         "planned_end": date(2027, 12, 31), "stage_since": date(2024, 2, 1)},
        stage="construction", by=zone, at=at,
    )
    for month, yuan in ((202601, 3000 * 10**4), (202609, 4000 * 10**4)):
        Progress.objects.create(project=foil, month=month, invested=yuan, by_name="李", at=at)
    ProjectRecord.objects.filter(pk=foil.pk).update(invested=7000 * 10**4)
    idle = register_record(
        {**usual, "name": "准入闲置项目", "total": 10**8, "land_mu": Decimal(60),
         "planned_start": date(2024, 1, 1), "planned_end": date(2027, 12, 31),
         "stage_since": date(2024, 1, 1)},
        stage="signed", by=zone, at=at,
    )
    enter_land(idle.pk, given=date(2024, 1, 10), contract="出让合同〔2024〕1号",
               agreed_start=date(2025, 3, 1), price=2000 * 10**4, area_mu=Decimal(60),
               by=zone, at=at)
    agree_figures(
        foil.pk,
        [AgreedLine("investment", Decimal(6000 * 10**4), date(2026, 9, 30), "追缴优惠"),
         AgreedLine("investment_per_mu", Decimal(300 * 10**4), date(2026, 6, 30), "收回土地"),
         AgreedLine("tax", Decimal(2000 * 10**4), date(2028, 12, 31), "补缴差额")],
        document="安宁园区投协〔2024〕3号", party="", signed=date(2024, 1, 5), by=zone, at=at,
    )
    typed = {"unit": "etdz-an", "industry": "3252", "land_use": "industrial", "building": "new",
             "investment": "30000", "land": "300", "plot_ratio": "0.9", "green_rate": "25",
             "building_coefficient": "42", "in_red_line": "false", "market_prohibited": "false",
             "foreign": "false", "guidance": "permitted", "energy": "800"}
    keep_screening(typed, today, project_id=foil.pk, by=zone, at=at)
print(ScreeningRecord.objects.earliest("pk").pk, ProjectRecord.objects.get(name="准入闲置项目").pk,
      ProjectRecord.objects.get(name="准入铝箔项目").pk)
"""


def lay_projects(portal: Portal) -> tuple[int, int, int]:
    """Numbers of a screening, of a project with idle land, and of one that is being built."""
    screening, idle, built = run_in(portal, LAY).split()
    return int(screening), int(idle), int(built)
