"""Templates in a real spreadsheet program (电子表格软件): opened, saved, uploaded again."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from hexi.portal.returns.workbooks.reading import read_workbook
from hexi.portal.returns.workbooks.template import template_of
from tests.portal.returns.bureau import Bureau
from tests.portal.returns.workbook_edits import SHEETS, edited, filled_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice on this machine"),
]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def saved_again(tmp_path: Path) -> type[Office]:
    Office.folder = tmp_path
    return Office


class Office:
    """LibreOffice Calc: opens a workbook and saves it as its own."""

    folder: Path

    @classmethod
    def save(cls, data: bytes) -> bytes:
        source, out = cls.folder / "甲.xlsx", cls.folder / "out"
        source.write_bytes(data)
        done = subprocess.run(
            [
                "soffice", "--headless", "--norestore",
                f"-env:UserInstallation={(cls.folder / 'profile').as_uri()}",
                "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(source),
            ],
            capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return (out / "甲.xlsx").read_bytes()


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def test_nothing_is_lost_when_calc_saves_a_filled_template(
    bureau: Bureau, saved_again: type[Office]
) -> None:
    bureau.submitted(202609)
    row = bureau.filled()
    cells = {
        ("填报", "D6"): 1234.5, ("填报", "C8"): "亿元", ("填报", "D8"): 0.12,
        ("国别", "A6"): "410 韩国", ("国别", "B6"): 3.5, ("封面", "B11"): "张三",
    }  # fmt: skip
    sent = filled_in(template_of(row), cells)
    back = saved_again.save(sent)
    before, after = (read_workbook(data, "甲.xlsx") for data in (sent, back))
    assert after.answers == []
    assert (after.cells, after.units) == (before.cells, before.units)
    assert (after.sections, after.places) == (before.sections, before.places)
    assert (after.reporter, after.period, after.edit) == (bureau.maker.code, row.period, row.edit)


def test_locks_choices_and_checks_outlast_calc(bureau: Bureau, saved_again: type[Office]) -> None:
    template = template_of(bureau.opened())
    back = saved_again.save(template)
    sheets = part(back, "xl/workbook.xml").iter(f"{MAIN}sheet")
    states = {sheet.get("name"): sheet.get("state") for sheet in sheets}
    assert states["_hexi"] == states["_lists"] == "hidden"
    for sheet in (SHEETS["封面"], SHEETS["填报"], SHEETS["国别"]):
        was, now = part(template, sheet), part(back, sheet)
        assert now.find(f"{MAIN}sheetProtection") is not None
        assert checks(now) == checks(was)


def checks(sheet: etree._Element) -> set[tuple[str, str, str]]:
    """What each cell checks: its place, kind and bounds or choices."""
    found = set()
    for rule in sheet.iter(f"{MAIN}dataValidation"):
        said = rule.findtext(f"{MAIN}formula1", "").replace("$", "").replace("'", "")
        for place in rule.get("sqref", "").split():
            found.add((place, rule.get("type", ""), said))
    return found


def test_what_is_wrong_is_still_told_after_calc_has_saved_it(
    bureau: Bureau, saved_again: type[Office]
) -> None:
    def spoil(xml: str) -> str:
        xml = xml.replace('<row r="12"', '<row hidden="1" r="12"')
        return xml.replace(
            "<conditionalFormatting",
            '<mergeCells><mergeCell ref="D14:D15"/></mergeCells><conditionalFormatting', 1,
        )  # fmt: skip

    cells = {("填报", "D6"): "=1+1", ("填报", "D7"): "约30", ("填报", "D8"): "１２"}
    template = filled_in(template_of(bureau.opened()), cells)
    back = saved_again.save(edited(template, {SHEETS["填报"]: spoil}))
    told = {(one["code"], one["cell"]) for one in read_workbook(back, "甲.xlsx").answers}
    wanted = {("formula", "D6"), ("not_number", "D7"), ("text_number", "D8")}
    assert told >= wanted | {("hidden_row", "12:12"), ("merged", "D14:D15")}
