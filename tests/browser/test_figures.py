"""Figures in the browser (数据查询与公布): practice data by one button, a release, its download."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Open


def practice(open_page: Open) -> Page:
    """The practice space, made where it is not there yet."""
    page = open_page("/practice/")
    button = page.get_by_role("button", name="生成演练数据")
    if button.count():
        button.click()
        page.wait_for_selector("#figures", timeout=60_000)
    return page


def test_a_figure_is_looked_for_drawn_and_traced(
    open_page: Open, keep: Callable[[Page, str], None]
) -> None:
    page = practice(open_page)
    expect(page.locator(".practice-mark")).to_contain_text("演练数据")
    page.locator("summary", has_text="指标").click()
    page.locator("[data-find]").first.fill("税收")
    page.get_by_label("税收", exact=True).check()
    expect(page.locator("#figures thead")).to_contain_text("税收")
    assert "i=dz_tax" in page.url
    page.keyboard.press("Escape")
    page.locator("summary", has_text="体系").click()
    page.locator("#by-chart").select_option("bar")
    expect(page.locator("#chart canvas")).to_be_visible()
    keep(page, "figures-explorer")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="SVG").click()
    assert waiting.value.suggested_filename.endswith(".svg")
    page.locator("#figures tbody tr").nth(1).get_by_role("link").first.click()
    expect(page.locator(".crumbs")).to_contain_text("甘肃省")
    page.locator("#figures a[data-cell]").first.click()
    panel = page.locator("#cell-panel")
    expect(panel.get_by_role("heading", name="怎样计算")).to_be_visible()
    expect(panel.get_by_role("heading", name="由哪些单位填报")).to_be_visible()
    assert "cell=" in page.url
    keep(page, "figures-panel")
    page.reload()
    expect(panel.get_by_role("heading", name="怎样计算")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert "cell=" not in page.url
    page.go_back()
    expect(panel).to_be_visible()
    panel.get_by_role("link", name="整页打开").click()
    expect(page.get_by_role("heading", name="由哪些单位填报")).to_be_visible()
    keep(page, "figures-cell")


def test_a_note_is_written_and_withdrawn_beside_the_table(open_page: Open) -> None:
    page = practice(open_page)
    page.locator("#figures a[data-cell]").first.click()
    panel = page.locator("#cell-panel")
    panel.locator("summary", has_text="写注释").click()
    panel.locator("textarea").fill("停产检修")
    panel.locator("form.narrow button").click()
    expect(panel.get_by_text("停产检修")).to_be_visible()
    expect(page.locator("#figures .note-mark").first).to_be_visible()
    panel.get_by_role("button", name="撤回").first.click()
    expect(panel.get_by_text("暂无。")).to_be_visible()
    assert "cell=" in page.url and page.locator("#figures").is_visible()


def test_a_release_is_previewed_made_and_downloaded_by_the_public(
    open_page: Open, keep: Callable[[Page, str], None]
) -> None:
    page = practice(open_page)
    page.get_by_role("link", name="公布", exact=True).click()
    page.locator(".chip", has_text="2015年12月").first.click()
    expect(page.locator("#hidden")).to_contain_text("不足三家")
    keep(page, "figures-preview")
    page.get_by_role("button", name="公布", exact=True).click()
    expect(page.locator("h1")).to_contain_text("演练数据")
    address = page.url
    public = open_page(address, anonymous=True, viewport=PHONE)
    expect(public.locator("h1")).to_contain_text("2015年12月")
    expect(public.get_by_text("※").first).to_be_visible()
    keep(public, "figures-release-phone")
    public.locator("summary", has_text="下载").click()
    for name in ("bulletin.docx", "data.csv"):
        with public.expect_download() as waiting:
            public.get_by_role("link", name=name, exact=True).click()
        assert "practice" in waiting.value.suggested_filename
        public.locator("details.menu").evaluate("menu => { menu.open = true; }")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize(
    "path",
    [
        "/figures/",
        "/data/",
        "/practice/?i=dz_output&v=period&v=growth&last=6&sort=-1",
        "/practice/?i=dz_output&down=zone&chart=multiples&last=12",
        "/practice/?i=dz_output&down=zone&chart=points",
        "/practice/releases/zones-quarter/2015-Q3/",
        "/practice/vintages/?c=lz",
        "/practice/releases/",
        "/practice/data/",
    ],
)
def test_pages_fit_both_widths(viewport: dict[str, int], path: str, open_page: Open) -> None:
    practice(open_page)
    page = open_page(path, viewport=viewport)
    expect(page.locator("h1")).to_have_count(1)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
