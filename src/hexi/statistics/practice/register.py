"""Practice enterprises and the units they belong to (演练名录): made from a seed, column by column.

Each zone gets parks, and enterprises of heavy-tailed size in the industries that it is known for;
some open and some close within the years. Everything has 演练 in its name, and codes that are
plainly practice ones, so that no list of them can be taken for a real one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hexi.catalogue import Pack
from hexi.statistics.forms import load_forms
from hexi.statistics.practice.anchors import ALL_ZONES
from hexi.statistics.practice.codes import practice_codes
from hexi.warehouse import Registry
from hexi.warehouse.months import OPEN

__all__ = ["MARK", "Population", "form_numbers", "item_numbers", "make_population", "make_registry"]

Whole = npt.NDArray[np.int64]
Number = npt.NDArray[np.float64]

#: what every practice name carries
MARK: Final = "演练"
_PARKS: Final = 3
_BEGIN: Final = 190001
_OWNERSHIP: Final = (
    ("state", "国有控股", 0.12),
    ("private", "民营", 0.8),
    ("foreign", "外资", 0.08),
)
#: divisions of GB/T 4754 that practice enterprises are in, and how often
_DIVISIONS: Final = {
    "06": 2, "08": 2, "09": 3, "13": 12, "14": 7, "15": 4, "17": 3, "25": 3, "26": 8, "27": 6,
    "29": 4, "30": 12, "31": 4, "32": 6, "33": 6, "34": 5, "35": 7, "36": 2, "38": 6, "39": 4,
    "42": 3, "44": 5, "51": 14, "54": 6, "59": 5, "65": 6, "72": 5, "74": 4,
}  # fmt: skip
_INDUSTRY_UP_TO: Final = 46


@dataclass(frozen=True)
class Population:
    """Enterprises as columns, numbered from 0."""

    #: zone, park within the zone, division of industry, ownership: positions in their lists
    zone: Whole
    park: Whole
    division: Whole
    ownership: Whole
    #: first month and first month no longer, YYYYMM
    since: Whole
    until: Whole
    #: relative size, heavy-tailed
    size: Number
    zones: tuple[str, ...]
    divisions: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.zone)

    @property
    def industrial(self) -> npt.NDArray[np.bool_]:
        """Mining, manufacturing, energy and water."""
        codes = np.array([int(code) for code in self.divisions])
        found: npt.NDArray[np.bool_] = codes[self.division] <= _INDUSTRY_UP_TO
        return found


def make_population(
    count: int, zones: tuple[str, ...], zone_size: list[int], years: range, seed: int
) -> Population:
    """So many enterprises over the zones; each zone has a large one that lives all the time."""
    dice = np.random.default_rng([seed, 1])
    weight = np.sqrt(np.array(zone_size, float))
    zone = dice.choice(len(zones), count, p=weight / weight.sum())
    zone[: len(zones)] = np.arange(len(zones))[:count]
    size = np.exp(dice.normal(0.0, 1.6, count))
    size[: len(zones)] = 40.0
    chance = np.array(list(_DIVISIONS.values()), float)
    division = dice.choice(len(_DIVISIONS), count, p=chance / chance.sum())
    # the large enterprise of a zone is an industrial one, so that its value added has a home
    works = [n for n, code in enumerate(_DIVISIONS) if int(code) <= _INDUSTRY_UP_TO]
    division[: len(zones)] = np.resize(works, len(zones))[:count]
    ownership = dice.choice(3, count, p=[share for _id, _name, share in _OWNERSHIP])
    first, last = years[0] * 12, years[-1] * 12 + 12
    opened = np.where(dice.random(count) < 0.7, first - 12, dice.integers(first - 12, last, count))
    life = dice.geometric(1 / 240, count)
    closed = np.where(dice.random(count) < 0.8, last + 1, opened + life)
    opened[: len(zones)], closed[: len(zones)] = first - 12, last + 1
    until = np.where(closed > last, OPEN, _month(closed))
    return Population(
        zone.astype(np.int64),
        dice.integers(0, _PARKS, count),
        division,
        ownership,
        np.where(opened < first, _BEGIN, _month(opened)),
        until,
        size,
        zones,
        tuple(_DIVISIONS),
    )


def _month(number: Whole) -> Whole:
    return number // 12 * 100 + number % 12 + 1


def form_numbers() -> dict[str, int]:
    """Numbers of the forms that practice returns are on."""
    return {"enterprise-month": 1, "enterprise-year": 2, "zone-quarter": 3, "zone-year": 4}


def item_numbers(pack: str = "gansu") -> dict[str, int]:
    """Number of each item of the pack's forms, in their order."""
    codes = [item.code for form in load_forms(pack).versions for item in form.items.values()]
    return {code: number for number, code in enumerate(dict.fromkeys(codes), 1)}


def make_registry(people: Population, pack: Pack) -> Registry:
    """The register of a practice warehouse: enterprises, then zones as reporters of their own."""
    units, edges = _units(people, pack)
    place = {unit["code"]: unit["id"] for unit in units}
    forms = load_forms(pack.id)
    names = {i.code: i.name for form in forms.versions for i in form.items.values()}
    frequency = {form.id: form.frequency for form in forms.versions}
    return Registry.of(
        {
            "form": [
                {"id": number, "code": form, "frequency": frequency[form]}
                for form, number in form_numbers().items()
            ],
            "item": [
                {"id": number, "code": code, "name": names[code]}
                for code, number in item_numbers(pack.id).items()
            ],
            "unit": units,
            "edge": edges,
            "reporter": _reporters(people, pack),
            "membership": _memberships(people, place),
        }
    )


