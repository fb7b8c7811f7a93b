"""Lamps of past days (往日亮灯): the last month that was over, never what came after the day."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest

from hexi.portal.projects.models import LampMonth
from hexi.portal.projects.queries.boards import board
from hexi.portal.projects.queries.chosen import choose
from hexi.portal.projects.queries.past_lamps import course_of_lamps
from hexi.portal.projects.queries.portfolio import portfolio, portfolio_rows
from hexi.portal.projects.sweep.run import sweep_lamps
from tests.portal.projects.library import AT, TODAY, Library

THEN = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def lit(library: Library) -> Library:
    """Lamps at the end of September, and in November up to today; nobody looked in October."""
    sweep_lamps(date(2026, 9, 30), at=THEN)
    sweep_lamps(TODAY, at=AT)
    return library


def lamps_on(library: Library, day: str, who: str = "admin") -> dict[str, int]:
    chosen, _kept = portfolio_rows(library.person(who), {"asof": day}, TODAY)
    return portfolio(chosen, "kind").lamps


def kept_of(month: int) -> dict[str, int]:
    counts: dict[str, int] = {}
    for lamp in LampMonth.objects.filter(month=month).values_list("lamp", flat=True):
        counts[lamp] = counts.get(lamp, 0) + 1
    return counts


def test_a_past_day_has_the_lamps_of_the_last_month_that_was_over(lit: Library) -> None:
    september, november = kept_of(202609), kept_of(202611)
    assert september != november
    # 30 September itself is the first day on which they stand
    for day in ("2026-09-30", "2026-10-15", "2026-11-19"):
        assert lamps_on(lit, day) == september, day
    assert set(lamps_on(lit, "2026-09-29")) == {"none"}
    now, _kept = portfolio_rows(lit.person("admin"), {}, TODAY)
    assert portfolio(now, "kind").lamps == november


def test_the_page_says_of_which_month_the_lamps_are(lit: Library) -> None:
    client = lit.client("admin")
    page = client.get("/projects/portfolio/?asof=2026-10-15").content.decode()
    assert "为 2026-09 月末亮灯" in page
    before = client.get("/projects/portfolio/?asof=2026-05-02").content.decode()
    assert "最早的亮灯月份为 2026-09" in before
    LampMonth.objects.all().delete()
    never = client.get("/projects/portfolio/?asof=2026-05-02").content.decode()
    assert "尚未保存过亮灯月报" in never


def test_each_count_opens_a_list_of_as_many_with_that_lamp(lit: Library) -> None:
    for lamp, count in lamps_on(lit, "2026-10-15").items():
        asked = {"asof": "2026-10-15", "lamp": lamp, "figure": "number", "practice": "0"}
        assert choose(lit.person("admin"), asked, TODAY).total == count
        page = lit.client("admin").get("/projects/", asked).content.decode()
        assert page.count(f'class="lamp lamp-{lamp}"') >= count


def test_the_public_and_other_units_learn_nothing_of_lamps(lit: Library) -> None:
    client = lit.client("")
    page = client.get("/projects/portfolio/?asof=2026-10-15").content.decode()
    assert "月末亮灯" not in page and "lamp-red" not in page
    head = client.get("/projects/portfolio/export.csv?asof=2026-10-15").content.decode()
    assert "2026-09" not in head
    mine = sum(lamps_on(lit, "2026-10-15", "zone").values())
    assert 0 < mine < sum(lamps_on(lit, "2026-10-15").values())


def rows_of(library: Library, address: str) -> list[dict[str, Any]]:
    text = library.client("admin").get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_files_have_the_lamps_of_the_day_with_their_month(lit: Library) -> None:
    lines = rows_of(lit, "/projects/portfolio/export.csv?asof=2026-10-15&by=kind")
    heads = {"red": "2026-09 红灯", "yellow": "2026-09 黄灯", "green": "2026-09 绿灯"}
    whole, groups = lines[-1], lines[:-1]
    for lamp, head in heads.items():
        assert int(whole[head]) == kept_of(202609).get(lamp, 0)
        assert sum(int(line[head]) for line in groups) == int(whole[head])
    foil = LampMonth.objects.get(month=202609, project=lit.project_of("foil")).lamp
    [line] = [
        one for one in rows_of(lit, "/projects/export.csv?asof=2026-10-15")
        if one["库内编号"] == lit.project_of("foil").number
    ]  # fmt: skip
    assert line["亮灯（2026-09）"] == {"red": "红灯", "yellow": "黄灯", "green": "绿灯"}[foil]


def test_the_page_of_a_project_shows_its_months_with_words_and_reasons(lit: Library) -> None:
    row = lit.project_of("cold-chain")
    course = course_of_lamps(row.lamps.order_by("month"), TODAY)
    assert [(line.month, line.lamp, line.running) for line in course] == [
        ("2026-09", "green", False),
        ("2026-10", "", False),
        ("2026-11", "yellow", True),
    ]
    page = lit.client("zone").get(f"/projects/{row.pk}/").content.decode()
    strip = page[page.index('id="lamps"') :]
    strip = strip[: strip.index("</section>")]
    assert "2026-10" in strip and "当月未扫描" in strip
    assert course[2].reasons[0]["text"] in strip
    assert "各月亮灯" not in lit.client("").get(f"/projects/{row.pk}/").content.decode()


def test_a_board_of_a_past_day_shows_cards_as_they_were_and_moves_none(lit: Library) -> None:
    lit.moved("aluminium", "completed")
    then = board(choose(lit.person("zone"), {"asof": "2026-11-01"}, TODAY))
    [column] = [one for one in then if one.stage == "construction"]
    [card] = [one for one in column.cards if "铝箔" in one.line.name]
    assert (card.line.stage, card.movable) == ("construction", False)
    assert card.line.lamp == LampMonth.objects.get(month=202609, project=lit.aluminium).lamp
    now = board(choose(lit.person("zone"), {}, TODAY))
    assert any(one.movable for column in now for one in column.cards)
