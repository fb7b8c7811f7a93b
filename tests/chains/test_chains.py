"""Chains: circles refused, firms placed, gaps told, and why a zone fits a firm."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.admission import load_rulebook, screen
from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.catalogue.seats import load_seats
from hexi.chains import (
    Admitted,
    Firm,
    Left,
    Need,
    Zone,
    circle_of,
    fit_zones,
    load_chains,
    place_firms,
    sites_of,
    states_of,
)

BOOK = load_chains()
METALS = BOOK.chain("nonferrous")


# --- graphs


def test_a_circle_is_told_with_its_path() -> None:
    assert circle_of(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("c", "d"), ("d", "b")]) == (
        "b", "c", "d", "b"
    )  # fmt: skip
    assert circle_of(["a"], [("a", "a")]) == ("a", "a")
    assert circle_of(["a", "b", "c"], [("a", "b"), ("a", "c"), ("b", "c")]) == ()


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_what_is_told_is_a_circle_and_without_one_all_can_be_put_in_order(pairs: Any) -> None:
    edges = [(str(one), str(two)) for one, two in pairs]
    nodes = [str(n) for n in range(8)]
    circle = circle_of(nodes, edges)
    if circle:
        assert circle[0] == circle[-1]
        assert set(pairwise(circle)) <= set(edges)
        return
    left, rest = set(nodes), set(edges)
    while left:
        free = {node for node in left if not any(two == node for _, two in rest)}
        assert free
        left -= free
        rest = {(one, two) for one, two in rest if one not in free}


def test_a_chain_is_ordered_from_raw_material_to_product() -> None:
    for chain in BOOK.chains:
        place = {node: n for n, node in enumerate(chain.order)}
        assert len(place) == len(chain.nodes)
        assert all(place[edge.start] < place[edge.end] for edge in chain.edges)
        assert chain.source and chain.assumed and all(edge.date for edge in chain.edges)


def test_every_word_of_the_zones_industries_has_codes_or_a_reason_for_none() -> None:
    for unit in BOOK.pack.catalogue.units.values():
        for word in unit.industries:
            assert word in BOOK.industries, (unit.id, word)
    assert BOOK.codes_of(["铝合金加工", "生物制药"]) == ("3240", "3252", "276")


# --- packs with faults


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    copy = tmp_path / "gansu"
    shutil.copytree(pack_path("gansu"), copy)
    return copy


@pytest.mark.parametrize(
    ("file", "change", "key", "told"),
    [
        (
            "nonferrous.toml",
            lambda text: text + '\n[[edge]]\nfrom = "cable"\nto = "copper-ore"\n',
            "edge.",
            "cable → copper-ore",
        ),
        (
            "nonferrous.toml",
            lambda text: text.replace('to = "cable"', 'to = "cabel"', 1),
            ".to",
            "cabel",
        ),
        ("nonferrous.toml", lambda text: text.replace('"0911"', '"9911"'), ".codes", "9911"),
        ("nonferrous.toml", lambda text: text.replace('"8544"', '"85"'), ".hs", "85"),
        ("nonferrous.toml", lambda text: text.replace("2026-11-21", "now"), ".date", "now"),
        ("industries.toml", lambda text: text.replace('["131', '["999').replace('"39"', '"99"'),
         ".codes", "99"),
        ("fit.toml", lambda text: text.replace("chain = 20", "chian = 20"), "weights", "chian"),
        ("fit.toml", lambda text: text.replace("group = 0.8", "group = 0.1"), "kinship", "0.1"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_file_line_and_key(
    pack: Path, file: str, change: Callable[[str], str], key: str, told: str
) -> None:
    path = pack / "chains" / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(PackError) as raised:
        load_chains(pack)
    found: list[Fault] = raised.value.faults
    assert all(one.file == f"chains/{file}" and one.line for one in found)
    assert any(key in one.key and told in one.found for one in found)


# --- firms on nodes

FIRMS = [
    Firm("a", "甲铝业", ("3216",), unit="etdz-hg", size=90),
    Firm("b", "乙铝业", ("3216",), unit="etdz-hg", size=5),
    Firm("c", "丙铝业", ("3216",), unit="lz-etdz", size=5),
    Firm("d", "丁型材", ("3252", "3340"), unit="etdz-hg", size=8),
    Firm("e", "戊有色", ("32",), unit="etdz-hg", size=1),
    Firm("f", "己再生", ("4210",), unit="etdz-hg"),
    Firm("g", "庚再生", ("4210",), unit="etdz-hg"),
    Firm("h", "辛线缆项目", ("3831",), unit="etdz-hg", producing=False),
    Firm("i", "壬镍业", ("3213",), unit="jc-etdz", size=50),
    Firm("j", "癸贸易", (), hs=("740311",), unit="etdz-hg", size=3),
]
HERE = frozenset({"etdz-hg", "lz-etdz"})


def test_states_of_nodes_are_what_the_firms_make_them() -> None:
    placed = place_firms(METALS, FIRMS)
    states = {one.node.id: one for one in states_of(METALS, placed, HERE, BOOK.strength)}
    assert states["aluminium"].state == "single"  # three firms, one with 90 %
    assert states["aluminium"].largest == pytest.approx(0.9)
    assert states["aluminium-products"].state == "single"
    assert states["scrap"].state == "weak" and states["scrap"].largest is None
    assert states["nickel"].state == "empty" and not states["nickel"].firms
    assert [firm.id for firm in states["copper"].firms] == ["j"]  # by what it trades
    cable = states["cable"]
    assert cable.state == "empty" and [firm.id for firm in cable.coming] == ["h"]
    assert set(cable.served) == {"aluminium-products"}
    assert "e" in {firm.id for firm in states["nickel"].possible}


def test_a_firm_goes_to_the_node_of_its_finest_code() -> None:
    medicine = BOOK.chain("medicine")
    (placed,) = place_firms(medicine, [Firm("x", "", ("2762",))])
    assert (placed.node, placed.sure) == ("biologics", True)
    assert not place_firms(medicine, [Firm("x", "", ("3110",))])
    maybe = place_firms(medicine, [Firm("x", "", ("27",))])
    assert maybe and not any(one.sure for one in maybe)


# --- fit


def zones() -> list[Zone]:
    units = BOOK.pack.catalogue.units
    city = frozenset({"etdz-hg", "lz-etdz", "lz-htz", "lzna"})
    return [
        Zone("lz-etdz", "兰州经开区", BOOK.codes_of(units["lz-etdz"].industries), HERE, city,
             (103.83, 36.06), land=500.0, energy=None),
        Zone("lz-htz", "兰州高新区", BOOK.codes_of(units["lz-htz"].industries),
             frozenset({"lz-htz"}), city, (103.83, 36.06), land=20.0, energy=9e4),
        Zone("jq-etdz", "酒泉经开区", BOOK.codes_of(units["jq-etdz"].industries),
             frozenset({"jq-etdz"}), frozenset({"jq-etdz"}), (98.51, 39.74), land=900.0),
    ]  # fmt: skip


def fits(firm: Firm, admitted: dict[str, Admitted] | None = None) -> Any:
    return fit_zones(
        firm,
        Need(land=100.0, energy=3e4, near=(103.83, 36.06)),
        zones(),
        chains=BOOK.chains,
        local={chain.id: place_firms(chain, FIRMS) for chain in BOOK.chains},
        sections=BOOK.sections,
        density={"lz-etdz": 0.4, "lz-htz": 0.2},
        admitted=admitted or {},
        weights=BOOK.weights,
    )


CABLE = Firm("n", "新线缆厂", ("3831",))


def test_each_term_is_shown_and_the_best_is_the_zone_with_suppliers() -> None:
    found = fits(CABLE)
    assert found[0].zone.id == "lz-etdz" and len(found) == 3
    told = {fit.zone.id: {one.name: one for one in fit.terms} for fit in found}
    terms, second, far = told["lz-etdz"], told["lz-htz"], told["jq-etdz"]
    assert terms["industry"].value == 1.0 and terms["industry"].because == ("3831", "38")
    assert terms["chain"].value == pytest.approx(0.5)  # rolled aluminium here, rolled copper not
    assert terms["chain"].because == ("nonferrous.aluminium-products",)
    assert terms["relatedness"].value == 1.0 and terms["land"].value == 1.0
    assert terms["energy"].value is None and terms["admission"].value is None
    assert terms["distance"].value == 1.0
    assert second["chain"].value == pytest.approx(0.25)  # in the city, not in the zone
    assert second["land"].value == pytest.approx(0.2)
    assert far["relatedness"].value is None
    assert 580 < float(far["distance"].because[0]) < 660


def test_the_unknown_is_a_band_and_not_a_zero() -> None:
    for fit in fits(CABLE):
        assert fit.low <= fit.score <= fit.high
        unknown = sum(one.weight for one in fit.terms if one.value is None)
        every = sum(one.weight for one in fit.terms)
        assert fit.high - fit.low == pytest.approx(unknown / every)
        known = [(one.weight, one.value) for one in fit.terms if one.value is not None]
        score = sum(w * v for w, v in known) / sum(w for w, _ in known)
        assert fit.score == pytest.approx(score)


def test_what_admission_refuses_comes_last_and_says_why() -> None:
    on = date(2026, 11, 21)
    rules = load_rulebook()
    project = {"industry": "3831", "unit": "lz-etdz", "in_red_line": True, "land_use": "none"}
    said = screen(project, rules.in_force(on), rules.space(on), on)
    why = said.of("fails")[0].sentence
    found = fits(CABLE, {"lz-etdz": Admitted(said.result, why)})
    assert found[-1].zone.id == "lz-etdz" and found[-1].barred
    (term,) = (one for one in found[-1].terms if one.name == "admission")
    assert term.value == 0.0 and "生态保护红线" in term.because[0]


@pytest.mark.parametrize(
    ("code", "value"),
    [("3252", 1.0), ("3831", 1.0), ("3099", 0.2), ("7210", 1.0), ("0511", 0.0)],
)
def test_an_industry_is_as_near_as_the_classification_says(code: str, value: float) -> None:
    fit = next(one for one in fits(Firm("n", "", (code,))) if one.zone.id == "lz-etdz")
    assert fit.terms[0].value == value


def test_the_zones_of_the_pack_are_sites_with_city_place_and_codes() -> None:
    on = date(2026, 11, 21)
    found = {
        zone.id: zone
        for zone in sites_of(
            BOOK, on, left={"lz-etdz": Left(land=500.0)}, seats=load_seats("gansu")
        )
    }
    assert len(found) >= 35
    zone = found["lz-etdz"]
    assert {"lz-etdz", "etdz-hg", "etdz-an"} <= zone.within and "lz-htz" not in zone.within
    assert {"lz-htz", "lzna"} <= zone.city and "jq-etdz" not in zone.city
    assert zone.place == (103.83, 36.06) and zone.land == 500.0 and zone.energy is None
    assert found["jq-etdz"].place == (98.51, 39.74)
    assert all(one.place for one in found.values())
    bare = [one.id for one in found.values() if not one.codes]
    assert bare == ["lzna-cbz"] or not bare
