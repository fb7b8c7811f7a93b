"""What follows from a run (动态管理建议): rules of its scheme over the public rounds."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from hexi.assessment.faults import AssessmentError
from hexi.assessment.outcomes import (
    Proposal,
    Proposals,
    Round,
    RuleSet,
    Unmet,
    propose,
    round_of,
    state_name,
)
from hexi.assessment.outcomes.sentences import condition
from hexi.portal.assessment.models import IN_FORCE, PUBLIC, AssessmentRun, OutcomeCase
from hexi.portal.assessment.pack_rules import rules_in_force
from hexi.portal.assessment.queries.decisions import decisions_before
from hexi.portal.assessment.queries.opening import shown_result
from hexi.portal.assessment.said import either, named, proposal_said

__all__ = ["earlier_rounds", "frozen_proposals", "outcomes_page", "proposals_of"]

Judged = list[tuple[RuleSet, Proposals | AssessmentError]]


def proposals_of(run: AssessmentRun) -> Judged:
    """Each rule set with what it proposes in the reader's words, or why it cannot be asked."""
    return _judged(run, [round_of(shown_result(one)) for one in (*earlier_rounds(run), run)])


def frozen_proposals(run: AssessmentRun) -> Judged:
    """The same in the words of the data, to be kept."""
    return _judged(run, [round_of(one.outcome) for one in (*earlier_rounds(run), run)])


def _judged(run: AssessmentRun, rounds: list[Round]) -> Judged:
    found: Judged = []
    decisions = decisions_before(run)
    for rules in rules_in_force(run.scheme_of, run.year):
        try:
            found.append((rules, propose(rules, rounds, decisions=decisions)))
        except AssessmentError as error:
            found.append((rules, error))
    return found


def earlier_rounds(run: AssessmentRun) -> list[AssessmentRun]:
    """Public runs of the scheme before this one, the oldest first."""
    before = AssessmentRun.objects.filter(
        unit=run.unit_id, scheme_id=run.scheme_id, kind=run.history_kind,
        state__in=IN_FORCE, year__lt=run.year,
    )  # fmt: skip
    return list(before.order_by("year"))


def outcomes_page(run: AssessmentRun) -> list[dict[str, Any]]:
    """Rule sets with their rules and what they propose; for a public run, with its cases."""
    rows = {row.code: row.pk for row in run.assessed.all()}
    cases: dict[tuple[str, str, str], OutcomeCase] = {}
    if run.state in PUBLIC:
        kept = OutcomeCase.objects.filter(assessed__run=run).select_related("assessed__run")
        cases = {(one.assessed.code, one.rule_set, one.rule): one for one in kept}
    return [
        {
            "title": named(rules.title),
            "assumed": either(rules.source.assumed, rules.source.assumed_en),
            "rules": [
                {
                    "title": named(rule.title),
                    "when": named(condition(rule)),
                    "proposes": named(rule.proposes),
                    "article": rule.article,
                }
                for rule in rules.rules
            ],
            "faults": _faults(made) if isinstance(made, AssessmentError) else [],
            "proposals": []
            if isinstance(made, AssessmentError)
            else [
                _line(one, run, rules, rows, cases.get((one.unit, rules.id, one.rule.id)))
                for one in made.proposals
            ],
            "unmet": []
            if isinstance(made, AssessmentError)
            else [_unmet(one, rows) for one in made.unmet],
            "asked": [named(one.name) for one in rules.asked],
        }
        for rules, made in proposals_of(run)
    ]  # fmt: skip


def _faults(error: AssessmentError) -> list[str]:
    return [either(one.text, one.text_en) for one in error.faults]


def _unmet(one: Unmet, rows: dict[str, int]) -> dict[str, Any]:
    """Who reached the ranks of a rule and did not meet its conditions."""
    key = rows.get(one.unit)
    return {
        "name": one.name,
        "rule": named(one.rule.title),
        "facts": [named(fact.text) for fact in one.facts],
        "url": reverse("assessment-unit", args=[key]) if key else "",
    }


def _line(
    one: Proposal,
    run: AssessmentRun,
    rules: RuleSet,
    rows: dict[str, int],
    case: OutcomeCase | None,
) -> dict[str, Any]:
    key = rows.get(one.unit)
    return {
        "name": one.name,
        "state": named(state_name(one.state)),
        "text": proposal_said(one.name, one, rules, run.scheme_of),
        "withheld": named(one.withheld) if one.withheld else "",
        "stage": case.get_stage_display() if case else "",
        "case": reverse("assessment-case", args=[case.pk]) if case else "",
        "url": reverse("assessment-unit", args=[key]) if key else "",
    }
