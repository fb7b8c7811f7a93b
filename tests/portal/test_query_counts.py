"""Query counts (查询次数): a page asks the database as often as it did when it was agreed.

``RENEW_SNAPSHOTS=1`` writes the baseline afresh; a growth shows in the diff of the JSON file.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hexi.portal.plans.models import PlanRow
from tests.portal.office import Office

BASELINE = Path(__file__).with_name("query_counts.json")
PAGES = {
    "overview": "/",
    "plans": "/plans/",
    "plan": "/plans/{plan}/",
    "plan-text": "/plans/{plan}/text/",
    "plan-text with panel": "/plans/{plan}/text/?s=12",
    "statement": "/plans/{plan}/statements/12/",
    "targets": "/targets/",
    "findings": "/findings/",
    "findings, all": "/findings/?show=all",
    "finding": "/findings/{finding}/",
    "indicators": "/indicators/",
    "indicator": "/indicators/gdp/",
    "units": "/units/",
    "unit": "/units/gs/",
    "events": "/events/",
    "api plans": "/api/plans",
    "api statements": "/api/plans/{plan}/statements",
    "api targets": "/api/targets?limit=1000",
    "api findings": "/api/findings?show=all&limit=1000",
}


def count(page: str, office: Office) -> int:
    url = PAGES[page].format(plan=office.plan.pk, finding=office.fault.pk)
    client = office.client("admin")
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_pages_ask_as_often_as_agreed(office: Office) -> None:
    now = {page: count(page, office) for page in PAGES}
    if os.environ.get("RENEW_SNAPSHOTS"):
        BASELINE.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    agreed: dict[str, int] = json.loads(BASELINE.read_text(encoding="utf-8"))
    assert now == agreed


@pytest.mark.parametrize("page", ["plans", "targets", "findings, all", "api plans"])
def test_a_list_asks_no_more_when_it_is_longer(page: str, office: Office) -> None:
    before = count(page, office)
    row = PlanRow.objects.filter(source="pack")[0]
    for number in range(20):
        row.pk, row.pack_id, row.title = None, f"copy-{number}", f"另一规划 {number}"
        row.save()
    assert count(page, office) == before
