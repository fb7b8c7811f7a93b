"""Words of the plans app's events (规划事件用语): its fields, and the words for their codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.event_words import name_values
from hexi.portal.plans.queries import words

__all__ = ["install"]

_FIELDS: dict[str, Any] = {
    **words.FIELDS,
    "checks": lazy("Lines checked"),
    "corrections": lazy("Corrections"),
    "decisions": lazy("Decisions"),
    "digest": lazy("File checksum"),
    "digests": lazy("Plans shown by their figures"),
    "faults": lazy("Faults"),
    "files": lazy("Files"),
    "first_year": lazy("First year"),
    "last_year": lazy("Last year"),
    "level": lazy("Plan level"),
    "note": lazy("Note"),
    "pack": lazy("Policy pack"),
    "plan.unit": lazy("Unit of account"),
    "plans": lazy("Plans"),
    "published": lazy("public"),
    "reason": lazy("Reason"),
    "resting": lazy("Corrections that found no figure"),
    "size": lazy("Bytes"),
    "state": lazy("Decision"),
    "statements": lazy("Statements"),
    "targets": lazy("Targets"),
    "title": lazy("Title"),
    "upper": lazy("Upper plan"),
    "verdicts": lazy("Read plans judged again"),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    name_values(
        _FIELDS,
        {
            "bound": words.BOUNDS,
            "level": words.LEVELS,
            "measure": words.MEASURES,
            "modality": words.MODALITIES,
            "state": words.DECISIONS,
        },
    )
