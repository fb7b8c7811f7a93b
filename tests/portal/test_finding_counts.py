"""Findings counted (问题计数): by rank and decision, within what the person may see."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hexi.portal.plans.acts.decide_finding import decide_finding
from hexi.portal.plans.models import FindingRow
from tests.portal.office import AT, INSIDE, OUTSIDE, Office

ENTRY = re.compile(r'<a href="/findings/"[^>]*>.*?</a>', re.S)
PART = re.compile(r'href="(/findings/\?rank=(\w+)&amp;decision=(\w+))">(\d+)<')


def beside(office: Office, username: str, path: str = "/help/") -> int:
    """The number beside the entry of the navigation."""
    entry = ENTRY.search(office.client(username).get(path).content.decode())
    assert entry
    number = re.search(r'class="n">(\d+)', entry[0])
    return int(number[1]) if number else 0


def listed(office: Office, username: str, address: str = "/findings/?decision=open") -> int:
    page = office.client(username).get(address).content.decode()
    return page.count('<article class="finding')


@pytest.mark.parametrize("username", [*INSIDE, *OUTSIDE])
def test_the_navigation_counts_what_the_person_may_see(username: str, office: Office) -> None:
    assert beside(office, username) == listed(office, username)


def test_the_navigation_counts_the_same_on_every_page(office: Office) -> None:
    assert beside(office, "zone") > beside(office, "stranger")
    numbers = {beside(office, "zone", path) for path in ("/", "/findings/", "/units/", "/plans/")}
    assert numbers == {beside(office, "zone")}


def test_a_decision_takes_the_finding_out_of_the_number(office: Office) -> None:
    before = beside(office, "zone")
    decide_finding(
        office.fault.pk, "dismiss", reason="已核对", note="", by=office.person("zone"), at=AT
    )
    assert beside(office, "zone") == before - 1


def test_each_number_of_the_gauges_leads_to_so_many_findings(office: Office) -> None:
    for fault, decision in zip(
        FindingRow.objects.filter(is_fault=True, reading=office.reading)[:2],
        ("accept", "dismiss"),
        strict=True,
    ):
        decide_finding(fault.pk, decision, reason="核", note="", by=office.person("zone"), at=AT)
    page = office.client("zone").get("/").content.decode()
    parts = PART.findall(page)
    assert {state for _, _, state, _ in parts} == {"open", "accepted", "dismissed"}
    for address, _rank, _state, number in parts:
        assert listed(office, "zone", address.replace("&amp;", "&")) == int(number)
    assert sum(int(n) for *_, n in parts) == listed(office, "zone", "/findings/")


def test_the_page_and_its_navigation_ask_once(office: Office) -> None:
    client: Any = office.client("zone")
    for path in ("/", "/findings/"):
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        asked = [q["sql"] for q in seen if 'AS "decided_as"' in q["sql"] and "COUNT" in q["sql"]]
        assert len(asked) == 1
