"""Query counts (查询次数): pages of promotion ask as often as agreed, however long their lists are.

``RENEW_SNAPSHOTS=1`` writes the baseline afresh.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.promotion.desk import PromotionDesk

BASELINE = Path(__file__).with_name("query_counts.json")
PAGES = {
    "enquiries": "/promotion/?show=all",
    "enquiry": "/promotion/enquiries/{enquiry}/",
    "leads": "/promotion/leads/",
    "board": "/promotion/leads/board/",
    "lead": "/promotion/leads/{project}/",
    "agreements": "/promotion/agreements/",
    "agreement": "/promotion/agreements/{agreement}/",
    "funds": "/promotion/funds/",
    "voucher": "/promotion/funds/{voucher}/",
    "figures of the province": "/promotion/figures/?unit=gs",
    "activities": "/promotion/activities/",
    "firms": "/promotion/firms/",
    "invest": "/invest/",
    "api enquiries": "/api/enquiries",
    "api funds": "/api/funds",
}
LISTS = ("enquiries", "leads", "board", "agreements", "funds", "figures of the province",
         "activities", "firms", "api enquiries", "api funds")  # fmt: skip


def count(page: str, desk: PromotionDesk, things: dict[str, int]) -> int:
    client, url = desk.client("province"), PAGES[page].format(**things)
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_pages_ask_as_often_as_agreed(desk: PromotionDesk) -> None:
    things = desk.everything()
    now = {page: count(page, desk, things) for page in PAGES}
    if os.environ.get("RENEW_SNAPSHOTS"):
        BASELINE.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    assert now == json.loads(BASELINE.read_text(encoding="utf-8"))


def test_a_longer_list_asks_no_more(desk: PromotionDesk) -> None:
    things = desk.everything()
    short = {page: count(page, desk, things) for page in LISTS}
    for number in range(6):
        desk.enquiry(firm=f"企业{number}")
        desk.paid(payer=f"付款方{number}", file=str(number))
        desk.registered(name=f"线索{number}", stage="lead")
        desk.draft(title=f"协议{number}")
    assert {page: count(page, desk, things) for page in LISTS} == short
