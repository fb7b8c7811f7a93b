"""The explorer (数据查询): down to the enterprise, other trees, boundaries, bases, old vintages."""

from __future__ import annotations

import json
import math
import re
import time
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from hexi.portal.figures.question import asked as question_of
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
    assert len(counts) == 1 and counts.pop() <= 11


def test_a_question_is_answered_fast(figures: Office) -> None:
    client = figures.client("admin")
    client.get("/practice/")
    started = time.process_time()
    client.get("/practice/?down=zone&i=dz_output&i=dz_output_head&v=period&v=growth&last=6")
    assert time.process_time() - started < 0.6  # a busy machine; alone it is a tenth of a second


def drawn(page: str) -> dict[str, Any]:
    """What the page's chart is drawn from."""
    found: dict[str, Any] = json.loads(
        page.partition('id="chart-data"')[2].partition(">")[2].partition("</script>")[0]
    )
    return found


def test_units_stand_at_the_seat_of_their_city(figures: Office) -> None:
    asked = "i=dz_output&p=2015-12&down=zone&chart=points"
    chart = drawn(figures.client("admin").get(f"/practice/?{asked}").content.decode())
    seats = {seat["name"]: seat for seat in chart["seats"]}
    points = {point["name"]: point for point in chart["points"]}
    assert len(points) == 35 == len({(point["x"], point["y"]) for point in points.values()})
    near, far = seats["天水市（演练）"], seats["酒泉市（演练）"]
    zone = points["天水经济技术开发区（演练）"]
    away = [math.hypot(zone["x"] - s["x"], zone["y"] - s["y"]) for s in (near, far)]
    assert away[0] < 1 < 5 < away[1]
    table = {row["name"]: row["data"] for row in chart["series"]}
    assert table["天水经济技术开发区（演练）"] == [zone["value"]]


def test_classes_lie_nowhere(figures: Office) -> None:
    page = figures.client("admin").get("/practice/?tree=industry&i=dz_output&chart=points")
    assert "没有可定位的单位" in page.content.decode()


def test_the_link_to_a_view_is_short_and_shows_the_same(figures: Office) -> None:
    client = figures.client("admin")
    long = "&".join(f"p=2015-{month:02}" for month in range(1, 13))
    page = client.get(f"/practice/?i=dz_output&i=dz_tax&{long}&v=period&down=zone&rows=units")
    link = re.findall(r'href="([^"]*)" data-copy-link', page.content.decode())[0]
    assert link == "/practice/?down=zone&amp;i=dz_output,dz_tax&amp;p=2015-01..2015-12"
    again = client.get(unescape(link)).content.decode()
    rows = re.compile(r"<tbody>.*</tbody>", re.S)
    assert rows.findall(again) == rows.findall(page.content.decode())


@pytest.mark.parametrize(
    ("said", "periods"),
    [
        ("2015-03..2015-05,2015-09", ("2015-03", "2015-04", "2015-05", "2015-09")),
        ("2014-12..2015-01", ("2014-12", "2015-01")),
        ("2015-05..2015-03", ()),
        ("2015-Q1", ("2015-Q1",)),
        ("1000-01..9999-12,x..y", None),
    ],
)
def test_spans_of_periods_are_read(said: str, periods: tuple[str, ...] | None) -> None:
    found = question_of(QueryDict(urlencode({"p": said}))).p
    assert found == periods if periods is not None else len(found) <= 400


def test_a_course_in_time_asks_for_several_periods(figures: Office) -> None:
    page = figures.client("admin").get("/practice/?i=dz_output&chart=line").content.decode()
    assert "取最近 12 期" in page
    more = figures.client("admin").get("/practice/?i=dz_output&chart=line&last=12")
    assert "取最近 12 期" not in more.content.decode()


def test_a_figure_of_thousands_of_returns_leads_down_to_them(figures: Office) -> None:
    """274 enterprises in twelve months: of the 35 zones twenty stand on a page."""
    client = figures.client("admin")
    cell = "/practice/cell/?c=gs-zones35&tree=zone&m=dz_wages&w=ytd&t=2015-12"
    pages = [client.get(f"{cell}&page={n}").content.decode() for n in (1, 2, 99)]
    assert "1 / 2" in pages[0] and "2 / 2" in pages[1] and "2 / 2" in pages[2]
    below = [re.findall(r'href="([^"]*)" data-cell>[^<]*演练', page) for page in pages]
    assert [len(one) for one in below] == [20, 15, 15] and not set(below[0]) & set(below[1])
    next_down = client.get(unescape(below[0][0])).content.decode()
    assert "由哪些单位填报" in next_down or "下一级共" in next_down
