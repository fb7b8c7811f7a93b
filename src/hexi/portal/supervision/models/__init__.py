"""The nouns of the supervision app (督办数据): one file a noun."""

from hexi.portal.supervision.models.meeting import AgendaItem, Decision, Meeting, MeetingState
from hexi.portal.supervision.models.order import (
    OrderAnswer,
    OrderLevel,
    OrderState,
    OrderStep,
    SupervisionOrder,
)
from hexi.portal.supervision.models.problem import Problem, ProblemAnswer, ProblemState
from hexi.portal.supervision.models.visit import Visit, VisitState

__all__ = [
    "AgendaItem",
    "Decision",
    "Meeting",
    "MeetingState",
    "OrderAnswer",
    "OrderLevel",
    "OrderState",
    "OrderStep",
    "Problem",
    "ProblemAnswer",
    "ProblemState",
    "SupervisionOrder",
    "Visit",
    "VisitState",
]
