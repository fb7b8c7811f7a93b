"""The project library as the admission tests use it (测试用项目库)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.portal.projects.library import Library


@pytest.fixture
def library(office: Any) -> Library:
    """Projects of two units beside the office and the bureau."""
    return Library()
