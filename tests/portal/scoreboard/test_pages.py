"""Pages of monitoring (监测页面): nothing hidden leaks, counts are those of the lists, and what is
missing is said."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hexi.catalogue.evidence import Figure, Observation
from hexi.portal.core.models import Unit
from hexi.portal.scoreboard.acts.adjust_target import Change, adjust_target
from hexi.portal.scoreboard.models import EarlyWarning, MonitoredTarget, Shown, Standing
from hexi.portal.scoreboard.queries.board import board_rows, lamp_counts, standings_of
from hexi.portal.scoreboard.queries.course import course
from hexi.portal.scoreboard.queries.peers import peers_of
from hexi.portal.scoreboard.sweep import goals
from hexi.portal.scoreboard.sweep.run import sweep_targets
from tests.portal.office import AT, INSIDE, OUTSIDE, STAFF, TITLE
from tests.portal.scoreboard.addresses import GUARDED, PRIVATE, SHARED, STEPS
from tests.portal.scoreboard.watch import GDP, TODAY, TRADE, Watch

EVERYBODY = (*(username for username, _, _ in STAFF), "")
BASELINE = Path(__file__).with_name("query_counts.json")


def address(template: str, watch: Watch, **more: object) -> str:
    return template.format(target=watch.hidden().pk, title=TITLE, **more)


def text_of(content: bytes) -> str:
    page = content.decode()
    body = re.sub(r"<script.*?</script>", " ", page[page.index("<main") :], flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("page", PRIVATE)
def test_a_hidden_target_is_there_only_inside_the_scope(page: str, who: str, watch: Watch) -> None:
    answer = watch.office.client(who).get(address(PRIVATE[page], watch))
    assert answer.status_code == (200 if who in INSIDE else 404)
    if who in OUTSIDE:
        assert TITLE not in answer.content.decode()


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("page", SHARED)
def test_a_shared_page_names_nothing_that_is_hidden(page: str, who: str, watch: Watch) -> None:
    answer = watch.office.client(who).get(address(SHARED[page], watch))
    assert answer.status_code == 200
    shown = answer.content.decode()
    if who in OUTSIDE:
        # the search itself stands in its box and in the addresses that keep it
        bare = re.sub(r'value="[^"]*"|href="[^"]*"', "", shown)
        assert TITLE not in bare
        assert f'"/scoreboard/targets/{watch.hidden().pk}/"' not in shown


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("page", GUARDED)
def test_warnings_need_the_permission_and_stay_in_scope(page: str, who: str, watch: Watch) -> None:
    warning = watch.warn()
    url, permission = GUARDED[page]
    person = watch.office.person(who)
    answer = watch.office.client(who).get(url)
    if person is None:
        assert answer.status_code == (403 if page.startswith("api:") else 302)
    elif person.grants(permission):
        assert answer.status_code == 200
        sees = EarlyWarning.objects.visible_to(person).filter(pk=warning.pk).exists()
        assert sees == (who in ("admin", "province", "zone", "reader"))
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_warning_is_seen_where_its_target_is_answered_for(who: str, watch: Watch) -> None:
    warning = watch.warn()
    url = STEPS["warning"].format(warning=warning.pk)
    status = watch.office.client(who).get(url).status_code
    if not who:
        assert status == 302
    else:
        assert status == (200 if who in ("admin", "province", "zone", "reader") else 404)


@pytest.mark.parametrize("who", EVERYBODY)
def test_steps_ask_the_same_as_their_buttons(who: str, watch: Watch) -> None:
    warning, target = watch.warn(), watch.target(GDP)
    client = watch.office.client(who)
    page = client.get(f"/scoreboard/targets/{target.pk}/").content.decode()
    may = client.get(f"/scoreboard/targets/{target.pk}/adjust/").status_code == 200
    assert may == (f"/scoreboard/targets/{target.pk}/adjust/" in page)
    assert may == (who in ("admin", "province", "zone"))
    shown = client.get(f"/scoreboard/warnings/{warning.pk}/")
    offered = shown.status_code == 200 and "/answer/" in shown.content.decode()
    done = client.post(f"/scoreboard/warnings/{warning.pk}/answer/", {"answer": "已督促"})
    warning.refresh_from_db()
    assert offered == (warning.answer == "已督促")
    assert done.status_code in ((302,) if offered else (302, 403, 404))


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_part_under_negotiation_is_no_public_matter(who: str, watch: Watch) -> None:
    """The plan is public; what the zone asks of a park is not, until it is agreed."""
    part = watch.part("proposed")
    status = watch.office.client(who).get(f"/scoreboard/targets/{part.pk}/").status_code
    inside = ("admin", "province", "zone", "park", "reader")
    assert status == (200 if who in inside else 404)
    MonitoredTarget.objects.filter(pk=part.pk).update(state="draft")
    status = watch.office.client(who).get(f"/scoreboard/targets/{part.pk}/").status_code
    assert status == (200 if who in ("admin", "province", "zone", "reader") else 404)
    MonitoredTarget.objects.filter(pk=part.pk).update(state="accepted")
    assert watch.office.client(who).get(f"/scoreboard/targets/{part.pk}/").status_code == 200


@pytest.mark.parametrize("who", EVERYBODY)
def test_counts_are_those_of_the_lists(who: str, watch: Watch) -> None:
    client, person = watch.office.client(who), watch.office.person(who)
    counts = lamp_counts(board_rows(person))
    assert counts.total == board_rows(person).count()
    for lamp in Shown:
        answer = client.get(f"/api/monitoring/targets?lamp={lamp.value}&limit=1000").json()
        assert len(answer["items"]) == answer["page"]["total"] == getattr(counts, lamp.value)


def test_the_database_and_python_show_the_same_lamp(watch: Watch) -> None:
    rows = list(board_rows(watch.office.person("admin")))
    found = standings_of(rows)
    assert rows and all(found[row.pk].shown == row.shown_lamp for row in rows)


def test_the_tree_counts_what_its_lists_hold(watch: Watch) -> None:
    client = watch.office.client("admin")
    page = client.get("/scoreboard/units/lz-etdz/").content.decode()
    below = re.findall(r'data-href="(/scoreboard/units/[^"]+)"', page)
    assert below
    for url in below:
        code = url.split("/")[3]
        unit = Unit.objects.get(code=code)
        rows = board_rows(watch.office.person("admin"))
        number = rows.filter(unit__path__startswith=unit.path).count()
        assert re.search(rf'href="{re.escape(url)}".*?<b>{number}</b></td></tr>', page, re.S)


def test_a_missed_target_is_followed_to_the_sentence_and_the_series(watch: Watch) -> None:
    client = watch.office.client("admin")
    board = client.get("/scoreboard/?lamp=missed").content.decode()
    target = watch.target(GDP)
    assert f'data-href="/scoreboard/targets/{target.pk}/"' in board
    page = client.get(f"/scoreboard/targets/{target.pk}/").content.decode()
    assert "331.49" in page and "兰州" in text_of(page.encode())
    own = watch.hidden()
    page = client.get(f"/scoreboard/targets/{own.pk}/").content.decode()
    sentence = re.search(r'href="(/plans/\d+/text/\?s=\d+#s\d+)"', page)
    assert sentence is not None
    assert client.get(sentence[1].partition("#")[0]).status_code == 200


def test_the_address_of_a_plans_target_leads_to_the_one_page(watch: Watch) -> None:
    target = watch.target(TRADE)
    answer = watch.office.client("").get(f"/targets/{target.target_id}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/scoreboard/targets/{target.pk}/"
    hidden = watch.hidden()
    stranger = watch.office.client("stranger").get(f"/targets/{hidden.target_id}/")
    assert stranger.status_code == 404


def test_a_target_without_figures_says_which_and_from_whom(watch: Watch) -> None:
    row = watch.target("lzna-process-2024.industries_class")
    page = text_of(watch.office.client("").get(f"/scoreboard/targets/{row.pk}/").content)
    assert "缺什么" in page and "千亿级产业" in page and "兰州新区" in page
    listed = text_of(watch.office.client("").get("/scoreboard/missing/?unit=lzna").content)
    assert "千亿级产业" in listed


def test_an_adjusted_target_shows_both_versions(watch: Watch) -> None:
    target = watch.target(GDP)
    adjust_target(
        target.pk, Change(value="300"), reason="统计口径调整", authority="省人民政府",
        document="甘政发〔2018〕1号", by=watch.office.person("province"), at=AT,
    )  # fmt: skip
    watch.sweep()
    page = text_of(watch.office.client("").get(f"/scoreboard/targets/{target.pk}/").content)
    for said in ("430", "300", "统计口径调整", "省人民政府", "甘政发〔2018〕1号", "原定目标"):
        assert said in page
    both = {one.against: one.shown for one in Standing.objects.filter(target=target, as_of=TODAY)}
    assert both == {"current": Shown.MET, "original": Shown.MISSED}


@pytest.mark.parametrize("path", ["/scoreboard/", "/scoreboard/targets/{target}/"])
@pytest.mark.parametrize("day", ["2023-13-01", "gestern"])
def test_a_day_that_is_none_is_refused_in_words(path: str, day: str, watch: Watch) -> None:
    url = path.format(target=watch.target(GDP).pk)
    answer = watch.office.client("").get(url, {"asof": day})
    assert answer.status_code == 400 and "2023-12-31" in answer.content.decode()


def test_an_empty_office_says_what_to_do_next(watch: Watch) -> None:
    MonitoredTarget.objects.all().delete()
    client = watch.office.client("admin")
    for path in ("/scoreboard/", "/scoreboard/plans/"):
        assert "上传规划" in text_of(client.get(path).content)
    for path in ("/scoreboard/map/", "/scoreboard/wall/", "/scoreboard/missing/",
                 "/scoreboard/warnings/", "/scoreboard/warnings/rates/"):  # fmt: skip
        assert client.get(path).status_code == 200


def test_the_scenario_says_effect_and_assumption(watch: Watch) -> None:
    target = watch.running()
    watch.sweep()
    client = watch.office.client("")
    url = f"/scoreboard/targets/{target.pk}/scenario/"
    shown = client.get(url, {"driver": "growth", "amount": "5", "since": "2027"}).content.decode()
    chances = re.findall(r"<dd>([^<]+)</dd>", shown)
    assert len(chances) >= 2 and chances[0] != chances[1]
    for asked, said in (
        ({"driver": "growth", "amount": "多"}, "多"),
        ({"driver": "leaving", "amount": "150"}, "100%"),
        ({"driver": "weather", "amount": "1"}, "因素"),
    ):
        assert said in client.get(url, asked).content.decode()


def test_deadlines_come_by_the_key_alone(watch: Watch) -> None:
    warning = watch.warn()
    client = watch.office.client("zone")
    page = client.post("/scoreboard/calendar/").content.decode()
    found = re.search(r"http://testserver(/api/monitoring/calendar/[^<]+/deadlines\.ics)", page)
    assert found is not None
    feed = watch.office.client("").get(found[1])
    assert feed.status_code == 200 and feed["Content-Type"].startswith("text/calendar")
    raw = feed.content.decode()
    assert raw.startswith("BEGIN:VCALENDAR\r\n") and raw.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in raw.split("\r\n"))
    assert f"UID:warning-{warning.pk}-0@" in raw
    assert f"DTSTART;VALUE=DATE:{warning.deadline:%Y%m%d}" in raw
    assert (
        watch.office.client("").get("/api/monitoring/calendar/x/deadlines.ics").status_code == 404
    )
    client.post("/scoreboard/calendar/")
    assert watch.office.client("").get(found[1]).status_code == 404, "the old address is void"


def test_an_answer_by_program_is_the_same_act(watch: Watch) -> None:
    warning = watch.warn()
    client = watch.office.client("zone")
    url = f"/api/monitoring/warnings/{warning.pk}/answer"
    answer = client.post(url, json.dumps({"answer": "已督促"}), content_type="application/json")
    assert answer.status_code in (200, 403)
    stranger = watch.office.client("stranger")
    refused = stranger.post(url, json.dumps({"answer": "x"}), content_type="application/json")
    assert refused.status_code in (403, 404)


PAGES = {
    "scoreboard": "/scoreboard/",
    "scoreboard then": "/scoreboard/?asof=2024-12-31",
    "unit": "/scoreboard/units/gs/",
    "plans": "/scoreboard/plans/",
    "map": "/scoreboard/map/",
    "wall": "/scoreboard/wall/",
    "missing": "/scoreboard/missing/",
    "warnings": "/scoreboard/warnings/",
    "rates": "/scoreboard/warnings/rates/",
    "target": "/scoreboard/targets/{gdp}/",
    "api targets": "/api/monitoring/targets?limit=1000",
}


def count(page: str, watch: Watch) -> int:
    url = PAGES[page].format(gdp=watch.target(GDP).pk)
    client = watch.office.client("admin")
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_pages_ask_as_often_as_agreed(watch: Watch) -> None:
    now = {page: count(page, watch) for page in PAGES}
    if os.environ.get("RENEW_SNAPSHOTS"):
        BASELINE.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    agreed: dict[str, int] = json.loads(BASELINE.read_text(encoding="utf-8"))
    assert now == agreed


@pytest.mark.parametrize("page", ["scoreboard", "unit", "plans", "map", "api targets"])
def test_a_list_asks_no_more_when_it_is_longer(page: str, watch: Watch) -> None:
    before = count(page, watch)
    row = watch.target(GDP)
    for number in range(40):
        row.pk, row.key = None, f"copy-{number}"
        row.save()
    assert count(page, watch) == before


def test_peers_stand_beside_a_target_within_the_scope(watch: Watch) -> None:
    """Parks of the zone have the same indicator by 2020; a part under negotiation is no peer."""
    target = watch.target(GDP)
    admin = watch.office.person("admin")
    found = peers_of(target, admin)
    assert found is not None
    units = {line.unit for line, _done in found.lines}
    assert "安宁园区" in units and "兰州经济技术开发区" not in units
    assert found.place is None and found.of == 1, "nobody else has a figure: there is no place"
    part = watch.part("draft")
    MonitoredTarget.objects.filter(pk=part.pk).update(facets=target.facets)
    again = peers_of(target, admin)
    assert again is not None and len(again.lines) == len(found.lines)


def released_month(year: int, month: int, value: str) -> Observation:
    """A figure as a release gives it: the year to date, public and first published."""
    return Observation(
        id=f"release.{year}-{month}", unit="gs", indicator="trade", facets=(),
        period=f"{year}-{month:02}", figure=Figure(Decimal(value), value), measure_unit="亿美元",
        basis="cumulative", bound="eq", source="release-1", confidence="high",
        vintage="as-published", definition="", note="", line=0,
    )  # fmt: skip


def test_months_of_a_running_year_are_drawn_beside_the_line_of_whole_years(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    months = [
        released_month(year, month, str(share * month))
        for year, share in ((2016, 6), (2017, 4), (2018, 5))
        for month in (3, 6, 9)
    ]
    monkeypatch.setattr(goals, "released_observations", lambda _at: months)
    day = date(2018, 11, 15)
    row = MonitoredTarget.objects.get(key=TRADE)
    drawn = course(row, None, day, [])
    assert drawn is not None
    assert [point["x"] for point in drawn["observed"]][-3:] == [2015.0, 2016.0, 2017.0]
    assert [point["period"] for point in drawn["other"]] == ["2018-09"]
    assert all(float(place).is_integer() for place in drawn["fan"]["x"])
    sweep_targets(day, at=AT)
    page = watch.office.client("province").get(f"/scoreboard/targets/{row.pk}/?asof={day}")
    assert page.status_code == 200
    # twelve months up to September: 45 of this year, 48.26 of the last less its 36 to September
    assert "实际 2018年9月 57.26" in text_of(page.content)
