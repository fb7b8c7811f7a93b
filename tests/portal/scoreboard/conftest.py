"""The monitored office (监测测试用门户): everything swept, before each test."""

from __future__ import annotations

import pytest

from tests.portal.office import Office
from tests.portal.scoreboard.watch import Watch


@pytest.fixture
def watch(office: Office) -> Watch:
    """The office, swept as of the day of the tests when it was opened."""
    return Watch(office)
