"""A return's whole way in the browser (报表全流程): filled in, sent back, put right, approved.

Four people work on it, each in a browser of their own: who fills in for an enterprise, its park,
the zone and the province.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open

PASSWORD = "lanzhou-statistics-26"
CODE = "91620100MA71YW100J"
NAME = "安宁精密机械有限公司"
STAFF = (("sheng", "省厅王处", "province", "gs"), ("qu", "开发区李敏", "zone", "lz-etdz"),
         ("yuan", "园区赵倩", "park", "etdz-an"))  # fmt: skip
#: figures that break no rule
FIGURES = {
    "output": "12345.6", "output@prior": "11020.5", "sales_value": "11800",
    "sales_value@prior": "10900", "revenue": "12000", "revenue@prior": "11000",
    "employees": "320", "employees@prior": "300", "employees_average": "318",
    "electricity": "880.5", "wages": "240", "tax": "300", "tax_vat": "200", "tax_income": "80",
    "tax_other": "20", "profit": "-12.5", "cover.head": "张建国",
    "cover.clerk_in_charge": "李红", "cover.filler": "王芳", "cover.phone": "0931-7654321",
}  # fmt: skip


@pytest.fixture(scope="module")
def entered() -> set[str]:
    """What the tests of this file have laid already, in the one portal that they share."""
    return set()


def sign_in(open_page: Open, who: str, **more: object) -> Page:
    page = open_page("/sign-in/", anonymous=True, **more)
    page.fill("#id_username", who)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(re.compile(r"/$"))
    return page


def lay(open_page: Open, entered: set[str]) -> None:
    """People and an enterprise, entered on the pages as an office does it."""
    if entered:
        return
    page = open_page("/people/new/")
    for username, name, role, unit in STAFF:
        page.goto("/people/new/")
        page.fill("#id_username", username)
        page.fill("#id_name", name)
        page.select_option("#id_role", role)
        page.select_option("#id_units", unit)
        page.fill("#id_password", PASSWORD)
        page.get_by_role("button", name="保存").click()
        page.wait_for_url(re.compile(r"/people/$"))
    page.goto("/enterprises/new/")
    page.fill("#id_code", CODE)
    page.fill("#id_name", NAME)
    page.select_option("#id_unit", "etdz-an")
    page.fill("#id_industry", "3411")
    page.fill("#id_place", "620105")
    page.fill("#id_opened", "2019-05-01")
    page.check("#id_above_scale")
    page.get_by_role("button", name="入库", exact=True).click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    page.get_by_text("指定填报人").click()
    page.fill("#id_username", "qiye")
    page.fill("#id_name", "填报员王芳")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="开通账号").click()
    expect(page.get_by_text("填报人已开通")).to_be_visible()
    entered.add("people")


def fill_in(page: Page) -> None:
    """Every number, then submit and say yes."""
    for name in page.locator("#grid input.cell[inputmode=decimal]").evaluate_all(
        "cells => cells.map(cell => cell.name)"
    ):
        page.fill(f'[name="{name}"]', FIGURES.get(name, "0"))
    for name, value in FIGURES.items():
        if name.startswith("cover."):
            page.fill(f'[name="{name}"]', value)


def submit(page: Page) -> str:
    """Hand it in; the address of the return's own page."""
    page.locator("#grid-submit").click()
    page.locator("#grid-sign").get_by_role("button").first.click()
    expect(page.locator("#grid-submit")).to_have_count(0)
    address = page.url.partition("/fill/")[0]
    page.goto(f"{address}/")
    return address


def test_a_return_goes_its_whole_way(
    open_page: Open, entered: set[str], keep: Callable[[Page, str], None]
) -> None:
    lay(open_page, entered)
    maker = sign_in(open_page, "qiye")
    maker.goto("/returns/")
    keep(maker, "returns-tasks")
    row = maker.locator("tr", has_text="企业生产经营情况月报").last
    row.get_by_role("button", name="填报").click()
    maker.wait_for_selector("#grid")
    fill_in(maker)
    address = submit(maker)
    expect(maker.get_by_role("heading", level=1)).to_contain_text("待安宁园区审批")

    park = sign_in(open_page, "yuan")
    park.goto("/returns/")
    park.get_by_role("link", name=NAME).first.click()
    park.get_by_text("退回", exact=True).first.click()
    park.fill("#reason-back", "请核对用电量")
    park.locator("details[open]").get_by_role("button", name="退回").click()
    expect(park.get_by_text("报表已退回")).to_be_visible()

    maker.goto(f"{address}/")
    expect(maker.get_by_text("请核对用电量")).to_be_visible()
    maker.get_by_role("link", name="填报", exact=True).click()
    maker.fill('[name="electricity"]', "905.5")
    submit(maker)

    for who, following in (("yuan", "待兰州经济技术开发区审批"), ("qu", "待甘肃省审批"),
                           ("sheng", "已审批")):  # fmt: skip
        page = park if who == "yuan" else sign_in(open_page, who)
        page.goto(f"{address}/")
        page.get_by_role("button", name="审批通过").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(following)
        # each level sees at once, before anything is closed, what it has approved
        page.goto("/figures/?of=working&i=dz_output&v=period&p=2026-10")
        expect(page.locator(".open-mark")).to_contain_text("尚未关账")
        expect(page.locator("#figures tbody tr").first).to_contain_text("1.23")
    keep(page, "figures-not-closed")
    page.goto(f"{address}/")
    keep(page, "return-approved")
    expect(page.get_by_text("905.50")).to_be_visible()


