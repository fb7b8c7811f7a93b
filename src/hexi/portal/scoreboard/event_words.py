"""Words of the scoreboard's events (监测事件用语): its acts, its fields, the words for codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_values

__all__ = ["install"]

_ACTS: dict[str, Any] = {}

_FIELDS: dict[str, Any] = {
    "authority": lazy("Authority"),
    "deadline": lazy("Deadline"),
    "document": lazy("Document number"),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    name_values(_FIELDS, {})
