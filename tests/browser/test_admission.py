"""Admission as a person uses it (准入操作): screening, what-if, rules, breaches, idle land."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from hexi.catalogue.pack import pack_path
from tests.browser.admission_site import lay_projects
from tests.browser.conftest import PHONE, WIDE, Open
from tests.browser.portal import Portal

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def laid(portal: Portal) -> tuple[int, int, int]:
    """A screening, a project with idle land, one that is being built."""
    return lay_projects(portal)


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_project_is_screened_and_kept(
    open_page: Open, laid: tuple[int, int, int], viewport: dict[str, int]
) -> None:
    page = open_page(f"/admission/new/?project={laid[2]}", viewport=viewport)
    verdict = page.locator("#answer .verdict")
    expect(verdict).to_contain_text("未达要求" if page.locator("#in-land_use").input_value()
                                    else "暂不能判定")  # fmt: skip
    page.locator("#in-land_use").select_option("industrial")
    expect(verdict).to_contain_text("未达要求")
    expect(page.locator("#answer")).to_contain_text("投资强度 100，须 ≥ 300 万元/亩")
    expect(verdict).to_be_in_viewport()
    page.locator("#in-investment").fill("9亿元")
    expect(verdict).to_contain_text("暂不能判定")
    page.get_by_role("button", name="留存").click()
    expect(page.locator("h1")).to_contain_text("暂不能判定")
    expect(page.locator(".notice").first).to_contain_text("筛查已留存，编号 ZR")


def test_sliders_move_the_answer_by_keyboard_and_not_the_record(
    open_page: Open, laid: tuple[int, int, int]
) -> None:
    page = open_page(f"/admission/{laid[0]}/what-if/")
    answer = page.locator("#answer")
    expect(answer).to_contain_text("绿地率 25，须 ≤ 20 %，超 5")
    slider = page.get_by_role("slider", name=re.compile("绿地率"))
    slider.focus()
    for _ in range(40):
        page.keyboard.press("ArrowLeft")
    expect(answer).not_to_contain_text("绿地率 25")
    assert float(page.locator("#in-green_rate").input_value()) <= 20
    expect(page).to_have_url(re.compile("green_rate="))
    # the address is the what-if: a colleague sees the same
    page.reload()
    assert float(page.locator("#in-green_rate").input_value()) <= 20
    page.goto(f"/admission/{laid[0]}/")
    expect(page.locator(".outcomes")).to_contain_text("绿地率 25，须 ≤ 20 %")


def test_the_library_is_screened_and_narrowed_by_rule(
    open_page: Open, laid: tuple[int, int, int]
) -> None:
    page = open_page("/admission/many/")
    page.locator("#rule").select_option("investment-per-mu.lanzhou")
    expect(page).to_have_url(re.compile("rule=investment-per-mu"))
    expect(page.locator("#results tbody")).not_to_contain_text("准入闲置项目")


def test_a_file_of_rules_with_a_gap_is_told_its_line(open_page: Open, tmp_path: Path) -> None:
    text = (pack_path("gansu") / "admission" / "land.toml").read_text(encoding="utf-8")
    mine = tmp_path / "land.toml"
    mine.write_text(text.replace('otherwise = "free"', "", 1), encoding="utf-8")
    page = open_page("/admission/rules/")
    page.get_by_role("link", name="试装文件").click()
    page.locator("#file").set_input_files(mine)
    page.get_by_role("button", name="试装").click()
    expect(page.locator("h1")).to_contain_text("文件不能装载")
    expect(page.locator("tbody")).to_contain_text("admission/land.toml:3")


def test_a_breach_is_followed_to_its_arithmetic(
    open_page: Open, laid: tuple[int, int, int]
) -> None:
    page = open_page("/admission/agreed/?status=missed")
    page.locator("tbody a", has_text="准入铝箔项目").first.click()
    expect(page.locator("table").first).to_contain_text("÷ 300 亩")


def test_idle_land_is_taken_up_and_settled(open_page: Open, laid: tuple[int, int, int]) -> None:
    page = open_page("/admission/stalled/?q=准入闲置")
    page.locator("tbody a").first.click()
    expect(page.locator("h1")).to_contain_text("满一年未动工")
    page.get_by_text("立案核实").click()
    page.locator("textarea[name=reason]").first.fill("现场查看，未进场")
    page.get_by_role("button", name="记录结论").click()
    expect(page.locator(".case .events")).to_contain_text("现场查看，未进场")
    page.locator("summary", has_text="办结").click()
    form = page.locator("details[open] form")
    form.locator("select[name=settlement]").select_option("agreed_anew")
    form.locator("textarea").fill("重新约定动工期限")
    form.locator("input[name=evidence]").fill("补充协议〔2026〕2号")
    form.get_by_role("button", name="办结").click()
    expect(page.locator(".case .events")).to_contain_text("补充协议〔2026〕2号")
    expect(page.locator(".case h3 .tag").first).to_have_text("已办结")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_nothing_runs_out_of_a_page(
    open_page: Open, laid: tuple[int, int, int], viewport: dict[str, int], language: str
) -> None:
    screening, idle, built = laid
    page = open_page("/admission/", viewport=viewport, language=language)
    for path in ("", f"new/?project={built}", f"{screening}/", f"{screening}/what-if/", "many/",
                 "rules/", "rules/try/", "agreed/", f"agreed/new/?project={built}", "agreed/1/",
                 "stalled/", f"stalled/{idle}/"):  # fmt: skip
        page.goto(f"/admission/{path}")
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over <= 0, path
        assert page.locator("h1").count() == 1, path
