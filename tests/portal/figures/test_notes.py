"""Notes (数据注释): inside the reach, to the public only by who may release, one event each."""

from __future__ import annotations

import pytest

from hexi.portal.figures.models import Note
from tests.portal.office import STAFF, Office

SENT = {"c": "lz-etdz", "m": "dz_output", "t": "2015-12", "only": "1", "text": "停产检修"}
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
