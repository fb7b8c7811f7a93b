"""Admission in the API: the same answers as the pages, in the same scope, and one error shape."""

from __future__ import annotations

from typing import Any

import pytest

from hexi.portal.admission.models import ScreeningRecord
from tests.portal.admission.material import GOOD, RULE, agreed, idle, kept
from tests.portal.projects.library import TODAY, Library

JSON = "application/json"
NUMBERS = {
    name: float(text) if text.replace(".", "").isdigit() and name != "industry" else text
    for name, text in GOOD.items()
}


def post(library: Library, who: str, path: str, body: dict[str, Any]) -> Any:
    return library.client(who).post(f"/api{path}", body, content_type=JSON)


def test_rules_of_a_day(library: Library) -> None:
    found = library.client("").get("/api/admission/rules?day=2026-11-20").json()
    assert sum(len(table["rows"]) for table in found["tables"]) == 36
    assert {field["id"] for field in found["fields"]} >= set(GOOD)
    none = library.client("").get("/api/admission/rules?day=2001-01-01").json()
    assert none["tables"] == []


def test_screening_without_a_record(library: Library) -> None:
    answer = post(library, "park", "/admission/screen", {"inputs": NUMBERS})
    assert answer.status_code == 200 and answer.json()["answer"]["result"] == "admitted"
    flags = {**NUMBERS, "in_red_line": True, "housing_on_land": False}
    refused = post(library, "park", "/admission/screen", {"inputs": flags}).json()
    assert refused["answer"]["result"] == "refused"
    assert not ScreeningRecord.objects.exists()
    assert post(library, "reader", "/admission/screen", {"inputs": {}}).status_code == 403


@pytest.mark.parametrize(
    ("inputs", "place"),
    [({"nothing": 1}, "nothing"), ({"land": "x"}, "land"), ({"plot_ratio": 21}, "plot_ratio")],
)
def test_a_wrong_input_is_named(inputs: dict[str, Any], place: str, library: Library) -> None:
    answer = post(library, "park", "/admission/screen", {"inputs": inputs})
    assert answer.status_code == 422 and answer.json()["error"]["place"] == place


def test_a_record_and_its_override(library: Library) -> None:
    inputs = {**NUMBERS, "investment": 20000}
    made = post(library, "park", "/admission/screenings", {"inputs": inputs, "name": "某项目"})
    assert made.status_code == 201 and made.json()["standing"] == "unmet"
    number = made.json()["id"]
    aside = {"rule": RULE, "reason": "强链", "day": ScreeningRecord.objects.get().day.isoformat()}
    path = f"/admission/screenings/{number}/overrides"
    assert post(library, "park", path, aside).status_code == 403
    done = post(library, "zone", path, aside)
    assert done.status_code == 201 and done.json()["standing"] == "admitted"
    assert done.json()["result"] == "unmet"
    listed = library.client("zone").get("/api/admission/screenings").json()
    assert [one["standing"] for one in listed["items"]] == ["admitted"]
    assert post(library, "zone", path, aside).status_code == 409


def test_lists_of_agreed_figures_and_cases(library: Library) -> None:
    agreed(library)
    idle(library)
    day = TODAY.isoformat()
    client = library.client("zone")
    [figure] = client.get(f"/api/admission/agreed?day={day}").json()["items"]
    assert figure["status"] == "met" and figure["item"] == "investment"
    assert client.get("/api/admission/agreed?status=missed").json()["items"] == []
    [case] = client.get(f"/api/admission/stalled?day={day}").json()["items"]
    assert case["rule"] == "idle-one-year" and case["certain"]


@pytest.mark.parametrize("path", ["screenings", "agreed", "stalled"])
def test_nothing_of_others_is_listed(path: str, library: Library) -> None:
    row = kept(library)
    agreed(library)
    idle(library)
    for who in ("zone", "stranger"):
        listed = library.client(who).get(f"/api/admission/{path}").json()
        assert (listed["page"]["total"] == 0) == (who == "stranger"), who
        assert len(listed["items"]) == listed["page"]["total"]
    assert library.client("stranger").get(f"/api/admission/screenings/{row.pk}").status_code == 404
