"""Does the page know the newest sheet? (版本核对): for steps that rest on all of its figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hexi.portal.breakdown.models import Breakdown
from hexi.portal.core.refusal import Refusal

__all__ = ["overtaken"]


def overtaken(sheet: Breakdown, seen: int | None) -> list[Refusal]:
    """What the second of two people is told; nothing where nobody came between."""
    if seen is None or seen == sheet.edit:
        return []
    return [
        Refusal(
            "overtaken",
            _("Somebody else has changed the sheet since the page was opened."),
            _("Look at the newest figures, then do it again."),
            status=409,
        )
    ]
