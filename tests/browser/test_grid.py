"""The grid in a browser (网上填报): typing, pasting, saving by itself, without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.portal import Portal
from tests.browser.returns_office import lay_enterprise, run_in
from tests.browser.test_look import AUDIT
from tests.portal.returns.workbook_edits import filled_in

PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const init = {clipboardData: data, bubbles: true, cancelable: true};
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", init));
}"""
CLEAR = """
from hexi.portal.returns.models import Return
Return.objects.filter(period=202610).update(values={}, findings=[], edit=0)
"""


@pytest.fixture
def sheet(chromium: Browser, portal: Portal) -> Iterator[Callable[..., Page]]:
    """``sheet(PHONE)`` opens the grid of an empty return as its reporter; no script may fail."""
    row, link = lay_enterprise(portal)
    run_in(portal, CLEAR)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(link)
    state = context.storage_state()
    context.close()
    faults: list[str] = []
    contexts: list[Any] = []

    def open_sheet(viewport: dict[str, int] = WIDE, language: str = "") -> Page:
        made = chromium.new_context(
            base_url=portal.address,
            viewport=viewport,
            storage_state=state,
            is_mobile=viewport == PHONE,
            has_touch=viewport == PHONE,
        )
        made.set_default_timeout(15_000)
        contexts.append(made)
        page = made.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"/returns/{row}/fill/{language}")
        return page

    yield open_sheet
    for made in contexts:
        made.close()
    assert not faults, faults


def cell(page: Page, name: str) -> Any:
    return page.locator(f'input[name="{name}"]')


def saved(page: Page) -> None:
    expect(page.locator("#grid-state")).to_have_text("已保存")


def test_typing_moves_on_saves_and_checks(sheet: Callable[..., Page]) -> None:
    page = sheet()
    cell(page, "output").click()
    page.keyboard.type("１，２３４.5")
    page.keyboard.press("Enter")
    expect(cell(page, "output_new")).to_be_focused()
    expect(cell(page, "output")).to_have_value("1,234.50")
    page.keyboard.type("2000")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#say-output_new")).to_contain_text("大于工业总产值")
    expect(cell(page, "output_new")).to_have_attribute("aria-invalid", "true")
    saved(page)
    page.reload()
    expect(cell(page, "output")).to_have_value("1,234.50")
    expect(cell(page, "output_new")).to_have_class("cell hard")


def test_a_block_from_excel_is_pasted_undone_and_redone(sheet: Callable[..., Page]) -> None:
    page = sheet()
    cell(page, "revenue").click()
    page.evaluate(PASTE, "1,000\t900\r\n1200万\t（5）\r\n")
    expect(cell(page, "revenue@prior")).to_have_value("900.00")
    expect(cell(page, "revenue_main")).to_have_value("1,200.00")
    expect(page.locator('[id="say-revenue_main@prior"]')).to_contain_text("不能为负数")
    page.keyboard.press("Control+z")
    expect(cell(page, "revenue_main")).to_have_value("")
    page.keyboard.press("Control+y")
    expect(cell(page, "revenue_main")).to_have_value("1,200.00")


def test_a_block_goes_to_the_clipboard_and_back_by_the_keyboard(
    sheet: Callable[..., Page],
) -> None:
    page = sheet()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(
        "navigator.clipboard.writeText('１，２００万\\t(5)\\r\\n\"30\\n40\"\\t0.5亿\\r\\n')"
    )
    cell(page, "revenue").click()
    page.keyboard.press("Control+v")
    expect(cell(page, "revenue_main@prior")).to_have_value("5,000.00")
    # a bracket is a minus, which revenue cannot have; two figures in one cell are none
    expect(page.locator('[id="say-revenue@prior"]')).to_contain_text("不能为负数")
    expect(page.locator("#say-revenue_main")).to_contain_text("不是数")
    page.keyboard.press("Control+z")
    cell(page, "revenue").click()
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    page.keyboard.type("8")
    page.keyboard.press("Tab")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    # a click takes the whole cell, so that typing replaces it
    cell(page, "revenue").click()
    page.keyboard.type("70")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+c")
    copied = "navigator.clipboard.readText()"
    assert page.evaluate(copied) == "70.00\t8.00\n9.00\t"
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(cell(page, "revenue_main")).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.press("Control+c")
    assert page.evaluate(copied) == "9.00"
    saved(page)


def test_units_change_what_is_shown_and_nothing_that_is_kept(sheet: Callable[..., Page]) -> None:
    page = sheet()
    page.locator('select[data-measure="万元"]').select_option("亿元")
    expect(page.locator('td[data-of="output"]').first).to_have_text("0.12")
    cell(page, "output").click()
    page.keyboard.type("0.1234")
    page.keyboard.press("Enter")
    saved(page)
    page.locator('select[data-measure="万元"]').select_option("万元")
    expect(cell(page, "output")).to_have_value("1,234.00")


