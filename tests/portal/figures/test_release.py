"""Releases (公布): nothing that is hidden leaks through any form; versions stay; embargo holds."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document
from pysdmx.io import read_sdmx
from python_calamine import CalamineWorkbook

from hexi.portal.core.models import Event
from hexi.portal.core.refusal import Refusal
from hexi.portal.figures.acts.release import release
from hexi.portal.figures.models import Release
from hexi.portal.figures.queries.releases import content_of, draft_of, publication_of
from hexi.portal.figures.release.draft import Draft
from hexi.portal.figures.space import PRACTICE
from tests.portal.office import Office

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOME = "/practice/data/zones-month/2015-12"


@pytest.fixture
def released(figures: Office) -> Release:
    """The bulletin of December, released by the province."""
    return release(PRACTICE, "zones-month", "2015-12", by=figures.person("province"), at=AT)


def draft(period: str = "2015-12") -> Draft:
    return draft_of(PRACTICE, publication_of(PRACTICE, "zones-month"), period)[1]


def hidden(row: Release) -> set[tuple[str, str, str]]:
    return {key[:3] for key, cell in content_of(row).cells.items() if cell.status == "Q"}


def test_a_release_is_one_act_with_one_event(figures: Office) -> None:
    before = figures.events()
    row = release(PRACTICE, "zones-month", "2015-12", by=figures.person("province"), at=AT)
    assert figures.events() == before + 1
    event = Event.objects.order_by("-id")[0]
    assert event.act == "release" and event.after["hidden"] == row.hidden > 0
    assert event.after["snapshot"] == row.snapshot == 3


def test_no_form_of_a_release_has_a_hidden_figure(released: Release, figures: Office) -> None:
    closed = hidden(released)
    assert closed
    public = figures.client("")
    pivot = public.get(
        "/api/figures/pivot?space=practice&down=zone&p=2015-12&v=period&v=growth&includeHistory=true"
        + "".join(f"&i={name}" for name in content_of(released).names)
    ).json()
    cells = {(c["unit"], c["indicator"], c["view"]): c for c in pivot["cells"]}
    assert closed <= set(cells)
    for key, cell in cells.items():
        assert (cell["value"] is None) is (cell["status"] != "A")
        assert (cell["status"] == "Q") is (key in closed)
        assert cell["n"] is None
        assert key not in closed or not any(v["value"] for v in cell["history"])
    text = public.get(f"{HOME}/v1/data.csv").content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["status"] == "Q"]
    assert len(rows) == len(closed) and not any(row["value"] for row in rows)
    said = json.loads(public.get(f"{HOME}/v1/sdmx.json").content)
    for series in said["data"]["dataSets"][0]["series"].values():
        for value, status, _unit in series["observations"].values():
            assert status != 2 or value is None


def test_a_page_of_a_released_figure_tells_neither_parts_nor_respondents(
    released: Release, figures: Office
) -> None:
    for unit, indicator, view in [*sorted(hidden(released))[:6], ("gs", "dz_output", "period")]:
        url = f"/practice/cell/?c={unit}&m={indicator}&w={view}&t=2015-12"
        page = figures.client("").get(url).content.decode()
        assert "演练企业" not in page and "由哪些单位填报" not in page and "历次版本" not in page
        if (unit, indicator, view) in hidden(released):
            assert "保密" in page


def test_charts_and_exports_of_the_released_book_have_gaps(
    released: Release, figures: Office
) -> None:
    unit, indicator, view = next(key for key in sorted(hidden(released)) if key[2] == "period")
    url = f"i={indicator}&v={view}&p=2015-12&down=zone&chart=bar"
    page = figures.client("").get(f"/practice/?{url}").content.decode()
    drawn = page.partition('id="chart-data"')[2].partition("</script>")[0]
    chart = json.loads(drawn.partition(">")[2])
    names = {line["name"] for line in chart["series"]}
    assert content_of(released).forest.nodes[unit].name not in names
    assert "※" in figures.client("").get(f"/practice/export.csv?{url}").content.decode()


def test_documents_show_marks_and_say_that_they_are_of_practice(
    released: Release, figures: Office
) -> None:
    public = figures.client("")
    word = Document(io.BytesIO(public.get(f"{HOME}/v1/bulletin.docx").content))
    said = "\n".join(p.text for p in word.paragraphs)
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "演练数据" in said and "附：" not in said and "※" in cells
    file = io.BytesIO(public.get(f"{HOME}/v1/yearbook.xlsx").content)
    book = CalamineWorkbook.from_filelike(file)
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert any("※" in row for rows in sheets.values() for row in rows)
    assert any("演练数据" in str(cell) for row in sheets["目录"] for cell in row)


def test_pysdmx_opens_a_release_and_a_view(released: Release, figures: Office) -> None:
    public = figures.client("")
    structure = read_sdmx(public.get(f"{HOME}/v1/structure.json").content.decode())
    assert any(getattr(one, "id", "") == "CL_UNIT" for one in structure.structures or [])
    [dataset] = read_sdmx(public.get(f"{HOME}/v1/sdmx.csv").content.decode()).data or []
    assert dataset.short_urn == "Dataflow=HEXI:PRACTICE_ZONES_MONTH(1.0)"
    assert len(dataset.data) == released.cells
    assert {"A", "Q"} <= set(dataset.data["OBS_STATUS"])
    asked = "i=dz_output&p=2015-12&down=zone"
    view = public.get(f"/practice/export.sdmx?{asked}").content.decode()
    [cells] = read_sdmx(view).data or []
    assert set(cells.data["TIME_PERIOD"]) == {"2015-12"} and len(cells.data) > 30


def test_accept_chooses_the_form(released: Release, figures: Office) -> None:
    public = figures.client("")
    for kind in ("application/vnd.sdmx.data+csv", "text/csv", "application/csvm+json"):
        answer = public.get(f"{HOME}/v1/", headers={"Accept": kind})
        assert answer.headers["Content-Type"].startswith(kind)
    page = public.get(f"{HOME}/v1/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.headers["Content-Type"].startswith("text/html")
    listed = public.get("/practice/data/", headers={"Accept": "application/ld+json"})
    catalogue = json.loads(listed.content)
    forms = catalogue["dcat:dataset"][0]["dcat:distribution"]
    for form in forms:
        address = form["dcat:downloadURL"]["@id"].removeprefix("http://testserver")
        answer = public.get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == form["dcat:mediaType"]
    assert public.get("/data/").content.decode().count("zones-month") == 0


def test_an_embargo_holds_until_its_time(figures: Office) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    release(
        PRACTICE, "zones-month", "2015-11", by=figures.person("province"),
        at=datetime.now(UTC), public_at=later,
    )  # fmt: skip
    url = "/practice/data/zones-month/2015-11/v1/"
    for who in ("", "reader", "zone", "park"):
        client = figures.client(who)
        assert client.get(url).status_code == 404
        assert client.get(f"{url}data.csv").status_code == 404
        assert "2015-11" not in client.get("/practice/data/catalogue.jsonld").content.decode()
        assert client.get("/api/releases?space=practice").json()["page"]["total"] == 0
    assert figures.client("province").get(url).status_code == 200


def test_a_correction_is_a_new_version_and_the_old_one_stays(
    released: Release, figures: Office
) -> None:
    province = figures.person("province")
    with pytest.raises(Refusal) as refused:
        release(PRACTICE, "zones-month", "2015-12", by=province, at=AT)
    assert refused.value.code == "reason_wanted"
    again = release(
        PRACTICE, "zones-month", "2015-12", by=province, at=AT + timedelta(hours=1), reason="更正"
    )
    assert again.version == 2 and hidden(again) == hidden(released)
    public = figures.client("")
    assert public.get(f"{HOME}/").headers["Location"] == f"{HOME}/v2/"
    assert public.get(f"{HOME}/v1/").status_code == 200
    assert "更正" in public.get(f"{HOME}/v2/").content.decode()


def test_a_preview_that_is_out_of_date_is_refused(figures: Office) -> None:
    answer = figures.client("province").post(
        "/practice/releases/zones-month/2015-12/release/", {"seen": "1"}
    )
    assert answer.status_code == 409 and not Release.objects.exists()


def test_cells_are_figures_or_reasons(figures: Office) -> None:
    statuses = {cell.status for cell in draft().cells.values()}
    assert statuses <= {"A", "M", "Q", "U"}
    assert all((cell.value is None) is (cell.status != "A") for cell in draft().cells.values())
