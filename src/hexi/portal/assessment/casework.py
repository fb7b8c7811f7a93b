"""Cases in hand (在办事项): opened from the rules, loaded under lock, and taken a step further."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from hexi.assessment.faults import AssessmentError
from hexi.portal.assessment.keeping import kept
from hexi.portal.assessment.models import (
    AssessmentRun,
    CaseStage,
    OutcomeCase,
    OutcomeStep,
    StepKind,
)
from hexi.portal.assessment.queries.editions import editions_of
from hexi.portal.assessment.queries.outcomes import frozen_proposals
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require

__all__ = ["days_left", "held_case", "numbered", "open_cases", "said_enough", "take"]

_LONGEST = 4000


def open_cases(run: AssessmentRun, by: Person | None, at: datetime) -> int:
    """A case for every proposal of the run that has none yet; inside the act's transaction.

    What was decided on an earlier edition of the result is not opened again."""
    rows = {row.code: row for row in run.assessed.all()}
    settled = OutcomeCase.objects.filter(assessed__run__in=editions_of(run))
    known = set(
        settled.exclude(stage=CaseStage.LAPSED).values_list("assessed__code", "rule_set", "rule")
    )
    attributes = run.matrix.attributes
    places = {unit: place for place, unit in enumerate(run.matrix.units)}
    opened = 0
    for rules, made in frozen_proposals(run):
        if isinstance(made, AssessmentError):
            continue
        for one in made.proposals:
            row = rows[one.unit]
            if (row.code, rules.id, one.rule.id) in known:
                continue
            case = OutcomeCase.objects.create(
                assessed=row,
                rule_set=rules.id,
                rule=one.rule.id,
                state=one.state,
                stage=CaseStage.PROPOSED if one.withheld is None else CaseStage.WITHHELD,
                proposal=kept(one),
                rules=kept(rules),
                attributes={name: of[places[one.unit]] for name, of in attributes.items()},
                opened_at=at,
            )
            take(case, StepKind.PROPOSAL, by, at, text=one.text.zh)
            opened += 1
    return opened


def take(
    case: OutcomeCase, kind: StepKind, by: Person | None, at: datetime, **said: Any
) -> OutcomeStep:
    """The step as it is kept."""
    return OutcomeStep.objects.create(
        case=case, kind=kind, by_name=by.name if by else "", at=at, **said
    )


def held_case(case_id: int, by: Person | None, wanted: str) -> OutcomeCase:
    """The row under lock for who publishes the assessment, where ``wanted`` is its next act."""
    one_visible(OutcomeCase.objects.all(), by, pk=case_id)
    rows = OutcomeCase.objects.select_for_update(of=("self",))
    case: OutcomeCase = rows.select_related("assessed__run__unit", "assessed__unit").get(pk=case_id)
    require(by, Permission.PUBLISH, case.assessed.run.unit.path)
    if case.next_act != wanted:
        raise Refusal(
            "wrong_step",
            _("The case is not at this step."),
            _("Its page says which step is next."),
            status=409,
        )
    return case


def said_enough(text: str, least: Any, place: str = "text") -> list[Refusal]:
    """Words are there, and not without end; ``least`` says what is missing where there are none."""
    if text.strip() and len(text) <= _LONGEST:
        return []
    if not text.strip():
        return [Refusal("no_words", least, _("Write it in a sentence or two."), place=place)]
    said = gapped(_("The text has more than %(n)d characters."), n=_LONGEST)
    return [Refusal("too_long", said, _("Shorten it."), place=place)]


def numbered(number: str) -> list[Refusal]:
    """The number of a document is short."""
    if len(number) <= 80:
        return []
    return [
        Refusal(
            "number_too_long",
            _("The number of a document has at most 80 characters."),
            _("Write it as on the document."),
            place="number",
        )
    ]


def days_left(steps: Mapping[str, OutcomeStep], day: date) -> date | None:
    """The last day for the unit's answer while it has not passed and nothing was answered."""
    hearing = steps.get(StepKind.HEARING)
    if hearing is None or hearing.answer_by is None or StepKind.ANSWER in steps:
        return None
    return hearing.answer_by if hearing.answer_by >= day else None
