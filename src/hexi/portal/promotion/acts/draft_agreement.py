"""Draft an agreement (起草协议): its head and its clauses, each with what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import tell
from hexi.portal.promotion.agreement_book import clause_faults, put_clauses
from hexi.portal.promotion.entry import read, taken
from hexi.portal.promotion.holding import one_project
from hexi.portal.promotion.models import Activity, Agreement
from hexi.portal.promotion.nouns import AGREEMENT
from hexi.portal.returns.form_book import day_of

__all__ = ["draft_agreement"]


def draft_agreement(
    project_id: int,
    given: Mapping[str, Any],
    clauses: Sequence[tuple[str, str]],
    *,
    activity: int | None = None,
    by: Person | None,
    at: datetime,
) -> Agreement:
    """Clauses as (kind, text); the kind decides what the fair-competition check asks."""
    with transaction.atomic():
        project = one_project(project_id, by, Permission.PROMOTE)
        entry = read(given, AGREEMENT, day_of(at))
        tell([*entry.faults.values(), *clause_faults(clauses)])
        came = None
        if activity is not None:
            came = Activity.objects.visible_to(by).filter(pk=activity).first()
            if came is None:
                raise NotFound
        made = Agreement.objects.create(
            project=project,
            **entry.values,
            activity=came,
            drafter=by,
            drafter_name=by.name if by else "",
            at=at,
        )
        put_clauses(made, clauses)
        record(
            "draft_agreement",
            made,
            by=by,
            at=at,
            unit_path=project.unit_path,
            after={
                "project": project.called,
                **taken(entry.values, AGREEMENT),
                "clauses": [text.strip() for _kind, text in clauses],
            },
        )
    return made
