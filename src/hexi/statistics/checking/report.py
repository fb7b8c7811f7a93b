"""Results as a validation report (审核报告): the shape that the European Statistical System uses.

One result is an event (when, who, of what), a rule (language, expression, severity), the data that
was checked and a value: 1 it holds, 0 it fails, NA it does not apply or cannot be told. So results
can be handed to other systems, and kept by rule version. Field names are those of the standard:
event time, actor, agent, trigger; rule language, expression, severity; data source, target.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from hexi.statistics.checking.answers import Answer
from hexi.statistics.checking.given import Return
from hexi.statistics.checking.rules import Rule, Severity

__all__ = ["Event", "can_be_submitted", "needs_explanation", "summary", "validation_report"]

#: the standard's words for severities
_ESS_SEVERITIES: Final[dict[Severity, str]] = {
    "hard": "error", "explain": "warning", "info": "information"
}  # fmt: skip
_VALUES: Final[dict[bool | None, str]] = {True: "1", False: "0", None: "NA"}
Trigger = Literal["entry", "import", "submission", "review", "batch"]


@dataclass(frozen=True, slots=True)
class Event:
    """When, by whom and why was checked."""

    time: datetime.datetime
    #: person or system that asked for it
    actor: str
    trigger: Trigger
    #: program and version
    agent: str = "hexi"


def validation_report(
    answers: Iterable[Answer], filled: Return, reporter: str, event: Event
) -> list[dict[str, Any]]:
    """One JSON-ready record for each answer; a report names returns, so it is never mailed."""
    return [_record(answer, filled, reporter, event) for answer in answers]


def _record(answer: Answer, filled: Return, reporter: str, event: Event) -> dict[str, Any]:
    rule = answer.rule
    source = [reporter, filled.form, rule.form_version, str(filled.period)]
    cells = [cell.item or cell.source for cell in answer.cells]
    return {
        "id": "/".join([*source, answer.row, rule.key]),
        "event": {
            "time": event.time.isoformat(timespec="seconds"),
            "actor": event.actor,
            "agent": event.agent,
            "trigger": event.trigger,
        },
        "rule": {
            "id": rule.key,
            "language": "hexi",
            "expression": _expression(rule),
            "severity": _ESS_SEVERITIES[rule.severity],
            "description": rule.name,
        },
        "data": {
            "source": "/".join(source),
            "target": [*([answer.row] if answer.row else []), *cells],
        },
        "value": _VALUES[answer.verdict],
        "message": answer.message,
    }


def _expression(rule: Rule) -> str:
    return f"when {rule.when_source} then {rule.check_source}" if rule.when else rule.check_source


def summary(answers: Iterable[Answer]) -> dict[Severity, int]:
    """How many rules fail, by severity; the gravest first."""
    counted = Counter(answer.rule.severity for answer in answers if answer.verdict is False)
    return {severity: counted[severity] for severity in _ESS_SEVERITIES}


def needs_explanation(answers: Sequence[Answer]) -> list[Answer]:
    """Failures that may stand where they are explained (核实)."""
    return [a for a in answers if a.verdict is False and a.rule.severity == "explain"]


def can_be_submitted(answers: Sequence[Answer], explained: Iterable[Answer] = ()) -> bool:
    """True where nothing hard fails and every queried failure is explained (可报送).

    Args:
        answers: all answers of the return.
        explained: those whose explanation stands (`standing`).
    """
    told = {(answer.rule.key, answer.row) for answer in explained}
    if any(a.verdict is False and a.rule.severity == "hard" for a in answers):
        return False
    return all((a.rule.key, a.row) in told for a in needs_explanation(answers))
