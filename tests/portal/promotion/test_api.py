"""Promotion in the API (招商接口): the same acts, clocks and scope as the pages."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from tests.portal.promotion.desk import PromotionDesk, slip

NEW = {
    "unit": "etdz-an", "received": "2026-11-18", "channel": "letter", "firm": "远航物流有限公司",
    "contact": "李女士", "phone": "0931-1234567", "what": "冷链仓储", "amount": 80_000_000,
}  # fmt: skip


def post(client: Any, url: str, body: Any) -> Any:
    return client.post(url, json.dumps(body), content_type="application/json")


def test_an_enquiry_goes_its_way_through_the_api(desk: PromotionDesk) -> None:
    client = desk.client("zone")
    made = post(client, "/api/enquiries", NEW)
    assert made.status_code == 201
    row = made.json()
    assert row["amount"] == 80_000_000 and [m["step"] for m in row["clock"]][:2] == [
        "register", "answer",
    ]  # fmt: skip
    day = timezone.localdate().isoformat()
    step = {"step": "answer", "day": day, "text": "已答复"}
    answered = post(client, f"/api/enquiries/{row['id']}/steps", step)
    assert answered.status_code == 200
    judged = post(
        client,
        f"/api/enquiries/{row['id']}/judgement",
        {"result": "accepted", "day": day, "text": "符合产业方向", "name": "冷链仓储项目"},
    )
    assert judged.json()["state"] == "accepted" and judged.json()["project"]
    listed = client.get("/api/enquiries?show=accepted").json()
    assert listed["page"]["total"] == 1
    assert desk.client("stranger").get("/api/enquiries").json()["page"]["total"] == 0
    assert desk.client("stranger").get(f"/api/enquiries/{row['id']}").status_code == 404
    wrong = post(client, "/api/enquiries", {**NEW, "channel": "rumour"})
    assert wrong.status_code == 422 and wrong.json()["error"]["place"] == "channel"


def test_money_comes_with_its_file_and_counts_after_a_second_look(desk: PromotionDesk) -> None:
    project = desk.aluminium.pk
    given = {"project": project, "day": "2026-06-15", "amount": 30_000_000, "kind": "capital",
             "payer": "河西铝业股份有限公司", "origin": "province_outside"}  # fmt: skip
    client = desk.client("zone")
    made = client.post("/api/funds", {**given, "file": slip()})
    assert made.status_code == 201
    row = made.json()
    assert (row["amount"], row["reason"]) == (30_000_000, "pending")
    own = post(client, f"/api/funds/{row['id']}/verdict", {"state": "verified"})
    assert own.status_code == 409 and own.json()["error"]["code"] == "own_voucher"
    seen = post(desk.client("second"), f"/api/funds/{row['id']}/verdict", {"state": "verified"})
    assert seen.json()["reason"] == ""
    assert client.post("/api/funds", given).status_code == 422
    figures = client.get("/api/promotion-figures?unit=lz-etdz&year=2026").json()
    june = next(one for one in figures["months"] if one["month"] == 202606)
    assert june["province_outside"] == 30_000_000 == june["to_date"]
    assert client.get("/api/funds?show=counted").json()["page"]["total"] == 1
    assert desk.client("stranger").get("/api/funds").json()["page"]["total"] == 0
    assert desk.client("stranger").get("/api/promotion-figures?unit=lz-etdz").status_code == 404


def test_agreements_are_listed_within_the_scope(desk: PromotionDesk) -> None:
    desk.draft()
    assert desk.client("zone").get("/api/agreements?state=draft").json()["page"]["total"] == 1
    assert desk.client("stranger").get("/api/agreements").json()["page"]["total"] == 0
    assert desk.client("maker").get("/api/agreements").status_code == 403
    assert desk.client("").get("/api/agreements").status_code == 403
