"""The desk for tests of breaking down (测试用分解台): the Lanzhou zone plan of the pack."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from hexi.portal.breakdown.acts.fill_parts import fill_parts
from hexi.portal.breakdown.acts.open_breakdown import open_breakdown
from hexi.portal.breakdown.acts.propose_parts import propose_parts
from hexi.portal.breakdown.acts.save_parts import save_parts
from hexi.portal.breakdown.acts.set_path import set_path
from hexi.portal.breakdown.models import Breakdown, Part
from hexi.portal.core.models import Event
from hexi.portal.scoreboard.models import MonitoredTarget
from hexi.portal.scoreboard.sweep.seeding import monitor_everything
from tests.portal.office import Office

PLAN = "lz-etdz-135"
PARKS = ("etdz-jcb", "etdz-an", "etdz-xg", "etdz-hg", "etdz-gl")
AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
DAY = date(2020, 12, 31)
DUE = date(2026, 12, 10)


class Bench(Office):
    """Short ways to what the tests of breaking down ask for."""

    def __init__(self) -> None:
        monitor_everything(AT)

    def target(self, key: str) -> MonitoredTarget:
        """A target of the zone's plan by the pack's name for it."""
        return MonitoredTarget.objects.select_related("unit", "plan__unit").get(
            plan__pack_id=PLAN, key=f"{PLAN}.{key}"
        )

    @cached_property
    def gdp(self) -> MonitoredTarget:
        """地区生产总值 430 亿元 in 2020, from 225.98 in 2015."""
        return self.target("gdp")

    @property
    def sheet(self) -> Breakdown:
        return Breakdown.objects.select_related("whole").get(whole=self.gdp)

    def part(self, unit: str = "etdz-an") -> Part:
        return Part.objects.select_related("unit", "target").get(
            breakdown__whole=self.gdp, unit__code=unit
        )

    def with_path(self, shape: str = "constant_growth") -> MonitoredTarget:
        """The target with its years."""
        return set_path(self.gdp.pk, shape, by=self.person("zone"), at=AT)

    def opened(self, units: tuple[str, ...] = PARKS) -> Breakdown:
        """The sheet, empty but for what is known."""
        return open_breakdown(self.gdp.pk, units, DAY, by=self.person("zone"), at=AT)

    def save(self, cells: dict[str, Any], **more: Any) -> Any:
        return save_parts(self.gdp.pk, cells, **{"by": self.person("zone"), "at": AT, **more})

    def as_planned(self) -> Breakdown:
        """The sheet with the plan's own figures of 2020: they give the whole."""
        self.opened()
        return fill_parts(self.gdp.pk, "plan", by=self.person("zone"), at=AT)

    def proposed(self) -> Breakdown:
        """… and put to the parks."""
        self.as_planned()
        return propose_parts(self.gdp.pk, due=DUE, by=self.person("zone"), at=AT)

    def acts_of(self, thing: Any) -> list[str]:
        """The acts that events name of a thing, oldest first."""
        rows = Event.objects.filter(object_id=str(thing.pk), object_type=thing._meta.model_name)
        return list(rows.order_by("id").values_list("act", flat=True))
