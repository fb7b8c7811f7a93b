"""Location tables and what zones have left: who may, what is wrong, what follows from them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from hexi.chains import candidates_of, relatedness
from hexi.portal.chains.acts.drop_location_table import drop_location_table
from hexi.portal.chains.acts.load_location_table import load_location_table
from hexi.portal.chains.acts.publish_location_table import publish_location_table
from hexi.portal.chains.acts.tell_left import tell_left
from hexi.portal.chains.models import LocationTable, SiteLeft
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from tests.portal.chains.makers import AT, TODAY, Makers

CODES = ("13", "27", "32", "38")
PLACES = ("lz-etdz", "jc-etdz", "jq-etdz", "某外省开发区")
AMOUNTS = np.array([[1, 9, 8, 1], [1, 1, 9, 7], [9, 8, 1, 1], [1, 2, 9, 9]], dtype=float)
SAID = {"title": "开发区从业人员", "source": "第五次经济普查", "date": "2023", "measure": "人"}


def table(amounts: np.ndarray = AMOUNTS) -> bytes:
    lines = [",".join(("地区", *CODES))]
    lines += [",".join((place, *map(str, row))) for place, row in zip(PLACES, amounts, strict=True)]
    return "\n".join(lines).encode()


def loaded(makers: Makers, who: str = "zone", **said: Any) -> LocationTable:
    given = {**SAID, **said}
    content = given.pop("content", table())
    return load_location_table(
        given.pop("unit", "lz-etdz"), content, "表.csv", by=makers.person(who), at=AT, **given
    )


def test_a_loaded_table_is_its_figures_and_one_event(makers: Makers) -> None:
    before = Event.objects.count()
    row = loaded(makers)
    assert Event.objects.count() == before + 1
    assert row.locations.places == PLACES and row.locations.industries == CODES
    np.testing.assert_array_equal(row.locations.amounts, AMOUNTS)
    assert not row.published and makers.acts_of(row) == ["load_location_table"]


@pytest.mark.parametrize(
    ("who", "unit", "refused"),
    [("stranger", "lz-etdz", NotPermitted), ("reader", "lz-etdz", NotPermitted),
     ("maker", "lz-etdz", NotPermitted), ("", "lz-etdz", NotPermitted), ("zone", "no", NotFound)],
)  # fmt: skip
def test_only_ones_own_unit_loads_tables(
    makers: Makers, who: str, unit: str, refused: type[Refusal]
) -> None:
    before = Event.objects.count()
    with pytest.raises(refused):
        loaded(makers, who, unit=unit)
    assert not LocationTable.objects.exists() and Event.objects.count() == before


def test_every_fault_is_told_and_nothing_is_kept(makers: Makers) -> None:
    with pytest.raises(Refusal) as raised:
        loaded(makers, content=b"x,13,99,27\na,1,2,3\nb,4,5,-6\n")
    assert {part.place for part in raised.value.parts} == {"C1", "D3"}  # type: ignore[attr-defined]
    with pytest.raises(Refusal) as raised:
        loaded(makers, title=" ", date="去年")
    assert {part.place for part in raised.value.parts} == {"title", "date"}  # type: ignore[attr-defined]
    for content in (b"", b"PK\x03\x04", b"\x00" * 100):
        with pytest.raises(Refusal):
            loaded(makers, content=content)
    assert not LocationTable.objects.exists()


def test_a_table_is_seen_inside_the_scope_and_by_all_once_published(makers: Makers) -> None:
    row = loaded(makers)
    path = f"/chains/nearness/{row.pk}/"
    for who in ("stranger", "maker", ""):
        assert makers.client(who).get(path).status_code == 404
        assert SAID["title"] not in makers.shown(who, "/chains/nearness/")
        assert makers.client(who).get("/api/location-tables").json() == []
        # naming it in the address of the fit gives nothing away either
        assert makers.client(who).get(f"/chains/fit/?what=27&table={row.pk}").status_code == 404
    for who in ("admin", "province", "zone", "reader"):
        assert SAID["title"] in makers.shown(who, path)
    assert makers.client("zone").post(f"{path}publish/", {"published": "1"}).status_code == 302
    assert SAID["title"] in makers.shown("", path)
    with pytest.raises(Refusal):
        drop_location_table(row.pk, by=makers.person("zone"), at=AT)
    publish_location_table(row.pk, False, by=makers.person("zone"), at=AT)
    assert makers.client("").get(path).status_code == 404
    for who, refused in (("stranger", NotFound), ("park", NotFound), ("reader", NotPermitted)):
        with pytest.raises(refused):
            publish_location_table(row.pk, True, by=makers.person(who), at=AT)
        with pytest.raises(refused):
            drop_location_table(row.pk, by=makers.person(who), at=AT)
    drop_location_table(row.pk, by=makers.person("zone"), at=AT)
    assert not LocationTable.objects.exists()


def test_the_advice_is_that_of_the_engine(makers: Makers) -> None:
    row = loaded(makers)
    found = relatedness(AMOUNTS, own=False)
    for place in range(len(PLACES)):
        told = makers.client("zone").get(f"/api/location-tables/{row.pk}/places/{place}").json()
        expected = candidates_of(found, place, CODES)
        assert [one["code"] for one in told] == [one.industry for one in expected]
        assert [one["density"] for one in told] == [one.density for one in expected]
    places = makers.client("zone").get(f"/api/location-tables/{row.pk}/places").json()
    assert {one["place"]: one["row"] for one in places} == {p: n for n, p in enumerate(PLACES)}
    page = makers.shown("zone", f"/chains/nearness/{row.pk}/0/")
    assert "由哪些产业带出" in page and "4 个地区" in page
    assert makers.client("zone").get(f"/chains/nearness/{row.pk}/4/").status_code == 404
    assert makers.client("zone").get(f"/api/location-tables/{row.pk}/places/4").status_code == 404
    text = makers.client("zone").get(f"/chains/nearness/{row.pk}/0/export.csv").content.decode()
    assert text.count("\n") == 1 + len(candidates_of(found, 0, CODES))


def test_the_register_is_counted_in_ones_scope_alone(makers: Makers) -> None:
    def places(who: str) -> list[str]:
        answer = makers.client(who).get("/api/location-tables/register/places")
        return sorted(one["place"] for one in answer.json()) if answer.status_code == 200 else []

    assert places("province") == ["jc-etdz", "lz-etdz"]
    # one place alone gives nothing to compare
    assert places("zone") == [] and places("stranger") == []
    for who in ("reader", "maker", ""):
        assert makers.client(who).get("/chains/nearness/register/").status_code == 404


def test_relatedness_of_a_table_goes_into_the_fit(makers: Makers) -> None:
    row = loaded(makers)
    answer = makers.client("zone").get("/api/chains/fit", {"what": "27", "table": row.pk}).json()
    density = relatedness(AMOUNTS, own=False).density[:3, 1]
    told = {one["id"]: {t["id"]: t["value"] for t in one["terms"]} for one in answer["zones"]}
    for place, code in enumerate(PLACES[:3]):
        assert told[code]["relatedness"] == pytest.approx(density[place] / density.max())
    assert told["lz-htz"]["relatedness"] is None


# --- what zones have left


def left(makers: Makers, who: str = "zone", **given: Any) -> SiteLeft:
    usual: dict[str, Any] = {
        "land": "350",
        "energy": "12,000.5",
        "source": "自然资源局",
        "day": TODAY,
    }
    values = {**usual, **given}
    return tell_left(values.pop("unit", "lz-etdz"), by=makers.person(who), at=AT, **values)


def test_what_a_zone_has_left_enters_the_fit_for_whom_it_is_shown_to(makers: Makers) -> None:
    row = left(makers)
    assert row.land_mu == Decimal(350) and row.energy_tce == Decimal("12000.5")
    assert makers.acts_of(row) == ["tell_left"]

    def land(who: str) -> float | None:
        answer = makers.client(who).get("/api/chains/fit", {"what": "3831", "land": 700}).json()
        zone = next(one for one in answer["zones"] if one["id"] == "lz-etdz")
        value: float | None = {t["id"]: t["value"] for t in zone["terms"]}["land"]
        return value

    assert land("zone") == land("reader") == 0.5
    assert land("stranger") is None and land("") is None
    left(makers, land="1400", energy="", published=True)
    assert land("") == land("stranger") == 1.0  # the newest word counts
    assert "1400" in makers.shown("", "/chains/sites/") and "350" not in makers.shown(
        "", "/chains/sites/"
    )


@pytest.mark.parametrize(
    ("given", "place"),
    [({"land": "-1"}, "land"), ({"land": "许多"}, "land"), ({"land": "", "energy": ""}, "land"),
     ({"energy": "NaN"}, "energy"), ({"source": " "}, "source"), ({"day": None}, "day"),
     ({"day": TODAY + timedelta(days=2)}, "day")],
)  # fmt: skip
def test_what_is_wrong_about_it_is_told(makers: Makers, given: dict[str, Any], place: str) -> None:
    with pytest.raises(Refusal) as raised:
        left(makers, **given)
    assert raised.value.place == place and not SiteLeft.objects.exists()


def test_only_the_zone_itself_tells_it(makers: Makers) -> None:
    for who in ("stranger", "reader", "maker", ""):
        with pytest.raises(NotPermitted):
            left(makers, who)
    with pytest.raises(NotFound):
        left(makers, unit="lz")  # a city is no zone
    assert not SiteLeft.objects.exists()


def test_forms_keep_what_was_typed_when_they_are_refused(makers: Makers) -> None:
    answer = makers.client("zone").post(
        "/chains/sites/left/",
        {"unit": "lz-etdz", "land": "很多", "source": "自然资源局", "day": str(date(2026, 11, 1))},
    )
    assert answer.status_code == 422 and "很多" in answer.content.decode()
    answer = makers.client("zone").post("/chains/nearness/load/", {**SAID, "unit": "lz-etdz"})
    assert answer.status_code == 422 and SAID["title"] in answer.content.decode()
