"""Holding a stalled case for a step (案件办理): who may, what is open, and the step itself."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from hexi.portal.admission.models import CaseState, CaseStep, StalledCase
from hexi.portal.admission.rulebook import follow_up
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.projects.record_book import held
from hexi.portal.returns.form_book import day_of

__all__ = ["card", "day_faults", "held_case", "keep_step", "last_day"]


def held_case(case_id: int, by: Person | None) -> StalledCase:
    """An open case, held until the transaction ends, for who supervises there.

    Raises:
        NotFound: where it is not, or is hidden.
        Refusal: where it was closed.
    """
    require(by, Permission.SUPERVISE)
    found = StalledCase.objects.visible_to(by).filter(pk=case_id).first()
    if found is None:
        raise NotFound
    held(found.project_id, by, Permission.SUPERVISE)
    case: StalledCase = StalledCase.objects.select_related("project__unit").get(pk=case_id)
    if not case.is_open:
        raise Refusal(
            "case_closed",
            _("This case is closed."),
            _("If a rule sees the project again, take it up anew."),
            status=409,
        )
    return case


def day_faults(day: date, earliest: date, at: datetime) -> list[Refusal]:
    """A step lies between the one before and today."""
    if earliest <= day <= day_of(at):
        return []
    return [
        Refusal(
            "day_wrong",
            _("The step lies between the one before it and today."),
            _("Choose such a day."),
            place="day",
        )
    ]


def keep_step(
    case: StalledCase,
    state: CaseState,
    *,
    day: date,
    reason: str,
    evidence: str,
    by: Person | None,
    at: datetime,
) -> None:
    """Write the case in its new state, and the step; the act records its event."""
    case.state = state
    case.save()
    CaseStep.objects.create(
        case=case,
        state=state,
        day=day,
        reason=reason.strip(),
        evidence=evidence.strip()[:300],
        term=case.term if state == CaseState.TERM else None,
        by_name=by.name if by else "",
        at=at,
    )


def card(case: StalledCase) -> dict[str, str]:
    """The case as an event keeps it."""
    rule = follow_up().rule(case.rule)
    kept = {"stalled_rule": rule.title if rule else case.rule, "case_state": str(case.state)}
    if case.term:
        kept["case_term"] = str(case.term)
    if case.settlement:
        kept["settlement"] = str(case.settlement)
    return kept


def last_day(case: StalledCase) -> date:
    """The day of the newest step."""
    newest = case.steps.order_by("-id").values_list("day", flat=True).first()
    return newest or case.since
