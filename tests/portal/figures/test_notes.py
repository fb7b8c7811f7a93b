"""Notes (数据注释): inside the reach, to the public only by who may release, one event each."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.utils.html import escape
from docx import Document

from hexi.portal.figures.acts.release import release
from hexi.portal.figures.models import Note
from hexi.portal.figures.space import PRACTICE
from tests.portal.office import STAFF, Office

SENT = {"c": "lz-etdz", "m": "dz_output", "t": "2015-12", "only": "1", "text": "停产检修"}
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
EVERYBODY = (*(username for username, _, _ in STAFF), "")
CELL = "/practice/cell/?c=lz-etdz&m=dz_output&w=period&t=2015-12"


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_note_is_written_inside_the_reach(who: str, figures: Office) -> None:
    before = figures.events()
    answer = figures.client(who).post("/practice/notes/", SENT)
    allowed = who in ("admin", "province", "zone")
    assert answer.status_code == (302 if allowed or not who else 403)
    assert figures.events() == before + allowed
    assert Note.objects.count() == allowed


def test_a_note_for_the_public_needs_the_right_to_release(figures: Office) -> None:
    sent = {**SENT, "public": "1"}
    assert figures.client("zone").post("/practice/notes/", sent).status_code == 403
    assert figures.client("province").post("/practice/notes/", sent).status_code == 302


def test_a_note_stands_at_its_cell_and_goes_when_it_is_withdrawn(figures: Office) -> None:
    zone = figures.client("zone")
    zone.post("/practice/notes/", SENT)
    page = zone.get("/practice/?unit=lz-etdz&i=dz_output&p=2015-12").content.decode()
    assert "note-mark" in page and "停产检修" in page
    assert "停产检修" in zone.get(CELL).content.decode()
    assert "停产检修" not in zone.get(CELL.replace("2015-12", "2015-11")).content.decode()
    note = Note.objects.get()
    assert (
        figures.client("stranger").post(f"/practice/notes/{note.pk}/withdraw/").status_code == 404
    )
    before = figures.events()
    assert zone.post(f"/practice/notes/{note.pk}/withdraw/").status_code == 302
    assert figures.events() == before + 1
    assert "停产检修" not in zone.get(CELL).content.decode()


def test_who_writes_or_withdraws_stays_where_he_was(figures: Office) -> None:
    zone = figures.client("zone")
    back = "/practice/?unit=lz-etdz&i=dz_output&cell=x"
    answer = zone.post("/practice/notes/", {**SENT, "back": back})
    assert answer.headers["Location"] == back
    page = zone.get(CELL).content.decode()
    assert f'name="back" value="{escape(CELL)}"' in page
    withdraw = f"/practice/notes/{Note.objects.get().pk}/withdraw/"
    answer = zone.post(withdraw, {"back": CELL})
    assert answer.headers["Location"] == CELL


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "javascript:1", ""])
def test_a_note_leads_to_no_other_host(back: str, figures: Office) -> None:
    answer = figures.client("zone").post("/practice/notes/", {**SENT, "back": back})
    assert answer.headers["Location"].startswith("/practice/cell/?")


def test_public_notes_are_footnotes_of_the_bulletin(figures: Office) -> None:
    province = figures.client("province")
    for period, text, public in (
        ("2015-12", "检修停产", "1"), ("2015-11", "上月的事", "1"), ("2015-12", "内部说明", ""),
    ):  # fmt: skip
        sent = {**SENT, "t": period, "text": text, "public": public}
        assert province.post("/practice/notes/", sent).status_code == 302
    row = release(PRACTICE, "zones-month", "2015-12", by=figures.person("province"), at=AT)
    home = f"/practice/data/zones-month/2015-12/v{row.version}/"
    said = "兰州经济技术开发区（演练）、工业总产值：检修停产"
    assert said in figures.client("").get(home).content.decode()
    word = Document(io.BytesIO(figures.client("").get(f"{home}bulletin.docx").content))
    lines = [paragraph.text for paragraph in word.paragraphs]
    assert [line for line in lines if said in line]
    assert not [line for line in lines if "上月的事" in line or "内部说明" in line]
    # a quarter's figures are of its months too
    quarter = province.get("/practice/releases/zones-quarter/2015-Q4/").content.decode()
    assert "检修停产" in quarter and "上月的事" in quarter
