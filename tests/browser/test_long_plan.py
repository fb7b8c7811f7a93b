"""A plan of two thousand figures (长篇规划) stays easy to move in."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.steps import choose, read_it, ready
from tests.writers import plan

COPIES = 84
#: generous bounds for a busy machine without a graphics card; what they catch is ten times worse
FRAME_MS = 120
ANSWER_MS = 1500
#: what needs the server may wait for a busy one
WAIT_MS = 15_000

SCROLL = """() => new Promise((done) => {
  const frames = [];
  let last = performance.now();
  const step = () => {
    const now = performance.now();
    frames.push(now - last);
    last = now;
    scrollBy(0, 700);
    if (frames.length < 80) requestAnimationFrame(step);
    else done(frames.sort((a, b) => a - b)[40]);
  };
  requestAnimationFrame(step);
})"""
KEY = """(key) => new Promise((done) => {
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""


LAID_OUT = """() => {
  const seen = (e) => e.checkVisibility({contentVisibilityAuto: true});
  const parts = [...document.querySelectorAll("#doc > .t-part")];
  const blocks = parts.flatMap((part) => [...part.children]);
  return {
    parts: parts.length,
    outside: document.querySelectorAll("#doc > :not(.t-part)").length,
    blocks: blocks.length,
    laidOut: blocks.filter(seen).length,
    characters: document.getElementById("doc").textContent.length,
  };
}"""


def test_only_the_parts_in_view_are_laid_out(open_page: Open, tmp_path: Path) -> None:
    """What makes a long plan scroll smoothly: few things to watch, and little of it drawn."""
    path = tmp_path / "中篇.txt"
    path.write_text("\n".join(plan.plan_text() for _ in range(20)), encoding="utf-8")
    page = open_page("/plans/upload/")
    choose(page, path)
    ready(page, path.name)
    read_it(page, path.name)
    page.goto(page.url.split("?")[0])
    found = page.evaluate(LAID_OUT)
    assert found["outside"] == 0
    assert found["parts"] < found["characters"] / 500
    assert found["blocks"] > 3 * found["parts"]
    assert 0 < found["laidOut"] < found["blocks"] / 2


@pytest.mark.slow
def test_a_plan_of_two_thousand_figures_scrolls_and_answers(
    open_page: Open, tmp_path: Path
) -> None:
    path = tmp_path / "长篇.txt"
    path.write_text("\n".join(plan.plan_text() for _ in range(COPIES)), encoding="utf-8")
    page = open_page("/plans/upload/")
    choose(page, path)
    ready(page, path.name)
    read_it(page, path.name)
    page.goto(page.url.split("?")[0])
    assert int(page.locator("#shown").get_attribute("data-all") or 0) > 1900
    assert page.evaluate(SCROLL) < FRAME_MS
    assert page.evaluate(KEY, "j") < ANSWER_MS
    expect(page.locator("#evidence .evidence")).to_be_visible(timeout=WAIT_MS)
    expect(page.locator("#doc .s-here")).to_be_in_viewport()
    page.locator("label.chip:has(input[value=target])").click()
    expect(page.locator("#doc a.s-actual:not(.s-off)")).to_have_count(0, timeout=WAIT_MS)
