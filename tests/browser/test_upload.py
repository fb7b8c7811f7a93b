"""Uploading plans (上传): each format from the drop zone to its findings, and refusals in words."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.documents import FORMATS, write_plan
from tests.browser.steps import READING_MS, choose, read_it, ready


@pytest.mark.parametrize("kind", FORMATS)
def test_a_plan_goes_from_upload_to_its_findings(
    kind: str, open_page: Open, tmp_path: Path
) -> None:
    path = write_plan(tmp_path, kind, name=f"青原{kind}")
    page = open_page("/plans/upload/")
    choose(page, path)
    ready(page, path.name)
    read_it(page, path.name)

    doc = page.locator("#doc")
    expect(doc).to_contain_text("地区生产总值")
    expect(doc.locator("a.s", has_text="186.4").first).to_be_visible()
    fault = page.locator(".fault-list li", has_text="固定资产投资").first
    expect(fault.locator(".lamp-outside, .lamp-suspect")).to_be_visible()

    fault.get_by_role("link").click()
    expect(page.locator("#evidence .lhs").first).to_contain_text("1.15")
    assert re.search(r"[?&]s=\d+", page.url)

    page.get_by_role("navigation", name="主导航").get_by_role("link", name="问题").click()
    expect(page.locator("article.finding", has_text="固定资产投资").first).to_be_visible()


def test_several_files_are_dropped_at_once(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/plans/upload/")
    files = [write_plan(tmp_path, kind, name=f"投放{kind}") for kind in ("txt", "html")]
    load = [(path.name, base64.b64encode(path.read_bytes()).decode()) for path in files]
    page.evaluate(
        """(files) => {
          const data = new DataTransfer();
          for (const [name, text] of files) {
            const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
            data.items.add(new File([bytes], name));
          }
          const drop = document.getElementById("drop");
          for (const kind of ["dragenter", "dragover", "drop"]) {
            const init = {bubbles: true, cancelable: true, dataTransfer: data};
            drop.dispatchEvent(new DragEvent(kind, init));
          }
        }""",
        load,
    )
    for path in files:
        ready(page, path.name)


def test_a_file_that_cannot_be_read_is_refused_in_plain_words(
    open_page: Open, tmp_path: Path
) -> None:
    (tmp_path / "空白.txt").write_bytes(b"")
    (tmp_path / "程序.docx").write_bytes(b"MZ\x90\x00 this is no document")
    good = write_plan(tmp_path, "txt", name="旁边的规划")
    page = open_page("/plans/upload/")
    choose(page, tmp_path / "空白.txt", tmp_path / "程序.docx", good)
    ready(page, good.name)
    for name in ("空白.txt", "程序.docx"):
        faults = page.locator(".faults, .reading:has(.faults)").filter(has_text=name)
        expect(faults.first).to_be_visible(timeout=READING_MS)
        assert "Traceback" not in faults.first.inner_text()


def test_upload_can_be_left_and_found_again(open_page: Open, tmp_path: Path) -> None:
    path = write_plan(tmp_path, "docx", name="离开后")
    page = open_page("/plans/upload/")
    choose(page, path)
    expect(page.locator("#readings .reading", has_text=path.name).first).to_be_visible(
        timeout=READING_MS
    )
    page.goto("/")
    page.goto("/plans/upload/")
    ready(page, path.name)
