"""Assessments in the API: a run from start to publication, and what stays hidden."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hexi.portal.assessment.acts.publish_run import publish_run
from hexi.portal.assessment.acts.review_run import review_run
from tests.portal.assessment.parks import SCHEME, YEAR, computed, sheet
from tests.portal.assessment.test_outcomes import published as published_round
from tests.portal.office import AT, Office


def test_a_run_is_made_by_a_program(office: Office) -> None:
    client = office.client("zone")
    sent = {"scheme": SCHEME, "year": YEAR, "unit": "lz-etdz"}
    made = client.post("/api/assessments", sent, content_type="application/json")
    assert made.status_code == 201
    url = f"/api/assessments/{made.json()['id']}"
    wrong = SimpleUploadedFile("表.csv", sheet(changed={("etdz-an", "gdp"): "约"}))
    answer = client.post(f"{url}/data", {"file": wrong})
    assert answer.status_code == 422 and "D8" in answer.content.decode()
    assert (
        client.post(f"{url}/data", {"file": SimpleUploadedFile("表.csv", sheet())}).status_code
        == 200
    )
    for step in ("compute", "review", "publish"):
        answer = client.post(f"{url}/steps", {"step": step}, content_type="application/json")
        assert answer.status_code == 200
    read = client.get(url).json()
    assert read["state"] == "published" and [one["rank"] for one in read["ranking"]] == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert read["assumed"]
    assert len(client.get(f"{url}/result").json()["units"]) == 5
    told = client.get(f"/api/assessed/{read['ranking'][2]['id']}").json()
    assert told["explanation"]["unit"] == read["ranking"][2]["unit"]
    answer = client.post(
        f"{url}/simulations", {"weights": {"industry": 5, "ecology": 35}},
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 201 and answer.json()["kind"] == "simulation"


@pytest.mark.parametrize("who", ["park", "stranger", ""])
def test_a_draft_is_hidden_and_a_published_run_is_not(who: str, office: Office) -> None:
    run, by = computed(office), office.person("zone")
    client, url = office.client(who), f"/api/assessments/{run.pk}"
    assert client.get(url).status_code == 404
    assert client.get("/api/assessments").json()["items"] == []
    review_run(run.pk, by=by, at=AT)
    publish_run(run.pk, by=by, at=AT)
    assert client.get(url).status_code == 200
    assert client.get(f"{url}/result").status_code == 404
    other = run.assessed.get(code="etdz-xg")
    assert client.get(f"/api/assessed/{other.pk}").status_code == 404


def post(client: Client, url: str, **sent: Any) -> Any:
    return client.post(url, sent, content_type="application/json")


def test_corrections_and_objections_go_through_a_program(office: Office) -> None:
    run, zone, park = computed(office), office.client("zone"), office.client("park")
    url = f"/api/assessments/{run.pk}"
    wrong = {"unit": "etdz-an", "item": "gdp", "value": 130.1}
    assert post(zone, f"{url}/corrections", **wrong, reason="").status_code == 422
    made = post(zone, f"{url}/corrections", **wrong, reason="报表更正")
    assert made.status_code == 201 and made.json()["before"] == 132.7
    assert zone.get(f"{url}/corrections").json()["items"][0]["after"] == 130.1
    assert park.get(f"{url}/corrections").status_code == 404
    for step in ("compute", "review"):
        assert post(zone, f"{url}/steps", step=step).status_code == 200
    own = run.assessed.get(code="etdz-an")
    filed = post(park, f"/api/assessed/{own.pk}/objections", text="应为48家", item="above_n")
    assert filed.status_code == 201
    waiting = zone.get("/api/objections?state=open").json()["items"]
    assert [one["unit"] for one in waiting] == ["etdz-an"]
    answer = f"/api/objections/{waiting[0]['id']}/answer"
    assert post(park, answer, state="upheld", answer="同意").status_code == 403
    told = post(zone, answer, state="rejected", answer="两家已退库").json()
    assert told["state"] == "rejected"
    assert office.client("stranger").get("/api/objections").json()["items"] == []
    shown = zone.get(f"{url}/certainty").json()
    assert len(shown["units"]) == 5 and shown["units"][0]["interval"][0] >= 1
    assert zone.get(f"{url}/outcomes").json()["proposals"] == []


def test_a_draft_is_dropped_and_gaps_are_filled(office: Office) -> None:
    client = office.client("province")
    made = post(client, "/api/assessments", scheme="etdz", year=2024, unit="gs").json()
    url = f"/api/assessments/{made['id']}"
    assert post(client, f"{url}/known").json()["filled"] > 0
    assert office.client("zone").delete(url).status_code == 404
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404


def test_a_case_is_taken_from_hearing_to_notice(office: Office) -> None:
    published_round(office, 2018)
    run = published_round(office, 2019)
    client = office.client("province")
    told = client.get(f"/api/assessments/{run.pk}/outcomes").json()
    assert {one["state"] for one in told["proposals"]} >= {"talk", "removal_candidate"}
    assert any(one["chance"] == 1.0 for one in told["next_year"])
    assert post(client, f"/api/assessments/{run.pk}/cases").status_code == 409
    cases = client.get(f"/api/cases?assessment={run.pk}&limit=1000").json()["items"]
    case = next(one for one in cases if one["state"] == "removal_candidate")
    url = f"/api/cases/{case['id']}"
    assert case["next"] == "hearing" and "2019年度" in case["text"]
    assert post(client, f"{url}/decision", adopted=True, text="同意").status_code == 409
    heard = post(client, f"{url}/hearing", text="请陈述", answer_by="2099-01-31").json()
    assert heard["stage"] == "hearing"
    post(client, f"{url}/answer", text="无意见")
    done = post(client, f"{url}/decision", adopted=False, text="给予一年整改期").json()
    assert done["adopted"] is False and done["next"] == "notice"
    closed = post(client, f"{url}/notice", text="限期整改").json()
    assert [one["kind"] for one in closed["steps"]] == [
        "proposal", "hearing", "answer", "decision", "notice",
    ]  # fmt: skip
    for who in ("zone", "park", "reader", ""):
        assert office.client(who).get(url).status_code == 404


def test_contracts_are_signed_reported_and_closed_by_a_program(office: Office) -> None:
    client = office.client("zone")
    year = post(client, "/api/duty-years", unit="lz-etdz", year=2020, kind="departments").json()
    url = f"/api/duty-years/{year['id']}"
    assert post(client, f"{url}/draw").status_code == 409
    made = post(client, f"{url}/contracts", name="招商局").json()
    own = f"/api/contracts/{made['id']}"
    task = {"title": "到位资金", "target": 40.0, "weight": 90.0, "unit": "亿元"}
    drafted = client.patch(own, {"add": [task]}, content_type="application/json").json()
    assert post(client, f"{own}/signature").status_code == 422
    key = drafted["tasks"][0]["id"]
    client.patch(own, {"weights": {key: 100.0}}, content_type="application/json")
    assert post(client, f"{own}/signature").json()["signed_at"]
    post(client, f"{own}/facts", task=key, value=30.0, evidence="证明")
    entered = post(client, f"{own}/matters", matter="commended", evidence="文件").json()
    matter = entered["matters"][0]["id"]
    taken = post(client, f"{own}/matters/{matter}/withdrawal", reason="重复").json()
    assert taken["matters"][0]["withdrawn"]
    rows = client.get(f"{url}/pay").json()
    assert not rows["closed"] and rows["rows"][0]["score"] == 75.0
    assert post(client, f"{url}/close", reason="年度考核").json()["open"] is False
    assert client.get(own).json()["rank"] == 1
    listed = client.get("/api/duty-years").json()["items"]
    assert listed[0]["contracts"] == [made["id"]]
    assert office.client("stranger").get(own).status_code == 404
    assert office.client("park").get(f"{url}/pay").status_code == 404
