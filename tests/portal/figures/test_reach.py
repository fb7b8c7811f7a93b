"""Reach (可见范围): unreleased figures under every role, in every form that a figure can take."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from hexi.portal.figures.knowledge import known_at
from hexi.portal.figures.space import PRACTICE
from tests.portal.office import STAFF, Office

#: who sees working figures, and the unit that all of them lie under
TOPS = {"admin": "gs", "province": "gs", "zone": "lz-etdz", "stranger": "jc"}
#: a park of the office that has no practice data, a reader, the public
BLIND = ("park", "reader", "")
EVERYBODY = (*(username for username, _, _ in STAFF), "")
ASKED = "i=dz_output&i=dz_output_share&i=dz_output_rank&v=period&v=growth&p=2015-12&empty=1"
PIVOT = f"/api/figures/pivot?space=practice&of=working&{ASKED}"


def below(top: str) -> set[str]:
    """Codes of a unit and of all under it in the practice register."""
    known = known_at(PRACTICE)
    assert known is not None
    edges = [
        (known.unit_codes[row["unit"]], known.unit_codes[row["parent"]])
        for row in known.register.edge.to_pylist()
        if row["tree"] == "jurisdiction"
    ]
    found, before = {top}, 0
    while len(found) != before:
        before = len(found)
        found |= {unit for unit, parent in edges if parent in found}
    return found


@pytest.mark.parametrize("who", TOPS)
@pytest.mark.parametrize("unit", ["", "gs", "lz", "jc", "lz-etdz", "jc-etdz"])
def test_working_figures_are_of_the_own_subtree(who: str, unit: str, figures: Office) -> None:
    for down in ("", "zone", "park"):
        answer = figures.client(who).get(f"{PIVOT}&unit={unit}&down={down}")
        assert answer.status_code == 200
        units = {cell["unit"] for cell in answer.json()["cells"]}
        assert units and units <= below(TOPS[who])


@pytest.mark.parametrize("who", TOPS)
def test_other_trees_are_for_who_has_everything(who: str, figures: Office) -> None:
    said = figures.client(who).get("/api/figures/structure?space=practice").json()
    whole = TOPS[who] == "gs"
    assert ("industry" in said["trees"]) is whole
    codes = {unit["code"] for unit in said["units"]}
    assert codes <= below(TOPS[who])


def test_a_share_of_the_province_tells_a_zone_nothing(figures: Office) -> None:
    """A share and one's own amount would give the total of the province before its release."""
    cells = figures.client("zone").get(f"{PIVOT}&unit=lz-etdz").json()["cells"]
    own = [cell for cell in cells if cell["unit"] == "lz-etdz"]
    status = {(cell["indicator"], cell["view"]): cell["status"] for cell in own}
    assert status["dz_output", "period"] == "A"
    assert status["dz_output_share", "period"] == "H"
    assert status["dz_output_rank", "period"] == "H"
    assert all(cell["value"] is None for cell in own if cell["status"] == "H")
    parts = [cell for cell in cells if cell["unit"] != "lz-etdz"]
    shares = [cell for cell in parts if cell["indicator"] == "dz_output_share"]
    assert shares and all(cell["status"] == "A" for cell in shares if cell["view"] == "period")


@pytest.mark.parametrize("who", BLIND)
def test_nothing_is_told_to_who_sees_no_working_figures(who: str, figures: Office) -> None:
    client = figures.client(who)
    for url in (
        f"/practice/?of=working&{ASKED}",
        f"/practice/export.csv?of=working&{ASKED}",
        f"/practice/export.json?of=working&{ASKED}",
        "/practice/cell/?of=working&c=gs&m=dz_output&w=period&t=2015-12",
        "/practice/vintages/",
        PIVOT,
    ):
        answer = client.get(url)
        if who == "park":  # may approve, but nothing of practice lies under it
            assert answer.status_code in (200, 404)
            assert "472" not in figures_of(answer)
        else:
            assert answer.status_code in (302, 403)
    assert client.get("/practice/").status_code == 200


def figures_of(answer: Any) -> str:
    """Everything that looks like a cell of the answer."""
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        return json.dumps([c["value"] for c in answer.json().get("cells", [])])
    text: str = answer.content.decode()
    return text.partition("<table")[2]


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_cell_outside_the_reach_is_not_there(who: str, figures: Office) -> None:
    url = "/practice/cell/?of=working&m=dz_output&w=period&t=2015-12&c="
    for unit in ("gs", "jc", "lz-etdz"):
        answer = figures.client(who).get(url + unit)
        if who in TOPS and unit in below(TOPS[who]):
            assert answer.status_code == 200
        else:
            assert answer.status_code in (302, 403, 404)


def test_the_parts_of_a_figure_above_the_reach_stay_closed(figures: Office) -> None:
    url = "/practice/cell/?c=lz-etdz&m=dz_output_share&w=period&t=2015-12"
    page = figures.client("zone").get(url).content.decode()
    assert "尚未公布" in page and "演练企业" not in page


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("step", ["releases/", "releases/zones-month/2015-12/"])
def test_only_who_may_release_sees_what_would_be_hidden(
    who: str, step: str, figures: Office
) -> None:
    answer = figures.client(who).get(f"/practice/{step}")
    assert answer.status_code == (200 if who in ("admin", "province") else 302 if not who else 403)
    act = figures.client(who).post("/practice/releases/zones-month/2015-12/release/", {})
    made = who in ("admin", "province") or not who
    assert act.status_code == (302 if made else 403)
    assert act.headers.get("Location", "").startswith("/sign-in/") is (not who)


@pytest.mark.parametrize("who", EVERYBODY)
def test_practice_data_are_made_by_an_administrator(who: str, figures: Office) -> None:
    answer = figures.client(who).post("/practice/make/")
    assert answer.status_code == (409 if who == "admin" else 302 if not who else 403)


def test_the_file_has_exactly_the_cells_of_the_page(figures: Office) -> None:
    asked = "i=dz_tax&v=period&v=growth&p=2015-11&p=2015-12&unit=lz&sort=-1"
    client = figures.client("admin")
    page = client.get(f"/practice/?{asked}").content.decode()
    answer = client.get(f"/practice/export.csv?{asked}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    lines = rows[1 : rows.index([""] * len(rows[0]))]
    shown = [cell for line in lines for cell in line[2:]]
    assert len(shown) == page.count("data-cell>")
    assert all(f">{cell.replace('-', '−')}<" in page for cell in shown)
    assert "演练数据" in answer.content.decode("utf-8-sig")
    assert "演练数据" in page
