"""What the admission tests work with (准入测试材料): inputs, a record, an agreement, idle land."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hexi.portal.admission.acts.agree_figures import AgreedLine, agree_figures
from hexi.portal.admission.acts.enter_land import enter_land
from hexi.portal.admission.acts.keep_screening import keep_screening
from hexi.portal.admission.models import Agreement, LandGrant, ScreeningRecord
from tests.portal.projects.library import AT, TODAY, WAN, Library

#: a project that every rule lets in, as a form sends it
GOOD = {
    "unit": "etdz-an", "industry": "2710", "land_use": "industrial", "building": "new",
    "investment": "40000", "land": "100", "tax": "2500", "plot_ratio": "0.9",
    "building_coefficient": "42", "office_land": "6", "housing_on_land": "false",
    "green_rate": "15", "energy": "800", "electricity": "300", "value_added": "9000",
    "so2": "1", "so2_left": "4", "nox": "1", "nox_left": "1", "cod": "2", "cod_left": "9",
    "ammonia": "0", "ammonia_left": "1", "guidance": "encouraged", "foreign": "false",
    "market_prohibited": "false", "in_red_line": "false",
}  # fmt: skip
RULE = "investment-per-mu.lanzhou"


def kept(library: Library, *, by: str = "park", **changed: Any) -> ScreeningRecord:
    """A screening on record of a free entry; what is None is left out."""
    typed = {name: value for name, value in {**GOOD, **changed}.items() if value is not None}
    return keep_screening(typed, TODAY, name="中药提取项目", by=library.person(by), at=AT)


def agreed(library: Library, *lines: AgreedLine, key: str = "aluminium") -> Agreement:
    """An agreement of a project of the park."""
    usual = lines or (AgreedLine("investment", Decimal(10_000 * WAN), date(2026, 10, 31), "退地"),)
    return agree_figures(
        library.project_of(key).pk,
        usual,
        document="安宁园区投协〔2026〕3号",
        party="",
        signed=date(2026, 1, 5),
        by=library.person("zone"),
        at=AT,
    )


def idle(library: Library, start: date = date(2025, 6, 1)) -> LandGrant:
    """Land given to a project of the park that has not begun."""
    row = library.project_of("cold-chain")
    return enter_land(
        row.pk,
        given=date(2025, 1, 10),
        contract="国有建设用地出让合同〔2025〕1号",
        agreed_start=start,
        price=2000 * WAN,
        area_mu=Decimal(60),
        by=library.person("zone"),
        at=AT,
    )
