"""The head of every page on one target (目标页首): what it is, where it stands, the way back."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.scope import one_visible
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = ["crumbs_of", "head_of", "seen_target"]


def seen_target(target_id: int, person: Person | None) -> MonitoredTarget:
    """The target, if this person may see it."""
    rows = MonitoredTarget.objects.select_related(
        "unit", "plan__unit", "parent__unit", "parent__plan__unit", "body", "person", "target"
    )
    found: MonitoredTarget = one_visible(rows, person, pk=target_id)
    return found


def head_of(target: MonitoredTarget) -> dict[str, Any]:
    """The target as a strip of facts."""
    due = words.period(target.period) or words.period(str(target.end or ""))
    return {
        "id": target.pk,
        "url": reverse("monitored-target", args=[target.pk]),
        "indicator": target.indicator,
        "unit": name_of(target.unit) if target.unit else "",
        "measure_unit": target.measure_unit,
        "measure_label": words.label(words.MEASURES, target.measure)
        if target.measure not in ("level", "count")
        else "",
        "nature_label": words.label(words.KINDS, target.nature),
        "bound_label": words.label(words.BOUNDS, target.bound)
        if target.bound not in ("", "eq")
        else "",
        "base": words.figure(target.base),
        "base_period": words.period(target.base_period),
        "value": words.figure(target.value),
        "period": due,
        "plan": target.plan.title,
        "stamp": target.changed_at.isoformat(),
    }


def crumbs_of(target: MonitoredTarget, last: str) -> list[dict[str, str]]:
    """From the scoreboard over unit and target to this page."""
    found = [{"label": _("Scoreboard"), "url": reverse("scoreboard")}]
    if target.unit:
        found.append(
            {
                "label": name_of(target.unit),
                "url": reverse("scoreboard-unit", args=[target.unit.code]),
            }
        )
    found.append({"label": target.indicator, "url": reverse("monitored-target", args=[target.pk])})
    return [*found, {"label": last, "url": ""}]
