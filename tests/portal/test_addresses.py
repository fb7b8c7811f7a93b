"""Every address (全部地址): in an office where nothing stands yet, and on PostgreSQL."""

from __future__ import annotations

import pytest

from tests.portal.leaks.walk import own_keys, said, walked
from tests.portal.leaks.world import World
from tests.portal.office import Office


@pytest.mark.postgres
@pytest.mark.parametrize("who", ["admin", "zone", ""])
def test_every_address_answers_on_the_other_database(office: Office, who: str) -> None:
    """What SQLite lets pass in a query, PostgreSQL may refuse."""
    world = World()
    client = world.client(who)
    client.raise_request_exception = True
    answered = [said(client.get(address))[:3] for address in walked(own_keys())]
    assert answered.count("200") > 100
    assert not [status for status in answered if status >= "500"]


@pytest.mark.slow
@pytest.mark.parametrize("who", ["admin", "zone", ""])
def test_every_address_answers_where_nothing_was_entered_yet(office: Office, who: str) -> None:
    client = office.client(who)
    client.raise_request_exception = True
    answered = [said(client.get(address))[:3] for address in walked(own_keys())]
    assert answered.count("200") > 100
    assert not [status for status in answered if status >= "500"]
