"""Explanations (核实说明): a failure that is true stands with a reason, for these figures only.

An explanation is bound to the rule's version and to the figures that the rule read. When a figure
changes, or the rule does, it lapses: the return must be explained again or put right. The portal
stores explanations; what they are bound to and when they lapse is decided here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hexi.statistics.checking.answers import Answer

__all__ = ["Explanation", "explanation_of", "fingerprint", "lapsed", "standing"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reason, and what it is a reason for."""

    #: rule and version
    rule: str
    #: code of the dynamic row; empty for the whole return
    row: str
    #: source to figure, as they were when it was written; missing figures are empty
    values: Mapping[str, str]
    text: str


def explanation_of(answer: Answer, text: str) -> Explanation:
    """An explanation of a failure.

    Raises:
        ValueError: where the rule does not fail, may not be explained, or no reason is given.
    """
    if answer.verdict is not False or answer.rule.severity == "hard":
        raise ValueError("只有未通过的核实性规则可以说明 / only a queried failure can be explained")
    if not text.strip():
        raise ValueError("请写明原因 / give the reason")
    return Explanation(answer.rule.key, answer.row, dict(answer.values), text.strip())


def _stands(explanation: Explanation, answer: Answer) -> bool:
    same = (explanation.rule, explanation.row) == (answer.rule.key, answer.row)
    return same and answer.verdict is False and dict(explanation.values) == dict(answer.values)


def standing(explanations: Iterable[Explanation], answers: Iterable[Answer]) -> list[Answer]:
    """The failures whose explanation still stands."""
    kept = list(explanations)
    return [answer for answer in answers if any(_stands(one, answer) for one in kept)]


def lapsed(explanations: Iterable[Explanation], answers: Iterable[Answer]) -> list[Explanation]:
    """Explanations that nothing stands behind any more: a figure or the rule has changed."""
    found = list(answers)
    return [one for one in explanations if not any(_stands(one, answer) for answer in found)]


def fingerprint(answer: Answer) -> str:
    """A short text that is the same as long as rule, row and figures are: a key for storage."""
    bound = [answer.rule.key, answer.row, sorted(answer.values)]
    text = json.dumps(bound, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
