"""Figures before closing (尚未关账): each level sees what is approved up to it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from hexi.portal.figures.queries.releases import visible
from hexi.portal.figures.space import REAL
from hexi.portal.returns.acts.approve_return import approve_return
from hexi.portal.returns.acts.close_period import close_period
from hexi.portal.returns.acts.reopen_period import reopen_period
from hexi.portal.returns.acts.revise_return import revise_return
from hexi.portal.returns.acts.save_cells import save_cells
from hexi.portal.returns.acts.send_back import send_back
from hexi.portal.returns.acts.submit_return import submit_return
from hexi.portal.returns.acts.withdraw_approval import withdraw_approval
from hexi.portal.returns.approval.publication import warehouse
from hexi.portal.returns.models import Return
from hexi.portal.returns.queries.provisional import provisional
from tests.portal.returns.bureau import FORM, LATER, PERIOD, Bureau

ASKED = "of=working&i=dz_output&v=period&p=2026-10&unit="
LEVELS = ("park", "zone", "province")
#: who asks, and the top of what he sees
TOPS = {"park": "etdz-an", "zone": "lz-etdz", "province": "gs", "admin": "gs"}


@pytest.fixture
def open_month(bureau: Bureau, settings: Any, tmp_path: Path) -> Bureau:
    """One return handed in; its month is open and the warehouse empty."""
    settings.HEXI = replace(settings.HEXI, home=tmp_path)
    return bureau


def seen(bureau: Bureau, who: str, unit: str = "", asof: str = "") -> tuple[Any, Any]:
    """Value and status of the output of a unit, as the explorer answers."""
    unit = unit or TOPS[who]
    answer = bureau.client(who).get(f"/api/figures/pivot?{ASKED}{unit}&asOf={asof}")
    if answer.status_code != 200:
        return None, answer.status_code
    cells = [cell for cell in answer.json()["cells"] if cell["unit"] == unit]
    return (cells[0]["value"], cells[0]["status"]) if cells else (None, "")


def said(bureau: Bureau, who: str) -> list[tuple[Decimal, Decimal | None]]:
    """The output and that of the year before, of everybody who is in what a level may see."""
    given = provisional(bureau.person(who))
    if given is None:
        return []
    item = given.register.items["output"]
    rows = [row for month in given.months for row in month.facts.to_pylist()]
    return [(row["value"], row["prior"]) for row in rows if row["item"] == item]


def approve(bureau: Bureau, row: Return, *levels: str) -> None:
    for who in levels:
        approve_return(row.pk, by=bureau.person(who), at=LATER)


def revised(bureau: Bureau, row: Return, output: str) -> None:
    """The enterprise says otherwise, and hands it in again."""
    maker = bureau.person("maker")
    if row.state == "approved":
        revise_return(row.pk, reason="核减", by=maker, at=LATER)
    saved = save_cells(row.pk, {"output": output}, by=maker, at=LATER)
    assert not saved.refused
    submit_return(row.pk, by=maker, at=LATER)


def test_figures_rise_with_the_approvals(open_month: Bureau) -> None:
    row = open_month.submitted()
    for done, level in enumerate(LEVELS):
        assert [bool(said(open_month, who)) for who in LEVELS] == [n < done for n in range(3)]
        assert seen(open_month, level)[0] is None
        approve(open_month, row, level)
        assert seen(open_month, level) == ("0.12", "P")
    assert seen(open_month, "admin") == ("0.12", "P")
    assert said(open_month, "province") == [(Decimal(1200), Decimal(1100))]


def test_nobody_else_sees_them(open_month: Bureau) -> None:
    approve(open_month, open_month.submitted(), *LEVELS)
    assert provisional(None) is None
    for who in ("maker", "reader"):
        assert provisional(open_month.person(who)) is None
        assert seen(open_month, who, "gs")[1] == 403
    # of the level, but of another city
    assert seen(open_month, "stranger", "lz-etdz")[0] is None
    assert seen(open_month, "stranger", "gs")[0] is None
    assert not visible(REAL, open_month.person("province"), LATER)
    assert not warehouse().snapshots()


def test_an_approval_that_is_taken_back_takes_its_figures_along(open_month: Bureau) -> None:
    row = open_month.submitted()
    approve(open_month, row, "park", "zone")
    assert seen(open_month, "zone") == ("0.12", "P")
    withdraw_approval(row.pk, reason="再核", by=open_month.person("zone"), at=LATER)
    assert seen(open_month, "zone")[0] is None
    assert seen(open_month, "park") == ("0.12", "P")
    send_back(row.pk, reason="不符", by=open_month.person("zone"), at=LATER)
    assert seen(open_month, "park")[0] is None


def test_what_was_approved_stays_while_it_is_revised(open_month: Bureau) -> None:
    row = open_month.submitted()
    approve(open_month, row, *LEVELS)
    row.refresh_from_db()
    revised(open_month, row, "1300")
    assert [seen(open_month, who)[0] for who in LEVELS] == ["0.12"] * 3
    approve(open_month, row, "park")
    assert [seen(open_month, who)[0] for who in LEVELS] == ["0.13", "0.12", "0.12"]


def test_closing_makes_them_a_vintage(open_month: Bureau) -> None:
    approve(open_month, open_month.submitted(), *LEVELS)
    officer = open_month.person("province")
    close_period(FORM, PERIOD, "gs", by=officer, at=LATER, reason="其余未报")
    assert [seen(open_month, who) for who in LEVELS] == [("0.12", "A")] * 3
    assert provisional(officer) is None


def test_a_revision_of_a_closed_month_is_laid_over_its_segment(open_month: Bureau) -> None:
    """Two respondents in the segment: the one that is revised changes, the other stays."""
    approve(open_month, row := open_month.submitted(), *LEVELS)
    approve(open_month, open_month.submitted_by("drugs", open_month.drugs), *LEVELS)
    officer = open_month.person("province")
    close_period(FORM, PERIOD, "gs", by=officer, at=LATER, reason="其余未报")
    assert seen(open_month, "province") == ("0.24", "A")
    row.refresh_from_db()
    revised(open_month, row, "1300")
    approve(open_month, row, "park")
    assert seen(open_month, "park") == ("0.25", "P")
    page = open_month.client("park").get(f"/figures/?{ASKED}etdz-an").content.decode()
    assert "2026年10月（修订中）" in page and "尚未关账" not in page.partition("<main")[2]
    assert seen(open_month, "zone") == ("0.24", "A")
    # as known at the closing it is what was closed
    assert seen(open_month, "park", asof="1") == ("0.24", "A")
    approve(open_month, row, "zone", "province")
    assert [seen(open_month, who) for who in LEVELS] == [("0.25", "A")] * 3
    assert seen(open_month, "park", asof="1") == ("0.24", "A")


def test_what_is_approved_in_a_period_that_was_opened_again(open_month: Bureau) -> None:
    approve(open_month, open_month.submitted(), *LEVELS)
    officer = open_month.person("province")
    close_period(FORM, PERIOD, "gs", by=officer, at=LATER, reason="其余未报")
    reopen_period(FORM, PERIOD, "gs", by=officer, at=LATER, reason="补报")
    assert seen(open_month, "zone") == ("0.12", "A")
    approve(open_month, open_month.submitted_by("drugs", open_month.drugs), "park", "zone")
    assert seen(open_month, "zone") == ("0.24", "P")
    assert seen(open_month, "province") == ("0.12", "A")


def test_the_page_and_its_files_say_that_it_is_not_closed(open_month: Bureau) -> None:
    approve(open_month, open_month.submitted(), "park", "zone")
    client = open_month.client("zone")
    page = client.get(f"/figures/?{ASKED}lz-etdz").content.decode()
    assert "尚未关账" in page and "open-mark" in page and 'class="open"' in page
    sheet = client.get(f"/figures/export.csv?{ASKED}lz-etdz").content.decode("utf-8-sig")
    assert "尚未关账" in sheet
    exchanged = client.get(f"/figures/export.sdmx?{ASKED}lz-etdz").content.decode()
    assert '"0.12","P"' in exchanged
    url = "/figures/cell/?c=etdz-an&m=dz_output&w=period&t=2026-10"
    trace = client.get(url).content.decode()
    assert "甲机械有限公司" in trace and "尚未关账" in trace
    # the province has approved nothing of it yet
    assert "open-mark" not in open_month.client("province").get("/figures/").content.decode()
