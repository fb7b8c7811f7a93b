"""What follows from a run (动态管理建议): rules of its scheme over the public rounds."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from hexi.assessment.faults import AssessmentError
from hexi.assessment.outcomes import (
    Proposal,
    Proposals,
    Round,
    RuleSet,
    propose,
    round_of,
    rules_for,
    state_name,
)
from hexi.assessment.outcomes.sentences import condition
from hexi.portal.assessment.models import PUBLIC, AssessmentRun, RunKind
from hexi.portal.assessment.queries.opening import shown_result
from hexi.portal.assessment.queries.ranking import printed
from hexi.portal.assessment.said import either, named
from hexi.reports.assessment_acts import ACT_TITLES

__all__ = ["outcomes_page", "proposals_of"]


def proposals_of(run: AssessmentRun) -> list[tuple[RuleSet, Proposals | AssessmentError]]:
    """Each rule set with what it proposes, or why it cannot be asked."""
    rounds = _rounds(run)
    found: list[tuple[RuleSet, Proposals | AssessmentError]] = []
    for rules in rules_for(run.scheme_of, run.year, settings.HEXI.pack):
        try:
            found.append((rules, propose(rules, rounds)))
        except AssessmentError as error:
            found.append((rules, error))
    return found


def _rounds(run: AssessmentRun) -> list[Round]:
    """Public runs of the scheme before this one, and this one."""
    before = AssessmentRun.objects.filter(
        unit=run.unit_id, scheme_id=run.scheme_id, kind=RunKind.OFFICIAL,
        state__in=PUBLIC, year__lt=run.year,
    )  # fmt: skip
    return [round_of(shown_result(one)) for one in (*before.order_by("year"), run)]


def outcomes_page(run: AssessmentRun) -> list[dict[str, Any]]:
    """Rule sets with their rules and proposals, ready to print."""
    rows = {row.code: row.pk for row in run.assessed.all()}
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
            else [_line(run, rules, one, rows) for one in made.proposals],
        }
        for rules, made in proposals_of(run)
    ]


def _faults(error: AssessmentError) -> list[str]:
    return [either(one.text, one.text_en) for one in error.faults]


def _line(
    run: AssessmentRun, rules: RuleSet, one: Proposal, rows: dict[str, int]
) -> dict[str, Any]:
    key = rows.get(one.unit)
    documents = []
    if key and one.withheld is None:
        documents = [
            {
                "label": ACT_TITLES[act],
                "url": reverse(
                    "assessment-outcome-document", args=[run.pk, rules.id, one.rule.id, key, act]
                ),
            }
            for act in one.rule.acts
        ]
    return {
        "name": one.name,
        "state": named(state_name(one.state)),
        "text": named(one.text),
        "mean": printed(one.mean_score),
        "unknown": [named(fact.name) for fact in one.unknown],
        "withheld": named(one.withheld) if one.withheld else "",
        "documents": documents,
        "url": reverse("assessment-unit", args=[key]) if key else "",
    }
