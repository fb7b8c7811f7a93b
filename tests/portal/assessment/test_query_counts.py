"""Query counts of the assessments (查询次数): a page asks as often as it did when it was agreed.

``RENEW_SNAPSHOTS=1`` writes the baseline afresh; a growth shows in the diff of the JSON file.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hexi.portal.assessment.acts.add_contract import add_contract
from hexi.portal.assessment.models import OutcomeCase
from tests.portal.assessment.test_duty import signed
from tests.portal.assessment.test_outcomes import published, removal
from tests.portal.office import AT, Office

BASELINE = Path(__file__).with_name("query_counts.json")
PAGES = {
    "assessments": "/assessment/",
    "scheme": "/assessment/schemes/etdz/2016/",
    "run": "/assessment/runs/{run}/",
    "ranking": "/assessment/runs/{run}/ranking/",
    "unit": "/assessment/units/{assessed}/",
    "compare": "/assessment/runs/{run}/compare/",
    "certainty": "/assessment/runs/{run}/certainty/",
    "objections": "/assessment/runs/{run}/objections/",
    "simulation": "/assessment/runs/{run}/simulation/",
    "outcomes": "/assessment/runs/{run}/outcomes/",
    "next year": "/assessment/runs/{run}/next-year/",
    "cases": "/assessment/cases/",
    "case": "/assessment/cases/{case}/",
    "duty years": "/assessment/duty/",
    "duty year": "/assessment/duty/{duty}/",
    "contract": "/assessment/duty/contracts/{contract}/",
    "api assessments": "/api/assessments",
    "api assessment": "/api/assessments/{run}",
    "api cases": "/api/cases?limit=1000",
    "api objections": "/api/objections",
    "api duty years": "/api/duty-years",
    "api contract": "/api/contracts/{contract}",
}


@dataclass
class Place:
    """A province with two published rounds and a zone with a signed contract."""

    office: Office
    run: int
    assessed: int
    case: int
    duty: int
    contract: int

    def count(self, page: str) -> int:
        url = PAGES[page].format(**self.__dict__)
        client = self.office.client("admin")
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)


@pytest.fixture
def place(office: Office) -> Place:
    published(office, 2018)
    run = published(office, 2019)
    case, made = removal(run), signed(office)
    return Place(office, run.pk, case.assessed_id, case.pk, made.year.pk, made.contract.pk)


def test_pages_ask_as_often_as_agreed(place: Place) -> None:
    now = {page: place.count(page) for page in PAGES}
    if os.environ.get("RENEW_SNAPSHOTS"):
        BASELINE.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    agreed: dict[str, int] = json.loads(BASELINE.read_text(encoding="utf-8"))
    assert now == agreed


@pytest.mark.parametrize("page", ["cases", "api cases", "outcomes", "unit"])
def test_more_cases_ask_no_more(page: str, place: Place) -> None:
    before = place.count(page)
    row = OutcomeCase.objects.get(pk=place.case)
    for number in range(12):
        row.pk, row.rule = None, f"rule-{number}"
        row.save()
    assert place.count(page) == before


@pytest.mark.parametrize("page", ["duty years", "duty year", "api duty years"])
def test_more_contracts_ask_no_more(page: str, place: Place) -> None:
    before = place.count(page)
    for number in range(12):
        add_contract(place.duty, f"部门{number}", by=place.office.person("zone"), at=AT)
    assert place.count(page) == before
