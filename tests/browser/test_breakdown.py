"""Breaking down in a browser (网上分解): a sheet of units, typed, pasted, checked, spread."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open
from tests.browser.portal import Portal
from tests.browser.returns_office import run_in
from tests.browser.test_grid import PASTE
from tests.browser.test_look import AUDIT

#: the zone's gross product: 430 by 2020; the parks that the plan itself names
LAY = """
from hexi.portal.breakdown.models import Breakdown
from hexi.portal.scoreboard.models import MonitoredTarget
target = MonitoredTarget.objects.get(key="lz-etdz-135.gdp")
Breakdown.objects.filter(whole=target).delete()
MonitoredTarget.objects.filter(pk=target.pk).update(path={}, path_shape="")
print(target.pk)
"""


@pytest.fixture
def target(portal: Portal) -> Iterator[str]:
    yield run_in(portal, LAY).split()[-1]


@pytest.fixture
def sheet(target: str, open_page: Open) -> Callable[..., Page]:
    """The sheet of the five parks, begun through the pages."""

    def begin(**more: Any) -> Page:
        page = open_page(f"/breakdown/targets/{target}/", **more)
        if page.locator("#parts").count() == 0:
            page.get_by_role("button", name=re.compile("分解到这些单位|over these units")).click()
            page.wait_for_selector("#parts")
        return page

    return begin


def cell(page: Page, name: str) -> Any:
    return page.locator(f'input[name="{name}"]')


def saved(page: Page) -> None:
    expect(page.locator("#grid-state")).to_have_text("已保存")


def test_a_path_is_looked_at_and_kept(target: str, open_page: Open, keep: Any) -> None:
    page = open_page(f"/breakdown/targets/{target}/path/")
    page.get_by_label("S 形").check()
    page.wait_for_url("**shape=s_curve**")
    expect(page.locator("#chart canvas")).to_be_visible()
    keep(page, "path")
    page.get_by_role("button", name="采用这条路径").click()
    expect(page.locator(".notice")).to_contain_text("路径已保存")


def test_figures_are_typed_saved_and_checked_at_once(sheet: Callable[..., Page]) -> None:
    page = sheet()
    cell(page, "etdz-jcb/2020.final").fill("20")
    page.keyboard.press("Enter")
    expect(cell(page, "etdz-an/2020.final")).to_be_focused()
    page.keyboard.type("１，２50")
    page.keyboard.press("Enter")
    saved(page)
    expect(cell(page, "etdz-an/2020.final")).to_have_value("1,250.00")
    cell(page, "etdz-an/2020.final").fill("约250")
    page.keyboard.press("Enter")
    expect(page.locator("#sheet-faults")).to_contain_text("不是数字")
    cell(page, "etdz-an/2020.final").fill("250")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator('[data-check="2020"] [data-part="total"]')).to_have_text("270.00")
    expect(page.locator("#sheet-faults")).to_be_hidden()
    page.reload()
    expect(cell(page, "etdz-an/2020.final")).to_have_value("250.00")


def test_a_block_of_a_spreadsheet_is_pasted_and_gives_the_whole(
    sheet: Callable[..., Page], keep: Any
) -> None:
    page = sheet()
    cell(page, "etdz-jcb/2020.final").focus()
    page.evaluate(PASTE, "20\n250\n65\n90\n5")
    saved(page)
    expect(page.locator('[data-check="2020"] [data-part="lamp"]')).to_have_text("一致")
    expect(page.locator("#sheet-title")).to_contain_text("合计与目标一致")
    keep(page, "breakdown")


def test_a_gap_is_spread_and_taken_back(sheet: Callable[..., Page]) -> None:
    page = sheet()
    page.locator("#method").select_option("plan")
    page.get_by_role("button", name="测算").click()
    expect(page.locator(".notice").first).to_contain_text("建议数已算出")
    cell(page, "etdz-an/2020.final").fill("200")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator("#sheet-title")).to_contain_text("尚差 50.00亿元")
    page.get_by_role("button", name="分摊差额").click()
    expect(page.locator("#sheet-title")).to_contain_text("合计与目标一致")
    page.get_by_role("button", name="撤销").click()
    expect(cell(page, "etdz-an/2020.final")).to_have_value("200.00")


def test_what_somebody_else_wrote_is_shown_and_decided(sheet: Callable[..., Page]) -> None:
    mine, theirs = sheet(), sheet()
    cell(theirs, "etdz-xg/2020.final").fill("60")
    theirs.keyboard.press("Enter")
    saved(theirs)
    cell(mine, "etdz-xg/2020.final").fill("70")
    mine.keyboard.press("Enter")
    expect(mine.locator("#sheet-faults")).to_contain_text("60.00")
    mine.get_by_role("button", name="保留我的").click()
    saved(mine)
    expect(cell(mine, "etdz-xg/2020.final")).to_have_value("70.00")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_on_a_phone_a_unit_is_a_card(
    language: str, sheet: Callable[..., Page], open_page: Open, keep: Any
) -> None:
    page = sheet(viewport=PHONE, language=language)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for fault in page.evaluate(AUDIT):
        pytest.fail(str(fault))
    keep(page, f"breakdown-phone-{language}")
    page = open_page("/tasks/", viewport=PHONE, language=language)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
