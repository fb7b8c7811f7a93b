"""Evaluations that a person is to write (待编评估报告)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.monitoring.evaluation_days import evaluations_due, load_evaluation_rules
from hexi.portal.core.models import Person
from hexi.portal.core.roles import Role
from hexi.portal.core.tasks import Task, task
from hexi.portal.evaluations.models import EvaluationReport, ReportKind, ReportState
from hexi.portal.plans.models import PlanRow

__all__ = ["KINDS", "tasks"]

KINDS: dict[str, Any] = {
    "evaluation": lazy("Write an evaluation"),
}
#: evaluations further back than this are history, not tasks
_PAST, _AHEAD = timedelta(days=400), timedelta(days=120)


def tasks(person: Person, today: date) -> Iterable[Task]:
    """Those of one person."""
    yield from _evaluations(person, today)


def _evaluations(person: Person, today: date) -> Iterable[Task]:
    """Evaluations of the plans of the person's own office, by the rules of the pack."""
    if person.role in (Role.READER, Role.ENTERPRISE):
        return
    units = [unit.pk for unit in person.scope_units()]
    plans = PlanRow.objects.visible_to(person).filter(unit__in=units, targets__isnull=False)
    rules = load_evaluation_rules(settings.HEXI.pack)
    for plan in plans.exclude(first_year=None).exclude(last_year=None).distinct():
        reports = list(EvaluationReport.objects.visible_to(person).filter(plan=plan))
        for one in evaluations_due(plan.first_year, plan.last_year, rules):
            if today - _PAST <= one.due <= today + _AHEAD:
                yield _evaluation(plan, one, reports, today)


def _evaluation(plan: PlanRow, one: Any, reports: list[EvaluationReport], today: date) -> Task:
    mine = [r for r in reports if r.kind == one.kind and r.as_of.year >= one.year]
    issued = next((r for r in mine if r.state == ReportState.ISSUED), None)
    report = issued or next(iter(mine), None)
    label = str(ReportKind(one.kind).label)
    return task(
        "evaluation",
        f"{label} {one.year}",
        plan.title,
        reverse("evaluation", args=[report.pk]) if report else reverse("evaluations"),
        today=today,
        due=one.due,
        done=issued is not None,
        state=str(ReportState(report.state).label) if report else _("Not begun"),
        lamp="met" if issued else "on_the_way",
    )
