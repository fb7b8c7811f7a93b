"""Relatedness: equal to Harvard's package, sound on tables that it gives no figures for."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.chains import (
    LocationError,
    density_of,
    load_chains,
    proximity_of,
    rca_of,
    read_locations,
    relatedness,
)

# Written by ecomplexity 0.5.3 (MIT) itself; benchmarks/chains.py compares at full size.
ORACLE = json.loads(Path(__file__).with_name("ecomplexity.json").read_text(encoding="utf-8"))
AMOUNTS = np.array(ORACLE["amounts"])
SECTIONS = load_chains().sections


@pytest.mark.parametrize(
    "name",
    ["rca", "present", "diversity", "ubiquity", "density", "eci", "pci", "coi", "cog"],
)
def test_every_figure_equals_the_package(name: str) -> None:
    found = getattr(relatedness(AMOUNTS), name)
    np.testing.assert_allclose(found, np.array(ORACLE[name]), rtol=0, atol=1e-9)


def test_a_table_worked_by_hand() -> None:
    # Two of three places have both of the first two industries; the third has the third alone.
    present = np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1]])
    near = proximity_of(present)
    assert near[0, 1] == pytest.approx(2 / 3)  # two of the three places that have the first
    assert near[0, 2] == pytest.approx(1 / 3) and near[1, 2] == 0
    own = density_of(present, near)
    assert own[2, 1] == pytest.approx((2 / 3) / (2 / 3 + 1))
    apart = density_of(present, near, own=False)
    assert apart[2, 1] == pytest.approx(1.0) and apart[2, 2] == pytest.approx(1.0)


def test_leaving_the_diagonal_out_lowers_what_is_there_and_lifts_nothing_that_is_not() -> None:
    all_in, fair = relatedness(AMOUNTS), relatedness(AMOUNTS, own=False)
    there = all_in.present == 1
    assert (fair.density[there] <= all_in.density[there] + 1e-12).all()
    assert (fair.density[~there] >= all_in.density[~there] - 1e-12).all()


def test_a_place_or_an_industry_without_anything_alone_has_no_figure() -> None:
    table = np.zeros((AMOUNTS.shape[0] + 1, AMOUNTS.shape[1] + 1))
    table[:-1, :-1] = AMOUNTS
    found, plain = relatedness(table), relatedness(AMOUNTS)
    assert np.isnan(found.eci[-1]) and np.isnan(found.pci[-1]) and np.isnan(found.coi[-1])
    for name in ("eci", "pci", "coi"):
        np.testing.assert_allclose(getattr(found, name)[:-1], getattr(plain, name), atol=1e-9)
    np.testing.assert_allclose(found.cog[:-1, :-1], plain.cog, atol=1e-9)


def test_a_table_that_falls_apart_has_no_complexity_and_says_so() -> None:
    two = np.kron(np.eye(2), np.ones((3, 3)))
    found = relatedness(two)
    assert not found.connected and np.isnan(found.eci).all()
    assert np.isfinite(found.density).all()


@pytest.mark.parametrize("table", [[1, 2], [[1, -1]], [[1, float("nan")]]])
def test_what_is_no_table_is_refused(table: object) -> None:
    with pytest.raises(ValueError):
        rca_of(table)  # type: ignore[arg-type]


@given(st.integers(0, 10_000), st.floats(0.01, 1e6))
@settings(max_examples=40, deadline=None)
def test_neither_scale_nor_order_matters(seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    table = rng.lognormal(0, 1.5, (12, 7))
    rows, columns = rng.permutation(12), rng.permutation(7)
    one, two = relatedness(table), relatedness((table * scale)[rows][:, columns])
    if not (one.connected and two.connected) or np.any(np.abs(one.rca - 1) < 1e-9):
        return
    np.testing.assert_allclose(one.density[rows][:, columns], two.density, atol=1e-9)
    np.testing.assert_allclose(np.abs(one.eci[rows]), np.abs(two.eci), atol=1e-6)
    assert ((one.proximity >= 0) & (one.proximity <= 1)).all()
    assert ((one.density >= -1e-9) & (one.density <= 1 + 1e-9)).all()


# --- tables of places from files


def sheet(text: str) -> bytes:
    return text.encode()


def test_a_table_is_read_with_codes_of_any_length_and_names_after_them() -> None:
    found = read_locations(
        sheet('地区,13 农副食品加工业,C3252,0171\n兰州,"1,200",,3\n\n金昌,–,9.5,0\n'),
        "表.csv",
        SECTIONS,
    )
    assert found.places == ("兰州", "金昌") and found.industries == ("13", "3252", "0171")
    np.testing.assert_array_equal(found.amounts, [[1200, 0, 3], [0, 9.5, 0]])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("地区,13,99,14\n甲,1,2,0\n乙,3,4,0\n", [("C1", "“99”不是行业代码")]),
        ("地区,13,13 又,14\n甲,1,2,0\n乙,3,4,0\n", [("C1", "行业13出现两次")]),
        ("地区,13,14\n甲,约5,2\n乙,3,-4\n", [("B2", "“约5”不是"), ("C3", "“-4”不是")]),
        ("地区,13,14\n甲,1,2\n甲,3,4\n", [("A3", "出现两次")]),
        ("地区,13,14\n甲,1,2\n", [("表.csv", "应有2至")]),
    ],
)
def test_every_fault_of_a_table_is_told_with_its_cell(
    text: str, told: list[tuple[str, str]]
) -> None:
    with pytest.raises(LocationError) as raised:
        read_locations(sheet(text), "表.csv", SECTIONS)
    found = sorted((one.place, one.text) for one in raised.value.faults)
    for (place, start), (where, said) in zip(sorted(told), found, strict=True):
        assert place == where and start in said
    assert all(one.text_en for one in raised.value.faults)


def test_what_is_no_table_at_all_says_so() -> None:
    for content in (b"", b"PK\x03\x04 broken", b"a,b\n1,2\n"):
        with pytest.raises(LocationError):
            read_locations(content, "x", SECTIONS)
