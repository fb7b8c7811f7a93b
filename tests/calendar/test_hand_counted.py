"""Deadlines counted by hand (人工核算的时限): an official can check each on a calendar.

``hand_counted.csv`` says which days count and how many there are so far; the days off and the
weekends worked are those of the State Council's notices. The count was made on the notices, not
with this program. ``5工作日`` is five working days, ``60日`` sixty days whose last one moves to the
next working day, ``不顺延`` one that stays, ``含当日`` a limit whose first day is that of receipt,
``暂定`` a last day that no notice has settled.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from hexi.calendar.clock import Limit, Pause, deadline, used_days

CASES = list(
    csv.DictReader(Path(__file__).with_name("hand_counted.csv").open(encoding="utf-8", newline=""))
)
LIMIT = re.compile(r"(\d+)(工作日|日)(不顺延|含当日)?")


def limit_of(text: str) -> Limit:
    written = LIMIT.fullmatch(text)
    assert written is not None, text
    return Limit(
        int(written[1]),
        working=written[2] == "工作日",
        from_receipt=written[3] == "含当日",
        moves_on=written[3] != "不顺延",
    )


def pauses_of(text: str) -> list[Pause]:
    spans = (span.split("/") for span in text.split())
    return [Pause(date.fromisoformat(first), date.fromisoformat(until)) for first, until in spans]


@pytest.mark.parametrize(
    "case",
    CASES,
    ids=lambda case: f"{case['received']}+{case['limit']}{'p' * bool(case['pauses'])}",
)
def test_the_last_day_is_the_one_counted_by_hand(case: dict[str, str]) -> None:
    limit, pauses = limit_of(case["limit"]), pauses_of(case["pauses"])
    received = date.fromisoformat(case["received"])
    found = deadline(received, limit, pauses)
    assert found.day == date.fromisoformat(case["due"].removesuffix("暂定")), case["counted"]
    assert found.announced is not case["due"].endswith("暂定"), case["counted"]
    if limit.working:
        assert found.day is not None
        assert used_days(received, found.day, limit, pauses) == limit.days


def test_there_are_two_hundred_of_them_of_every_kind() -> None:
    distinct = {(case["received"], case["limit"], case["pauses"]) for case in CASES}
    assert len(distinct) == len(CASES) >= 200
    words = Counter()
    for case in CASES:
        for word in ("上班", "春节", "国庆", "中止", "顺延", "暂定", "元旦", "劳动节"):
            words[word] += any(word in text for text in case.values())
    assert min(words.values()) >= 5, words
    assert {case["received"][:4] for case in CASES} >= {str(year) for year in range(2020, 2027)}


def test_every_count_ends_at_its_limit() -> None:
    """The last number of the reasoning is the number of days of the limit."""
    for case in CASES:
        numbers = re.findall(r"=(\d+)", case["counted"])
        assert int(numbers[-1]) == limit_of(case["limit"]).days, case
