"""The project library in the browser (项目库操作): from a sheet to production, also by phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Open

HEAD = (
    "项目名称",
    "项目类别",
    "所属单位",
    "总投资（亿元）",
    "计划开工时间",
    "计划竣工时间",
    "行业代码",
)
#: a picture of one point, as a camera's file begins
PHOTO = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def sheet(path: Path, count: int, mark: str) -> Path:
    book = xlsxwriter.Workbook(str(path))
    table = book.add_worksheet("项目")
    lines = [
        (
            f"{mark}智能装备项目{n:03d}号",
            "企业投资项目",
            "安宁园区",
            1.5,
            "2026-03-01",
            "2027-12-31",
            "3411",
        )
        for n in range(count)
    ]
    for number, line in enumerate((HEAD, *lines)):
        for column, value in enumerate(line):
            table.write(number, column, value)
    table.write(count + 1, 0, "坏行")
    table.write(count + 1, 3, "约30")
    book.close()
    return path


def step(page: Page, to: str, day: str, evidence: str = "") -> None:
    page.get_by_role("link", name="调整阶段", exact=True).click()
    page.check(f"input[name=to][value={to}]")
    page.fill("#day", day)
    page.fill("#reason", "按进度推进")
    if evidence:
        page.fill("#evidence", evidence)
    page.get_by_role("button", name="调整阶段").click()


def no_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_three_hundred_projects_from_a_sheet(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/projects/import/")
    page.set_input_files("#file", sheet(tmp_path / "项目.xlsx", 300, "导入"))
    page.locator("form button.main").click()
    expect(page.locator("h1")).to_contain_text("300")
    # the wrong row is named by its cell, and left out
    page.locator('.chips a[href*="kind=refused"]').click()
    expect(page.get_by_text("项目!D302")).to_be_visible()
    page.locator(".page-head button.main").click()
    expect(page.get_by_role("status").first).to_be_visible()
    page.goto("/projects/?q=导入智能装备")
    expect(page.locator("h1")).to_contain_text("300 个项目，总投资 450 亿元")
    no_sideways(page)


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_one_project_from_reserve_to_production(
    open_page: Open, viewport: dict[str, int], tmp_path: Path
) -> None:
    name = f"铝箔项目{viewport['width']}"
    page = open_page("/projects/new/", viewport=viewport)
    page.fill("#id_name", name)
    page.select_option("#id_kind", "enterprise")
    page.select_option("#id_unit", "etdz-an")
    page.fill("#id_stage_since", "2026-01-10")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    # the gate says what is missing, and the form takes it
    step(page, "approved", "2026-02-01", "甘发改〔2026〕8号")
    expect(page.locator(".faults")).to_contain_text("国家项目代码")
    page.get_by_role("link", name="变更项目信息").click()
    page.fill("#id_state_code", f"2601-620105-04-01-{viewport['width']:06d}")
    page.fill("#id_industry", "3252")
    page.fill("#id_total", "3.2亿")
    page.fill("#id_planned_start", "2026-03-01")
    page.fill("#id_planned_end", "2026-10-31")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".lede").first).to_contain_text("3.2 亿元")
    step(page, "approved", "2026-02-01", "甘发改〔2026〕8号")
    step(page, "started", "2026-03-15", "开工报告")
    # a month from the site, with a photo
    page.get_by_role("link", name="填报进展", exact=True).first.click()
    page.fill("#invested", "1200")
    page.fill("#done", "45.5")
    page.fill("#note", "主体封顶")
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(PHOTO)
    page.set_input_files("#photos", photo)
    no_sideways(page)
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#progress")).to_contain_text("1,200 万元")
    expect(page.locator(".photos img")).to_have_count(1)
    step(page, "completed", "2026-10-20", "竣工验收备案")
    step(page, "production", "2026-11-01", "投产报告")
    expect(page.locator(".way .here")).to_contain_text("投产")
    expect(page.locator("#history li")).to_have_count(5)
    no_sideways(page)
    # opened to the public, and read without a log-in
    page.get_by_role("button", name=re.compile("公开")).first.click()
    address = page.url
    public = open_page(re.sub(r"^https?://[^/]+", "", address), viewport=viewport, anonymous=True)
    expect(public.get_by_role("heading", name=name)).to_be_visible()
    assert "1,200 万元" not in public.content()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_view_of_the_library_fits_its_screen(
    open_page: Open, viewport: dict[str, int], language: str
) -> None:
    page = open_page("/projects/", viewport=viewport, language=language)
    for path in ("", "board/", "timeline/", "map/", "batches/", "duplicates/", "renewal/", "new/"):
        answer = page.goto(f"/projects/{path}")
        assert answer is not None and answer.ok, path
        expect(page.locator("h1")).to_be_visible()
        no_sideways(page)
