"""From the first call to money in place, in the browser (招商全流程): two officers, the public."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Open

PASSWORD = "lanzhou-promotion-26"
STAFF = (("lin", "林招商", "zone", "lz-etdz"), ("zhao", "赵复核", "zone", "lz-etdz"))


@pytest.fixture(scope="module")
def entered() -> set[str]:
    """What the tests of this file have laid already, in the one portal that they share."""
    return set()


def lay(open_page: Open, entered: set[str]) -> None:
    """Two officers of one zone, entered as an office does it."""
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
    entered.add("staff")


def sign_in(open_page: Open, who: str, **more: object) -> Page:
    page = open_page("/sign-in/", anonymous=True, **more)
    page.fill("#id_username", who)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(re.compile(r"/$"))
    return page


def unfold(page: Page, name: str) -> None:
    page.locator("details.step > summary", has_text=re.compile(f"^{name}$")).click()


def register(page: Page, firm: str) -> None:
    page.goto("/promotion/enquiries/new/")
    page.select_option("#id_unit", "etdz-an")
    page.select_option("#id_channel", "phone")
    page.fill("#id_firm", firm)
    page.fill("#id_contact", "周经理")
    page.fill("#id_phone", "0571-88880000")
    page.fill("#id_what", "建设年产2万台风电变流器生产线")
    page.fill("#id_amount", "1.5亿元")
    page.select_option("#id_origin", "province_outside")
    page.get_by_role("button", name="登记", exact=True).click()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_from_an_enquiry_to_a_signed_project(
    viewport: dict[str, int], open_page: Open, entered: set[str]
) -> None:
    lay(open_page, entered)
    firm = f"新域{viewport['width']}装备有限公司"
    lin = sign_in(open_page, "lin", viewport=viewport)
    register(lin, firm)
    expect(lin.locator("h1")).to_have_text(firm)
    unfold(lin, "登记答复")
    lin.fill("#text-answer", "电话告知已收悉，安排专人对接。")
    lin.locator("details[open] button.main").click()
    unfold(lin, "研判")
    lin.get_by_label("受理，建立项目档案").check()
    lin.fill("#record-name", f"风电变流器项目{viewport['width']}")
    lin.fill("#text-judge", "符合主导产业。")
    lin.locator("details[open] button.main").click()
    # what was typed once stands on the project's record
    lin.get_by_role("link", name="查看线索项目").click()
    expect(lin.locator("aside")).to_contain_text(firm)
    expect(lin.locator("aside")).to_contain_text("15,000")
    lin.locator("#id_way").select_option("talks")
    lin.fill("#id_text", "商定投资强度和供电条件。")
    lin.get_by_role("button", name="登记联系").click()
    expect(lin.locator(".events").first).to_contain_text("商定投资强度")
    unfold(lin, "转入：在谈")
    lin.fill("#reason-in_talks", "双方有意向")
    lin.locator("details[open] button.main", has_text="转入").click()
    lin.get_by_role("link", name="起草协议").first.click()
    lin.select_option("#kind-1", "service")
    lin.fill("#text-1", "甲方为项目提供全程代办服务。")
    lin.get_by_role("button", name="保存草案").click()
    expect(lin.locator(".notice").first).to_contain_text("草案已保存")
    address = lin.url
    # another person checks, and only then it is signed
    zhao = sign_in(open_page, "zhao", viewport=viewport)
    zhao.goto(address)
    zhao.get_by_role("link", name="公平竞争审查").click()
    for question in zhao.locator("fieldset.question").all():
        question.get_by_label("否", exact=True).check()
    zhao.fill("#heard", "省工商联")
    zhao.fill("#reason", "不影响公平竞争。")
    zhao.get_by_role("button", name="完成审查").click()
    expect(zhao.locator(".lede")).to_contain_text("审查通过")
    lin.goto(address)
    lin.get_by_role("button", name="登记签订").click()
    expect(lin.locator(".lede")).to_contain_text("已签订")
    lin.locator("aside").get_by_role("link").first.click()
    expect(lin.locator("main")).to_contain_text("签约")


def test_money_counts_after_a_second_look(
    open_page: Open, entered: set[str], tmp_path: Path
) -> None:
    lay(open_page, entered)
    lin = sign_in(open_page, "lin")
    register(lin, "海川新材料有限公司")
    unfold(lin, "研判")
    lin.get_by_label("受理，建立项目档案").check()
    lin.fill("#record-name", "海川新材料项目")
    lin.fill("#text-judge", "可行。")
    lin.locator("details[open] button.main").click()
    lin.locator("aside").get_by_role("link", name="海川新材料项目").first.click()
    lin.get_by_role("link", name="登记到位资金").click()
    slip = tmp_path / "回单.pdf"
    slip.write_bytes(b"%PDF-1.7 slip")
    lin.fill("#id_day", "2026-06-15")
    lin.fill("#id_amount", "3000")
    lin.select_option("#id_kind", "capital")
    lin.set_input_files("#file", str(slip))
    lin.get_by_role("button", name="登记凭证").click()
    expect(lin.locator(".lede")).to_contain_text("待他人核验")
    zhao = sign_in(open_page, "zhao")
    zhao.goto(lin.url)
    zhao.get_by_label("凭证属实").check()
    zhao.get_by_role("button", name="登记核验结果").click()
    expect(zhao.locator(".lede")).to_contain_text("计入")
    zhao.goto("/promotion/figures/?unit=lz-etdz&year=2026")
    expect(zhao.locator("#chart canvas")).to_be_visible()
    expect(zhao.locator(".strip")).to_contain_text("3,000")


def test_the_public_asks_from_a_phone_and_without_scripts(open_page: Open) -> None:
    page = open_page("/invest/", anonymous=True, viewport=PHONE, scripts=False)
    page.get_by_role("link", name="咨询", exact=True).first.click()
    page.select_option("#id_unit", "lz-etdz")
    page.fill("#id_firm", "云帆数据科技有限公司")
    page.fill("#id_contact", "李女士")
    page.fill("#id_phone", "13800000000")
    page.fill("#id_what", "数据标注基地")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("h1")).to_have_text("您的咨询已送达开发区")
    inbox = open_page("/promotion/?show=all", language="en")
    expect(inbox.locator("main")).to_contain_text("云帆数据科技有限公司")
    expect(inbox.locator("main")).to_contain_text("Public form")
