"""Lineage: what is listed under a cell makes its printed value again."""

from __future__ import annotations

from pathlib import Path

import pytest

from hexi.statistics.indicators import Definitions, Figures
from hexi.statistics.indicators.lineage import lineage
from tests.statistics.indicators.worlds import (
    ITEMS,
    LISTS,
    NEW,
    TREE,
    indicator,
    random_facts,
    source,
)

MADE = (
    indicator("out", "out", "万元"),
    indicator("ratio", "out / land", "元/平方米", growth="matched"),
    indicator("share", "share(out)", "%"),
    indicator("cum", "cum", "万元", growth="restated"),
    indicator("price", "price", "元"),
    indicator("mean", "sal / mean", "万元/人"),
    indicator("opening", "sal / average(emp)", "万元/人"),
    indicator("latest", "out / latest(land, within: 3)", "万元/亩"),
    indicator("pull", 'contribution(out, of: root, basis: "matched")', "%"),
    indicator(
        "chosen",
        "if out > 20000 and not emp is missing then out / sal else total(out, sal) / out",
        "",
    ),
    indicator("top", "top", "万元"),
    indicator("real", 'growth(ytd(out), basis: "comparable")', "%"),
    indicator("real_ratio", "out / sal", "", growth="comparable"),
    indicator("partners", "rows(part, of: some) / part", "%", growth="restated"),
    indicator("partner", "rows(part, of: 3)", "万元", growth="matched"),
    indicator("to_date", "rows(cumpart, of: some)", "万元"),
)
DEFINED = Definitions(ITEMS, {i.id: i for i in MADE}, LISTS)


@pytest.mark.parametrize("boundaries", [None, 202301])
def test_inputs_reproduce_the_printed_value(tmp_path: Path, boundaries: int | None) -> None:
    facts = source(tmp_path, random_facts(8))
    defined = DEFINED
    figures = Figures()
    table = figures.compute(
        defined, facts, tree=TREE, boundaries=boundaries, periods=[202303, 202312, 202402, 202406]
    )
    figures.close()
    checked = 0
    for number, row in enumerate(table.to_pylist()):
        if number % 9:  # a sample; each line is read from the files
            continue
        found = lineage(
            defined, facts, tree=TREE, boundaries=boundaries, indicator=row["indicator"],
            view=row["view"], unit=row["unit"], period=row["period"],
        )  # fmt: skip
        wanted = None if found.value is None else float(found.value)
        assert row["value"] == wanted, row
        checked += wanted is not None
    assert checked > 30


def test_an_input_lists_who_returned_it(tmp_path: Path) -> None:
    facts = random_facts(8)
    found = lineage(
        DEFINED, source(tmp_path, facts), tree=TREE,
        indicator="out", view="period", unit=NEW, period=202405,
    )  # fmt: skip
    wanted = {f.reporter: f.value for f in facts if f.period == 202405 and f.item == "out"}
    listed = {r["reporter"]: r["value"] for r in found.inputs[0].returns.to_pylist()}
    # all that are left belong to the merged zone; 5 has closed and 9 is no reporter any more
    assert listed == {r: v for r, v in wanted.items() if r not in (5, 9)}
    assert float(found.value or 0) == float(sum(listed.values()))
