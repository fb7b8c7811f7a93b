"""The supervised office (督办测试用门户): a library of projects with the people around it."""

from __future__ import annotations

import pytest

from tests.portal.office import Office
from tests.portal.supervision.desk import Desk


@pytest.fixture
def desk(office: Office) -> Desk:
    """The library beside the office, with an enterprise that builds one of its projects."""
    return Desk()
