"""Leaks (越权泄露): no row, name, count, total or chart of a foreign unit, on any address.

Two questions are asked of every address that the resolver knows, as every kind of looker. A row of
each model is laid in a unit that none of them works in:

- Does any answer name it? Texts of these rows bear a mark; pages, headers and files are searched.
- Does any answer differ from what it was before they were laid? A count, a total, an average or
  the order of a list that hangs on a foreign row changes then, though it names nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client

from hexi.portal.core.models import Person
from tests.portal.leaks.strangers import MARK, NUMBER, Strangers, every_model
from tests.portal.leaks.walk import KEYS, WORDS, addresses, own_keys, patterns, said, walked
from tests.portal.leaks.world import LOOKERS, World
from tests.portal.office import Office

pytestmark = pytest.mark.slow

#: where none of the lookers works
FOREIGN = "jq-etdz"
#: ways of asking for more than a page shows first, and for the foreign unit by its code
ASKS = ("", "?show=all&limit=1000", f"?unit={FOREIGN}&area={FOREIGN}")
#: the amount as pages print it
PRINTED = (str(NUMBER), f"{NUMBER:,}")


@pytest.fixture
def world(office: Office) -> World:
    return World()


def signed_in(world: World, who: str) -> Client:
    client = world.client(who)
    client.raise_request_exception = True
    return client


def answers(client: Client, asked: Iterator[str] | list[str]) -> dict[str, str]:
    """What each address says; what only takes steps (405) is left out."""
    found = {}
    for address in asked:
        answer = client.get(address)
        if answer.status_code != 405:
            found[address] = said(answer)
    return found


def leaks(text: str) -> bool:
    return MARK in text or any(number in text for number in PRINTED)


@pytest.mark.parametrize("who", LOOKERS)
def test_no_answer_names_or_counts_what_is_of_a_foreign_unit(world: World, who: str) -> None:
    keys = own_keys()
    client = signed_in(world, who)
    before = answers(client, walked(keys, ASKS))
    strangers = Strangers(FOREIGN)
    strangers.lay()
    named, changed = [], []
    for address, old in before.items():
        new = said(client.get(address))
        if leaks(new):
            named.append(address)
        elif new != old:
            changed.append(f"{address}\n{difference(old, new)}")
    foreign = {
        model.__name__: [row.pk] for model, row in strangers.rows.items() if model is not Person
    }
    for address in addresses(foreign, gaps=True):
        answer = client.get(address)
        if answer.status_code == 200 or leaks(said(answer)):
            named.append(f"{address} {answer.status_code}")
    assert not named, "\n".join(named)
    assert not changed, "\n".join(changed)


def difference(old: str, new: str) -> str:
    """The first place where two answers differ."""
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    start = max(0, at - 60)
    return f"  {old[start : at + 60]!r}\n  {new[start : at + 60]!r}"


def test_the_same_walk_sees_the_rows_with_the_administrator(world: World) -> None:
    """The mark can be seen at all: a walk that looks at nothing would find no leak."""
    strangers = Strangers(FOREIGN)
    strangers.lay()
    client = signed_in(world, "admin")
    shown = [
        address
        for address in ("/plans/", "/enterprises/", "/projects/", "/events/", "/people/")
        if leaks(said(client.get(address)))
    ]
    assert shown == ["/plans/", "/enterprises/", "/projects/", "/events/", "/people/"]


def test_every_model_of_the_portal_has_a_row_that_could_leak(world: World) -> None:
    strangers = Strangers(FOREIGN)
    strangers.lay()
    assert set(every_model()) <= set(strangers.rows)
    for model, row in strangers.rows.items():
        visible = getattr(model._default_manager.all(), "visible_to", None)
        if visible is None:
            continue
        for who in LOOKERS:
            seen = model._default_manager.all().visible_to(world.person(who))
            assert not seen.filter(pk=row.pk).exists(), (model, who)
        assert model._default_manager.all().visible_to(world.person("admin")).filter(
            pk=row.pk
        ).exists(), model  # fmt: skip


def test_every_gap_of_an_address_is_named(world: World) -> None:
    assert list(patterns()) and not KEYS.keys() & WORDS.keys()
    names = {model.__name__ for model in apps.get_models()}
    assert all(set(models) <= names for models in KEYS.values())
    assert list(addresses({}, gaps=False))
