"""Overrides (破例准入): a failed rule set aside by a person, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hexi.admission.screening import RuleOutcome, Screening

__all__ = ["Override", "OverrideError", "overridden", "result_of"]

_WORST = {"bar": "refused", "must": "unmet"}


@dataclass(frozen=True, slots=True)
class Override:
    """Who set which rule aside, when and why."""

    #: table and row, as ``plot-ratio.light``
    rule: str
    person: str
    reason: str
    on: date


class OverrideError(ValueError):
    """An override that may not be: without person or reason, or of a rule that allows none."""

    def __init__(self, rule: str, text: str, text_en: str) -> None:
        self.rule, self.text, self.text_en = rule, text, text_en
        super().__init__(f"{rule}：{text}")


def overridden(screening: Screening, overrides: Sequence[Override]) -> Screening:
    """The screening with rules set aside: their outcome is ``overridden``, the result told anew.

    Raises:
        OverrideError: for the first override that may not be.
    """
    by_id = {one.id: one for one in screening.outcomes}
    for override in overrides:
        _allowed(override, by_id.get(override.rule))
    aside = {override.rule: override for override in overrides}
    outcomes = tuple(
        replace(
            one,
            outcome="overridden",
            sentence=f"{one.sentence}；{aside[one.id].person}：{aside[one.id].reason}",
            sentence_en=f"{one.sentence_en}; {aside[one.id].person}: {aside[one.id].reason}",
        )
        if one.id in aside
        else one
        for one in screening.outcomes
    )
    result = result_of((one.table.severity, one.outcome) for one in outcomes)
    return replace(screening, outcomes=outcomes, result=result)


def _allowed(override: Override, one: RuleOutcome | None) -> None:
    if one is None:
        raise OverrideError(override.rule, "没有这条规则", "no such rule")
    if not override.person.strip() or not override.reason.strip():
        raise OverrideError(override.rule, "须写明决定人和理由", "a person and a reason are needed")
    if one.outcome != "fails":
        raise OverrideError(override.rule, "该规则并未不符", "the rule has not failed")
    if not one.table.overridable:
        raise OverrideError(override.rule, "该规则不得破例", "this rule allows no override")


def result_of(rules: Iterable[tuple[str, str]]) -> str:
    """What rules together say, each as severity and outcome; advice decides nothing."""
    binding = {one for one in rules if one[0] != "advice"}
    for severity, worst in _WORST.items():
        if (severity, "fails") in binding:
            return worst
    return "incomplete" if any(outcome == "unknown" for _, outcome in binding) else "admitted"
