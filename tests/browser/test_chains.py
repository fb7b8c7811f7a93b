"""Industry chains as a person uses them (产业链操作): from the list to a gap, and to a zone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, Open
from tests.browser.portal import Portal
from tests.browser.returns_office import run_in

pytestmark = pytest.mark.browser

LAY = """
from datetime import date
from hexi.portal.core.models import Unit
from hexi.portal.returns.models import Enterprise, Reporter, Spell
from hexi.portal.returns.registers.credit_code import check_character
for number, (name, industry, unit) in enumerate((
    ("链上铝材甲", "3252", "etdz-an"), ("链上铝材乙", "3252", "etdz-an"),
    ("链上铝材丙", "3252", "etdz-hg"), ("链上电缆丁", "3831", "jc-etdz"),
)):
    body = f"91620100MA7CHB{number:03}"
    code = body + check_character(body)
    if Reporter.objects.filter(code=code).exists():
        continue
    home = Unit.objects.get(code=unit)
    facts = {"industry": industry, "place": "620105"}
    reporter = Reporter.objects.create(kind="enterprise", code=code, name=name, home=home)
    made = Enterprise.objects.create(
        reporter=reporter, code=code, name=name, opened=date(2020, 1, 1), **facts
    )
    Spell.objects.create(enterprise=made, unit=home, since=date(2020, 1, 1), **facts)
"""


@pytest.fixture(scope="module", autouse=True)
def makers(portal: Portal) -> None:
    """Three firms of one zone on a node, and one of another zone on the next."""
    run_in(portal, LAY)


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_gap_is_found_and_an_enquiry_is_opened_for_it(
    open_page: Open, viewport: dict[str, int]
) -> None:
    page = open_page("/chains/?area=lz-etdz", viewport=viewport)
    expect(page.locator("h1")).to_contain_text("个空缺")
    page.get_by_role("link", name="有色金属新材料").click()
    map_ = page.locator(".chain-map")
    if viewport == PHONE:
        expect(map_).to_be_hidden()
        page.locator("table a", has_text="电线电缆").click()
    else:
        # every node of the drawing is reached without a mouse
        map_.locator("a", has_text="电线电缆").focus()
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("电线电缆：缺")
    expect(page.locator(".lede")).to_contain_text("铝压延加工")
    expect(page.get_by_role("row", name=re.compile("链上电缆丁"))).to_contain_text("金昌")
    page.get_by_role("link", name="为此空缺登记招商线索").click()
    expect(page).to_have_url(re.compile(r"/promotion/enquiries/new/\?.*industry=3831"))
    expect(page.locator("[name=what]")).to_have_value("电线电缆")
    expect(page.locator("[name=industry]")).to_have_value("3831")


def test_the_area_is_changed_and_goes_along(open_page: Open) -> None:
    page = open_page("/chains/nonferrous/?area=lz-etdz")
    page.locator("#area").select_option("jc-etdz")
    expect(page).to_have_url(re.compile("area=jc-etdz"))
    expect(page.locator("tbody tr", has=page.locator("th", has_text="电线电缆"))).to_contain_text(
        "断点"
    )


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_zones_are_compared_for_a_product(open_page: Open, viewport: dict[str, int]) -> None:
    page = open_page("/chains/fit/", viewport=viewport, anonymous=True)
    page.get_by_label("企业产品或行业").fill("铝型材")
    page.get_by_label("用地（亩）").fill("100")
    page.get_by_role("button", name="比较各开发区").click()
    expect(page.locator("h1")).to_contain_text("按已知情况")
    expect(page.locator("main")).to_contain_text("3252 铝压延加工")
    first = page.locator("table.fit tbody").first
    expect(first).to_contain_text("开发区产业")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_public_is_told_no_firm(open_page: Open) -> None:
    page = open_page("/chains/nonferrous/aluminium-products/?area=lz-etdz", anonymous=True)
    expect(page.locator("h1")).to_contain_text("有")
    assert "链上铝材" not in page.content()
    page = open_page("/chains/nonferrous/cable/?area=jc-etdz", anonymous=True)
    expect(page.locator("h1")).to_contain_text("不公开")
    assert "链上电缆" not in page.content()
