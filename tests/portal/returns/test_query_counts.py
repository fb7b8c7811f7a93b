"""Query counts (查询次数): pages of returns ask as often as agreed, however long their lists are.

``RENEW_SNAPSHOTS=1`` writes the baseline afresh.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hexi.portal.returns.models import Project, Return
from hexi.portal.returns.registers.credit_code import check_character
from tests.portal.returns.bureau import FORM, PERIOD, Bureau

BASELINE = Path(__file__).with_name("query_counts.json")
PAGES = {
    "tasks of an enterprise": ("maker", "/returns/"),
    "tasks of a park": ("park", "/returns/"),
    "returns": ("province", "/returns/all/"),
    "return": ("province", "/returns/{row}/"),
    "missing": ("province", f"/returns/missing/?form={FORM}&period={PERIOD}"),
    "missing, all": ("province", f"/returns/missing/?form={FORM}&period={PERIOD}&show=all"),
    "enterprises": ("province", "/enterprises/"),
    "enterprise": ("province", "/enterprises/{enterprise}/"),
    "projects": ("province", "/reporting-projects/"),
    "project": ("province", "/reporting-projects/{project}/"),
    "missing projects": ("province", "/returns/missing/?form=project-month&period=202610"),
    "api projects": ("province", "/api/reporting-projects"),
    "api returns": ("province", "/api/returns"),
    "api missing": ("province", f"/api/returns/missing?form={FORM}&period={PERIOD}"),
    "api enterprises": ("province", "/api/enterprises"),
}
LISTS = [
    "tasks of a park", "returns", "missing", "missing, all", "enterprises", "api returns",
    "api missing", "api enterprises", "projects", "missing projects", "api projects",
]  # fmt: skip


def count(page: str, bureau: Bureau) -> int:
    who, template = PAGES[page]
    known = {
        "row": Return.objects.order_by("pk")[0].pk,
        "enterprise": bureau.maker.pk,
        "project": getattr(Project.objects.order_by("pk").first(), "pk", 0),
    }
    url = template.format(**known)
    client = bureau.client(who)
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_pages_ask_as_often_as_agreed(bureau: Bureau) -> None:
    bureau.submitted()
    bureau.project()
    now = {page: count(page, bureau) for page in PAGES}
    if os.environ.get("RENEW_SNAPSHOTS"):
        BASELINE.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    agreed: dict[str, int] = json.loads(BASELINE.read_text(encoding="utf-8"))
    assert now == agreed


@pytest.mark.parametrize("page", LISTS)
def test_a_list_asks_no_more_when_it_is_longer(page: str, bureau: Bureau) -> None:
    row = bureau.submitted()
    bureau.project()
    before = count(page, bureau)
    for number in range(12):
        body = f"91620100MA71Q{number:04d}"
        made = bureau.enter(body + check_character(body), f"另一企业 {number}", "etdz-an")
        copy = Return.objects.get(pk=row.pk)
        copy.pk, copy.reporter = None, made.reporter
        copy.save()
        bureau.project(f"2402-620100-04-01-{number:06d}")
    assert count(page, bureau) == before
