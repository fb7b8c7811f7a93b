"""On the labelled documents, where they are at hand: targets join as a reader would join them."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from hexi.plans.documents import Document, read_document
from hexi.plans.register import Plan, build_plan
from hexi.plans.statements.statement import Statement

_FIELDS = ("doc", "start", "end", "text", "subject", "indicator", "measure", "unit", "period")
_MORE = ("modality", "bound", "table")


def shared() -> Path:
    said = os.environ.get("HEXI_SHARED")
    return Path(said) if said else Path(__file__).parents[4] / "shared"


def labelled(doc: Document, rows: list[dict[str, object]]) -> list[Statement]:
    """Labelled records as statements, with their block and cell."""
    made: list[Statement] = []
    at = 0
    for row in sorted(rows, key=lambda row: int(str(row["start"]))):
        start = int(str(row["start"]))
        while at + 1 < len(doc.blocks) and doc.blocks[at + 1].start <= start:
            at += 1
        cells = [i for i, c in enumerate(doc.blocks[at].cells) if c.start <= start <= c.end]
        fields = {name: row[name] for name in (*_FIELDS, *_MORE)}
        value = Decimal(str(row["value"]))
        cell = cells[0] if cells else -1
        made.append(Statement(**fields, value=value, block=at, cell=cell))  # type: ignore[arg-type]
    return made


def plan(number: str) -> tuple[Plan, list[Statement]]:
    texts = sorted((shared() / "seeds").glob(f"{number}_*.txt"))
    gold = shared() / "gold" / f"{number}.jsonl"
    if not texts or not gold.exists():
        pytest.skip("labelled documents are not at hand")
    doc = read_document(texts[0])
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    statements = labelled(doc, rows)
    return build_plan(doc, statements), statements


def test_every_row_of_an_indicator_table_is_one_target_with_its_base() -> None:
    found, statements = plan("001")
    (table,) = found.tables
    rows = [found.targets[i] for i in table.targets]
    assert len(rows) == 9
    assert all(row.base is not None and row.target is not None for row in rows)
    assert all(row.annual_growth is not None or row.total_growth is not None for row in rows)
    assert sum(statements[i].table for row in rows for i in row.evidence) == 27


def test_targets_in_text_join_the_rows_that_say_the_same() -> None:
    found, _ = plan("001")
    joined = {t.indicator: t for t in found.targets if len(t.evidence) == 5}
    assert {"地区生产总值", "销售收入", "工业增加值"} <= set(joined)
    assert joined["地区生产总值"].bound == "ge"


def test_level_growth_and_cumulative_figure_make_one_target() -> None:
    found, _ = plan("000")
    triples = [t for t in found.targets if t.target and t.annual_growth and t.cumulative and t.base]
    assert len(triples) == 3
    assert not any(t.conflicts for t in triples)


def test_targets_of_the_plan_before_are_past() -> None:
    found, _ = plan("000")
    past = [t for t in found.targets if t.past]
    assert len(past) == 4
    assert {t.due for t in past} == {2015}
    assert (found.horizon.start, found.horizon.end) == (2016, 2020)


def test_every_aim_is_in_some_target() -> None:
    for number in ("000", "001"):
        found, statements = plan(number)
        used = {i for t in found.targets for i in t.evidence}
        aims = {i for i, s in enumerate(statements) if s.modality == "target"}
        assert aims <= used
