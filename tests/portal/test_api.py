"""JSON API (数据接口): one error shape, tokens, the description as a snapshot, and all steps."""

from __future__ import annotations

import ast
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hexi.portal.api.frame import api
from hexi.portal.core.acts.keep_token import make_token
from hexi.portal.plans.models import CorrectionRow, FindingDecision, Reading
from tests.contracts.project import PORTAL, expect_none
from tests.portal.office import AT, Office

SNAPSHOT = Path(__file__).with_name("openapi.json")
FIELDS = {"code", "file", "place", "message", "remedy"}


def refusal(answer: Any) -> dict[str, str]:
    body = answer.json()
    assert set(body) == {"error"} and set(body["error"]) == FIELDS, body
    error: dict[str, str] = body["error"]
    assert all(isinstance(text, str) for text in error.values())
    assert error["code"] and error["message"]
    return error


def send(client: Client, method: str, url: str, body: Any = None, **headers: str) -> Any:
    return getattr(client, method)(
        url, json.dumps(body or {}), content_type="application/json", headers=headers
    )


def test_the_description_is_the_one_that_was_agreed() -> None:
    """A change of the API shows in the diff; RENEW_SNAPSHOTS=1 writes the snapshot afresh."""
    now = json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True)
    if os.environ.get("RENEW_SNAPSHOTS"):
        SNAPSHOT.write_text(now + "\n", encoding="utf-8")
    assert SNAPSHOT.read_text(encoding="utf-8") == now + "\n"


def test_no_two_schemas_have_one_name() -> None:
    """The description knows a schema by its name: of two, one would be described as the other."""
    homes: dict[str, list[str]] = {}
    for path in PORTAL.rglob("api/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(str(path.relative_to(PORTAL)))
    expect_none([f"{name}: {files}" for name, files in homes.items() if len(files) > 1])


@pytest.mark.parametrize(
    ("method", "url", "body", "status"),
    [
        ("get", "/api/plans/999999", None, 404),
        ("get", "/api/plans/0", None, 422),
        ("get", "/api/plans/x", None, 422),
        ("get", "/api/plans/99999999999999999999999", None, 422),
        ("get", "/api/plans?limit=0", None, 422),
        ("get", "/api/indicators/nothing", None, 404),
        ("get", "/api/findings/999999", None, 404),
        ("get", "/api/findings?show=everything", None, 422),
        ("post", "/api/documents", None, 400),
        ("patch", "/api/plans/999999", {"title": "x"}, 404),
        ("post", "/api/plans/999999/publish", {}, 404),
        ("post", "/api/findings/999999/decision", {"decision": "accept"}, 404),
        ("post", "/api/findings/1/decision", {"decision": "forget"}, 422),
        ("delete", "/api/plans/999999", None, 404),
        ("get", "/api/nowhere", None, 404),
    ],
)
def test_every_refusal_has_the_one_shape(
    method: str, url: str, body: Any, status: int, office: Office
) -> None:
    client = office.client("admin", accept="application/json")
    answer = send(client, method, url, body) if method != "get" else client.get(url)
    assert answer.status_code == status
    refusal(answer)


def test_refusals_speak_the_language_that_was_asked_for(office: Office) -> None:
    client = office.client("admin")
    assert "范围" in refusal(client.get("/api/plans/999999"))["message"]
    assert "scope" in refusal(client.get("/api/plans/999999?lang=en"))["message"]


def test_a_token_acts_for_its_person_and_ends(office: Office) -> None:
    zone = office.person("zone")
    assert zone is not None
    secret = make_token(zone, "报表", at=AT)
    program = Client(headers={"authorization": f"Bearer {secret}"})
    assert program.get("/api/me").json()["name"] == zone.name
    assert program.get(f"/api/plans/{office.plan.pk}").status_code == 200
    answer = send(program, "post", f"/api/plans/{office.plan.pk}/publish")
    assert answer.status_code == 200 and answer.json()["published"]
    zone.tokens.get().delete()
    assert refusal(program.get("/api/me"))["code"] == "not_signed_in"


@pytest.mark.parametrize("header", ["Bearer", "Bearer hexi_wrong", "Basic YTpi", "x"])
def test_a_wrong_token_is_refused_even_for_public_data(header: str, office: Office) -> None:
    answer = Client(headers={"authorization": header}).get("/api/plans")
    assert answer.status_code == 401
    refusal(answer)


def test_a_session_needs_the_form_token_to_change_anything(office: Office) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.person("zone"))  # type: ignore[arg-type]
    answer = send(client, "post", f"/api/plans/{office.plan.pk}/publish")
    assert answer.status_code == 403
    assert refusal(answer)["code"] == "csrf"
    assert client.get(f"/api/plans/{office.plan.pk}").status_code == 200