def test_who_is_missing_and_closing_on_a_phone(
    open_page: Open, entered: set[str], keep: Callable[[Page, str], None]
) -> None:
    lay(open_page, entered)
    page = sign_in(open_page, "sheng", viewport=PHONE)
    page.goto("/returns/missing/?form=enterprise-month")
    page.select_option("#period", index=1)
    page.wait_for_url(re.compile("period="))
    # how many depends on what other tests entered into this portal
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"应报 [1-9]\d* 家"))
    page.get_by_text("锁定时期", exact=True).first.click()
    page.locator("details[open]").get_by_role("button", name="锁定时期").click()
    expect(page.get_by_role("alert")).to_contain_text("未审批")
    page.get_by_text("锁定时期", exact=True).first.click()
    page.fill("#close-reason", "该企业停产检修")
    page.locator("details[open]").get_by_role("button", name="锁定时期").click()
    expect(page.get_by_text("时期已锁定")).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, "the page is wider than the phone"
    keep(page, "missing-phone")


def test_a_reporter_is_excused_and_asked_again(
    open_page: Open, entered: set[str], keep: Callable[[Page, str], None]
) -> None:
    lay(open_page, entered)
    page = sign_in(open_page, "qu", viewport=PHONE)
    page.goto("/returns/missing/?form=enterprise-month&period=202608")
    page.locator("tr", has_text=NAME).get_by_role("link", name="免报").click()
    page.get_by_role("button", name="准予免报").click()
    expect(page.locator(".error")).to_contain_text("此步须写明原因")
    page.fill("#id_reason", "设备大修，全月停产")
    page.get_by_role("button", name="准予免报").click()
    expect(page.get_by_text("已准予免报")).to_be_visible()
    expect(page.locator("main")).to_contain_text("设备大修，全月停产")
    keep(page, "excused-phone")
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, "the page is wider than the phone"
    page.locator("summary", has_text="撤销").click()
    page.locator("details[open] textarea").fill("已复产")
    page.locator("details[open]").get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已撤销免报")).to_be_visible()


def test_a_project_is_entered_and_its_enterprise_fills_in(
    open_page: Open, entered: set[str], keep: Callable[[Page, str], None]
) -> None:
    lay(open_page, entered)
    page = sign_in(open_page, "yuan")
    page.goto("/reporting-projects/")
    page.get_by_role("link", name="登记项目").click()
    for field, value in (("code", "2401-620100-04-01-123456"), ("name", "高纯铝生产线"),
                         ("enterprise", CODE), ("industry", "3252"), ("place", "620105"),
                         ("since", "2026-03-01"), ("until", "2027-12-31")):  # fmt: skip
        page.fill(f"#id_{field}", value)
    page.select_option("#id_unit", "etdz-an")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", name="高纯铝生产线")).to_be_visible()
    keep(page, "project")
    maker = sign_in(open_page, "qiye")
    maker.goto("/returns/")
    row = maker.locator("tr", has_text="重点项目进展情况月报").first
    expect(row).to_contain_text("高纯铝生产线")
    row.get_by_role("button", name="填报").click()
    maker.wait_for_selector("#grid")
    expect(maker.get_by_role("heading", level=1)).to_contain_text("高纯铝生产线")


def test_an_enterprise_moves_and_its_past_stays(open_page: Open, entered: set[str]) -> None:
    lay(open_page, entered)
    page = sign_in(open_page, "qu")
    page.goto(f"/enterprises/?q={CODE}")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_text("迁移", exact=True).first.click()
    page.select_option("#move-unit", "etdz-xg")
    page.fill("#move-since", "2020-01-01")
    page.fill("#move-reason", "搬迁至西固")
    page.get_by_role("button", name="登记迁移").click()
    expect(page.get_by_text("已登记迁移")).to_be_visible()
    spells = page.locator("table").first
    expect(spells).to_contain_text("西固园区")
    expect(spells).to_contain_text("安宁园区")
