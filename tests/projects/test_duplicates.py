"""Duplicates (重复项目): what is brought together, and what is told apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.projects.duplicates import Entered, likeness, plain_name, same_projects
from hexi.projects.duplicates_many import EnteredColumns, same_in_columns

CODE = "91620100MA71TEAT0C"
OTHER = "91620100MA71TEAT1F"


def found(*rows: Entered) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(one.one, one.other, one.grounds) for one in same_projects(rows)]


def test_the_same_firm_name_and_place_are_one_project() -> None:
    rows = (
        Entered(1, "年产5万吨高端铝箔项目", CODE, "河西铝业", "/gs/lz/", "620105"),
        Entered(2, "年产5万吨高端铝箔建设项目", CODE, "河西铝业", "/gs/lz/", "620105"),
    )
    assert found(*rows) == [(1, 2, ("investor", "name", "place"))]


def test_one_state_code_is_enough() -> None:
    rows = (Entered(1, "甲", state_code="2401"), Entered(2, "完全不同", state_code="2401"))
    assert found(*rows) == [(1, 2, ("state_code",))]


def test_two_state_codes_are_two_projects() -> None:
    rows = (
        Entered(1, "铝箔项目", CODE, unit="/gs/", state_code="2401"),
        Entered(2, "铝箔项目", CODE, unit="/gs/", state_code="2402"),
    )
    assert found(*rows) == []


def test_two_firms_have_two_projects_however_they_are_called() -> None:
    rows = (
        Entered(1, "冷链物流园项目", CODE, unit="/gs/lz/"),
        Entered(2, "冷链物流园项目", OTHER, unit="/gs/lz/"),
    )
    assert found(*rows) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("光伏基地一期项目", "光伏基地二期项目"), ("管网改造1标段", "管网改造2标段"),
     ("第一污水处理厂", "第二污水处理厂")],
)  # fmt: skip
def test_phases_and_lots_are_told_apart(one: str, other: str) -> None:
    assert likeness(plain_name(one), plain_name(other)) == 0
    assert found(Entered(1, one, CODE, unit="/gs/"), Entered(2, other, CODE, unit="/gs/")) == []


def test_a_phase_written_in_digits_is_the_same_phase() -> None:
    assert likeness(plain_name("光伏基地一期"), plain_name("光伏基地1期")) == 1


def test_a_like_name_far_away_is_another_project() -> None:
    rows = (
        Entered(1, "城市管网更新改造", unit="/gs/lz/", place="620105"),
        Entered(2, "城市管网更新改造", unit="/gs/jc/", place="620302"),
    )
    assert found(*rows) == []


def test_the_surest_come_first() -> None:
    rows = (
        Entered(1, "铝箔项目", CODE, unit="/gs/lz/", place="620105", state_code="2401"),
        Entered(2, "铝箔", CODE, unit="/gs/lz/", place="620105", state_code="2401"),
        Entered(3, "冷链物流园一号库", unit="/gs/jc/"),
        Entered(4, "冷链物流园一号库区", unit="/gs/jc/"),
    )
    assert [pair[:2] for pair in found(*rows)] == [(1, 2), (3, 4)]


def test_spelling_does_not_hide_a_project() -> None:
    assert plain_name("（兰州）１０万吨 铝棒-项目") == plain_name("(兰州)10万吨铝棒")


@given(st.lists(st.text(alphabet="铝箔项目一二期ab1", min_size=1, max_size=8), max_size=12))
def test_pairs_are_told_once_and_in_order(names: list[str]) -> None:
    rows = [Entered(at, name, CODE, unit="/gs/") for at, name in enumerate(names)]
    pairs = [(one.one, one.other) for one in same_projects(rows)]
    assert len(set(pairs)) == len(pairs)
    assert all(one < other for one, other in pairs)


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_a_share_and_goes_both_ways(one: str, other: str) -> None:
    there, back = likeness(one, other), likeness(other, one)
    assert there == back and 0 <= there <= 1


ENTERED = st.builds(
    Entered,
    id=st.just(0),
    name=st.text(alphabet="铝箔项目一二期第1—ab", max_size=9),
    investor_code=st.sampled_from(["", CODE, OTHER]),
    investor=st.sampled_from(["", "河西铝业有限公司", "河西铝业", "甲", "——"]),
    unit=st.sampled_from(["", "/gs/", "/gs/lz/", "/gs/jc/", "/gs/lz/an/"]),
    place=st.sampled_from(["", "620105", "620105100", "620302"]),
    state_code=st.sampled_from(["", "", "2401", "2402"]),
)


def columns(rows: list[Entered]) -> EnteredColumns:
    names = ("name", "investor_code", "investor", "unit", "place", "state_code")
    given = {name: [getattr(row, name) for row in rows] for name in names}
    return EnteredColumns(np.array([row.id for row in rows], dtype=np.int64), **given)


@given(st.lists(ENTERED, max_size=30))
def test_columns_give_the_same_pairs(given_rows: list[Entered]) -> None:
    rows = [replace(row, id=3 * at + 7) for at, row in enumerate(given_rows)]
    assert same_in_columns(columns(rows)) == same_projects(rows)


def test_pieces_that_many_names_share_bring_nothing_together_in_either_way() -> None:
    rows = [
        Entered(at, f"光伏发电{chr(0x4E00 + at)}{chr(0x5E00 + at)}项目", CODE, unit="/gs/")
        for at in range(64)
    ]
    rows += [Entered(100 + at, f"风电基地{chr(0x4E00 + at)}", unit="/gs/") for at in range(60)]
    found = same_in_columns(columns(rows))
    assert found == same_projects(rows)
    assert {one.one >= 100 for one in found} == {True}
