"""Every address on PostgreSQL (全部地址): what SQLite lets pass in a query, it may refuse."""

from __future__ import annotations

import pytest

from tests.portal.leaks.walk import own_keys, said, walked
from tests.portal.leaks.world import World
from tests.portal.office import Office


@pytest.mark.postgres
@pytest.mark.parametrize("who", ["admin", "zone", ""])
def test_every_address_answers_without_a_fault(office: Office, who: str) -> None:
    world = World()
    client = world.client(who)
    client.raise_request_exception = True
    answered = [said(client.get(address))[:3] for address in walked(own_keys())]
    assert answered.count("200") > 100
    assert not [status for status in answered if status >= "500"]
