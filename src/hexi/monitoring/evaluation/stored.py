"""A report as it is kept (评估报告存档): what was issued stays what it was, to the sentence."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from hexi.monitoring.evaluation.nouns import Evaluation

__all__ = ["as_record", "from_record"]

_SHAPE: TypeAdapter[Evaluation] = TypeAdapter(Evaluation)


def as_record(evaluation: Evaluation) -> dict[str, Any]:
    """JSON-ready record of a report, both languages in it."""
    record: dict[str, Any] = _SHAPE.dump_python(evaluation, mode="json")
    record.pop("_by_key", None)
    return record


def from_record(record: dict[str, Any]) -> Evaluation:
    """The report again, equal to the one that was kept; ``ValueError`` for another shape."""
    return _SHAPE.validate_python(record)