def test_rows_are_searched_added_and_pasted(sheet: Callable[..., Page]) -> None:
    page = sheet()
    expect(page.locator('tr[data-facet="392"]')).to_be_visible()  # carried from last month
    page.locator("#add-partner").fill("韩国")
    page.keyboard.press("Enter")
    expect(cell(page, "partner/410/partner_export")).to_be_focused()
    page.locator("#add-partner").focus()
    page.evaluate(PASTE, "德国\t12\t3\n004\t5\t\n火星\t1\t1")
    expect(cell(page, "partner/276/partner_export")).to_have_value("12.00")
    expect(cell(page, "partner/4/partner_export")).to_have_value("5.00")
    expect(page.locator(".toast.error")).to_contain_text("火星")
    saved(page)
    page.locator('tr[data-facet="276"] [data-remove]').click()
    saved(page)
    page.reload()
    expect(page.locator('tr[data-facet="276"]')).to_have_count(0)
    expect(cell(page, "partner/4/partner_export")).to_have_value("5.00")


def test_what_is_typed_without_a_network_is_sent_when_it_is_back(
    sheet: Callable[..., Page],
) -> None:
    page = sheet()
    page.context.set_offline(True)
    cell(page, "output").click()
    page.keyboard.type("77")
    page.keyboard.press("Enter")
    expect(page.locator("#grid-state")).to_have_text("离线")
    page.context.set_offline(False)
    saved(page)
    page.reload()
    expect(cell(page, "output")).to_have_value("77.00")


def test_figures_that_were_not_sent_come_back_with_the_page(sheet: Callable[..., Page]) -> None:
    page = sheet()
    page.route("**/fill/cells/", lambda route: route.abort())
    cell(page, "output").click()
    page.keyboard.type("88")
    page.keyboard.press("Enter")
    expect(page.locator("#grid-state")).to_have_text("离线")
    page.unroute("**/fill/cells/")
    page.evaluate("location.reload()")
    expect(cell(page, "output")).to_have_value("88.00")
    saved(page)


def test_two_people_in_one_cell_are_told_of_each_other(sheet: Callable[..., Page]) -> None:
    mine, theirs = sheet(), sheet()
    cell(theirs, "output").click()
    theirs.keyboard.type("500")
    theirs.keyboard.press("Enter")
    saved(theirs)
    cell(mine, "output").click()
    mine.keyboard.type("600")
    mine.keyboard.press("Enter")
    said = mine.locator("#say-output")
    expect(said).to_contain_text("500")
    expect(cell(mine, "output")).to_have_value("600.00")
    said.get_by_role("button", name="采用对方的").click()
    expect(cell(mine, "output")).to_have_value("500.00")
    saved(mine)


def test_a_query_is_explained_beside_its_cell(sheet: Callable[..., Page]) -> None:
    page = sheet()
    cell(page, "output").click()
    page.evaluate(PASTE, "1000\t\n\t\n200")
    fault = page.locator("#grid-list li", has_text="产销率")
    fault.locator("textarea").fill("订单推迟到下月交付")
    fault.get_by_role("button", name="提交说明").click()
    expect(page.locator("#grid-list li", has_text="产销率")).to_contain_text("已说明")


def test_the_keyboard_goes_through_the_faults(sheet: Callable[..., Page]) -> None:
    page = sheet()
    cell(page, "output").click()
    page.evaluate(PASTE, "10\n20\n")
    expect(page.locator("#say-output_new")).not_to_be_empty()
    page.keyboard.press("j")
    expect(page.locator("#grid-list li.here")).to_have_count(1)
    first = page.evaluate("document.activeElement.name")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.name") != first


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize("language", ["", "?lang=en"], ids=["zh", "en"])
def test_the_sheet_can_be_used_in_both_widths(
    viewport: dict[str, int],
    language: str,
    sheet: Callable[..., Page],
    keep: Callable[[Page, str], None],
) -> None:
    page = sheet(viewport, language)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(AUDIT) == []
    expect(cell(page, "output")).to_be_visible()
    keep(page, f"grid-{viewport['width']}-{language[-2:] or 'zh'}")


def test_a_template_goes_out_and_comes_back_filled(
    sheet: Callable[..., Page], tmp_path: Path
) -> None:
    page = sheet()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Excel 模板").click()
    file = tmp_path / "甲机械.xlsx"
    file.write_bytes(filled_in(taken.value.path().read_bytes(), {("填报", "D6"): 1234.5}))
    page.get_by_role("link", name="上传 Excel").click()
    page.locator("#files").set_input_files(str(file))
    expect(page.locator(".reading", has_text="待确认").first).to_be_visible(timeout=60_000)
    page.locator(".reading a").first.click()
    expect(page.locator("main")).to_contain_text("填报 D6")
    page.get_by_role("button", name="导入 1 张报表").click()
    # the page renews itself when the worker is done
    expect(page.locator("h1")).to_contain_text("已导入 1 张", timeout=60_000)
    page.get_by_role("link", name="企业生产经营情况月报").click()
    expect(cell(page, "output")).to_have_value("1,234.50")
