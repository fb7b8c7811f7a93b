"""Decide a case (作出决定): adopted or not, in the words of the decision, by who may publish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.assessment.casework import days_left, held_case, numbered, said_enough, take
from hexi.portal.assessment.models import CaseStage, OutcomeCase, StepKind
from hexi.portal.assessment.said import named
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.told import tell

__all__ = ["decide_case"]


def decide_case(
    case_id: int,
    adopted: bool | None,
    text: str,
    *,
    number: str = "",
    verified: Sequence[str] = (),
    by: Person | None,
    at: datetime,
) -> OutcomeCase:
    """``verified``: conditions nobody had reported that were looked into and are fulfilled; a
    proposal is adopted only where none is left open, and never before the unit could answer."""
    with transaction.atomic():
        case = held_case(case_id, by, "decision")
        before = case.card()
        tell(_faults(case, adopted, text, number, verified, at))
        case.adopted = adopted
        case.stage = CaseStage.ADOPTED if adopted else CaseStage.REFUSED
        case.save()
        take(
            case,
            StepKind.DECISION,
            by,
            at,
            text=text.strip(),
            number=number.strip(),
            adopted=adopted,
            verified=list(verified),
        )
        record(
            "decide_case",
            case,
            by=by,
            at=at,
            unit_path=case.assessed.unit_path or case.assessed.run.unit.path,
            before=before,
            after={**case.card(), "number": number.strip()},
            reason=text.strip(),
        )
    return case


def _faults(
    case: OutcomeCase,
    adopted: bool | None,
    text: str,
    number: str,
    verified: Sequence[str],
    at: datetime,
) -> list[Refusal]:
    found = [*said_enough(text, _("A decision needs its words and reasons.")), *numbered(number)]
    if adopted is None:
        found.append(
            Refusal(
                "no_decision",
                _("It is not said whether the proposal is adopted."),
                _("Choose one."),
                place="adopted",
            )
        )
    steps = {step.kind: step for step in case.steps.all()}
    if (until := days_left(steps, at.date())) is not None:
        found.append(
            Refusal(
                "being_heard",
                gapped(_("The unit may answer until %(day)s."), day=f"{until}"),
                _("Wait for its answer or for the end of the term."),
                status=409,
            )
        )
    open_facts = [test for test in case.proposed.unknown if test.fact not in verified]
    if adopted and open_facts:
        names = "、".join(named(test.name) for test in open_facts)
        found.append(
            Refusal(
                "not_looked_into",
                gapped(_("Not looked into yet: %(names)s."), names=names),
                _("Look into every condition and mark it as fulfilled, or do not adopt."),
                place="verified",
            )
        )
    return found
