"""The explorer (数据查询): down to the enterprise, other trees, boundaries, bases, old vintages."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.office import Office

PIVOT = "/api/figures/pivot?space=practice&of=working"


def cells(figures: Office, who: str, asked: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = figures.client(who).get(f"{PIVOT}&{asked}").json()["cells"]
    return found


def test_the_enterprises_of_a_park_add_up_to_it(figures: Office) -> None:
    for who in ("zone", "admin"):
        found = cells(figures, who, "unit=lz-etdz.p1&i=dz_output&p=2015-12")
        park, *single = found
        assert park["unit"] == "lz-etdz.p1" and single
        assert all(cell["unit"].startswith("@") for cell in single)
        total = sum(Decimal(cell["value"]) for cell in single if cell["value"])
        # each is rounded to the hundredth for itself
        assert abs(total - Decimal(park["value"])) <= Decimal("0.005") * len(single)
        assert sum(cell["n"] for cell in single) == park["n"]


def test_enterprises_of_another_zone_stay_closed(figures: Office) -> None:
    found = cells(figures, "stranger", "unit=lz-etdz.p1&i=dz_output&p=2015-12&empty=1")
    assert not [cell for cell in found if cell["unit"].startswith("@")]
    answer = figures.client("stranger").get(
        "/practice/cell/?c=@1&m=dz_output&w=period&t=2015-12&of=working"
    )
    assert answer.status_code == 404


def test_zones_are_the_same_by_every_tree(figures: Office) -> None:
    tops = {}
    for tree in ("jurisdiction", "zone", "industry", "ownership"):
        tops[tree] = cells(figures, "admin", f"tree={tree}&i=dz_output&p=2015-12")[0]["value"]
    assert len(set(tops.values())) == 1


def test_growth_is_on_the_basis_that_is_asked(figures: Office) -> None:
    asked = "i=dz_output&v=growth&p=2015-12&unit=gs"
    values = {b: cells(figures, "admin", f"{asked}&basis={b}")[0] for b in ("restated", "nominal")}
    assert values["restated"]["value"] is not None
    # there are no returns of the year before
    assert values["nominal"]["value"] is None and values["nominal"]["status"] == "M"


def test_old_vintages_are_asked_by_number_and_by_day(figures: Office) -> None:
    asked = "i=dz_output&p=2015-12&unit=gs"
    first = cells(figures, "admin", f"{asked}&asOf=2")[0]
    now = cells(figures, "admin", f"{asked}&asOf=2026-11-20&includeHistory=true")[0]
    assert first["value"] != now["value"]
    assert [one["value"] for one in now["history"]] == [first["value"], now["value"]]


def test_the_difference_of_two_vintages_adds_up(figures: Office) -> None:
    for unit in ("gs", "lz", "lz-etdz", "lz-etdz.p1"):
        url = f"/practice/vintages/?c={unit}&m=dz_output_head&t=2015-12&a=2&b=3"
        page = figures.client("admin").get(url).content.decode()
        assert page.count("lamp-pass") == 2 and "lamp-failed" not in page


def test_a_page_asks_the_database_as_often_whatever_it_shows(figures: Office) -> None:
    client = figures.client("admin")
    counts = set()
    for asked in ("i=dz_output", "last=12&down=park&i=dz_output&i=dz_tax", "tree=industry"):
        client.get(f"/practice/?{asked}")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/practice/?{asked}").status_code == 200
        counts.add(len(seen))
    assert len(counts) == 1 and counts.pop() <= 6


def test_a_question_is_answered_fast(figures: Office) -> None:
    client = figures.client("admin")
    client.get("/practice/")
    started = time.process_time()
    client.get("/practice/?down=zone&i=dz_output&i=dz_output_head&v=period&v=growth&last=6")
    assert time.process_time() - started < 0.6  # a busy machine; alone it is a tenth of a second
