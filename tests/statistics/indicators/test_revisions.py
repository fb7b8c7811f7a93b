"""A revision reads the revised month and no other; what is kept never answers for what changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from hexi.statistics.indicators import Definitions, Figures, Source
from hexi.warehouse.engines.duckdb import DuckdbEngine
from tests.statistics.indicators.worlds import (
    EDGES,
    ITEMS,
    MEMBERS,
    OPEN,
    TREE,
    Fact,
    indicator,
    random_facts,
    source,
    table,
    write_month,
)

DEFINED = Definitions(
    ITEMS,
    {
        i.id: i
        for i in (
            indicator("out", "out", "万元", growth="matched"),
            indicator("cum", "cum", "万元", growth="restated"),
            indicator("ratio", "out / land", "元/平方米"),
            indicator("share", "share(out)", "%"),
        )
    },
)


class Counting(DuckdbEngine):
    """An engine that remembers which pieces of facts were read."""

    read = 0

    def stage(self, name: str, sql: str) -> None:
        self.read += "_piece_" in name
        super().stage(name, sql)


def plain(table: pa.Table) -> list[dict[str, object]]:
    rows = table.to_pylist()
    return sorted(rows, key=lambda r: (r["unit"], r["period"], r["indicator"], r["view"]))


def fresh(given: Source) -> list[dict[str, object]]:
    figures = Figures()
    found = plain(figures.compute(DEFINED, given, tree=TREE))
    figures.close()
    return found


def revised(root: Path, given: Source, facts: list[Fact], period: int) -> Source:
    changed = [
        replace(f, value=f.value + Decimal("7.25")) if f.period == period and f.reporter == 7 else f
        for f in facts
    ]
    part = write_month(root, period, [f for f in changed if f.period == period])
    parts = tuple(part if p.period == period else p for p in given.parts)
    return replace(given, parts=parts)


def test_one_revised_return_reads_its_month_and_those_compared_with_it(tmp_path: Path) -> None:
    facts = random_facts(5)
    given, engine = source(tmp_path, facts), Counting()
    figures = Figures(engine)
    before = plain(figures.compute(DEFINED, given, tree=TREE))
    engine.read = 0
    after_source = revised(tmp_path, given, facts, 202305)
    after = plain(figures.compute(DEFINED, after_source, tree=TREE))
    # sums and single months of May and of June; matched pairs of May this year and next
    assert engine.read == 5
    assert after == fresh(after_source) != before
    engine.read = 0
    assert plain(figures.compute(DEFINED, given, tree=TREE)) == before
    figures.close()


def test_a_mover_entered_later_is_placed_anew(tmp_path: Path) -> None:
    given, engine = source(tmp_path, random_facts(5)), Counting()
    figures = Figures(engine)
    figures.compute(DEFINED, given, tree=TREE)
    members = [m for m in MEMBERS if m[0] != 7]
    members += [(7, 23, 190001, 202307), (7, 20, 202307, OPEN)]
    moved = replace(given, membership=table(members, ("reporter", "unit", "since", "until")))
    assert plain(figures.compute(DEFINED, moved, tree=TREE)) == fresh(moved)
    figures.close()


def test_a_new_edge_changes_the_roll_up_and_reads_nothing(tmp_path: Path) -> None:
    given, engine = source(tmp_path, random_facts(5)), Counting()
    figures = Figures(engine)
    figures.prepare(DEFINED, given, tree=TREE)
    engine.read = 0
    edges = [e for e in EDGES if e[0] != 22] + [(22, 11, 190001, 202401), (22, 12, 202401, OPEN)]
    changed = replace(given, edge=table(edges, ("unit", "parent", "since", "until")))
    assert plain(figures.compute(DEFINED, changed, tree=TREE)) == fresh(changed)
    assert engine.read == 0
    figures.close()


def test_a_new_reporter_reads_only_what_can_hold_it(tmp_path: Path) -> None:
    facts = random_facts(5)
    given, engine = source(tmp_path, facts), Counting()
    figures = Figures(engine)
    figures.compute(DEFINED, given, tree=TREE)
    engine.read = 0
    newcomer = [Fact(202407, 95, "out", Decimal(5))]
    part = write_month(tmp_path, 202407, newcomer)
    members = [*MEMBERS, (95, 20, 202407, OPEN)]
    grown = replace(
        given,
        parts=(*given.parts, part),
        membership=table(members, ("reporter", "unit", "since", "until")),
    )
    assert plain(figures.compute(DEFINED, grown, tree=TREE)) == fresh(grown)
    assert engine.read == 1  # nobody of it was there a month or a year before
    figures.close()


def test_a_page_of_one_unit_is_the_same_as_in_the_whole_table(tmp_path: Path) -> None:
    given = source(tmp_path, random_facts(5))
    whole = [r for r in fresh(given) if r["unit"] == 11 and r["period"] in (202305, 202312)]
    cold = Figures()
    page = cold.compute(DEFINED, given, tree=TREE, units=[11], periods=[202305, 202312])
    assert plain(page) == whole
    cold.prepare(DEFINED, given, tree=TREE)
    warm = cold.compute(DEFINED, given, tree=TREE, units=[11], periods=[202305, 202312])
    assert plain(warm) == whole
    only = cold.compute(
        DEFINED, given, tree=TREE, units=[11], periods=[202305], indicators=["share"]
    )
    assert plain(only) == [r for r in whole if r["indicator"] == "share" and r["period"] == 202305]
    cold.close()


def test_nothing_to_compute_is_an_empty_table(tmp_path: Path) -> None:
    figures = Figures()
    given = replace(source(tmp_path, random_facts(5)), parts=())
    assert figures.compute(DEFINED, given, tree=TREE).num_rows == 0
    figures.close()


def test_a_question_that_needs_more_of_the_facts_reads_them_again(tmp_path: Path) -> None:
    given, engine = source(tmp_path, random_facts(5)), Counting()
    figures = Figures(engine)
    figures.compute(DEFINED, given, tree=TREE, views=["period"], indicators=["ratio"])
    assert engine.read == 30  # sums of every month, and nothing else
    whole = plain(figures.compute(DEFINED, given, tree=TREE))
    assert whole == fresh(given)
    engine.read = 0
    figures.compute(DEFINED, given, tree=TREE, views=["period"], indicators=["ratio"])
    assert engine.read == 0
    figures.close()
