"""Cases of what follows as pages show them (动态管理事项): grounds, chain, steps, documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from hexi.assessment.outcomes import Proposal, RuleSet, state_name
from hexi.assessment.outcomes.nouns import ACTS, Act
from hexi.assessment.scheme.nouns import Scheme
from hexi.portal.assessment.casework import days_left
from hexi.portal.assessment.models import CaseStage, OutcomeCase, OutcomeStep, StepKind
from hexi.portal.assessment.queries.editions import edition_notice
from hexi.portal.assessment.queries.opening import runs_it
from hexi.portal.assessment.queries.ranking import printed
from hexi.portal.assessment.said import either, named, proposal_said
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.reports.assessment_acts import Letter

__all__ = [
    "case_lines",
    "case_page",
    "document_steps",
    "letter_of",
    "proposal_text",
    "unit_name",
]


#: heads every document of a practice run
_PRACTICE = "【演练文书】数据为随机生成的演练数据，本文书仅供学习，不具任何效力。"


def unit_name(case: OutcomeCase) -> str:
    """The unit in the reader's language."""
    row = case.assessed
    return name_of(row.unit) if row.unit else row.name


def proposal_text(case: OutcomeCase) -> str:
    """The grounds as a sentence, with the unit's name in the reader's language."""
    return proposal_said(unit_name(case), case.proposed, case.rules_of, case.assessed.run.scheme_of)


def case_lines(cases: Iterable[OutcomeCase]) -> list[dict[str, Any]]:
    """A line a case for lists; the run without its arrays is enough."""
    return [
        {
            "name": unit_name(case),
            "state": named(state_name(case.proposed.state)),
            "stage": case.get_stage_display(),
            "practice": case.assessed.run.is_practice,
            "year": case.assessed.run.year,
            "scheme": either(case.assessed.run.title, case.assessed.run.title_en),
            "rule": named(case.proposed.rule.title),
            "url": reverse("assessment-case", args=[case.pk]),
        }
        for case in cases
    ]


def case_page(case: OutcomeCase, person: Person | None, day: date) -> dict[str, Any]:
    """Everything on the page of a case, and what the reader may do next."""
    one, run = case.proposed, case.assessed.run
    steps = {step.kind: step for step in case.steps.all()}
    inside = runs_it(person, run)
    decides = inside and person is not None and person.grants(Permission.PUBLISH)
    own = case.assessed.unit_path or run.unit.path
    answers = (
        person is not None
        and person.grants(Permission.EDIT)
        and person.covers(own)
        and case.stage == CaseStage.HEARING
        and StepKind.ANSWER not in steps
    )
    until = days_left(steps, day)
    return {
        "name": unit_name(case),
        "state": named(state_name(one.state)),
        "text": proposal_text(case),
        "withheld": named(one.withheld) if one.withheld else "",
        "grounds": _grounds(one, run.scheme_of),
        "known": [named(fact.text) for fact in one.known],
        "unknown": [
            {"fact": test.fact, "name": named(test.name),
             "verified": test.fact in (steps[StepKind.DECISION].verified
                                       if StepKind.DECISION in steps else ())}
            for test in one.unknown
        ],
        "mean": printed(one.mean_score) if one.rule.by_mean_score else "",
        "order": one.order if one.rule.by_mean_score else 0,
        "rule": _rule(one, case.rules_of),
        "chain": _chain(case, steps),
        "steps": [_step(step) for step in steps.values()],
        "next": case.next_act if decides else None,
        "until": until,
        "answers": answers,
        "inside": inside,
        "may_revoke": decides and bool(case.adopted),
        "editions": edition_notice(run, person, inside=inside),
    }  # fmt: skip


def _grounds(one: Proposal, scheme: Scheme) -> list[dict[str, Any]]:
    return [
        {
            "year": ground.year,
            "within": named(scheme.class_name(ground.within)),
            "rank": ground.rank or "–",
            "of": ground.of,
            "score": printed(ground.score),
        }
        for ground in one.grounds
    ]


def _rule(one: Proposal, rules: RuleSet) -> dict[str, str]:
    return {
        "title": named(one.rule.title),
        "proposes": named(one.rule.proposes),
        "text": either(rules.source.title, rules.title.en),
        "number": rules.source.number,
        "article": one.rule.article,
        "assumed": either(rules.source.assumed, rules.source.assumed_en),
    }


def _chain(case: OutcomeCase, steps: dict[str, OutcomeStep]) -> list[dict[str, Any]]:
    """Acts of the rule in their order: done, next, or to come."""
    waiting = case.next_act
    return [
        {"label": StepKind(act).label, "done": act in steps, "now": act == waiting}
        for act in case.chain
    ]


def _step(step: OutcomeStep) -> dict[str, Any]:
    has_document = step.kind in ACTS
    return {
        "label": step.get_kind_display(),
        "kind": step.kind,
        "text": "" if step.kind == StepKind.PROPOSAL else step.text,
        "number": step.number,
        "answer_by": step.answer_by,
        "adopted": step.adopted,
        "by": step.by_name,
        "at": step.at,
        "document": reverse("assessment-case-document", args=[step.case_id, step.kind])
        if has_document
        else "",
    }


def document_steps(case: OutcomeCase) -> dict[str, OutcomeStep]:
    """Acts of which there is a document: those that were taken."""
    return {step.kind: step for step in case.steps.all() if step.kind in ACTS}


def letter_of(case: OutcomeCase, act: Act) -> Letter:
    """What the steps say of one document; a later step never changes an earlier document."""
    steps = {step.kind: step for step in case.steps.all()}
    own, run = steps[act], case.assessed.run
    upto = {kind: step for kind, step in steps.items() if step.pk <= own.pk}
    decision, answer = upto.get(StepKind.DECISION), upto.get(StepKind.ANSWER)
    hearing = upto.get(StepKind.HEARING)
    heard = "" if hearing is None else "已听取意见，该单位未提出陈述、申辩。"
    return Letter(
        issuer=run.unit.name,
        day=localdate(own.at),
        addressee="" if act == "proposal" else case.assessed.name,
        number=own.number,
        answer_by=hearing.answer_by if hearing else None,
        decided=decision.text if decision else "",
        answer=answer.text if answer else heard,
        adopted=decision is None or bool(decision.adopted),
        verified=tuple(decision.verified) if decision else (),
        said="" if act in ("proposal", "decision") else own.text,
        notice=_PRACTICE if run.is_practice else "",
    )
