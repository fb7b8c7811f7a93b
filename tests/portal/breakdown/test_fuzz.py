"""Fuzzing the interface of a real sheet (分解接口模糊测试): no request breaks it or tears it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import schemathesis
from hypothesis import given

from hexi.portal.breakdown.models import Part
from hexi.portal.config.wsgi import application
from hexi.portal.core.acts.keep_token import make_token
from tests.portal.breakdown.bench import AT, Bench
from tests.portal.test_fuzz import CHECKS, EASY

pytestmark = pytest.mark.slow

MINE = ("/breakdowns/", "/parts/", "/yearly-plans/", "/tasks")


def test_no_request_breaks_a_sheet_or_its_parts(bench: Bench) -> None:
    bench.with_path()
    bench.opened()
    admin = bench.person("admin")
    assert admin is not None
    headers = {"Authorization": f"Bearer {make_token(admin, '模糊测试', at=AT)}"}
    description = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    part, tried = bench.part().pk, 0
    for result in description.get_all_operations():
        operation: Any = result.ok()
        if not any(place in operation.path for place in MINE):
            continue

        def attempt(case: Any) -> None:
            # most numbers are of nothing: every second request is about the sheet that is there
            given_ids = case.path_parameters or {}
            if given_ids.get("target", 1) % 2 == 0:
                given_ids["target"] = bench.gdp.pk
            if given_ids.get("part", 1) % 2 == 0:
                given_ids["part"] = part
            case.call_and_validate(headers=headers, checks=CHECKS)

        EASY(given(operation.as_strategy())(attempt))()
        tried += 1
    assert tried >= 18
    # the sheet itself may have been dropped, which is a step like the others
    for line in Part.objects.all():
        assert all(Decimal(text).is_finite() for text in line.figures.values())
