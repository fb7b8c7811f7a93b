"""The library as JSON (项目库接口): lists, one project, every step, and what others may not see."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hexi.portal.projects.acts.publish_record import publish_record
from tests.portal.projects.library import AT, TODAY, YI, Library


def send(client: Client, method: str, url: str, body: Any = None) -> Any:
    return getattr(client, method)(url, json.dumps(body or {}), content_type="application/json")


@pytest.fixture
def zone(library: Library, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The zone's person, on the day of the tests."""
    monkeypatch.setattr(timezone, "now", lambda: AT)
    return library.client("zone")


def test_the_list_is_of_the_own_scope_and_agrees_with_its_facets(zone: Client) -> None:
    said = zone.get("/api/projects?sort=-total").json()
    assert said["page"]["total"] == 3 and said["total"] == 23 * YI
    assert [one["total"] for one in said["items"]] == [12 * YI, 8 * YI, 3 * YI]
    facets = zone.get("/api/projects/facets").json()
    assert facets["total"] == 3
    assert facets["facets"]["stage"] == {"construction": 1, "reserve": 1, "signed": 1}
    part = zone.get("/api/projects?stage=reserve&limit=1").json()
    assert [one["name"] for one in part["items"]] == ["重组疫苗产业化基地"]


def test_what_stood_on_a_past_day_is_asked_by_the_day(library: Library, zone: Client) -> None:
    library.moved("aluminium", "completed")
    assert zone.get("/api/projects?stage=completed").json()["page"]["total"] == 1
    before = zone.get("/api/projects?stage=completed&asof=2026-11-01").json()
    assert before["page"]["total"] == 0
    [then] = zone.get("/api/projects?stage=construction&asof=2026-11-01").json()["items"]
    assert (then["name"], then["stage"]) == ("年产5万吨高端铝箔项目", "construction")


def test_who_is_outside_sees_what_is_public_and_no_more(library: Library, zone: Client) -> None:
    pk = library.aluminium.pk
    for who in ("stranger", ""):
        assert library.client(who).get(f"/api/projects/{pk}").status_code == 404
    publish_record(pk, by=library.person("zone"), at=AT)
    assert zone.get(f"/api/projects/{pk}").json()["invested"] == 15_000 * 10**4
    for who in ("stranger", ""):
        said = library.client(who).get(f"/api/projects/{pk}").json()
        assert said["name"] == "年产5万吨高端铝箔项目" and said["total"] == 12 * YI
        private = ("invested", "lamp", "leader_name", "investor", "state_code", "version", "jobs")
        assert [said[name] for name in private] == [None] * len(private)
        history = library.client(who).get(f"/api/projects/{pk}/history").json()
        assert history["progress"] is None and history["stages"][0]["evidence"] is None
        assert library.client(who).get("/api/projects?open=1").json()["page"]["total"] == 1


def test_a_project_goes_from_the_first_talk_to_production(library: Library, zone: Client) -> None:
    made = send(zone, "post", "/api/projects", {
        "name": "负极材料一体化项目", "unit": "etdz-an", "kind": "promoted", "stage": "lead",
        "place": "620105", "tags": ["municipal"],
    })  # fmt: skip
    assert made.status_code == 201, made.json()
    pk = made.json()["id"]

    def change(**fields: Any) -> None:
        answer = send(zone, "patch", f"/api/projects/{pk}", {"reason": "补充", **fields})
        assert answer.status_code == 200, answer.json()

    def move(to: str) -> dict[str, Any]:
        said = {"to": to, "day": TODAY.isoformat(), "reason": "推进", "evidence": f"{to} 文件"}
        answer = send(zone, "post", f"/api/projects/{pk}/move", said)
        assert answer.status_code == 200, answer.json()
        known: dict[str, Any] = answer.json()
        return known

    change(investor="兰州炭素有限公司", origin="local")
    move("in_talks")
    change(total=5 * YI)
    move("signed")
    change(industry="3091", state_code="2611-620105-04-01-123456")
    move("approved")
    change(planned_start="2026-11-20", planned_end="2027-12-31")
    assert move("started")["actual_start"] == "2026-11-20"
    said = send(zone, "post", f"/api/projects/{pk}/progress",
                {"month": 202611, "invested": 3 * 10**7, "done": 6.5, "note": "土建"})  # fmt: skip
    assert said.json()["invested"] == 3 * 10**7
    plan = send(zone, "put", f"/api/projects/{pk}/plans/2026", {"planned": 10**8})
    assert plan.status_code == 200, plan.json()
    move("construction")
    move("completed")
    assert move("production")["actual_end"] == "2026-11-20"
    history = zone.get(f"/api/projects/{pk}/history").json()
    assert [spell["stage"] for spell in history["stages"]] == [
        "lead", "in_talks", "signed", "approved", "started", "construction", "completed",
        "production",
    ]  # fmt: skip
    assert history["plans"] == [{"year": 2026, "planned": 10**8, "content": ""}]
    assert history["progress"][0]["done"] == 6.5
    assert history["tags"][0]["until"] == "2027-01-01"
    assert library.acts_of(library.project_of("aluminium"))[0] == "register_record"


