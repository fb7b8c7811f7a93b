"""Reading admission rules: each fault of a table with its file, line and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hexi.admission import load_rulebook, try_tables
from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path

HEAD = """[[table]]
id = "t"
title = "表"
title_en = "table"
policy = "{policy}"
severity = "must"
since = 2020-01-01
legal = "某规定"
{more}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    copy = tmp_path / "gansu"
    shutil.copytree(pack_path("gansu"), copy)
    for path in (copy / "admission").glob("*.toml"):
        if path.name != "fields.toml":
            path.unlink()
    return copy


def faults(pack: Path, policy: str, rows: list[str], more: str = "") -> list[Fault]:
    text = HEAD.format(policy=policy, more=more)
    for number, row in enumerate(rows):
        text += f'\n[[row]]\ntable = "t"\nid = "r{number}"\n{row}\n'
    (pack / "admission" / "rules.toml").write_text(text, encoding="utf-8")
    try:
        load_rulebook(pack)
    except PackError as error:
        assert all(one.file == "admission/rules.toml" and one.line for one in error.faults)
        return error.faults
    return []


NEED = 'need = { green_rate = "<= 20" }'


def test_tables_without_a_fault_are_read(pack: Path) -> None:
    low, high = 'when = { land = "< 50" }\n' + NEED, 'when = { land = ">= 50" }\n' + NEED
    assert not faults(pack, "UNIQUE", [low, high])
    assert not faults(pack, "FIRST", [low, NEED])
    assert not faults(pack, "COLLECT", [NEED, low], "")
    assert not faults(pack, "UNIQUE", [low], 'otherwise = "free"')


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (['when = { land = "< 50" }', 'when = { land = "> 50" }'], "= 50"),
        (['when = { land = "< 50" }', 'when = { land = "[50, 90]" }'], "> 90"),
        (['when = { industry = ["C"] }', 'when = { industry = ["D", "A"] }'], "06"),
        (['when = { foreign = true }'], "false"),
        (
            ['when = { foreign = true }', 'when = { foreign = false, land = "< 9" }'],
            "false，项目总用地 = 9",
        ),
    ],
)  # fmt: skip
def test_a_gap_is_found_with_the_place_where_it_is(pack: Path, rows: list[str], told: str) -> None:
    (fault,) = faults(pack, "UNIQUE", [f"{row}\n{NEED}" for row in rows])
    assert (fault.line, fault.key) == (1, "t")
    assert told in fault.found and "空档" in fault.found


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (['when = { land = "<= 50" }', 'when = { land = ">= 50" }'], "= 50"),
        (['when = { industry = ["C"] }', 'when = { industry = ["27"] }'], "27"),
        (['when = { unit = ["lz-etdz"] }', 'when = { unit = ["etdz-an"] }'], "etdz-an"),
    ],
)
def test_an_overlap_is_found_where_one_row_only_may_apply(
    pack: Path, rows: list[str], told: str
) -> None:
    (fault,) = faults(
        pack, "UNIQUE", [f"{row}\n{NEED}" for row in rows],
        "" if "land" in rows[0] else 'otherwise = "free"',
    )  # fmt: skip
    assert fault.key == "t.r1" and fault.line > 10
    assert told in fault.found and "r0" in fault.found


def test_a_row_that_nothing_comes_to_is_found(pack: Path) -> None:
    rows = ['when = { land = "< 50" }', "", 'when = { land = "> 70" }']
    (fault,) = faults(pack, "FIRST", [f"{row}\n{NEED}" for row in rows])
    assert fault.key == "t.r2"


def test_demands_that_nothing_can_keep_are_found(pack: Path) -> None:
    rows = [NEED, 'when = { land = "> 70" }\nneed = { green_rate = ">= 25" }']
    (fault,) = faults(pack, "COLLECT", rows)
    assert fault.key == "t.r1" and "green_rate" in fault.found


def test_free_otherwise_where_nothing_is_left_is_found(pack: Path) -> None:
    (fault,) = faults(pack, "COLLECT", [NEED], 'otherwise = "free"')
    assert "otherwise" in fault.found


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ('need = { green_rate = "20" }', "row.0.need.green_rate"),
        ('need = { colour = "<= 20" }', "row.0.need.colour"),
        ('when = { industry = ["XX"] }\n' + NEED, "row.0.when.industry"),
        ('when = { unit = "lz" }\n' + NEED, "row.0.when.unit"),
        ('when = { foreign = "yes" }\n' + NEED, "row.0.when.foreign"),
        ("", "row.0.need"),
        ('effect = "refuse"\n' + NEED, "row.0.need"),
        ('effect = "forbid"', "row.0.effect"),
        ("colour = 1\n" + NEED, "row.0.colour"),
    ],
)
def test_a_wrong_row_is_told_by_line_and_key(pack: Path, row: str, key: str) -> None:
    found = faults(pack, "COLLECT", [row])
    assert key in {one.key for one in found}


def test_two_versions_are_never_in_force_together(pack: Path) -> None:
    (pack / "admission" / "old.toml").write_text(
        HEAD.format(policy="COLLECT", more="until = 2021-01-01")
        + f'[[row]]\ntable = "t"\nid = "r"\n{NEED}\n',
        encoding="utf-8",
    )
    (fault,) = faults(pack, "COLLECT", [NEED])
    assert fault.key == "t.since"


def test_a_field_worked_out_of_what_is_not_given_is_refused(pack: Path) -> None:
    path = pack / "admission" / "fields.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            'ratio = ["tax", "land"]', 'ratio = ["tax", "tax_per_mu"]'
        ),
        encoding="utf-8",
    )
    with pytest.raises(PackError) as raised:
        load_rulebook(pack)
    assert any(one.key.endswith(".ratio") and one.line for one in raised.value.faults)


TRIED = HEAD.format(policy="UNIQUE", more="") + (
    '\n[[row]]\ntable = "t"\nid = "low"\nwhen = { land = "< 50" }\n' + NEED + "\n"
    '\n[[row]]\ntable = "t"\nid = "high"\nwhen = { land = ">= 40" }\n' + NEED + "\n"
)


def test_a_file_that_is_tried_out_tells_gaps_and_overlaps_and_changes_nothing() -> None:
    before = load_rulebook().edition
    [overlap] = try_tables(TRIED, "mine.toml").faults
    assert overlap.key == "t.high" and "low" in overlap.found and overlap.line == 17
    good = try_tables(TRIED.replace(">= 40", ">= 50"), "mine.toml")
    assert not good.faults and [table.id for table in good.tables] == ["t"]
    [gap] = try_tables(TRIED.replace(">= 40", "> 50"), "mine.toml").faults
    assert "项目总用地 = 50" in gap.found
    assert load_rulebook().edition == before


def test_a_file_that_is_tried_out_stands_in_for_the_one_of_its_name() -> None:
    text = (pack_path("gansu") / "admission" / "land.toml").read_text(encoding="utf-8")
    assert not try_tables(text, "land.toml").faults
    twice = try_tables(text, "other.toml").faults
    assert twice and all(fault.key.endswith(".since") for fault in twice)


@pytest.mark.parametrize("text", ["", "a = [", "[[row]]\n" * 301, "[[table]]\n", "[table]\na = 1"])
def test_a_file_that_is_no_file_of_tables_is_told(text: str) -> None:
    assert try_tables(text, "x.toml").faults


def test_a_rulebook_knows_which_files_it_was_read_from(pack: Path) -> None:
    first = load_rulebook(pack).edition
    (pack / "admission" / "more.toml").write_text("# nothing\n", encoding="utf-8")
    assert load_rulebook(pack).edition != first
