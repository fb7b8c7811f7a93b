"""The scoreboard as a person uses it (监测台操作): from a lamp to the sentence and the series."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, Open

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_missed_target_is_followed_to_sentence_and_series(
    open_page: Open, viewport: dict[str, int]
) -> None:
    page = open_page("/scoreboard/?lamp=missed", viewport=viewport)
    row = page.locator("#monitored tbody tr", has_text="兰州经济技术开发区")
    row.filter(has_text="地区生产总值").locator("th a").click()
    expect(page.locator("h1")).to_contain_text("未达标")
    expect(page.locator("#chart canvas")).to_be_visible()
    expect(page.locator("#series")).to_contain_text("331.49")
    page.get_by_role("link", name="查看原文").click()
    expect(page.locator("#doc")).to_be_visible()


def test_filters_change_lamps_and_rows_together(open_page: Open) -> None:
    page = open_page("/scoreboard/")
    # other tests bring plans of their own: whatever the number is, it changes
    everything = page.locator("#monitored tfoot").inner_text()
    page.locator("#find").fill("进出口总额")
    expect(page).to_have_url(re.compile("q="))
    expect(page.locator("#monitored tfoot")).not_to_have_text(everything)
    total = page.locator("#monitored tfoot").inner_text()
    lamps = page.locator(".lamps li b").all_inner_texts()
    assert sum(map(int, lamps)) == int(re.findall(r"\d+", total)[0])
    page.locator(".lamps a", has_text="未达标").click()
    shown = page.locator("#monitored tbody tr .lamp-missed")
    expect(shown).to_have_count(int(page.locator(".lamps a[aria-current] b").inner_text()))


def test_rows_are_walked_and_opened_by_keyboard(open_page: Open) -> None:
    page = open_page("/scoreboard/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/scoreboard/targets/\d+/"))
    page.keyboard.press("g")
    page.keyboard.press("b")
    expect(page).to_have_url(re.compile(r"/scoreboard/$"))


def test_the_wall_has_no_chrome(open_page: Open) -> None:
    page = open_page("/scoreboard/wall/")
    rail = page.locator(".rail").bounding_box()
    assert rail is not None
    top = page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('.wall') !== null",
                        [rail["x"] + 40, rail["y"] + 40])  # fmt: skip
    assert top, "the wall lies over the navigation"
    expect(page.locator("#wall .lamps li")).to_have_count(7)
