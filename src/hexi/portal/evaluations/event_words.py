"""Words of the evaluations' events (评估事件用语)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_values

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "start_evaluation": lazy("started an evaluation"),
    "renew_evaluation": lazy("computed an evaluation again"),
    "word_evaluation": lazy("worded a part of an evaluation"),
    "issue_evaluation": lazy("issued an evaluation"),
    "drop_evaluation": lazy("dropped a draft evaluation"),
}

_FIELDS: dict[str, Any] = {
    "as_of": lazy("As of"),
    "kind": lazy("Kind"),
    "part": lazy("Part of the report"),
    "text": lazy("Wording"),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    name_values(_FIELDS, {})
