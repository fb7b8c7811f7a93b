"""What was added up is kept on disk: another process reads no fact, and never a stale sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from hexi.statistics.indicators import Figures, Source
from hexi.warehouse import Warehouse
from hexi.warehouse.kept import KeptTables
from tests.statistics.indicators.test_revisions import DEFINED, Counting, fresh, plain
from tests.statistics.indicators.worlds import (
    MEMBERS,
    NUMBERS,
    TREE,
    Fact,
    random_facts,
    source,
    table,
    write_month,
)

AT = datetime(2024, 8, 1, tzinfo=UTC)


def kept_source(root: Path, seed: int = 5) -> Source:
    return replace(source(root, random_facts(seed)), kept=KeptTables(root))


def asked(given: Source) -> tuple[list[dict[str, object]], int]:
    """The figures by a process that starts now, and how many segments it read."""
    engine = Counting()
    figures = Figures(engine)
    found = plain(figures.compute(DEFINED, given, tree=TREE))
    read = engine.read
    figures.close()
    return found, read


def test_the_next_process_reads_no_fact(tmp_path: Path) -> None:
    given = kept_source(tmp_path)
    first, read = asked(given)
    again, none = asked(given)
    assert read > 30
    assert none == 0
    assert again == first == fresh(replace(given, kept=None))


def test_a_narrow_question_leaves_sums_for_every_other(tmp_path: Path) -> None:
    given = kept_source(tmp_path)
    figures = Figures()
    figures.compute(DEFINED, given, tree=TREE, indicators=["out"], views=["period"])
    figures.close()
    assert asked(given)[1] == 0


def test_a_revised_month_is_read_and_no_other(tmp_path: Path) -> None:
    facts = random_facts(5)
    given = kept_source(tmp_path)
    asked(given)
    month = 202305
    revised = [
        replace(f, value=f.value + 1) if f.reporter == 2 else f for f in facts if f.period == month
    ]
    changed = given.with_parts([write_month(tmp_path, month, revised)])
    found, read = asked(changed)
    assert found == fresh(replace(changed, kept=None))
    # its sums and single months; the month after and the same month of both years beside it
    assert 0 < read <= 6


def test_who_belonged_elsewhere_is_never_read_from_old_sums(tmp_path: Path) -> None:
    given = kept_source(tmp_path)
    asked(given)
    members = [*(m for m in MEMBERS if m[0] != 1), (1, 23, 190001, 999912)]
    moved = replace(given, membership=table(members, ("reporter", "unit", "since", "until")))
    found, read = asked(moved)
    assert read > 30
    assert found == fresh(replace(moved, kept=None))


def test_a_torn_or_altered_table_is_made_again(tmp_path: Path) -> None:
    given = kept_source(tmp_path)
    asked(given)
    files = sorted((tmp_path / "sums").rglob("*.arrow"))
    files[0].write_bytes(files[0].read_bytes()[:-40])
    content = bytearray(files[1].read_bytes())
    content[len(content) // 2] ^= 1
    files[1].write_bytes(bytes(content))
    files[2].write_bytes(b"")
    found, read = asked(given)
    assert read == 3
    assert found == fresh(replace(given, kept=None))
    assert asked(given)[1] == 0


def test_vacuum_takes_the_sums_of_what_no_snapshot_names(tmp_path: Path) -> None:
    house = Warehouse.open(tmp_path / "house", create=True)
    rows = [Fact(202401, r, "out", r) for r in (1, 2, 7)]  # type: ignore[arg-type]
    given = pa.table(
        {
            "reporter": pa.array([f.reporter for f in rows], pa.int32()),
            "item": pa.array([NUMBERS[f.item] for f in rows], pa.int16()),
            "value": pa.array([f.value for f in rows], pa.int64()),
        }
    )
    house.publish(1, 202401, given, actor="a", reason="b", at=AT)
    kept = KeptTables(house.root)
    sums = pa.table({"x": [1]})
    named = house.segments()[0].path
    kept.put("aa" * 32, sums, [named])
    kept.put("bb" * 32, sums, [named, "segments/1/202401/gone.parquet"])
    (house.root / "sums" / "aa" / ".half.part").write_bytes(b"x")
    later = datetime.now(UTC) + timedelta(days=2)
    removed = house.vacuum(later)
    assert sorted(Path(path).name for path in removed) == [".half.part", "bb" * 32 + ".arrow"]
    assert kept.get("aa" * 32) == sums
    assert kept.get("bb" * 32) is None
    assert house.verify() == []


def test_a_disk_that_takes_nothing_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "sums").write_text("a file stands in the way", encoding="utf-8")
    given = kept_source(tmp_path)
    assert asked(given)[0] == fresh(replace(given, kept=None))
