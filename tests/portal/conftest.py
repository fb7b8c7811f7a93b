"""A small office for the tests of the portal (测试用门户): pack, people of every role, a plan."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from hexi.portal import bootstrap

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hexi.portal.config.settings")
bootstrap.setup()

from tests.portal.office import Office, open_office  # noqa: E402 - Django must stand first


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
