"""A small office for the tests of the portal (测试用门户): pack, people of every role, a plan."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hexi.portal import bootstrap

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hexi.portal.config.settings")
bootstrap.setup()

from django.db import connection  # noqa: E402 - Django must stand first

from tests.portal.office import Office, open_office  # noqa: E402 - Django must stand first

#: what pages say and to whom hangs on no database; on PostgreSQL each address is opened instead
PAGES = {"test_pages.py", "test_query_counts.py", "test_scope.py", "test_words.py"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A run on PostgreSQL is about the state: what asks for no database would repeat itself."""
    if connection.vendor != "postgresql":
        return
    here = Path(__file__).parent
    left = [item for item in items if here in item.path.parents and not _of_state(item)]
    config.hook.pytest_deselected(items=left)
    gone = set(left)
    items[:] = [item for item in items if item not in gone]


def _of_state(item: pytest.Item) -> bool:
    if item.get_closest_marker("postgres"):
        return True
    asks = "db" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db")
    return bool(asks) and item.path.name not in PAGES


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database with the pack, people and a plan of one zone, made once."""
    with django_db_blocker.unblock():
        open_office()
    yield


@pytest.fixture
def office(db: None, settings: Any) -> Office:
    """The office as it stands in the database."""
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return Office()
