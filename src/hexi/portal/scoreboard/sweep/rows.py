"""Standings as rows (进度入库): the engine's position with the columns that lists need."""

from __future__ import annotations

import hashlib
import math
from datetime import date, datetime
from typing import Any

from hexi.monitoring.goal import Unclear
from hexi.monitoring.standing import Standing as Position
from hexi.portal.scoreboard.models import Lamp, Standing
from hexi.portal.scoreboard.sweep.goals import Case

__all__ = ["COLUMNS", "standing_row", "unclear_row"]

COLUMNS = (
    "lamp", "grade", "p", "actual", "expected", "completion", "record", "data_hash", "computed_at"
)  # fmt: skip
#: what the lamp's own reason says of a target whose time is over
_OUTCOMES = {"lamp_reached": "met", "lamp_missed": "missed", "finished": "unknown"}


def standing_row(case: Case, position: Position, as_of: date, at: datetime) -> Standing:
    """A position; of a target whose time is over the grade says whether it was met."""
    grade = position.grade.value
    if position.lamp.value == Lamp.FINISHED:
        grade = next(
            (_OUTCOMES[one.code] for one in position.reasons if one.code in _OUTCOMES), "unknown"
        )
    return Standing(
        target=case.target,
        as_of=as_of,
        against=case.against,
        lamp=position.lamp.value,
        grade=grade,
        p=_finite(position.p),
        actual=_finite(position.actual),
        expected=_finite(position.expected),
        completion=_finite(position.completion),
        record={**position.as_record(), "series": _series(case)},
        data_hash=position.data_hash,
        computed_at=at,
    )


def unclear_row(case: Case, goal: Unclear, as_of: date, at: datetime) -> Standing:
    """A target that nothing can be computed for, and why."""
    reasons = [{"code": one.code, "text": one.text, "text_en": one.text_en} for one in goal.reasons]
    return Standing(
        target=case.target,
        as_of=as_of,
        against=case.against,
        lamp=Lamp.GREY,
        grade="unknown",
        record={"reasons": reasons, "method": "none"},
        data_hash=hashlib.sha256(repr(reasons).encode()).hexdigest()[:32],
        computed_at=at,
    )


def _series(case: Case) -> list[dict[str, Any]]:
    """The observed values that the position rests on, with the ids of the observations."""
    if case.observed is None:
        return []
    return [
        {"period": period, "value": value, "observation": observation}
        for period, value, observation in case.observed.points()
    ]


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value
