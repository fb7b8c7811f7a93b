"""The plan reader (规划原文阅读) with keyboard and mouse, wide and on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open


def here(page: Page) -> int:
    return int(page.locator("#doc .s-here").get_attribute("data-n") or 0)


def test_a_click_opens_the_evidence_under_its_own_address(open_page: Open, plan_page: str) -> None:
    page = open_page(plan_page)
    figure = page.locator("#doc a.s", has_text="186.4亿元").first
    number = figure.get_attribute("data-n")
    figure.click()
    expect(page.locator("#evidence .figure-line b")).to_have_text("186.4")
    assert f"s={number}" in page.url

    page.go_back()
    expect(page.locator("#evidence .evidence")).to_have_count(0)
    page.go_forward()
    expect(page.locator("#evidence .figure-line b")).to_have_text("186.4")

    page.reload()
    expect(page.locator("#evidence .figure-line b")).to_have_text("186.4")
    expect(page.locator("#doc .s-here")).to_be_in_viewport()
    page.locator("[data-close-panel]").click()
    expect(page.locator(".panel-home")).to_be_visible()
    assert "s=" not in page.url


def test_the_text_stays_where_it_is_when_the_panel_fills(open_page: Open, plan_page: str) -> None:
    page = open_page(plan_page)
    figure = page.locator("#doc a.s").nth(2)
    before = figure.bounding_box()
    figure.click()
    expect(page.locator("#evidence .evidence")).to_be_visible()
    assert figure.bounding_box() == before


def test_the_keyboard_goes_through_statements_and_findings(open_page: Open, plan_page: str) -> None:
    page = open_page(plan_page)
    page.keyboard.press("j")
    first = here(page)
    page.keyboard.press("j")
    second = here(page)
    assert second != first
    page.keyboard.press("k")
    assert here(page) == first
    page.keyboard.press("n")
    expect(page.locator("#doc .s-here.s-fault")).to_be_in_viewport()
    expect(page.locator("#evidence .check-line .lamp").first).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#evidence .evidence")).to_have_count(0)
    expect(page.locator("#doc a.s-fault:focus")).to_have_count(1)


def test_enter_on_a_statement_opens_it_and_moves_there(open_page: Open, plan_page: str) -> None:
    page = open_page(plan_page)
    page.locator("#doc a.s").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#evidence .evidence")).to_be_visible()
    expect(page.locator("#panel")).to_be_focused()


def test_letters_lead_to_search_help_and_other_pages(open_page: Open, plan_page: str) -> None:
    page = open_page(plan_page)
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("j 投资")  # letters typed into a field are letters
    expect(page.locator("#find")).to_have_value("j 投资")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile(r"/targets/$"))


def test_filters_leave_only_what_was_asked_for(open_page: Open, plan_page: str) -> None:
    page = open_page(plan_page)
    page.locator("label.chip:has(input[value=target])").click()
    expect(page.locator("#doc a.s-actual:not(.s-off)")).to_have_count(0)
    assert page.locator("#doc a.s:not(.s-off)").count() > 0
    assert "modality=target" in page.url
    page.reload()
    expect(page.locator("#doc a.s-actual:not(.s-off)")).to_have_count(0)
    page.locator("label.chip:has(input[value=target])").click()
    page.locator("#only").select_option("fault")
    expect(page.locator("#doc a.s:not(.s-off, .s-fault)")).to_have_count(0)
    for anchor in page.locator("#doc a.s:not(.s-off)").all():
        assert "s-fault" in (anchor.get_attribute("class") or "")
    expect(page.locator("#shown")).to_contain_text("/")


def test_words_are_found_across_marked_figures(open_page: Open, plan_page: str) -> None:
    page = open_page(plan_page)
    page.locator("#find").fill("生产总值186.4亿元")
    expect(page.locator("#shown")).to_contain_text("1 处")
    page.locator("#find").press("Enter")
    assert "q=" in page.url


def test_the_minimap_and_the_outline_lead_into_the_text(open_page: Open, plan_page: str) -> None:
    page = open_page(plan_page)
    page.locator("#minimap a").first.click()
    expect(page.locator("#doc .s-here.s-fault")).to_be_in_viewport()
    page.locator("#outline a").last.click()
    expect(page.locator("#outline a.now")).to_have_count(1)


def test_on_a_phone_the_evidence_is_a_page_of_its_own(open_page: Open, plan_page: str) -> None:
    page = open_page(plan_page, viewport=PHONE)
    figure = page.locator("#doc a.s", has_text="186.4亿元").first
    figure.click()
    expect(page.locator("#evidence .figure-line b")).to_have_text("186.4")
    box = page.locator("#panel").bounding_box()
    assert box and box["x"] == 0 and box["y"] == 0 and box["width"] == PHONE["width"]
    page.go_back()
    expect(figure).to_be_in_viewport()


def test_a_correction_survives_reading_again_and_can_be_undone(
    open_page: Open, plan_page: str
) -> None:
    page = open_page(plan_page)
    figure = page.locator("#doc a.s", has_text="1.4%").first
    number = figure.get_attribute("data-n")
    figure.click()
    row = page.locator("details.field-row").filter(
        has=page.locator("input[name=field][value=period]")
    )
    row.locator("summary").click()
    row.locator("input[name=value]").fill("2019")
    row.locator("input[name=reason]").fill("核对原文")
    row.get_by_role("button", name="保存").click()
    corrected = page.locator("#evidence .field-row", has_text="2019").first
    expect(corrected).to_contain_text("已更正")
    expect(page.locator(f"#doc #s{number}")).to_have_class(re.compile("s-corrected"))

    page.goto(plan_page.split("text/")[0])
    page.get_by_role("button", name="重新读取").first.click()
    page.goto(f"{plan_page.split('?')[0]}?s={number}")
    expect(page.locator("#evidence .field-row", has_text="2019").first).to_contain_text("已更正")

    page.locator("#evidence").get_by_role("button", name="撤销").click()
    expect(page.locator("#evidence")).to_contain_text("已撤回")
    expect(page.locator(f"#doc #s{number}")).not_to_have_class(re.compile("s-corrected"))


FRAMES = """() => {
  const faults = [];
  // a block that is not laid out has no letters to measure
  for (const block of document.getElementById("doc").children) {
    block.style.contentVisibility = "visible";
  }
  for (const mark of document.querySelectorAll("#doc a.s")) {
    mark.classList.add("s-here");
    const style = getComputedStyle(mark);
    const reach = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
    const box = [...mark.getClientRects()].at(-1);
    const after = mark.nextSibling;
    if (after?.nodeType === Node.TEXT_NODE && after.data.trim()) {
      const letter = new Range();
      letter.setStart(after, 0);
      letter.setEnd(after, 1);
      const next = letter.getBoundingClientRect();
      const beside = next.top < box.bottom && next.bottom > box.top && next.left >= box.left;
      if (beside && box.right + reach > next.left + 0.1) faults.push(mark.textContent);
    }
    mark.classList.remove("s-here");
  }
  return faults;
}"""


def test_the_frame_of_a_figure_covers_no_letter_beside_it(open_page: Open, plan_page: str) -> None:
    page = open_page(plan_page)
    assert page.locator("#doc a.s").count() > 5
    assert page.evaluate(FRAMES) == []
