"""Assessments in the API: a run from start to publication, and what stays hidden."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hexi.portal.assessment.acts.publish_run import publish_run
from hexi.portal.assessment.acts.review_run import review_run
from tests.portal.assessment.parks import SCHEME, YEAR, computed, sheet
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
