"""Every page in both widths, languages and themes (页面观感): nothing runs out of the page, the
headings are in order, everything has a name, and the browser has nothing to complain of."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Open

PATHS = {
    "overview": "/",
    "plans": "/plans/",
    "upload": "/plans/upload/",
    "targets": "/targets/",
    "scoreboard": "/scoreboard/",
    "scoreboard-plans": "/scoreboard/plans/",
    "scoreboard-map": "/scoreboard/map/",
    "scoreboard-wall": "/scoreboard/wall/",
    "scoreboard-missing": "/scoreboard/missing/",
    "warnings": "/scoreboard/warnings/",
    "warning-rates": "/scoreboard/warnings/rates/",
    "calendar": "/scoreboard/calendar/",
    "findings": "/findings/",
    "compare": "/compare/",
    "indicators": "/indicators/",
    "units": "/units/",
    "events": "/events/",
    "people": "/people/",
    "person-new": "/people/new/",
    "account": "/account/",
    "help": "/help/",
    "help-api": "/help/api/",
    "missing": "/no-such-page/",
}
#: pages that are found by following the first link of another
FOLLOWED = {
    "plan": ("/plans/", "table.rows tbody th a"),
    "target": ("/targets/", "#targets tbody th a"),
    "missed target": ("/scoreboard/?lamp=missed", "#monitored tbody th a"),
    "indicator": ("/indicators/", "table.rows tbody th a"),
    "unit": ("/units/", "table.rows tbody th a"),
    "finding": ("/findings/", "article.finding h3 a"),
}
LOOKS = [
    pytest.param(viewport, language, theme, id=f"{viewport['width']}-{language}-{theme}")
    for viewport in (WIDE, PHONE)
    for language in ("zh-hans", "en")
    for theme in ("light", "dark")
]

AUDIT = """() => {
  const faults = [];
  const seen = (e) => e.checkVisibility({checkVisibilityCSS: true});
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over > 0) {
    const wide = [...document.querySelectorAll("body *")]
      .filter((e) => e.getBoundingClientRect().right > innerWidth + 1
        && !e.closest(".table-wrap, .t-table, .reader-bar, .tabs"))
      .slice(0, 3).map((e) => e.tagName + "." + e.className);
    faults.push(`page is ${over} px too wide: ${wide}`);
  }
  const heads = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(seen);
  const main = heads.filter((e) => !e.closest("#doc"));
  if (main.filter((e) => e.tagName === "H1").length !== 1) faults.push("not one h1");
  let last = 0;
  for (const head of main.filter((e) => !e.closest("aside, dialog"))) {
    const level = Number(head.tagName[1]);
    if (level > last + 1) faults.push(`heading jumps to ${head.tagName}: ${head.textContent}`);
    last = level;
  }
  for (const e of document.querySelectorAll("a[href], button, summary")) {
    const name = (e.getAttribute("aria-label") || e.textContent || "").trim();
    if (seen(e) && !name) faults.push(`no name: ${e.outerHTML.slice(0, 120)}`);
  }
  for (const e of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (seen(e) && !e.labels?.length && !e.getAttribute("aria-label")) {
      faults.push(`no label: ${e.outerHTML.slice(0, 120)}`);
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length) faults.push(`id twice: ${[...new Set(twice)]}`);
  const pointers = ["aria-labelledby", "aria-controls", "aria-describedby"];
  for (const e of document.querySelectorAll(pointers.map((name) => `[${name}]`).join())) {
    for (const name of pointers) {
      for (const id of (e.getAttribute(name) || "").split(/\\s+/).filter(Boolean)) {
        if (!document.getElementById(id)) faults.push(`${name} names nothing: ${id}`);
      }
    }
  }
  if (!document.title.trim()) faults.push("no title");
  if (!["zh-Hans", "en"].includes(document.documentElement.lang)) faults.push("no language");
  if (!document.querySelector("main")) faults.push("no main");
  return faults;
}"""


@pytest.mark.parametrize(("viewport", "language", "theme"), LOOKS)
def test_every_page_can_be_used(
    viewport: dict[str, int],
    language: str,
    theme: str,
    open_page: Open,
    plan_page: str,
    keep: Callable[[Page, str], None],
) -> None:
    page = open_page("/", viewport=viewport, language=language, theme=theme)
    suffix = f"{viewport['width']}-{language}-{theme}"
    faults: list[str] = []

    def look(name: str) -> None:
        page.wait_for_load_state("networkidle")
        faults.extend(f"{name} {page.url}: {fault}" for fault in page.evaluate(AUDIT))
        keep(page, f"{name}-{suffix}")

    for name, path in PATHS.items():
        page.goto(path)
        look(name)
    for name, (path, selector) in FOLLOWED.items():
        page.goto(path)
        page.locator(selector).first.click()
        look(name)
    page.goto(plan_page)
    look("text")
    page.goto(f"{plan_page.split('?')[0]}?s=1")
    look("text-open")
    assert page.locator("html").get_attribute("lang") == ("en" if language == "en" else "zh-Hans")
    assert not faults, "\n".join(faults)


def test_the_door_and_pages_for_anybody(open_page: Open, keep: Callable[[Page, str], None]) -> None:
    page = open_page("/sign-in/", anonymous=True)
    assert page.evaluate(AUDIT) == []
    keep(page, "sign-in")


def test_the_theme_is_kept(open_page: Open) -> None:
    page = open_page("/")
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="深色").click()
    dark = page.evaluate(ground)
    assert dark != light
    page.reload()
    assert page.evaluate(ground) == dark


def test_the_menu_opens_on_a_phone(open_page: Open) -> None:
    page = open_page("/", viewport=PHONE)
    expect(page.locator(".nav")).to_be_hidden()
    page.locator("[data-menu]").click()
    expect(page.locator("[data-menu]")).to_have_attribute("aria-expanded", "true")
    page.locator(".nav").get_by_role("link", name="目标").click()
    expect(page).to_have_url(re.compile("/targets/$"))


def test_the_first_tab_stop_leads_past_the_navigation(open_page: Open) -> None:
    page = open_page("/targets/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_focused_thing_can_be_seen(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_pages_can_be_read_without_scripts(open_page: Open, plan_page: str) -> None:
    page = open_page(plan_page, scripts=False)
    expect(page.locator("#doc")).to_contain_text("青原")
    page.locator("#doc a.s").first.click()
    expect(page.locator(".evidence")).to_be_visible()
    page.goto("/")
    expect(page.locator(".nav")).to_be_visible()


def test_paper_shows_the_plan_and_not_the_tool(open_page: Open, plan_page: str) -> None:
    page = open_page(plan_page)
    page.emulate_media(media="print")
    expect(page.locator("#doc")).to_be_visible()
    for tool in (".rail", ".reader-bar", ".outline", ".minimap"):
        expect(page.locator(tool)).to_be_hidden()
    assert page.pdf(prefer_css_page_size=True)[:4] == b"%PDF"


def test_a_hand_made_request_without_its_token_is_refused_in_words(open_page: Open) -> None:
    page = open_page("/plans/upload/")
    page.context.clear_cookies(name="csrftoken")
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value = 'x'")
    answer = page.request.post("/plans/upload/", form={"unit": ""})
    assert answer.status == 403
    assert "Traceback" not in answer.text()
    assert "<h1>" in answer.text()


def test_a_page_that_does_not_exist_leads_back(open_page: Open) -> None:
    page = open_page("/no-such-page/")
    page.locator("main .actions a").first.click()
    assert Path(page.url).name != "no-such-page"
