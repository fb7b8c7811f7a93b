"""Figures as people write them (手工填写的数): page, workbook and program read the same."""

from __future__ import annotations

import json
import subprocess
from decimal import Decimal

import pytest

from hexi.portal.core.refusal import Refusal
from hexi.portal.returns import form_book
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.filling.cells import Cell, kept_text
from hexi.portal.returns.grid.measures import measure_of
from hexi.portal.returns.models import Return
from hexi.portal.returns.workbooks.comparing import preview
from hexi.portal.returns.workbooks.reading import read_workbook
from hexi.portal.returns.workbooks.template import template_of
from hexi.statistics.forms import Item
from tests.contracts.project import PORTAL
from tests.portal.returns.bureau import AT, Bureau
from tests.portal.returns.workbook_edits import filled_in
from tests.statistics.checking.cases import node

#: item, unit chosen, what is written, what is kept; empty: refused
CASES = [
    ("revenue", "万元", "1,100万", "1100.00"),
    ("revenue", "万元", "１，１００万元", "1100.00"),
    ("revenue", "万元", "0.5亿", "5000.00"),
    ("revenue", "亿元", "0.11", "1100.00"),
    ("revenue", "亿元", "1100万", "1100.00"),
    ("revenue", "元", "1100万", "1100.00"),
    ("revenue", "元", "300元", "0.03"),
    ("revenue", "万元", "￥ 35", "35.00"),
    ("revenue", "万元", "2百万", "200.00"),
    ("revenue", "万元", "0.0001万亿元", "10000.00"),
    ("revenue", "万元", "1100万美元", ""),
    ("revenue", "万元", "1,10万", ""),
    ("revenue", "万元", "约1100万", ""),
    ("revenue", "万元", "1万万", ""),
    ("revenue", "万元", "万", ""),
    ("revenue", "万元", "30\n40", ""),
    ("revenue", "万元", "(5)", ""),
    ("revenue", "万元", "5元", ""),
    ("profit", "万元", "（1.5万）", "-1.50"),
    ("profit", "万元", "-(5)", ""),
    ("employees", "人", "35人", "35"),
    ("employees", "人", "1.2万", "12000"),
    ("electricity", "万千瓦时", "5千瓦时", ""),
    ("electricity", "千瓦时", "5万千瓦时", "5.00"),
    ("electricity", "万千瓦时", "20000千瓦时", "2.00"),
    ("electricity", "千瓦时", "3千千瓦时", "0.30"),
]


@pytest.fixture(scope="module")
def items() -> dict[str, Item]:
    return form_book.form_at("enterprise-month", 202610).items


def kept(item: Item, unit: str, text: str) -> str:
    try:
        return kept_text(Cell(item), text, unit)
    except Refusal:
        return ""


@pytest.mark.parametrize(("code", "unit", "text", "said"), CASES)
def test_what_is_written_is_kept(
    code: str, unit: str, text: str, said: str, items: dict[str, Item]
) -> None:
    assert kept(items[code], unit, text) == said


def test_the_page_reads_the_same(items: dict[str, Item]) -> None:
    program = node()
    assert program, "Node stands beside the environment or on the machine"
    asked = []
    for code, unit, text, _said in CASES:
        item = items[code]
        facts = {"unit": item.unit, "decimals": item.decimals, "negative": item.negative}
        factor = measure_of(item).factors[unit]
        asked.append([text, {**facts, "name": item.name}, unit, list(factor)])
    script = (
        f"import {{ typed }} from '{(PORTAL / 'static/hexi/js/grid-figures.js').as_uri()}';"
        f"const asked = {json.dumps(asked)};"
        "console.log(JSON.stringify(asked.map((one) => typed(...one).text ?? '')))"
    )
    done = subprocess.run(
        [program, "--input-type=module", "--no-warnings", "-e", script],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == [said for *_case, said in CASES]


@pytest.mark.django_db
def test_a_cell_of_a_workbook_takes_a_magnitude(bureau: Bureau) -> None:
    row = bureau.opened()
    cells: dict[tuple[str, str], float | str] = {
        ("填报", "D6"): "1,100万",
        ("填报", "C7"): "亿元",
        ("填报", "D7"): "1,000万",
    }
    filled = read_workbook(filled_in(template_of(row), cells), "甲.xlsx")
    notes = {one["cell"]: one for one in filled.answers}
    assert {notes["D6"]["code"], notes["D7"]["code"]} == {"text_number"}
    assert "1100 万元" in str(notes["D6"])
    places = {at: name for name, at in filled.places.items()}
    first, second = places["填报", "D6"], places["填报", "D7"]
    changes = {c["cell"]: c for c in preview(filled, by=bureau.person("maker"), at=AT).changes}
    assert {changes["D6"]["sheet"], changes["D7"]["sheet"]} == {"填报"}
    save_cells(row.pk, filled.cells, by=bureau.person("maker"), at=AT, units=filled.units)
    kept_row = Return.objects.get(pk=row.pk)
    assert [Decimal(kept_row.values[name]) for name in (first, second)] == [1100, 1000]