def test_plans_statements_and_text_hang_together(office: Office) -> None:
    client = office.client("zone")
    detail = client.get(f"/api/plans/{office.plan.pk}").json()
    assert detail["documents_list"][0]["reading"]["state"] == "ready"
    text = client.get(f"/api/plans/{office.plan.pk}/text").json()["text"]
    page = client.get(f"/api/plans/{office.plan.pk}/statements?limit=1000").json()
    assert page["page"]["total"] == len(page["items"]) == detail["statements"] > 100
    for item in page["items"]:
        record = item["record"]
        assert text[record["start"] : record["end"]] == record["text"]
    part = client.get(f"/api/plans/{office.plan.pk}/statements?offset=5&limit=2").json()
    assert [item["number"] for item in part["items"]] == [5, 6]


def test_all_steps_can_be_done_by_a_program(office: Office) -> None:
    client = office.client("zone")
    plan, number = office.plan.pk, office.statement.number
    fault = office.fault.pk
    made = send(
        client,
        "post",
        f"/api/plans/{plan}/statements/{number}/corrections",
        {"field": "period", "value": "2030", "reason": "误读"},
    )
    assert made.status_code == 201
    url = f"/api/corrections/{made.json()['id']}/withdraw"
    assert send(client, "post", url, {"reason": "原文如此"}).json()["withdrawn"]
    assert CorrectionRow.objects.get().withdrawn_at is not None
    decision = {"decision": "dismiss", "reason": "口径不同"}
    answer = send(client, "post", f"/api/findings/{fault}/decision", decision)
    assert answer.json()["decision"] == "dismissed"
    assert FindingDecision.objects.get().state == "dismissed"
    answer = send(client, "patch", f"/api/plans/{plan}", {"title": "新名称", "reason": "更名"})
    assert answer.json()["title"] == "新名称"
    document = office.reading.document_id
    assert send(client, "post", f"/api/documents/{document}/reread").status_code == 202
    assert client.delete(f"/api/documents/{document}?reason=重复").status_code == 204
    assert client.delete(f"/api/plans/{plan}?reason=误传").status_code == 204


def test_several_files_are_answered_one_by_one(office: Office, settings: Any) -> None:
    settings.UPLOAD_BYTES = 5000
    files = [
        SimpleUploadedFile("甲.txt", "2025年达到100亿元。".encode()),
        SimpleUploadedFile("空.txt", b""),
        SimpleUploadedFile("大.txt", b"x" * 6000),
    ]
    answer = office.client("zone").post("/api/documents", {"files": files})
    assert answer.status_code == 201
    body = answer.json()
    assert [reading["file"] for reading in body["readings"]] == ["甲.txt"]
    assert {r["file"]: r["code"] for r in body["refusals"]} == {
        "空.txt": "empty",
        "大.txt": "too_large",
    }
    assert Reading.objects.filter(state="queued").count() == 1


def test_a_file_that_is_too_large_is_refused_with_413(office: Office, settings: Any) -> None:
    settings.UPLOAD_BYTES = 100
    file = SimpleUploadedFile("大.txt", b"x" * 200)
    answer = office.client("zone").post("/api/documents", {"files": [file]})
    assert answer.status_code == 413
    assert refusal(answer)["file"] == "大.txt"
