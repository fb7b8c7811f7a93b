"""Evaluation (规划评估): yearly, mid-term and final reports that write themselves from evidence."""

from hexi.monitoring.evaluation.compose import KINDS, TooEarly, compose
from hexi.monitoring.evaluation.nouns import Evaluation, Kind
from hexi.monitoring.evaluation.subject import (
    Subject,
    subject_of_document,
    subject_of_pack_plan,
    with_positions,
    with_standings,
)

__all__ = [
    "KINDS",
    "Evaluation",
    "Kind",
    "Subject",
    "TooEarly",
    "compose",
    "subject_of_document",
    "subject_of_pack_plan",
    "with_positions",
    "with_standings",
]
