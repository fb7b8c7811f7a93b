"""Start an evaluation (启动评估): compute the first draft of a plan's report."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.monitoring.evaluation import Evaluation, TooEarly, compose
from hexi.monitoring.evaluation.nouns import Kind
from hexi.monitoring.evaluation.stored import as_record
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.evaluations.models import EvaluationReport, ReportKind
from hexi.portal.evaluations.queries.subjects import subject_of
from hexi.portal.plans.models import PlanRow

__all__ = ["composed", "put_content", "start_evaluation"]


def start_evaluation(
    plan_id: int, kind: str, as_of: date, *, by: Person | None, at: datetime
) -> EvaluationReport:
    """The draft; a day to come is refused, and a final evaluation of a plan that still runs."""
    if kind not in ReportKind.values:
        raise Refusal(
            "kind", _("There is no such kind of evaluation."), _("Choose one."), place="kind"
        )
    plan: PlanRow = one_visible(PlanRow.objects.select_related("unit"), by, pk=plan_id)
    officer = require(by, Permission.EDIT, plan.unit_path)
    # computed before the transaction, which keeps other writers out
    report = composed(plan, kind, as_of, at)
    with transaction.atomic():
        row = EvaluationReport(
            plan=plan,
            kind=kind,
            as_of=as_of,
            started_at=at,
            started_by=officer.name,
            computed_at=at,
        )
        put_content(row, report)
        row.save()
        record(
            "start_evaluation",
            row,
            by=by,
            at=at,
            unit_path=plan.unit_path,
            after={**row.card(), "plan": plan.title},
        )
    return row


def composed(plan: PlanRow, kind: str, as_of: date, at: datetime) -> Evaluation:
    """The report as the engine writes it, or why it cannot."""
    if as_of > at.date():
        raise Refusal(
            "day_to_come",
            _("The day lies ahead; nothing can be known of it yet."),
            _("Choose today or a day before."),
            place="as_of",
        )
    named: Kind = "yearly" if kind == "yearly" else "midterm" if kind == "midterm" else "final"
    try:
        return compose(subject_of(plan, as_of), named, as_of)
    except TooEarly as early:
        raise Refusal(
            "too_early",
            _("The plan is not over: a final evaluation comes after its last year."),
            _("Make a mid-term or a yearly evaluation, or choose a later day."),
            place="kind",
        ) from early


def put_content(row: EvaluationReport, report: Evaluation) -> None:
    """The computed report into its row."""
    row.title, row.title_en = report.title.zh[:400], report.title.en[:400]
    row.content = as_record(report)
