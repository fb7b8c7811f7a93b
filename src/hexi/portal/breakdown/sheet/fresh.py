"""Does the page know the newest sheet? (版本核对): what the second of two people is told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hexi.portal.breakdown.models import Breakdown
from hexi.portal.core.refusal import Refusal, gapped

__all__ = ["clash", "no_cell", "overtaken"]


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


def clash(stands: str) -> Refusal:
    """A cell that somebody else has written since."""
    return Refusal(
        "overtaken",
        gapped(_("Somebody else has changed this cell to %(value)s."), value=stands or "–"),
        _("Look at it and write your value again if it is right."),
        status=409,
    )


def no_cell() -> Refusal:
    """A name that no cell of the sheet bears."""
    return Refusal(
        "no_cell",
        _("The sheet has no such cell."),
        _("Reload the page, or use the newest file of the sheet."),
    )
