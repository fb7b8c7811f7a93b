"""Forms of the gansu pack: what they ask, of whom, by when."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from hexi.statistics.forms import Forms, load_forms, reports_when


@pytest.fixture(scope="module")
def forms() -> Forms:
    return load_forms("gansu")


def test_enterprises_zones_projects_and_traders_each_have_their_return(forms: Forms) -> None:
    asked = {form.id: (form.frequency, {r.kind for r in form.reporting}) for form in forms.versions}
    assert asked == {
        "enterprise-month": ("month", {"enterprise"}),
        "enterprise-year": ("year", {"enterprise"}),
        "zone-quarter": ("quarter", {"zone", "park"}),
        "zone-year": ("year", {"zone", "park"}),
        "project-month": ("month", {"project"}),
        "trade-month": ("month", {"enterprise", "zone"}),
        "price-month": ("month", {"province"}),
    }


def test_an_old_return_stays_on_the_form_of_its_time(forms: Forms) -> None:
    before, after = forms.at("enterprise-month", 202512), forms.at("enterprise-month", 202601)
    assert (before.version, after.version) == ("2024", "2026")
    assert set(after.items) - set(before.items) == {"electricity_green"}


def test_no_form_is_in_force_before_its_first_version(forms: Forms) -> None:
    with pytest.raises(KeyError):
        forms.at("enterprise-month", 202312)
    with pytest.raises(KeyError):
        forms.at("zone-quarter", 202502)


def test_a_month_is_due_on_the_eighth_working_day_after_it(forms: Forms) -> None:
    form = forms.at("enterprise-month", 202509)
    # 1-8 October are holidays and Saturday the 11th is worked.
    assert form.due_day(202509).day == datetime.date(2025, 10, 17)
    assert form.due_day(202509).announced
    assert not forms.at("enterprise-month", 202612).due_day(202612).announced


def test_only_enterprises_above_scale_report_each_month(forms: Forms) -> None:
    (who,) = forms.at("enterprise-month", 202503).reporting
    assert reports_when(who.when, {"above_scale": 1})
    assert not reports_when(who.when, {"above_scale": 0})
    assert not reports_when(who.when, {}), "what the register does not know does not count"


def test_a_value_typed_in_yi_is_kept_in_wan(forms: Forms) -> None:
    output = forms.at("enterprise-month", 202503).items["output"]
    assert output.kept(Decimal("1.25"), "亿元") == Decimal("12500")
    with pytest.raises(ValueError, match="亿元"):
        output.kept(Decimal(1), "万美元")
    with pytest.raises(ValueError, match="2 位小数"):
        output.kept(Decimal("0.001"))


def test_trade_by_partner_has_a_row_for_each_country(forms: Forms) -> None:
    section = forms.at("enterprise-month", 202503).section("partner")
    assert section.dynamic
    assert [item.code for item in section.items] == ["partner_export", "partner_import"]


def test_output_has_its_price_index_and_nothing_is_reported_to_date_yet(forms: Forms) -> None:
    items = {item.code: item for item in forms.items()}
    assert items[items["output"].deflator].unit == "%"
    assert {item.reported for item in items.values()} == {"period"}
