"""Fuzzing the API from its own description (接口模糊测试): no request breaks it."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from hexi.portal.config.wsgi import application
from hexi.portal.core.acts.keep_token import make_token
from tests.portal.office import AT, Office

pytestmark = pytest.mark.slow

CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
EASY = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_no_request_breaks_the_api_and_every_answer_fits_its_description(office: Office) -> None:
    zone = office.person("zone")
    assert zone is not None
    headers = {"Authorization": f"Bearer {make_token(zone, '模糊测试', at=AT)}"}
    description = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    tried = 0
    for result in description.get_all_operations():
        operation: Any = result.ok()

        def attempt(case: Any) -> None:
            case.call_and_validate(headers=headers, checks=CHECKS)

        EASY(given(operation.as_strategy())(attempt))()
        tried += 1
    assert tried >= 25
