"""What the tests of monitoring work with (监测测试数据): real targets of the pack, and warnings."""

from __future__ import annotations

from datetime import date, timedelta

from hexi.monitoring.lamps import Alarm
from hexi.monitoring.verdicts import Remark
from hexi.portal.core.models import Unit
from hexi.portal.plans.models import PlanRow
from hexi.portal.returns.acts.seed_reporters import seed_reporters
from hexi.portal.returns.models import Reporter
from hexi.portal.scoreboard.acts.raise_warnings import Seen, raise_warnings
from hexi.portal.scoreboard.models import EarlyWarning, MonitoredTarget, SweepRun, TargetState
from hexi.portal.scoreboard.sweep.run import sweep_targets
from tests.portal.office import AT, Office

TODAY = date(2026, 11, 20)
#: of the pack: trade of the province, 120 against 55.30; GDP of the zone, 430 against 331.49
TRADE, GDP = "gs-open-135.trade", "lz-etdz-135.gdp"


class Watch:
    """Short ways to what the tests ask for."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def sweep(self, as_of: date = TODAY) -> SweepRun:
        return sweep_targets(as_of, at=AT)

    def target(self, key: str = TRADE) -> MonitoredTarget:
        return MonitoredTarget.objects.select_related("latest", "plan__unit", "unit").get(key=key)

    def hidden(self) -> MonitoredTarget:
        """A target of the unpublished plan of the zone."""
        return MonitoredTarget.objects.filter(plan=self.office.plan).order_by("pk")[0]

    def part(self, state: str = TargetState.PROPOSED) -> MonitoredTarget:
        """A part of the zone's target that one park is asked to take over."""
        whole = self.target(GDP)
        return MonitoredTarget.objects.create(
            plan=whole.plan,
            key=f"{whole.key}@etdz-an",
            parent=whole,
            unit=Unit.objects.get(code="etdz-an"),
            indicator_id="gdp",
            indicator="安宁园区分解指标",
            measure="level",
            value="100",
            bound="ge",
            measure_unit="亿元",
            base="60",
            base_period="2015",
            start=2015,
            end=2020,
            period="2020",
            nature="expected",
            state=state,
            changed_at=AT,
        )

    def warn(self, key: str = GDP, *, kind: str = "stalled", about: str = "2019") -> EarlyWarning:
        """A warning on a target, raised by the act as the sweep does."""
        target = self.target(key)
        said = Remark("stalled", "2019年数据逾期", "2019 is late")
        alarm = Alarm(key, kind, "stalling-1", TODAY, said, {"due": about}, 10, 5, about)
        assert raise_warnings([Seen(target, alarm, "yellow", f"hash of {about}")], at=AT) == 1
        return EarlyWarning.objects.get(target=target, kind=kind, about=about)

    def running(self) -> MonitoredTarget:
        """Trade of the province as a plan for 2026 to 2030 has it: it runs, and has figures."""
        plan = PlanRow.objects.get(pack_id="gs-open-135")
        row, _made = MonitoredTarget.objects.get_or_create(
            plan=plan,
            key="running",
            defaults={
                "unit": plan.unit,
                "indicator_id": "trade",
                "indicator": "货物贸易进出口总额（十五五）",
                "measure": "level",
                "value": "130",
                "bound": "ge",
                "measure_unit": "亿美元",
                "start": 2024,
                "end": 2030,
                "period": "2030",
                "nature": "expected",
                "changed_at": AT,
            },
        )
        return row


def give_address(unit: Unit | None, email: str = "zone@example.cn") -> None:
    """The unit hands in returns, and has left its e-mail address."""
    seed_reporters(at=AT)
    assert Reporter.objects.filter(unit=unit).update(email=email) == 1


def late(warning: EarlyWarning, days: int = 3) -> None:
    """Let its day have passed."""
    day = TODAY - timedelta(days=days)
    EarlyWarning.objects.filter(pk=warning.pk).update(deadline=day)
