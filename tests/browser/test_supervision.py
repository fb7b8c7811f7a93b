"""Supervision as people do it (督办操作): problem, order, meeting and visit from end to end."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, WIDE, Open
from tests.browser.portal import Portal
from tests.browser.supervision_office import Laid, lay_supervision

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def laid(portal: Portal) -> Laid:
    return lay_supervision(portal)


@pytest.fixture(scope="module")
def people(chromium: Browser, portal: Portal, laid: Laid) -> dict[str, Any]:
    """The cookies of each person, who used a sign-in link once."""
    kept = {}
    for username, link in laid.links.items():
        context = chromium.new_context(base_url=portal.address)
        context.new_page().goto(link)
        kept[username] = context.storage_state()
        context.close()
    return kept


@pytest.fixture
def as_person(
    chromium: Browser, portal: Portal, people: dict[str, Any]
) -> Iterator[Callable[..., Page]]:
    """``as_person("dub-zone", "/tasks/")`` gives a page of that person."""
    contexts = []

    def start(username: str, path: str, viewport: dict[str, int] | None = None) -> Page:
        context = chromium.new_context(
            base_url=portal.address,
            viewport=viewport or WIDE,
            storage_state=people[username],
            is_mobile=viewport == PHONE,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield start
    for context in contexts:
        context.close()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_problem_is_raised_answered_and_closed_by_the_one_who_raised_it(
    as_person: Callable[..., Page], laid: Laid, viewport: dict[str, int]
) -> None:
    name = f"北侧用地未交付 {viewport['width']}"
    page = as_person("dub-steward", f"/projects/{laid.project}/", viewport)
    page.get_by_role("link", name="提出问题").click()
    page.locator("#kind").select_option("land")
    page.locator("#title").fill(name)
    page.locator("#owner_unit").select_option("lz-etdz")
    page.get_by_role("button", name="提出", exact=True).click()
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator(".strip")).to_contain_text("兰州经济技术开发区")
    expect(page.locator("body")).to_contain_text("答复后方可办结")
    address = page.url

    office = as_person("dub-zone", "/tasks/", viewport)
    office.get_by_role("link", name=name).click()
    office.locator("#text").fill("月底前交地。")
    office.get_by_role("button", name="答复", exact=True).click()
    expect(office.locator(".notice")).to_be_visible()
    # who answers does not close
    expect(office.get_by_role("button", name="销号")).to_have_count(0)

    page.goto(address)
    page.locator("#reason").fill("已拿到交地单。")
    page.get_by_role("button", name="销号").click()
    expect(page.locator(".lede .lamp")).to_have_text("已销号")
    page.goto("/supervision/problems/?state=closed")
    expect(page.locator("#problems")).to_contain_text(name)


def test_an_order_is_issued_answered_sent_back_answered_printed_and_closed(
    as_person: Callable[..., Page], laid: Laid
) -> None:
    page = as_person("dub-province", f"/supervision/orders/new/?project={laid.project}")
    page.locator("#unit").select_option("gs")
    page.locator("#addressee").select_option("lz-etdz")
    page.locator("#level").select_option("yellow")
    page.locator("#demand").fill("限期补齐进度。")
    page.get_by_role("button", name="签发督办单").click()
    expect(page.locator("h1")).to_contain_text(re.compile(r"督办〔\d{4}〕\d+号"))
    expect(page.locator(".lede")).to_contain_text("黄色预警")
    address = page.url

    office = as_person("dub-zone", address)
    for text in ("正在办理。", "已增加施工力量，12月底补齐。"):
        office.goto(address)
        office.locator("#text").fill(text)
        office.get_by_role("button", name="答复", exact=True).click()
        expect(office.locator(".lede .lamp")).to_have_text("已答复")
        page.goto(address)
        if text == "正在办理。":
            page.locator("#reason").fill("没有时限")
            page.get_by_role("button", name="退回重报").click()
            expect(page.locator(".said")).to_contain_text("没有时限")
    page.get_by_role("button", name="认可回复").click()
    expect(page.locator(".lede .lamp")).to_have_text("回复已认可")
    for link, words in (("督办单（Word）", "督办预警单"), ("回复（Word）", "12月底补齐")):
        with page.expect_download() as caught:
            page.get_by_role("link", name=link).click()
        content = caught.value.path().read_bytes()
        said = "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)
        assert words in said
    page.locator("#reason").fill("经核实已补齐。")
    page.get_by_role("button", name="办结督办单").click()
    expect(page.locator(".lede .lamp")).to_have_text("已办结")


def test_a_meeting_draws_its_agenda_and_its_minutes_become_tasks(
    as_person: Callable[..., Page], laid: Laid
) -> None:
    name = "变电站间隔未批复"
    steward = as_person("dub-steward", f"/supervision/problems/new/?project={laid.project}")
    steward.locator("#kind").select_option("utilities")
    steward.locator("#title").fill(name)
    steward.get_by_role("button", name="提出", exact=True).click()
    page = as_person("dub-zone", "/supervision/meetings/new/?unit=lz-etdz&kind=utilities")
    expect(page.locator("tr", has_text=name).locator("input[type=checkbox]")).to_be_checked()
    page.locator("input[name=point]").first.fill("年度投资调度")
    page.locator("#title").fill("督办测试协调会")
    page.get_by_role("button", name="召集会议").click()
    expect(page.locator(".agenda li")).to_have_count(2)
    first = page.locator("fieldset.minutes").first
    first.locator("textarea").fill("会议要求限期批复。")
    first.locator("input[name^=what]").first.fill("完成间隔批复")
    first.locator("select[name^=unit]").first.select_option("etdz-an")
    first.locator("input[type=date]").first.fill("2099-12-31")
    page.get_by_role("button", name="形成纪要").click()
    expect(page.locator("tr[id^=decision]")).to_contain_text("安宁园区")
    steward.goto("/tasks/")
    steward.get_by_role("link", name="完成间隔批复").click()
    steward.locator("tr[id^=decision] textarea").fill("已批复。")
    steward.get_by_role("button", name="已办结").click()
    expect(steward.locator("tr[id^=decision]")).to_contain_text("已批复。")


def test_a_visit_is_planned_recorded_and_a_problem_raised_from_it(
    as_person: Callable[..., Page], laid: Laid
) -> None:
    page = as_person("dub-steward", f"/supervision/visits/new/?project={laid.project}")
    page.locator("#kind").select_option("expansion")
    expect(page.locator("#visitor_name")).to_have_value("王副市长")
    page.get_by_role("button", name="安排走访").click()
    page.locator("#heard").fill("扩产需用工80人。")
    page.get_by_role("button", name="登记走访").click()
    page.get_by_role("link", name="提出问题").click()
    page.locator("#kind").select_option("labour")
    page.locator("#title").fill("扩产用工缺口80人")
    page.get_by_role("button", name="提出", exact=True).click()
    expect(page.get_by_role("link", name="走访中了解到")).to_have_count(0)
    page.goto("/supervision/visits/coverage/")
    expect(page.locator("body")).not_to_contain_text("督办铝箔项目")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_leaders_page_fits_and_is_narrowed(
    open_page: Open, laid: Laid, viewport: dict[str, int], keep: Callable[[Page, str], None]
) -> None:
    page = open_page("/supervision/", viewport=viewport)
    expect(page.locator("h1")).to_be_visible()
    keep(page, f"supervision-{viewport['width']}")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"]
    page.goto("/supervision/?unit=jc-etdz&leader=没有这个人")
    expect(page.locator(".empty h2")).to_have_text("一切正常")
    expect(page.locator(".empty")).to_contain_text("截至")
    page.get_by_role("link", name="查看全部单位").click()
    expect(page).to_have_url(re.compile(r"/supervision/$"))
