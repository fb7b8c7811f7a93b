"""Query counts of the breakdown pages (分解页查询次数), and that longer lists ask no more.

``RENEW_SNAPSHOTS=1`` writes the baseline afresh; a growth shows in the diff of the JSON file.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.breakdown.bench import PARKS, Bench

BASELINE = Path(__file__).with_name("query_counts.json")
PAGES = {
    "tasks": ("park", "/tasks/"),
    "path": ("zone", "/breakdown/targets/{target}/path/"),
    "sheet": ("zone", "/breakdown/targets/{target}/"),
    "part": ("park", "/breakdown/parts/{part}/"),
    "duty": ("zone", "/breakdown/targets/{target}/duty/"),
    "yearly plan": ("zone", "/breakdown/units/lz-etdz/2018/"),
}


def count(page: str, bench: Bench) -> int:
    who, template = PAGES[page]
    url = template.format(target=bench.gdp.pk, part=bench.part().pk)
    client = bench.client(who)
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_pages_ask_as_often_as_agreed(bench: Bench) -> None:
    bench.proposed()
    now = {page: count(page, bench) for page in PAGES}
    if os.environ.get("RENEW_SNAPSHOTS"):
        BASELINE.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    agreed: dict[str, int] = json.loads(BASELINE.read_text(encoding="utf-8"))
    assert now == agreed


def test_a_sheet_of_more_units_asks_no_more(bench: Bench) -> None:
    bench.opened(PARKS[:2])
    bench.save({f"{unit}/base": "1" for unit in PARKS[:2]})
    two = count("sheet", bench)
    bench.opened(PARKS)
    bench.save({f"{unit}/base": "1" for unit in PARKS})
    assert count("sheet", bench) == two
