"""Returns over the API (报表接口): a program fills in with a token, and gets the same answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hexi.portal.core.acts.keep_token import make_token
from hexi.portal.returns.models import Enterprise, Return
from tests.portal.returns.bureau import AT, ENTERPRISES, FORM, PERIOD, Bureau, figures_of
from tests.portal.returns.test_import import NEW


class Program:
    """A program with somebody's token."""

    def __init__(self, bureau: Bureau, who: str) -> None:
        person = bureau.person(who)
        assert person is not None
        token = make_token(person, "程序", at=AT)
        self.client = Client(headers={"Authorization": f"Bearer {token}"})

    def send(self, method: str, path: str, **body: Any) -> Any:
        call = getattr(self.client, method)
        return call(f"/api{path}", data=body, content_type="application/json")


def test_a_program_fills_in_and_submits_for_its_enterprise(bureau: Bureau) -> None:
    maker = Program(bureau, "maker")
    opened = maker.send("post", "/returns", form=FORM, period=PERIOD, reporter=bureau.maker.pk)
    assert opened.status_code == 200, opened.content
    row = Return.objects.get()
    path = f"/returns/{row.pk}"
    wrong = maker.send("patch", f"{path}/cells", cells={"cost": "约30", "output": "1"}).json()
    assert wrong["refused"]["cost"]["code"] == "not_a_number"
    assert wrong["kept"] == {"output": "1.00"}
    kept = maker.send("patch", f"{path}/cells", cells=figures_of(row), seen=1).json()
    assert kept["kept"]["output"] == "1200.00" and not kept["refused"]
    assert maker.send("post", f"{path}/check").json()["checked"]
    done = maker.send("post", f"{path}/submit", seen=kept["edit"])
    assert (done.status_code, done.json()["waiting"]) == (200, "etdz-an")
    again = maker.send("post", f"{path}/submit")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "submitted_already")


def test_levels_decide_over_the_api(bureau: Bureau) -> None:
    row = bureau.submitted()
    path = f"/returns/{row.pk}"
    for who, level in (("park", 1), ("zone", 2), ("province", 3)):
        answer = Program(bureau, who).send("post", f"{path}/approve").json()
        assert (answer["state"], answer["level"]) == ("approved", level)
    province = Program(bureau, "province")
    back = province.send("post", f"{path}/withdraw", reason="看错")
    assert back.json()["waiting"] == "gs"
    sent = province.send("post", f"{path}/send-back", reason="不符")
    assert sent.json()["state"] == "returned"
    verbs = [step["verb"] for step in province.send("get", f"{path}/steps").json()]
    assert verbs[-2:] == ["withdraw", "send_back"]


def test_who_is_missing_and_closing(bureau: Bureau) -> None:
    bureau.submitted()
    province = Program(bureau, "province")
    said = province.client.get(f"/api/returns/missing?form={FORM}&period={PERIOD}").json()
    assert said["counts"] == {
        "expected": 3,
        "submitted": 1,
        "on_time": 1,
        "approved": 0,
        "excused": 0,
    }
    assert sum(item["return_id"] is not None for item in said["items"]) == 1
    args = {"form": FORM, "unit": "gs", "reason": "停产"}
    refused = province.send("post", "/periods/close", period=PERIOD, **args)
    assert refused.json()["error"]["code"] == "undecided"
    closed = province.send("post", "/periods/close", period=202609, **args)
    assert closed.json()["expected"] == 3
    opened = province.send("post", "/periods/reopen", period=202609, **args)
    assert opened.json()["opened_at"]


def test_the_register_is_kept_over_the_api(bureau: Bureau) -> None:
    zone = Program(bureau, "zone")
    heads = ("code", "name", "unit", "industry", "place", "opened")
    fields = dict(zip(heads, NEW, strict=False))
    made = zone.send("post", "/enterprises", **fields).json()
    path = f"/enterprises/{made['id']}"
    assert made["spells"][0]["unit"] == "etdz-an"
    zone.send("patch", path, size="large", since="2026-01-01", reason="核定")
    moved = zone.send("post", f"{path}/move", unit="etdz-xg", since="2026-05-01", reason="搬迁")
    assert [s["size"] for s in moved.json()["spells"]] == ["", "large", "large"]
    zone.send("post", f"{path}/merge", into=ENTERPRISES[0][0], since="2026-10-01", reason="合并")
    assert Enterprise.objects.get(pk=made["id"]).successor_id == bureau.maker.pk
    back = zone.send("post", f"{path}/reopen", reason="误录").json()
    assert back["closed"] is None
    wrong = zone.send("post", "/enterprises", **{**fields, "code": "1", "place": "1"})
    assert wrong.status_code == 422 and wrong.json()["error"]["code"] == "several_faults"


@pytest.mark.parametrize("who", ["reader", "maker", "drugs", "stranger"])
def test_nobody_reaches_further_by_a_token(who: str, bureau: Bureau) -> None:
    row = bureau.submitted()
    program = Program(bureau, who)
    for path in (f"/returns/{row.pk}/approve", f"/returns/{row.pk}/send-back"):
        assert program.send("post", path, reason="x").status_code in (403, 404)
    path = f"/enterprises/{bureau.maker.pk}/close"
    assert program.send("post", path, since="2026-10-01", reason="x").status_code in (403, 404)