def test_a_stale_version_is_refused(library: Library, zone: Client) -> None:
    url = f"/api/projects/{library.aluminium.pk}"
    version = zone.get(url).json()["version"]
    assert send(zone, "patch", url, {"jobs": 5, "version": version}).status_code == 200
    again = send(zone, "patch", url, {"jobs": 6, "version": version})
    assert again.status_code == 409
    assert again.json()["error"]["code"] == "changed_meanwhile"


def test_lists_batches_statistics_and_merging(library: Library, zone: Client) -> None:
    pk = library.aluminium.pk
    other = library.registered(name="5万吨高端铝箔").pk
    found = zone.get("/api/project-doubles").json()
    assert (found["total"], found["items"][0]["grounds"]) == (1, ["name", "place"])
    merged = send(zone, "post", f"/api/projects/{pk}/merge", {"other": other, "reason": "同一"})
    assert merged.status_code == 200, merged.json()
    assert zone.get(f"/api/projects/{other}").json()["merged_into"] == pk
    assert zone.get("/api/projects").json()["page"]["total"] == 3
    apart = send(zone, "post", f"/api/projects/{other}/unmerge", {"reason": "误并"})
    assert apart.json()["merged_into"] is None
    day = TODAY.isoformat()
    tagged = {"ids": [pk], "tag": "circular", "since": day}
    assert send(zone, "post", "/api/project-tags", tagged).json() == {"projects": 1}
    renewed = {"tag": "municipal", "year": 2027}
    assert send(zone, "post", "/api/project-tags/renew", renewed).json() == {"projects": 1}
    off = {"ids": [pk], "tag": "circular", "until": "2026-12-01", "reason": "调出"}
    assert send(zone, "post", "/api/project-tags/remove", off).json() == {"projects": 1}
    batch = {"name": "集中开工", "unit": "lz-etdz", "day": day}
    made = send(zone, "post", "/api/start-batches", batch).json()["id"]
    ids = {"ids": [library.project_of("vaccine").pk]}
    assert send(zone, "post", f"/api/start-batches/{made}/projects", ids).json()["projects"] == 1
    refused = send(zone, "post", f"/api/start-batches/{made}/start", {})
    assert refused.status_code == 422 and "重组疫苗" in refused.json()["error"]["message"]
    assert zone.get("/api/start-batches").json()["items"][0]["projects"] == 1
    out = send(zone, "post", f"/api/start-batches/{made}/projects/remove", ids)
    assert out.json() == {"projects": 1}
    code = library.project().code
    in_ = {"reporting": code, "since": day}
    assert send(zone, "post", f"/api/projects/{pk}/statistics", in_).json()["reporting"] == code
    left = send(zone, "post", f"/api/projects/{pk}/leave-statistics", {"reason": "错连"})
    assert left.json()["reporting"] is None
    library.moved("aluminium", "completed")
    back = send(zone, "post", f"/api/projects/{pk}/undo-step", {"reason": "误操作"})
    assert back.json()["stage"] == "construction"
    shown = send(zone, "post", f"/api/projects/{pk}/publish", {})
    assert shown.json()["published"] is True
    hidden = send(zone, "post", f"/api/projects/{pk}/withdraw", {"reason": "撤回"})
    assert hidden.json()["published"] is False


