"""Trees in the warehouse's register: who stood where since when, and the classes of zones."""

from __future__ import annotations

from hexi.catalogue.nouns import Membership
from hexi.portal.returns.registers.register_tables import current_register
from hexi.portal.returns.registers.unit_trees import Edge, Stand, UnitTrees
from hexi.warehouse.registry_check import faults_of_registry
from tests.portal.returns.bureau import Bureau

OPEN = 999912


def belonging(unit: str, parent: str, since: str, until: str, relation: str) -> Membership:
    return Membership(unit, parent, since, until, relation, "表")


UNITS = [
    Stand("gs", ""),
    Stand("lz", "gs", region="大兰州"),
    Stand("ts", "gs", region="陇东南"),
    Stand("zone", "lz", "创新驱动型", "大兰州"),
    Stand("old", "lz", "基础培育型", "大兰州"),
    Stand("park", "zone", region="大兰州"),
    Stand("field", "lz"),
]
BELONGING = [
    belonging("lz", "gs", "1981", "", "governs"),
    belonging("park", "lz", "", "", "located"),
    belonging("park", "old", "2008-05", "2011-01", "governs"),
    belonging("park", "zone", "2011-01", "", "governs"),
    belonging("zone", "ts", "", "2015-03-17", "counts"),
    belonging("zone", "lz", "2015-03-17", "", "counts"),
]


def edges(unit: str, tree: str) -> list[tuple[str, int, int]]:
    found = UnitTrees(UNITS, BELONGING).edges()
    return [(e.parent, e.since, e.until) for e in found if (e.unit, e.tree) == (unit, tree)]


def test_a_unit_stands_where_it_stood() -> None:
    assert edges("park", "jurisdiction") == [
        ("lz", 190001, 200805),
        ("old", 200805, 201101),
        ("zone", 201101, OPEN),
    ]
    # the day it changed: on the month's last day it stood elsewhere already
    assert edges("zone", "jurisdiction") == [("ts", 190001, 201503), ("lz", 201503, OPEN)]
    assert edges("lz", "jurisdiction") == [("gs", 190001, OPEN)]


def test_a_zone_counts_in_its_type_and_a_park_in_its_zone() -> None:
    assert edges("zone", "zone_type") == [("zone_type:创新驱动型", 190001, OPEN)]
    assert edges("park", "zone_type") == [("old", 200805, 201101), ("zone", 201101, OPEN)]
    assert edges("zone_type:创新驱动型", "zone_type") == [("gs", 190001, OPEN)]
    assert edges("field", "zone_type") == edges("lz", "zone_type") == []


def test_a_region_has_what_its_cities_have_and_what_names_it() -> None:
    assert edges("lz", "region") == [("region:大兰州", 190001, OPEN)]
    assert edges("field", "region") == [("lz", 190001, OPEN)]
    # while it was counted elsewhere it was of its own region, not of that one's
    assert edges("zone", "region") == [("lz", 201503, OPEN), ("region:大兰州", 190001, 201503)]
    assert edges("region:大兰州", "region") == [("gs", 190001, OPEN)]


def test_what_the_portal_has_moved_since_stands_there_today() -> None:
    moved = [u if u.code != "park" else Stand("park", "field") for u in UNITS]
    found = UnitTrees(moved, BELONGING).edges()
    now = [e for e in found if e.unit == "park" and e.tree == "jurisdiction" and e.until == OPEN]
    assert now == [Edge("park", "field", "jurisdiction", 201101, OPEN)]


def test_the_register_of_an_office_is_sound(bureau: Bureau) -> None:
    register = current_register()
    assert list(faults_of_registry(register)) == []
    trees = {"jurisdiction", "zone_type", "region", "industry"}
    assert trees <= set(register.membership["tree"].to_pylist())
    tops = {}
    for row in register.edge.to_pylist():
        tops.setdefault(row["tree"], set()).add(row["parent"])
    assert register.units["gs"] in tops["zone_type"] & tops["region"] & tops["jurisdiction"]


def test_industries_and_kinds_of_ownership_stand_under_one_top_each(bureau: Bureau) -> None:
    register = current_register()
    for tree in ("industry", "ownership"):
        edges = [row for row in register.edge.to_pylist() if row["tree"] == tree]
        tops = {row["parent"] for row in edges} - {row["unit"] for row in edges}
        assert tops == {register.units[f"{tree}:all"]}
    by_code = {register.units[code]: code for code in register.units}
    above = {
        by_code[row["unit"]]: by_code[row["parent"]]
        for row in register.edge.to_pylist()
        if row["tree"] == "industry"
    }
    assert (above["industry:34"], above["industry:C"]) == ("industry:C", "industry:all")
