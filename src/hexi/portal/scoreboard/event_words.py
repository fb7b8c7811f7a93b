"""Words of the scoreboard's events (监测事件用语): its acts, its fields, the words for codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_values
from hexi.portal.scoreboard.queries.warning_lines import KINDS

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "adjust_target": lazy("adjusted a target"),
    "answer_warning": lazy("answered a warning"),
    "close_warning": lazy("closed a warning"),
    "escalate_warning": lazy("raised an overdue warning by a level"),
    "mail_warnings": lazy("mailed warnings"),
    "make_calendar_key": lazy("made a calendar address"),
    "raise_warning": lazy("raised a warning"),
    "sweep_targets": lazy("computed where targets stand"),
}

_FIELDS: dict[str, Any] = {
    "answer": lazy("Answer"),
    "as_of": lazy("As of"),
    "authority": lazy("Authority"),
    "base": lazy("Base"),
    "base_period": lazy("Base period"),
    "changed": lazy("Positions that changed"),
    "deadline": lazy("Deadline"),
    "document": lazy("Document number"),
    "end": lazy("Due year"),
    "escalated": lazy("Levels risen"),
    "rule": lazy("Rule"),
    "warned": lazy("Warnings raised"),
    "warning": lazy("Warning"),
    "warnings_closed": lazy("Warnings closed with it"),
    "withdrawn": lazy("Target withdrawn"),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    name_values(_FIELDS, {"warning": KINDS})
