"""Events of admission in words (准入事件用语): money as the forms write it, never bare yuan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from hexi.portal.admission.acts.agree_figures import AgreedLine
from hexi.portal.admission.acts.enter_actual import enter_actual
from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.event_words import value_text
from hexi.portal.core.models import Event
from tests.portal.admission.material import agreed, idle
from tests.portal.projects.library import AT, WAN, Library


def said() -> dict[str, str]:
    """The fields of the newest event as its reader sees them."""
    event = Event.objects.first()
    assert event is not None
    return {change["field"]: change["after"] for change in event_lines([event])[0].changes}


def test_agreed_figures_are_said_in_their_units(library: Library) -> None:
    agreed(
        library,
        AgreedLine("investment", Decimal(12_500 * WAN), date(2027, 12, 31), "退地"),
        AgreedLine("tax_per_mu", Decimal(15 * WAN), date(2028, 12, 31), ""),
        AgreedLine("jobs", Decimal(320), date(2027, 12, 31), ""),
    )
    with translation.override("zh-hans"):
        text = said()["履约指标"]
        assert "12,500 万元" in text and "15 万元/亩" in text and "320 人" in text
        assert "2027-12-31前" in text and "125000000" not in text
    with translation.override("en"):
        assert "¥125 m by 2027-12-31" in said()["Agreed figures"]


def test_what_was_reached_and_paid_is_said_in_its_unit(library: Library) -> None:
    row = library.project_of("aluminium")
    enter_actual(row.pk, "jobs", date(2026, 10, 31), Decimal(320), evidence="社保名册",
                 by=library.person("zone"), at=AT)  # fmt: skip
    with translation.override("zh-hans"):
        assert said()["完成数"].endswith("320 人")
        idle(library)
        assert said()["土地价款"] == "2,000 万元"


@pytest.mark.parametrize(
    ("field", "kept", "shown"),
    [
        ("agreed_figures", "固定资产投资 100000000.00 2026-10-31", "10,000 万元"),
        ("actual_value", "320.00", "320.00"),
        ("land_price", "19999900.5", "1,999.99 万元"),
        ("land_price", "随用随付", "随用随付"),
        ("total", 1_250_000_000, "12.5 亿元"),
    ],
)
def test_events_of_earlier_days_still_read(
    library: Library, field: str, kept: object, shown: str
) -> None:
    with translation.override("zh-hans"):
        assert shown in value_text(field, kept)
