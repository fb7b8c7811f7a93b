"""One sweep (督办扫描): late problems and orders rise, rules propose orders, old proposals lapse.

Each row is an act of its own in a transaction of its own: a row that fails stops no other, and is
tried again by the next sweep. A second sweep on the same day changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models.fields.json import KT
from django.utils import timezone

from hexi.portal.supervision.acts.escalate_order import escalate_order
from hexi.portal.supervision.acts.escalate_problem import escalate_problem
from hexi.portal.supervision.acts.lapse_proposal import lapse_proposal
from hexi.portal.supervision.acts.propose_order import Ground, propose_order
from hexi.portal.supervision.models import (
    OrderLevel,
    OrderState,
    Problem,
    ProblemState,
    SupervisionOrder,
)
from hexi.portal.supervision.queries.orders import RUNNING
from hexi.portal.supervision.sweep.grounds import grounds

__all__ = ["Swept", "sweep_supervision"]

log = logging.getLogger("hexi.supervision")


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did."""

    problems_risen: int
    orders_risen: int
    proposed: int
    lapsed: int
    #: rows that failed; the log says why
    failed: int


def sweep_supervision(*, at: datetime) -> Swept:
    """Do all that the day asks for."""
    today = timezone.localtime(at).date()
    failures: list[str] = []

    def each(name: str, keys: list[int], act: Callable[..., bool]) -> int:
        return sum(_alone(f"{name} {key}", partial(act, key, at=at), failures) for key in keys)

    problems = Problem.objects.filter(state=ProblemState.OPEN, rises_after__lt=today)
    orders = SupervisionOrder.objects.filter(state=OrderState.ISSUED, deadline__lt=today)
    risen = each("problem", _keys(problems), escalate_problem)
    # a talk has nothing above it
    higher = each("order", _keys(orders.exclude(level=OrderLevel.RED)), escalate_order)
    lapsed = each("proposal", _gone(), lapse_proposal)
    settled = _settled()
    made = 0
    for ground in grounds(today):
        if not settled.holds(ground):
            name = ground.proposed.matter.key
            made += _alone(name, partial(propose_order, ground, at=at), failures)
    return Swept(risen, higher, made, lapsed, len(failures))


def _alone(name: str, act: Callable[[], Any], failures: list[str]) -> bool:
    try:
        return bool(act())
    except Exception:  # one row's fault must not stop the others
        log.exception("%s", name)
        failures.append(name)
        return False


def _keys(rows: Any) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _gone() -> list[int]:
    """Waiting proposals whose lamp has changed, or whose problem was answered or closed."""
    waiting = SupervisionOrder.objects.filter(state=OrderState.PROPOSED).exclude(matter="")
    lamps = waiting.filter(problem=None).exclude(project__lamp=KT("seen__lamp"))
    problems = waiting.exclude(problem=None).exclude(problem__state=ProblemState.OPEN)
    return sorted({*_keys(lamps), *_keys(problems)})


@dataclass(frozen=True, slots=True)
class _Settled:
    """What is known already, so that nothing is locked for it; the act looks again."""

    rules: frozenset[tuple[str, str]]
    running: frozenset[tuple[int | None, int | None]]

    def holds(self, ground: Ground) -> bool:
        matter, rule = ground.proposed.matter.key, ground.proposed.rule.id
        about = (
            ground.project.pk if ground.project else None,
            ground.problem.pk if ground.problem else None,
        )
        return (matter, rule) in self.rules or about in self.running


def _settled() -> _Settled:
    rows = SupervisionOrder.objects.exclude(matter="")
    running = SupervisionOrder.objects.filter(state__in=RUNNING)
    return _Settled(
        frozenset(rows.values_list("matter", "rule")),
        frozenset(running.values_list("project", "problem")),
    )
