"""Questions asked of a chain: the code of a product, who fills a gap, what comes next, the map."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from hexi.catalogue.faults import PackError
from hexi.catalogue.pack import pack_path
from hexi.chains import (
    Chain,
    Firm,
    Need,
    Node,
    Zone,
    candidates_of,
    codes_in,
    crossings,
    fillers_of,
    find_codes,
    fit_zones,
    lay_out,
    load_chains,
    place_firms,
    relatedness,
    states_of,
)
from hexi.chains.graph import STAGES, Edge

BOOK = load_chains()
METALS = BOOK.chain("nonferrous")


# --- what the pack holds


def test_every_industry_of_a_zone_has_a_chain() -> None:
    """Trade modes alone (出口加工 …) name no industry and so have no chain."""
    codes = [code for chain in BOOK.chains for node in chain.nodes for code in node.codes]
    for unit in BOOK.pack.catalogue.units.values():
        for word in unit.industries:
            own = BOOK.industries[word]
            near = [c for c in codes for o in own if c.startswith(o) or o.startswith(c)]
            assert near or not own, (unit.id, word)


def test_edges_run_with_the_stages_and_no_node_stands_alone() -> None:
    for chain in BOOK.chains:
        for edge in chain.edges:
            start, end = chain.by_id[edge.start].stage, chain.by_id[edge.end].stage
            assert STAGES.index(start) <= STAGES.index(end), (chain.id, edge)
        assert all(chain.neighbours(node.id) for node in chain.nodes), chain.id


def test_a_code_bears_its_official_name_or_that_of_its_division() -> None:
    assert BOOK.name_of("3252") == "铝压延加工"
    assert BOOK.name_of("325") == BOOK.name_of("32") == "有色金属冶炼和压延加工业"
    assert BOOK.name_of("99") == ""
    every = [code for chain in BOOK.chains for node in chain.nodes for code in node.codes]
    assert all(BOOK.name_of(code) for code in every)


def test_a_class_that_is_named_twice_is_told_with_its_line(tmp_path: Path) -> None:
    copy = tmp_path / "gansu"
    shutil.copytree(pack_path("gansu"), copy)
    path = copy / "chains" / "classes.csv"
    path.write_text(path.read_text(encoding="utf-8") + "3252,又一个\n99,无\n", encoding="utf-8")
    with pytest.raises(PackError) as raised:
        load_chains(copy)
    last = len(path.read_text(encoding="utf-8").splitlines())
    told = {(one.file, one.line, one.found) for one in raised.value.faults}
    assert told == {
        ("chains/classes.csv", last - 1, "3252"),
        ("chains/classes.csv", last, "99,无"),
    }


# --- codes of a product


@pytest.mark.parametrize(
    ("words", "code"),
    [("铝型材", "3252"), ("芯片", "3973"), ("集成电路 制造", "3973"), ("尿素", "2621"),
     ("wire and cable", "3831"), ("铁合金", "3140")],
)  # fmt: skip
def test_words_of_a_product_lead_to_its_code(words: str, code: str) -> None:
    assert find_codes(words, BOOK)[0].code == code


def test_digits_are_codes_and_words_are_not() -> None:
    assert codes_in("C3252、 3831", BOOK) == ("3252", "3831")
    assert codes_in("铝型材 3252", BOOK) == () == codes_in("9952", BOOK) == codes_in("", BOOK)
    assert not find_codes("没有这样的产品", BOOK) and not find_codes(" ", BOOK)


# --- who fills a gap

FIRMS = [
    Firm("a", "甲铝业", ("3252",), unit="here"),
    Firm("b", "乙铜业", ("3251",), unit="here"),
    Firm("c", "丙线缆", ("3831",), unit="there"),
    Firm("d", "丁铜缆", ("3831", "3251"), unit="there"),
    Firm("e", "戊在建线缆", ("3831",), unit="there", producing=False),
    Firm("f", "己电工", ("38",), unit="there"),
    Firm("g", "庚线缆", ("3831",), unit="here"),
]


def test_firms_from_elsewhere_fill_a_gap_and_say_with_whom_they_would_deal() -> None:
    placed = place_firms(METALS, FIRMS)
    states = states_of(METALS, placed, {"here"}, BOOK.strength)
    found = fillers_of(METALS, "cable", placed, states, {"here"})
    assert [one.firm.id for one in found] == ["d", "c"]  # d stands beside it on the chain too
    assert found[0].code == "3831" and found[0].beside == ("copper-products",)
    assert set(found[0].fed_by) == {"copper-products", "aluminium-products"}
    assert found[0].links == 2 and found[0].feeds == ()


# --- what could come next


def test_the_nearest_absent_industry_is_told_with_what_carries_it() -> None:
    # Places one to three do x and y together; place 0 has x alone, and z nobody near it has.
    amounts = np.array([[9, 0, 0, 1], [5, 5, 0, 1], [5, 5, 0, 1], [0, 0, 9, 9]], dtype=float)
    found = relatedness(amounts, own=False)
    candidates = candidates_of(found, 0, ["x", "y", "z", "w"])
    assert [one.industry for one in candidates] == ["y"]
    (first,) = candidates
    assert first.rca == 0.0 and first.because[0].industry == "x"
    # x is in three places, y in two of them: 2 of 3; y has no other neighbour
    assert first.because[0].proximity == pytest.approx(2 / 3)
    assert first.because[0].share == 1.0 and first.density == pytest.approx(1.0)


def test_shares_of_the_reasons_add_up_to_the_density_that_is_told() -> None:
    rng = np.random.default_rng(5)
    found = relatedness(rng.lognormal(0, 1.5, (30, 12)), own=False)
    names = [f"{n:02}" for n in range(12)]
    for place in range(30):
        told = candidates_of(found, place, names, most=12, reasons=12)
        density = [one.density for one in told]
        assert density == sorted(density, reverse=True)
        for one in told:
            column = names.index(one.industry)
            assert found.present[place, column] == 0
            near = found.proximity[:, column].copy()
            near[column] = 0
            carried = sum(reason.proximity for reason in one.because)
            assert carried / near.sum() == pytest.approx(one.density)
            assert sum(reason.share for reason in one.because) == pytest.approx(1)


# --- the drawing


def test_a_drawing_has_a_spot_for_each_node_and_lines_run_to_the_right() -> None:
    for chain in BOOK.chains:
        spots = lay_out(chain)
        assert set(spots) == set(chain.by_id)
        assert len({(one.column, one.row) for one in spots.values()}) == len(spots)
        assert all(spots[edge.start].column < spots[edge.end].column for edge in chain.edges)
        assert spots == lay_out(chain)


def test_lines_that_need_not_cross_do_not() -> None:
    nodes = tuple(
        Node(name, name, name, stage, ("0111",), ())
        for name, stage in (("a", "up"), ("b", "up"), ("x", "mid"), ("y", "mid"))
    )
    edges = (Edge("a", "y", "", "2026"), Edge("b", "x", "", "2026"))
    chain = Chain("t", "t", "t", "s", "2026", "", "", nodes, edges)
    assert crossings(chain, lay_out(chain)) == 0


# --- zones whose firms one may not see


def test_neighbours_of_a_zone_out_of_sight_are_unknown_and_not_absent() -> None:
    cable = Firm("n", "新线缆厂", ("3831",))
    zones = [
        Zone(name, name, ("32",), frozenset({name}), frozenset({name})) for name in ("one", "two")
    ]

    def told(seen: frozenset[str] | None) -> Mapping[str, float | None]:
        found = fit_zones(
            cable, Need(), zones, chains=BOOK.chains, local={}, sections=BOOK.sections,
            density={}, admitted={}, weights=BOOK.weights, seen=seen,
        )  # fmt: skip
        return {f.zone.id: {t.name: t.value for t in f.terms}["chain"] for f in found}

    assert told(None) == {"one": 0.0, "two": 0.0}
    assert told(frozenset({"two"})) == {"one": None, "two": 0.0}


def test_of_two_zones_with_one_score_the_better_known_comes_first() -> None:
    near = (103.83, 36.06)
    zones = [
        Zone("a", "a", ("38",), frozenset({"a"}), frozenset({"a"})),
        Zone("b", "b", ("38",), frozenset({"b"}), frozenset({"b"}), near),
    ]
    found = fit_zones(
        Firm("n", "新线缆厂", ("3831",)), Need(near=near), zones, chains=(), local={},
        sections=BOOK.sections, density={}, admitted={}, weights=BOOK.weights,
    )  # fmt: skip
    assert [one.score for one in found] == [1.0, 1.0]
    assert [one.zone.id for one in found] == ["b", "a"] and found[0].low > found[1].low
