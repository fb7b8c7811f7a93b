"""Propose an order (督办建议): what a rule saw on a project or a problem, put before who decides.

The same rule proposes once for one matter: the row is found by matter and rule, and the database
refuses a second one. While there is a running order on the same project or problem nothing more is
proposed for it: that one rises by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from hexi.portal.core.models import Unit
from hexi.portal.core.record import record
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.supervision.models import OrderState, Problem, SupervisionOrder
from hexi.portal.supervision.queries.orders import RUNNING
from hexi.supervision.book import LEVELS, Level
from hexi.supervision.proposing import Proposed

__all__ = ["Ground", "propose_order"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a proposal rests on."""

    proposed: Proposed
    project: ProjectRecord | None
    problem: Problem | None
    #: who would issue, and who would answer
    unit: Unit
    addressee: Unit
    subject: str
    seen: dict[str, Any]


def propose_order(ground: Ground, *, at: datetime) -> SupervisionOrder | None:
    """Write the proposal, or raise the level of one that waits; None where nothing is new."""
    matter, rule = ground.proposed.matter.key, ground.proposed.rule
    with transaction.atomic():
        running = SupervisionOrder.objects.filter(
            project=ground.project, problem=ground.problem, state__in=RUNNING
        )
        known = list(SupervisionOrder.objects.select_for_update().filter(matter=matter))
        settled = running.exists() or any(
            row.rule == rule.id or _settles(row, rule.level) for row in known
        )
        if settled:
            return None
        waiting = next((row for row in known if row.state == OrderState.PROPOSED), None)
        row = waiting or SupervisionOrder(
            unit=ground.unit,
            addressee=ground.addressee,
            project=ground.project,
            problem=ground.problem,
            subject=ground.subject[:200],
            matter=matter,
            made_at=at,
            practice=bool(
                (ground.project and ground.project.practice)
                or (ground.problem and ground.problem.practice)
            ),
        )
        before = {"order_level": waiting.level} if waiting else {}
        row.level, row.rule, row.seen = rule.level, rule.id, ground.seen
        row.save()
        record(
            "propose_order",
            row,
            by=None,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={
                "order_level": row.level,
                "order_rule": rule.id,
                "addressee": row.addressee.name,
            },
        )
    return row


def _settles(row: SupervisionOrder, level: Level) -> bool:
    """What was decided or waits holds for its level and below; a stricter rule goes on."""
    return LEVELS.index(row.level) >= LEVELS.index(level)
