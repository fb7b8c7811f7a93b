"""The shipped pack: what it must contain and how fast it is there."""

import subprocess
import sys
import time
from collections import Counter
from decimal import Decimal

import pytest

from hexi.catalogue import check_pack, load_pack, pack_reference_markdown


@pytest.fixture(scope="module")
def pack():
    return load_pack("gansu")


def test_the_shipped_pack_is_sound():
    assert check_pack("gansu") == []


def test_it_is_read_in_a_moment():
    code = (
        "import time; from hexi.catalogue import load_pack; t = time.process_time(); "
        "load_pack('gansu'); print(time.process_time() - t)"
    )
    seconds = min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(3)
    )
    assert seconds < 0.15
    started = time.process_time()
    load_pack("gansu")
    assert time.process_time() - started < 0.02


def test_thirty_five_zones_by_type_and_level(pack):
    members = pack.catalogue.children("gs-zones35", "2016")
    assert Counter((zone.zone_type, zone.level) for zone in members) == {
        ("创新驱动型", "national"): 7,
        ("转型升级型", "provincial"): 9,
        ("特色产业型", "provincial"): 12,
        ("产城融合型", "provincial"): 7,
    }
    assert all(zone.industries and zone.region for zone in members)
    assert {zone.region for zone in members} == {
        "大兰州经济区",
        "河西走廊经济区",
        "陇东南经济区",
        "民族地区",
    }


def test_every_zone_lies_in_a_city(pack):
    cities = {unit.id for unit in pack.units if unit.kind == "city"}
    for zone in pack.catalogue.children("gs-zones35", "2016"):
        assert cities & {parent.id for parent in pack.catalogue.parents(zone.id, "2016")}


def test_parks_of_the_zone_change_with_time(pack):
    def parks(at):
        return {unit.name for unit in pack.catalogue.children("lz-etdz", at)}

    assert parks("2010") == set()
    assert parks("2012") == {"安宁园区", "西固园区", "红古园区"}
    assert parks("2016") == {"机场北高新园区", "安宁园区", "西固园区", "红古园区", "皋兰园区"}


def test_the_national_zones_are_five_and_after_the_removal_four(pack):
    def national(at):
        return {unit.id for unit in pack.catalogue.children("gs-etdz", at)}

    five = {"lz-etdz", "jc-etdz", "ts-etdz", "jq-etdz", "zy-etdz"}
    assert national("2016") == national("2019-12") == five
    assert national("2020-02") == national("2023") == five - {"jq-etdz"}


def test_fourteen_cities_and_all_counties(pack):
    kinds = Counter(unit.kind for unit in pack.units)
    assert (kinds["province"], kinds["city"], kinds["county"]) == (1, 14, 86)
    codes = {
        item.code
        for c in pack.classifications
        if c.id == "gbt2260-gansu"
        for item in c.items
        if not item.until
    }
    coded = {unit.code for unit in pack.units if unit.kind in ("province", "city", "county")}
    assert coded == codes


def test_the_classification_of_industries_is_whole(pack):
    items = next(c.items for c in pack.classifications if c.id == "gbt4754-2017")
    levels = Counter(item.level for item in items)
    assert levels == {"section": 20, "division": 97}
    assert [item.code for item in items if item.level == "division"] == [
        f"{number:02}" for number in range(1, 98)
    ]


def test_targets_of_the_parks_add_up_to_the_zone(pack):
    """The plan's own sums hold in the pack, so no park target was mistyped."""

    def value(unit, indicator):
        (target,) = (
            t for t in pack.targets
            if t.plan == "lz-etdz-135" and t.unit == unit and t.indicator == indicator
            and not t.facets
        )  # fmt: skip
        return target.figure.value

    parks = ("etdz-jcb", "etdz-an", "etdz-xg", "etdz-hg", "etdz-gl")
    for indicator in ("gdp", "fai", "firms_n"):
        assert sum(value(park, indicator) for park in parks) == value("lz-etdz", indicator)


def test_every_plan_has_targets_and_every_target_a_place(pack):
    counts = Counter(target.plan for target in pack.targets)
    assert set(counts) == {plan.id for plan in pack.plans}
    assert all(target.place for target in pack.targets)


def test_figures_keep_their_printed_digits(pack):
    targets = {target.id: target for target in pack.targets}
    target = targets["lz-etdz-135.hitech_va_sh"]
    assert (target.base.printed, target.base.value) == ("14.0", Decimal(14))
    assert target.base.decimals == 1


def test_observations_name_sources_and_no_addresses(pack):
    assert len(pack.observations) == 424
    for source in pack.sources:
        assert "http" not in source.title and "www." not in source.title
    own = {source.id for source in pack.sources if source.plan}
    assert sum(observation.source in own for observation in pack.observations) > 60


def test_the_reference_lists_everything(pack):
    text = pack_reference_markdown(pack)
    for indicator in pack.indicators:
        assert f"`{indicator.id}`" in text
    assert text.count("\n### ") >= 9 + len(pack.plans)
    for plan in pack.plans:
        assert plan.title in text
    cells = [line for line in text.splitlines() if line.startswith("|")]
    assert len(cells) > len(pack.indicators) + len(pack.targets)
