"""Browsers of the tests (浏览器): headless Chromium on a portal that runs as people run it.

A page that logs an error, breaks a script or asks another host for anything fails its test.
``HEXI_SHOTS=folder`` keeps a picture of every page that ``look`` is asked to keep.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.documents import write_plan
from tests.browser.portal import Portal, running_portal
from tests.browser.steps import choose, read_it, ready

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# expectations on a busy machine: two cores that also run the portal and the other worker
expect.set_options(timeout=15_000)
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
#: what a browser says of an answer that the test itself asked for
EXPECTED = re.compile(r"Failed to load resource.*(40[0349]|413|422)")

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with running_portal(tmp_path_factory.mktemp("portal")) as started:
        yield started


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("HEXI_CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")
    if not path:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, portal: Portal) -> Any:
    """The cookies of the administrator, who used the link that ``hexi up`` printed."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(portal.link)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def open_page(chromium: Browser, portal: Portal, signed_in: Any) -> Iterator[Open]:
    """``open_page("/plans/", viewport=PHONE, language="en", theme="dark")`` gives a page that
    must stay without errors until the test ends."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def start(
        path: str = "/",
        *,
        viewport: dict[str, int] | None = None,
        language: str = "zh-hans",
        theme: str = "light",
        anonymous: bool = False,
        scripts: bool = True,
    ) -> Page:
        context = chromium.new_context(
            base_url=portal.address,
            viewport=viewport or WIDE,
            color_scheme=theme,
            storage_state=None if anonymous else signed_in,
            java_script_enabled=scripts,
            is_mobile=viewport == PHONE,
            has_touch=viewport == PHONE,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _console(message, faults))
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("request", lambda request: _host(request.url, portal, faults))
        if language != "zh-hans":
            page.goto(f"/?lang={language}")
        page.goto(path)
        return page

    yield start
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def _console(message: Any, faults: list[str]) -> None:
    if message.type == "error" and not EXPECTED.search(message.text):
        faults.append(f"console: {message.text}")


def _host(url: str, portal: Portal, faults: list[str]) -> None:
    if not url.startswith((portal.address, "data:", "blob:")):
        faults.append(f"another host was asked: {url}")


@pytest.fixture(scope="session")
def plan_page(
    chromium: Browser,
    portal: Portal,
    signed_in: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """The address of the text of a plan that was uploaded for these tests."""
    context = chromium.new_context(base_url=portal.address, storage_state=signed_in)
    page = context.new_page()
    path = write_plan(tmp_path_factory.mktemp("plan"), "docx", name="读者")
    page.goto("/plans/upload/")
    choose(page, path)
    ready(page, path.name)
    read_it(page, path.name)
    address = page.url.removeprefix(portal.address)
    context.close()
    return address


@pytest.fixture
def keep() -> Callable[[Page, str], None]:
    """Keep a picture where ``HEXI_SHOTS`` says so."""
    folder = os.environ.get("HEXI_SHOTS")

    def shoot(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)

    return shoot