def test_practice_projects_are_laid_by_who_may(library: Library, zone: Client) -> None:
    assert send(zone, "post", "/api/project-practice", {}).status_code == 403


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"total": -1}, "total"),
        ({"total": "12亿元"}, "total"),
        ({"state_code": "2413-620100-04-01-123456"}, "state_code"),
        ({"industry": "9999"}, "industry"),
        ({"longitude": 12}, "longitude"),
        ({"planned_end": "2026-02-30"}, "planned_end"),
        ({"kind": "secret"}, "kind"),
        ({"unit": "nowhere"}, "unit"),
    ],
)
def test_a_wrong_field_is_named(zone: Client, body: dict[str, Any], place: str) -> None:
    whole = {"name": "新项目", "unit": "etdz-an", "kind": "promoted", **body}
    refused = send(zone, "post", "/api/projects", whole)
    assert refused.status_code == 422
    assert place in refused.json()["error"]["place"], refused.json()


PARK = {"年产5万吨高端铝箔项目", "重组疫苗产业化基地", "冷链物流枢纽（一期）"}
JINCHANG = {"电池级硫酸镍扩能项目", "锂电铜箔及配套项目", "光伏制氢与掺氢示范"}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("admin", PARK | JINCHANG),
        ("province", PARK | JINCHANG),
        ("zone", PARK),
        ("park", PARK),
        ("reader", PARK),
        ("stranger", JINCHANG),
        ("maker", set()),
        ("", set()),
    ],
)
def test_no_role_is_told_of_what_is_outside_its_scope(
    library: Library, who: str, seen: set[str]
) -> None:
    client = library.client(who)
    said = client.get("/api/projects?limit=1000").json()
    assert {one["name"] for one in said["items"]} == seen
    assert said["page"]["total"] == len(seen)
    totals = [one["total"] for one in said["items"] if one["total"]]
    assert said["total"] == sum(totals)
    facets = client.get("/api/projects/facets").json()
    assert facets["total"] == len(seen)
    for facet in ("stage", "unit", "kind", "industry"):
        assert sum(facets["facets"].get(facet, {}).values()) == len(seen), facet
    for key, (name, pk) in {
        key: (library.project_of(key).name, library.project_of(key).pk)
        for key in ("aluminium", "nickel")
    }.items():
        for address in (f"/api/projects/{pk}", f"/api/projects/{pk}/history"):
            assert client.get(address).status_code == (200 if name in seen else 404), key
    assert client.get("/api/start-batches").json()["page"]["total"] == 0
    keeps = who in ("admin", "province", "zone", "park", "stranger")
    assert client.get("/api/project-doubles").status_code == (200 if keeps else 403)


@pytest.mark.parametrize("who", ["", "reader", "stranger", "maker"])
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("projects/{pk}/move", {"to": "completed", "day": "2026-11-20"}),
        ("projects/{pk}/undo-step", {"reason": "x"}),
        ("projects/{pk}/progress", {"month": 202611, "invested": 1}),
        ("projects/{pk}/publish", {}),
        ("projects/{pk}/withdraw", {"reason": "x"}),
        ("projects/{pk}/statistics", {"reporting": "x", "since": "2026-11-20"}),
        ("projects/{pk}/leave-statistics", {"reason": "x"}),
        ("projects/{pk}/merge", {"other": 1, "reason": "x"}),
        ("projects/{pk}/unmerge", {"reason": "x"}),
        ("project-tags", {"ids": ["{pk}"], "tag": "circular", "since": "2026-11-20"}),
        ("project-tags/remove", {"ids": ["{pk}"], "tag": "3341", "until": "2026-12-01"}),
        ("start-batches", {"name": "x", "unit": "etdz-an", "day": "2026-11-20"}),
        ("project-practice", {}),
    ],
)
def test_no_step_is_taken_by_who_may_not(
    library: Library, who: str, path: str, body: dict[str, Any]
) -> None:
    pk, before = library.aluminium.pk, library.events()
    sent = {**body, "ids": [pk]} if "ids" in body else body
    answer = send(library.client(who), "post", f"/api/{path.format(pk=pk)}", sent)
    assert answer.status_code in (401, 403, 404), answer.json()
    assert library.events() == before
