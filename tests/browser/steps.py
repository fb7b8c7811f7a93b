"""What a person does again and again (常用操作)."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

READING_MS = 60_000


def choose(page: Page, *paths: Path) -> None:
    """Choose files on the upload page."""
    page.locator("#files").set_input_files([str(path) for path in paths])


def ready(page: Page, name: str) -> None:
    """Wait until the file has been read."""
    item = page.locator(".reading", has_text=name).first
    expect(item.locator(".lamp-met")).to_be_visible(timeout=READING_MS)


def read_it(page: Page, name: str) -> None:
    """Open the text of a file that has been read."""
    page.locator(".reading", has_text=name).first.get_by_role("link").first.click()
    page.wait_for_selector("#doc a.s")
