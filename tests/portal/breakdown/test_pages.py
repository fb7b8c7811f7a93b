"""Pages of breaking down under every role (分解页面): scope, what is shown, what is kept."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexi.portal.breakdown.acts.assign_duty import Duty, assign_duty
from hexi.portal.breakdown.acts.open_breakdown import open_breakdown
from hexi.portal.breakdown.models import Breakdown, Part, PartState
from hexi.portal.breakdown.queries.members import nested
from hexi.portal.core.models import Unit
from hexi.portal.plans.models import PlanRow
from hexi.portal.scoreboard.models import MonitoredTarget
from hexi.portal.scoreboard.sweep.seeding import monitor_plans
from tests.portal.breakdown.addresses import OPEN, OWN, PRIVATE, STEPS
from tests.portal.breakdown.bench import AT, DAY, PARKS, PLAN, Bench
from tests.portal.office import STAFF

EVERYBODY = (*(username for username, _, _ in STAFF), "")


def address(template: str, bench: Bench, part: str = "etdz-an") -> str:
    found = Part.objects.filter(breakdown__whole=bench.gdp, unit__code=part).first()
    return template.format(target=bench.gdp.pk, part=found.pk if found else 0)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("page", PRIVATE)
def test_a_sheet_and_a_part_are_there_only_for_the_two_units(
    page: str, who: str, bench: Bench
) -> None:
    bench.proposed()
    template, whose = PRIVATE[page]
    answer = bench.client(who).get(address(template, bench))
    assert answer.status_code == (200 if who in whose else 404)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("page", OPEN)
def test_of_a_published_target_nobody_else_sees_what_was_offered(
    page: str, who: str, bench: Bench
) -> None:
    bench.opened()
    bench.save({"etdz-xg/2020.final": "61.23"})
    answer = bench.client(who).get(address(OPEN[page], bench))
    assert answer.status_code == 200
    if page == "breakdown":
        seen = "61.23" in answer.content.decode()
        assert seen is (who in ("admin", "province", "zone", "reader"))


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_lower_unit_sees_its_own_part_and_no_other(who: str, bench: Bench) -> None:
    bench.proposed()
    answer = bench.client(who).get(address("/breakdown/parts/{part}/", bench, "etdz-xg"))
    assert answer.status_code == (200 if who in ("admin", "province", "zone", "reader") else 404)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_refused_outside_scope_and_role(step: str, who: str, bench: Bench) -> None:
    template, sent, whose = STEPS[step]
    if step.startswith("part-"):
        bench.proposed()
    elif step.startswith("breakdown-"):
        bench.as_planned()
        bench.save({"etdz-an/2020.negotiated": "250"})
        bench.save({"etdz-xg/2020.final": "60"})
    if step == "breakdown-propose":
        bench.save({"etdz-xg/2020.final": "65"})
    before = bench.events()
    answer = bench.client(who).post(address(template, bench), sent)
    if who in whose:
        assert answer.status_code == 302
        assert bench.events() > before
    elif step == "breakdown-undo" and who in ("admin", "province"):
        assert answer.status_code == 409 and bench.events() == before
    elif who == "" and answer.status_code == 302:
        assert "/sign-in/" in answer["Location"]
    else:
        assert answer.status_code in (403, 404)
        assert bench.events() == before


@pytest.mark.parametrize("page", OWN)
def test_tasks_are_ones_own(page: str, bench: Bench) -> None:
    bench.proposed()
    park, stranger = (bench.client(who).get(OWN[page]) for who in ("park", "stranger"))
    assert "地区生产总值" in words_of(park) and "地区生产总值" not in words_of(stranger)
    assert bench.client("").get(OWN[page]).status_code in (302, 401, 403)


def words_of(answer: Any) -> str:
    """What an answer says, a JSON one without its escapes."""
    is_json = answer["Content-Type"].startswith("application/json")
    return json.dumps(answer.json(), ensure_ascii=False) if is_json else answer.content.decode()


# --- what is saved is what is shown

FIGURES = st.decimals(min_value=0, max_value=10**7, places=2, allow_nan=False, allow_infinity=False)
CELLS = st.dictionaries(
    st.tuples(
        st.sampled_from(PARKS),
        st.sampled_from(["base", "2020.proposed", "2020.negotiated", "2020.final"]),
    ).map("/".join),
    FIGURES,
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=CELLS)
def test_what_is_saved_is_what_the_page_the_script_and_the_file_show(
    cells: dict[str, Decimal], bench: Bench
) -> None:
    if not Breakdown.objects.filter(whole=bench.gdp).exists():
        bench.opened()
    client = bench.client("zone")
    url = f"/breakdown/targets/{bench.gdp.pk}/"
    sent = {name: f"{value:,}" for name, value in cells.items()}
    answer = client.post(
        f"{url}cells/",
        json.dumps({"cells": sent}),
        "application/json",
        headers={"Accept": "application/json"},
    ).json()
    assert answer["refused"] == {}
    page = client.get(f"{url}?year=2020").content.decode()
    stands = client.get(f"{url}cells/").json()["current"]
    shown = dict(re.findall(r'name="([^"]+)" value="([^"]*)" inputmode', page))
    for name, value in cells.items():
        assert Decimal(answer["kept"][name]) == value
        assert Decimal(stands[name]) == value
        assert Decimal(shown[name].replace(",", "")) == value
    check = next(c for c in answer["checks"] if c["year"] == 2020)
    finals = [Decimal(v) for n, v in stands.items() if n.endswith("2020.final")]
    assert Decimal(check["total"].replace(",", "") or "0") == sum(finals)


def test_the_script_is_told_of_a_clash_and_of_what_stands(bench: Bench) -> None:
    bench.as_planned()
    seen = bench.sheet.edit
    bench.save({"etdz-an/2020.final": "240"}, by=bench.person("province"))
    answer = bench.client("zone").post(
        f"/breakdown/targets/{bench.gdp.pk}/cells/",
        json.dumps({"cells": {"etdz-an/2020.final": "230"}, "seen": seen}),
        "application/json",
        headers={"Accept": "application/json"},
    )
    record = answer.json()
    assert record["refused"]["etdz-an/2020.final"]["code"] == "overtaken"
    assert record["current"]["etdz-an/2020.final"] == "240.00"


def test_without_its_script_the_sheet_still_saves(bench: Bench) -> None:
    bench.opened()
    client = bench.client("zone")
    url = f"/breakdown/targets/{bench.gdp.pk}/cells/"
    assert client.post(url, {"etdz-an/base": "155", "seen": ""}).status_code == 302
    assert bench.part().figures["base"] == "155.00"


@pytest.mark.parametrize("body", ["[]", "{", '{"cells": 3}', '{"cells": {"a": {}}}'])
def test_a_body_that_is_no_sheet_is_refused(body: str, bench: Bench) -> None:
    bench.opened()
    answer = bench.client("zone").post(
        f"/breakdown/targets/{bench.gdp.pk}/cells/", body, "application/json",
        headers={"Accept": "application/json"},
    )  # fmt: skip
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert answer.json()["kept"] == {}


# --- the way through the pages


def test_a_target_is_broken_down_accepted_and_owned_through_the_pages(bench: Bench) -> None:
    zone, park = bench.client("zone"), bench.client("park")
    url = f"/breakdown/targets/{bench.gdp.pk}/"
    assert zone.post(f"{url}path/", {"shape": "constant_growth"}).status_code == 302
    page = zone.get(url).content.decode()
    assert "etdz-an" in page
    begun = zone.post(f"{url}begin/", {"units": PARKS, "day": DAY.isoformat()})
    assert begun.status_code == 302
    zone.post(f"{url}fill/", {"method": "equal"})
    zone.post(f"{url}fill/", {"method": "plan"})
    assert zone.post(f"{url}settle/", {"back": "2020"})["Location"].endswith("?year=2020")
    assert zone.post(f"{url}propose/", {}).status_code == 302
    part = bench.part()
    assert park.post(f"/breakdown/parts/{part.pk}/accept/").status_code == 302
    again = park.post(f"/breakdown/parts/{part.pk}/accept/")
    assert again.status_code == 409
    target = MonitoredTarget.objects.get(pk=part.target_id)
    assert target.path["2020"] == "250.00" and target.parent == bench.gdp
    assert "250.00" in park.get(f"/api/parts/{part.pk}").content.decode()


def test_a_refused_proposal_shows_every_reason_on_the_sheet(bench: Bench) -> None:
    bench.opened()
    answer = bench.client("zone").post(f"/breakdown/targets/{bench.gdp.pk}/propose/", {})
    assert answer.status_code == 422
    assert answer.content.decode().count("没有 2020 的确定数") == 5


def test_the_sheet_of_a_province_over_its_zones_is_one_page(bench: Bench) -> None:
    target = MonitoredTarget.objects.filter(unit__code="gs", measure="level", indicator_id="gdp")
    whole = target.first() or MonitoredTarget.objects.filter(unit__code="gs", measure="level")[0]
    admin = bench.person("admin")
    page = bench.client("admin").get(f"/breakdown/targets/{whole.pk}/").content.decode()
    zones = re.findall(r'name="units" value="([^"]+)"', page)
    assert len(zones) > 45
    kinds = Unit.objects.filter(code__in=zones, kind="zone").order_by("order")
    codes = list(kinds.values_list("code", flat=True))
    inside = {lower for _upper, lower in nested(codes, timezone.localdate())}
    chosen = [code for code in codes if code not in inside]
    open_breakdown(whole.pk, chosen, timezone.localdate(), by=admin, at=AT)
    client = bench.client("admin")
    client.get(f"/breakdown/targets/{whole.pk}/")
    with CaptureQueriesContext(connection) as many:
        assert client.get(f"/breakdown/targets/{whole.pk}/").status_code == 200
    assert len(many) < 40


@pytest.mark.parametrize("shape", ["straight", "s_curve", "front_loaded", "official", "by_hand"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_shape_is_shown_with_its_years(shape: str, language: str, bench: Bench) -> None:
    client = bench.client("zone")
    client.get(f"/?lang={language}")
    page = client.get(f"/breakdown/targets/{bench.gdp.pk}/path/?shape={shape}").content.decode()
    assert "430.00" in page and "chart-path" in page


@pytest.mark.parametrize(
    "key", ["talent", "rank_etdz_change", "industry_growth", "proj_n", "rd_int"]
)
def test_targets_of_every_measure_have_a_page_for_path_and_breakdown(
    key: str, bench: Bench
) -> None:
    client, target = bench.client("zone"), bench.target(key)
    for page in ("", "path/", "path/?shape=by_hand", "duty/"):
        answer = client.get(f"/breakdown/targets/{target.pk}/{page}")
        assert answer.status_code == 200
    path = client.get(f"/breakdown/targets/{target.pk}/path/").content.decode()
    assert ("没有基期数值" in path) is (key == "talent")


def test_the_duty_form_keeps_what_was_written_when_something_is_wrong(bench: Bench) -> None:
    url = f"/breakdown/targets/{bench.gdp.pk}/duty/"
    answer = bench.client("zone").post(
        url, {"requirement": "上半年过半", "measure": ["扩大投资"], "measure-due": ["年底"]}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "“年底”不是日期" in page
    assert "上半年过半" in page and "扩大投资" in page


# --- tasks and the yearly plan


def test_tasks_name_what_waits_with_its_day_and_let_go_of_what_is_done(bench: Bench) -> None:
    bench.proposed()
    park = bench.person("park")
    tasks = bench.client("park").get("/api/tasks?kind=part").json()["items"]
    assert [(t["kind"], t["due"], t["done"]) for t in tasks] == [("part", "2026-12-10", False)]
    bench.client("park").post(f"/breakdown/parts/{bench.part().pk}/accept/")
    assert bench.client("park").get("/api/tasks?kind=part").json()["items"] == []
    done = bench.client("park").get("/api/tasks?kind=part&show=done").json()["items"]
    assert [t["state"] for t in done] == ["已认领"]
    assign_duty(bench.part().target_id, Duty("etdz-an", park.pk if park else None),
                by=bench.person("zone"), at=AT)  # fmt: skip
    found = bench.client("park").get("/api/tasks?kind=target&show=all").json()["items"]
    # a target of 2020 is over: it is listed, and nothing is left to do for it
    assert [(t["what"][:6], t["done"]) for t in found] == [("地区生产总值", True)]


def test_a_part_that_came_back_is_a_task_of_the_upper_unit(bench: Bench) -> None:
    bench.proposed()
    bench.client("park").post(f"/breakdown/parts/{bench.part().pk}/back/", {"reason": "过高"})
    page = bench.client("zone").get("/tasks/").content.decode()
    assert "分解指标被退回" in page and "过高" in page
    assert bench.part().state == PartState.RETURNED


def test_the_yearly_plan_has_the_paths_figure_and_words_where_there_is_none(bench: Bench) -> None:
    client = bench.client("zone")
    before = client.get("/api/yearly-plans/lz-etdz/2018").json()
    named = {duty["indicator"]: duty for duty in before["duties"]}
    assert named["地区生产总值"]["value"] == "" and named["地区生产总值"]["reason"]
    assert client.post("/breakdown/units/lz-etdz/2018/paths/").status_code == 302
    after = {
        d["indicator"]: d for d in client.get("/api/yearly-plans/lz-etdz/2018").json()["duties"]
    }
    bench.gdp.refresh_from_db()
    assert after["地区生产总值"]["value"] == bench.gdp.path["2018"]
    assert len(after["地区生产总值"]["quarters"]) == 4
    talent = after["企业从业人员中大专以上学历"]
    assert talent["value"] == "" and "没有基期数值" in talent["reason"]
    page = client.get("/breakdown/units/lz-etdz/2018/").content.decode()
    assert bench.gdp.path["2018"] in page
    for suffix in ("docx", "xlsx"):
        assert len(client.get(f"/breakdown/units/lz-etdz/2018/plan.{suffix}").content) > 5000
    assert client.get("/breakdown/units/lz-etdz/2018/plan.pdf").status_code == 404


def test_a_re_reading_of_the_plan_keeps_paths_parts_and_duties(bench: Bench) -> None:
    bench.proposed()
    bench.client("park").post(f"/breakdown/parts/{bench.part().pk}/accept/")
    before = MonitoredTarget.objects.count()
    monitor_plans(PlanRow.objects.filter(pack_id=PLAN), AT)
    assert MonitoredTarget.objects.count() == before
    target = bench.part().target
    target.refresh_from_db()
    assert target.parent == bench.gdp and target.state == "accepted"


def test_the_log_names_units_and_columns_not_cells(bench: Bench) -> None:
    bench.opened()
    bench.save({"etdz-an/2020.final": "120", "etdz-an/base": "101"})
    client = bench.client("admin")
    for code, cells in (
        ("zh-hans", ("安宁园区 · 2020 · 确定数", "安宁园区 · 基数")),
        ("en", ("Anning Park · 2020 · Final figure", "Anning Park · Base figure")),
    ):
        client.get(f"/?lang={code}")
        page = client.get("/events/").content.decode()
        assert "etdz-an/" not in page
        for cell in cells:
            assert cell in page