def _units(people: Population, pack: Pack) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    known = {unit.id: unit for unit in pack.units}
    cities = {
        m.unit: m.parent
        for m in pack.memberships
        if m.unit in people.zones and m.relation == "located" and known[m.parent].kind == "city"
    }
    units: list[dict[str, Any]] = []
    edges: list[dict[str, Any]] = []
    entered: dict[str, int] = {}

    def unit(code: str, name: str, kind: str) -> int:
        if code not in entered:
            entered[code] = len(entered) + 1
            units.append({"id": entered[code], "code": code, "name": name, "kind": kind})
        return entered[code]

    def edge(child: int, parent: int, tree: str) -> None:
        edges.append({"unit": child, "parent": parent, "tree": tree})

    top = unit("gs", f"{known['gs'].name}（{MARK}）", "province")
    whole = unit(ALL_ZONES, f"{known[ALL_ZONES].name}（{MARK}）", "group")
    for zone in people.zones:
        own = known[zone]
        number = unit(zone, f"{own.name}（{MARK}）", "zone")
        city = cities[zone]
        fresh = city not in entered
        city_number = unit(city, f"{known[city].name}（{MARK}）", "city")
        if fresh:
            edge(city_number, top, "jurisdiction")
        edge(number, city_number, "jurisdiction")
        edge(number, whole, "zone")
        kind = f"type-{own.zone_type}"
        fresh = kind not in entered
        kind_number = unit(kind, f"{own.zone_type}（{MARK}）", "group")
        if fresh:
            edge(kind_number, whole, "zone_type")
        edge(number, kind_number, "zone_type")
        for park in range(_PARKS):
            part = unit(f"{zone}.p{park + 1}", f"{own.name}{MARK}{'一二三'[park]}园", "park")
            for tree in ("jurisdiction", "zone", "zone_type"):
                edge(part, number, tree)
    classes = {c.code: c for s in pack.classifications if s.id == "gbt4754-2017" for c in s.items}
    every = unit("industry", f"全部行业（{MARK}）", "group")
    for code in people.divisions:
        section = classes[code].parent
        fresh = f"industry-{section}" not in entered
        above = unit(f"industry-{section}", classes[section].name, "group")
        if fresh:
            edge(above, every, "industry")
        edge(unit(f"industry-{code}", classes[code].name, "group"), above, "industry")
    owners = unit("ownership", f"全部经济类型（{MARK}）", "group")
    for code, name, _share in _OWNERSHIP:
        edge(unit(f"ownership-{code}", name, "group"), owners, "ownership")
    return units, edges


def _reporters(people: Population, pack: Pack) -> pa.Table:
    known = {unit.id: unit for unit in pack.units}
    count = len(people)
    number = pa.array(np.arange(count)).cast(pa.string())
    names = pc.binary_join_element_wise(f"{MARK}企业", pc.utf8_lpad(number, 6, "0"), "号", "")
    zones = [f"{known[zone].name}（{MARK}）" for zone in people.zones]
    since = np.concatenate([people.since, np.full(len(zones), _BEGIN)])
    until = np.concatenate([people.until, np.full(len(zones), OPEN)])
    return pa.table(
        {
            "id": pa.array(np.arange(count + len(zones)), pa.int32()),
            "code": pa.concat_arrays(
                [
                    practice_codes(np.arange(count)),
                    pa.array([f"practice-{zone}" for zone in people.zones]),
                ]
            ),
            "name": pa.concat_arrays([names, pa.array(zones)]),
            "since": pa.array(since, pa.int32()),
            "until": pa.array(until, pa.int32()),
        }
    )


def _memberships(people: Population, place: dict[str, int]) -> pa.Table:
    parks = np.array([[place[f"{z}.p{p + 1}"] for p in range(_PARKS)] for z in people.zones])
    park = parks[people.zone, people.park]
    division = np.array([place[f"industry-{code}"] for code in people.divisions])
    owner = np.array([place[f"ownership-{code}"] for code, _name, _share in _OWNERSHIP])
    units = {
        "jurisdiction": park,
        "zone": park,
        "zone_type": park,
        "industry": division[people.division],
        "ownership": owner[people.ownership],
    }
    zones = np.array([place[zone] for zone in people.zones])
    count, more = len(people), len(people.zones)
    own = {tree: zones for tree in ("jurisdiction", "zone", "zone_type")}
    return pa.table(
        {
            "reporter": pa.array(
                np.concatenate(
                    [np.tile(np.arange(count), 5), np.tile(np.arange(count, count + more), 3)]
                ),
                pa.int32(),
            ),
            "unit": pa.array(np.concatenate([*units.values(), *own.values()]), pa.int32()),
            "tree": pa.concat_arrays(
                [pa.array([tree] * count) for tree in units]
                + [pa.array([tree] * more) for tree in own]
            ),
            "since": pa.array(
                np.concatenate([np.tile(people.since, 5), np.full(more * 3, _BEGIN)]), pa.int32()
            ),
            "until": pa.array(
                np.concatenate([np.tile(people.until, 5), np.full(more * 3, OPEN)]), pa.int32()
            ),
        }
    )
