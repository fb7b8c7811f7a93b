"""Tables and findings (表格与问题): sorting, filtering, columns, copying, deciding."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open


def test_a_table_is_sorted_and_filtered_by_its_address(open_page: Open) -> None:
    page = open_page("/targets/")
    page.locator("th[data-column=indicator] a.sort").first.click()
    expect(page.locator("th[aria-sort]")).to_have_count(1)
    assert "sort=" in page.url
    before = page.locator("#targets tbody tr").count()
    page.locator("#find").fill("进出口")
    expect(page).to_have_url(re.compile("q="))
    expect(page.locator("#targets tbody tr").first).to_contain_text("进出口")
    assert page.locator("#targets tbody tr").count() <= before
    expect(page.locator("#find")).to_be_focused()
    expect(page.locator("#said")).to_have_text(re.compile(r"^\d+ 行$"))
    page.reload()
    expect(page.locator("#find")).to_have_value("进出口")
    page.locator("#find").fill("没有这样的指标")
    expect(page.locator("#results")).to_contain_text("没有符合条件的目标")


def test_columns_are_chosen_and_kept(open_page: Open) -> None:
    page = open_page("/targets/")
    page.locator("[data-columns] summary").click()
    page.locator("[data-columns] input[data-column=base]").uncheck()
    expect(page.locator("td[data-column=base]").first).to_be_hidden()
    page.reload()
    expect(page.locator("td[data-column=base]").first).to_be_hidden()


def test_a_table_is_copied_with_tabs(open_page: Open) -> None:
    page = open_page("/targets/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    expect(page.locator(".toast")).to_contain_text("已复制")
    text = page.evaluate("() => navigator.clipboard.readText()")
    lines = text.splitlines()
    assert len(lines) > 5
    assert lines[0].count("\t") == lines[1].count("\t") > 4


def test_the_keyboard_goes_through_the_rows(open_page: Open) -> None:
    page = open_page("/targets/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#targets tbody tr").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/targets/\d+/"))


def test_a_target_shows_its_chart_above_its_table(open_page: Open) -> None:
    page = open_page("/targets/?verdict=missed")
    page.locator("#targets tbody th a").first.click()
    expect(page.locator("#series")).to_be_visible()
    expect(page.locator("#chart canvas")).to_be_visible()
    with page.expect_download() as download:
        page.locator("[data-save=svg]").click()
    assert download.value.suggested_filename.endswith(".svg")
    with page.expect_download() as download:
        page.locator("[data-save=csv]").click()
    assert "\ufeff" in download.value.path().read_text(encoding="utf-8")


def test_a_finding_is_dismissed_with_a_reason_and_reopened(open_page: Open, plan_page: str) -> None:
    page = open_page("/findings/")
    finding = page.locator("article.finding:has(form.settle)").first
    name = finding.get_attribute("id")
    finding.locator("input[name=reason]").fill("指标口径不同")
    finding.get_by_role("button", name="不采纳").click()
    settled = page.locator(f"#{name}")
    expect(settled).to_contain_text("指标口径不同")
    settled.get_by_role("button", name="重新打开").click()
    expect(settled.get_by_role("button", name="采纳", exact=True)).to_be_visible()


def test_dismissing_without_a_reason_says_so(open_page: Open, plan_page: str) -> None:
    page = open_page("/findings/")
    finding = page.locator("article.finding:has(form.settle)").first
    name = finding.get_attribute("id")
    finding.get_by_role("button", name="不采纳").click()
    expect(page.locator(f"#{name} .error")).to_be_visible()


def test_a_note_is_put_beside_a_finding(open_page: Open, plan_page: str) -> None:
    page = open_page("/findings/")
    finding = page.locator("article.finding:has(details.note)").first
    name = finding.get_attribute("id")
    finding.locator("details.note summary").click()
    finding.locator("input[name=note]").fill("已请园区核对")
    finding.locator("button[value=note]").click()
    expect(page.locator(f"#{name}")).to_contain_text("备注: 已请园区核对")
