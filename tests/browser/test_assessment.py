"""An assessment as a new user makes it (考核操作): from choosing a scheme to a warning proposed.

A sheet is downloaded, filled and loaded, gaps take the figures of the pack; the result is
explained, doubted, simulated, shown, objected to, published and printed, and the rules propose a
talk.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import PHONE, WIDE, Open

pytestmark = pytest.mark.browser

#: words that the walk looks for, by language
WORDS = {
    "zh-hans": {"start": "启动考核", "review": "反馈", "publish": "公布", "talk": "约谈"},
    "en": {
        "start": "Start an assessment",
        "review": "Show to the assessed",
        "publish": "Publish",
        "talk": "talk",
    },
}
#: of these zones the pack knows some of these figures in these years: the sheet leaves them open
OPEN_UNITS = ("lz-etdz", "lz-htz")
OPEN_ITEMS = ("研发经费投入强度", "实际利用外资", "固定资产投资")
KNOWN_YEARS = (2020, 2021)


def filled(path: Path, folder: Path) -> Path:
    """The downloaded sheet with figures, but for what the pack knows."""
    grid = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    heads = [str(cell) for cell in grid[0]]
    kind, first = heads.index("类型"), heads.index("设立年份") + 1
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(heads)
    for place, row in enumerate(grid[1:]):
        cells = [f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row]
        cells[kind] = cells[kind] or "特色产业型"
        for column in range(first, len(cells)):
            known = cells[0] in OPEN_UNITS and heads[column].startswith(OPEN_ITEMS)
            own = (place * 37 + column * 11) % 60
            cells[column] = "" if known else f"{20 + place + own / 10:g}"
        writer.writerow(cells)
    out = folder / "数据.csv"
    out.write_text(buffer.getvalue(), encoding="utf-8")
    return out


def walk(page: Page, name: str, keep: Callable[[Page, str], None]) -> None:
    """No page is wider than its screen, and each leaves its picture."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 1, f"{name}: {wide} px too wide"
    keep(page, f"assessment-{name}")


@pytest.mark.parametrize(
    ("viewport", "language", "year"),
    [
        pytest.param(WIDE, "zh-hans", 2020, id="wide-zh"),
        pytest.param(PHONE, "zh-hans", 2019, id="phone-zh"),
        pytest.param(WIDE, "en", 2018, id="wide-en"),
        pytest.param(PHONE, "en", 2021, id="phone-en"),
    ],
)
def test_a_scheme_is_run_explained_doubted_published_and_ends_in_a_warning(
    open_page: Open,
    viewport: dict[str, int],
    language: str,
    year: int,
    tmp_path: Path,
    keep: Callable[[Page, str], None],
) -> None:
    words = WORDS[language]
    tag = f"{'wide' if viewport == WIDE else 'phone'}-{language[:2]}"
    page = open_page("/assessment/", viewport=viewport, language=language)
    page.locator("summary.button", has_text=words["start"]).click()
    page.locator("#scheme").select_option("gs-zones")
    page.locator("#unit").select_option("gs")
    page.locator("#year").fill(str(year))
    walk(page, f"{tag}-01-start", keep)
    page.locator("form[action*=start] button.main").click()
    expect(page.locator("h1")).to_contain_text(str(year))
    run = page.url

    with page.expect_download() as got:
        page.locator("a[href$='sheet.xlsx']").click()
    sheet = tmp_path / "sheet.xlsx"
    got.value.save_as(sheet)
    page.locator("#file").set_input_files(str(filled(sheet, tmp_path)))
    page.locator("form[action*='load'] button").click()
    expect(page.locator(".toast, .message, [role=status]").first).to_be_visible()
    walk(page, f"{tag}-02-loaded", keep)
    if year in KNOWN_YEARS:
        there = page.locator(".key b").first.inner_text()
        page.locator("details:has(form[action*=known]) summary").click()
        page.locator("form[action*=known] button").click()
        expect(page.locator(".key b").first).not_to_have_text(there)
    page.locator("form[action*=step] button.main").first.click()
    assert page.locator(".faults").all_inner_texts() == []
    expect(page.locator("#ranking tbody tr")).not_to_have_count(0)
    walk(page, f"{tag}-03-run", keep)

    # why a unit stands where it stands
    page.locator("#ranking tbody th a").nth(3).click()
    expect(page.locator("svg polygon.own")).to_be_visible()
    expect(page.locator("#explained")).to_be_visible()
    unit = page.url
    walk(page, f"{tag}-04-unit", keep)

    # how sure it is, two units side by side, other weights
    page.goto(f"{run}certainty/")
    expect(page.locator("table").first).to_be_visible()
    walk(page, f"{tag}-05-certainty", keep)
    page.goto(f"{run}compare/")
    expect(page.locator("svg.drawn circle.own")).to_have_count(2)
    page.locator("#x").select_option("score")
    expect(page).to_have_url(re.compile("x=score"))
    walk(page, f"{tag}-06-compare", keep)
    page.goto(f"{run}simulation/")
    block = page.locator(".weights-block").first
    of_class = (block.locator("input").first.get_attribute("name") or "").partition(":")[2]
    first = block.locator(f"input[name$='{of_class}']")
    before = [float(first.nth(place).input_value()) for place in range(2)]
    first.nth(0).fill(f"{before[0] + 5:g}")
    first.nth(1).fill(f"{before[1] - 5:g}")
    walk(page, f"{tag}-07-weights", keep)
    page.locator("form button.main").click()
    expect(page.locator("#ranking")).to_contain_text(re.compile("[+−]?[0-9]"))
    walk(page, f"{tag}-08-simulated", keep)

    # shown, objected to, answered, published
    page.goto(run)
    page.locator("summary.button", has_text=words["review"]).click()
    page.locator("details[open] form[action*=step] button").click()
    page.goto(unit)
    page.locator("#objections summary").click()
    page.locator("#text").fill("规上企业数应为48家" if language == "zh-hans" else "48, not 46")
    page.locator("#evidence").fill("年报第3表" if language == "zh-hans" else "Yearbook, table 3")
    page.locator("form[action*=objection] button").click()
    expect(page.locator(".objection blockquote")).to_be_visible()
    walk(page, f"{tag}-09-objection", keep)
    page.goto(f"{run}objections/")
    page.locator("input[name=state][value=rejected]").check()
    page.locator("textarea[name=answer]").fill(
        "两家已退库" if language == "zh-hans" else "Two left"
    )
    page.locator("form[action*=objections] button").click()
    expect(page.locator("h1")).to_contain_text("0")
    walk(page, f"{tag}-10-answered", keep)
    page.goto(run)
    page.locator("summary.button", has_text=words["publish"]).click()
    page.locator("details[open] form[action*=step] button").click()
    page.goto(f"{run}ranking/")
    expect(page.locator("#ranking")).to_be_visible()
    walk(page, f"{tag}-11-ranking", keep)
    with page.expect_download() as got:
        page.evaluate(f"location.href = '{run}result.docx'")
    got.value.save_as(tmp_path / "bulletin.docx")
    letter = "\n".join(
        one.text for one in docx.Document(str(tmp_path / "bulletin.docx")).paragraphs
    )
    assert str(year) in letter

    # what follows: a talk is proposed, and the unit is told
    page.goto(f"{run}outcomes/")
    talk = page.locator("article", has=page.locator(".tag", has_text=words["talk"])).first
    expect(talk).to_be_visible()
    walk(page, f"{tag}-12-follows", keep)
    talk.locator("a.button").click()
    expect(page.locator(".stages .now")).to_be_visible()
    page.locator("#text").fill("请于下周一来厅" if language == "zh-hans" else "Come on Monday")
    walk(page, f"{tag}-13-case", keep)
    page.locator("form[action*=notice] button").click()
    expect(page.locator(".stages .done")).to_have_count(2)
    walk(page, f"{tag}-14-told", keep)
    with page.expect_download() as got:
        page.locator("a[href$='notice.docx']").click()
    assert got.value.suggested_filename.endswith(".docx")
    page.goto("/assessment/cases/")
    expect(page.locator("table")).to_contain_text(str(year))
    walk(page, f"{tag}-15-cases", keep)
    page.goto(f"{run}next-year/")
    expect(page.locator("h1")).to_contain_text(str(year + 1))
    walk(page, f"{tag}-16-next-year", keep)


