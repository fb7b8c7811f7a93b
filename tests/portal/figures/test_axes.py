"""Spans and places of published figures (公布时段与单位维): how they add up on one axis."""

from __future__ import annotations

import pytest

from hexi.portal.core.refusal import Refusal
from hexi.portal.figures.books.working import measure_of
from hexi.portal.figures.forest import Forest, Node
from hexi.portal.figures.knowledge import definitions
from hexi.portal.figures.release.claims import Claim, claims_of
from hexi.portal.figures.release.confidential import Protected
from hexi.portal.figures.release.places import place_name, unit_axis, unit_of
from hexi.portal.figures.release.plan import Asked
from hexi.portal.figures.release.windows import Window, time_axis
from hexi.statistics.indicators.plan import plan


@pytest.mark.parametrize("code", ["2015-03", "2015/03", "then:2015-12", "then:2015/12"])
def test_a_span_comes_back_from_its_code(code: str) -> None:
    assert Window.read(code).code == code


def test_january_since_january_is_january() -> None:
    assert Window.of(201501, since_january=True) == Window.of(201501)


def sums(codes: list[str]) -> dict[str, set[str]]:
    axis = time_axis([Window.read(code) for code in codes]).axis
    return {axis.nodes[parent]: {axis.nodes[n] for n in parts} for parent, parts in axis.sums}


def test_a_year_alone_is_one_cell() -> None:
    times = time_axis([Window.read("2015/12")])
    assert times.axis.nodes == ("2015/12",) and len(times.now) == 12 and not times.then


def test_a_month_cuts_its_year_and_its_quarter() -> None:
    assert sums(["2015-05", "2015/06", "2015/12"]) == {
        "2015/06": {"2015/04", "2015-05", "2015-06"},
        "2015/12": {"2015/04", "2015-05", "2015-06", "2015-07..12"},
    }


def test_months_apart_add_up_to_nothing_and_leave_the_others_out() -> None:
    times = time_axis([Window.read("2015-03"), Window.read("2015-09")])
    assert times.axis.nodes == ("2015-03", "2015-09") and set(times.now) == {201503, 201509}
    assert not times.axis.sums


def test_the_year_before_has_cuts_of_its_own() -> None:
    times = time_axis([Window.read(code) for code in ("2015-12", "2015/12", "then:2015/12")])
    assert "then:2015/12" in times.axis.nodes and len(set(times.then.values())) == 1
    assert len(set(times.now.values())) == 2


#: a city with two zones, one of them with a park; two industries
HOME = Forest.of(
    [Node(code, code) for code in ("city", "a", "b", "b1")],
    [("a", "city"), ("b", "city"), ("b1", "b")],
)
TRADE = Forest.of(
    [Node(code, code) for code in ("all", "steel", "food")], [("steel", "all"), ("food", "all")]
)
TREES = {"jurisdiction": HOME, "industry": TRADE}


def below(names: list[str], places: list[set[str]]) -> tuple[dict[str, set[str]], dict[str, str]]:
    axis, leaf = unit_axis(names, [frozenset(place) for place in places], TREES)
    found = {axis.nodes[parent]: {axis.nodes[n] for n in parts} for parent, parts in axis.sums}
    return found, {"&".join(sorted(place)): axis.nodes[n] for place, n in leaf.items()}


def test_a_zone_that_nobody_divides_is_a_leaf_and_a_rest_stands_under_its_city() -> None:
    found, leaf = below(["city", "a", "b"], [{"city"}, {"city", "a"}, {"city", "b"}])
    assert found == {"city": {"a", "b", "city/rest"}}
    assert leaf == {"city": "city/rest", "a&city": "a", "b&city": "b"}


def test_zones_and_industries_are_sums_of_what_they_share() -> None:
    names = ["city", "a", "b", *(place_name(code, "industry") for code in ("all", "steel", "food"))]
    steel, food, every = names[4], names[5], names[3]
    places = [
        {"city", "a", every, steel}, {"city", "b", every, steel}, {"city", "b", every, food},
    ]  # fmt: skip
    found, _leaf = below(names, places)
    # only zone b has food, so that the one is a part of the other
    assert found["b"] & (found.get(food) or {food})
    assert found[every] == {steel, food} and found["city"] == {"a", "b"}


def test_a_name_says_its_tree() -> None:
    assert unit_of(place_name("steel", "industry")) == ("steel", "industry")
    assert unit_of(place_name("lz", "jurisdiction")) == ("lz", "jurisdiction")


@pytest.mark.parametrize(
    "closed", [{}, {Claim("lz", "output", Window.read("then:2015/12")): "secondary"}]
)
def test_a_decision_comes_back_from_its_record(closed: dict[Claim, str]) -> None:
    said = Protected(closed, "n>=3", (("lz", "output", "2015-12"),), ())
    assert Protected.of_record(said.record()) == said


def test_figures_of_rows_by_class_are_not_published_unprotected() -> None:
    """Protection works item by item: exports to one partner may be those of one firm."""
    defined = definitions()
    by_class = plan(defined, ["dz_belt_road_trade"]).cells[0]
    titles = {"dz_belt_road_trade": "沿线贸易"}
    asked = [Asked(measure_of(by_class, defined, titles), by_class)]
    with pytest.raises(Refusal) as told:
        claims_of(asked, ["city"], HOME, "jurisdiction", 202403, "2024-03")
    assert told.value.code == "rows_unprotected"
