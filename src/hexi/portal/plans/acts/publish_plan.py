"""Publish a plan (公开规划) or withdraw it from the public: a step with a name behind it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Event, Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.plans.models import PlanRow

__all__ = ["publish_plan", "unpublish_plan"]


def publish_plan(plan_id: int, *, by: Person | None, at: datetime, reason: str = "") -> Event:
    """From now on everybody who may read the portal may read this plan."""
    return _set(plan_id, True, by=by, at=at, reason=reason)


def unpublish_plan(plan_id: int, *, by: Person | None, at: datetime, reason: str = "") -> Event:
    """From now on only the plan's own units may read it."""
    return _set(plan_id, False, by=by, at=at, reason=reason)


def _set(plan_id: int, published: bool, *, by: Person | None, at: datetime, reason: str) -> Event:
    with transaction.atomic():
        queryset = PlanRow.objects.select_related("unit")
        plan: PlanRow = one_visible(queryset, by, pk=plan_id)
        require(by, Permission.PUBLISH, plan.unit_path)
        if plan.published == published:
            raise Refusal(
                "no_change",
                _("The plan is published already.") if published else _("The plan is not public."),
                _("Nothing needs to be done."),
                status=409,
            )
        plan.published, plan.updated_at = published, at
        plan.save(update_fields=["published", "updated_at"])
        return record(
            "publish_plan" if published else "unpublish_plan",
            plan,
            by=by,
            at=at,
            unit_path=plan.unit_path,
            before={"published": not published},
            after={"published": published},
            reason=reason.strip(),
        )