@pytest.mark.parametrize(
    ("viewport", "language", "year"),
    [
        pytest.param(WIDE, "zh-hans", 2021, id="wide-zh"),
        pytest.param(PHONE, "en", 2022, id="phone-en"),
    ],
)
def test_a_contract_is_written_signed_reported_and_closed(
    open_page: Open,
    viewport: dict[str, int],
    language: str,
    year: int,
    keep: Callable[[Page, str], None],
) -> None:
    tag = f"{'wide' if viewport == WIDE else 'phone'}-{language[:2]}"
    page = open_page("/assessment/duty/", viewport=viewport, language=language)
    page.locator("details summary").first.click()
    page.locator("#unit").select_option("lz-etdz")
    page.locator("input[name=kind][value=departments]").check()
    page.locator("#year").fill(str(year))
    walk(page, f"{tag}-20-duty", keep)
    page.locator("form[action*=open] button").click()
    page.locator("details:has(input[value=add]) summary").click()
    page.locator("#name").fill("招商局")
    page.locator("form:has(input[value=add]) button").click()
    page.locator("#contracts tbody th a").click()
    page.locator("#title").fill("招商到位资金")
    page.locator("#target").fill("40")
    page.locator("#unit").fill("亿元")
    page.locator("#new-weight").fill("100")
    walk(page, f"{tag}-21-draft", keep)
    page.locator("form:has(input[value=save]) button").click()
    expect(page.locator("#tasks tbody tr")).to_have_count(1)
    page.locator("form:has(input[value=sign]) button").click()
    page.locator("details:has(input[value=report]) summary").click()
    page.locator("#value").fill("30")
    page.locator("#fact-evidence").fill("资金到位证明")
    page.locator("form:has(input[value=report]) button").click()
    expect(page.locator("h1")).to_contain_text("75.00")
    walk(page, f"{tag}-22-contract", keep)
    page.goto("/assessment/duty/")
    page.locator("tbody th a", has_text=str(year)).click()
    page.locator("details:has(input[value=close]) summary").click()
    page.locator("#reason").fill("年度考核")
    page.locator("form:has(input[value=close]) button").click()
    expect(page.locator("#contracts")).to_contain_text("75.00")
    walk(page, f"{tag}-23-closed", keep)
