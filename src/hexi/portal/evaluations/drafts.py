"""A draft in hand (在办草稿): loaded, locked, inside the person's scope and still a draft."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.evaluations.models import EvaluationReport

__all__ = ["held_draft"]


def held_draft(
    report_id: int, by: Person | None, permission: Permission = Permission.EDIT
) -> EvaluationReport:
    """The row under lock; call it inside a transaction."""
    one_visible(EvaluationReport.objects.all(), by, pk=report_id)
    rows = EvaluationReport.objects.select_for_update(of=("self",)).select_related("plan__unit")
    row: EvaluationReport = rows.get(pk=report_id)
    require(by, permission, row.plan.unit_path)
    if not row.is_draft:
        raise Refusal(
            "issued",
            _("The report was issued and no longer changes."),
            _("Start a new evaluation of the plan."),
            status=409,
        )
    return row
