"""Telling every fault at once (一次告知): an act that breaks three rules says all three."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal

__all__ = ["Refusals", "needs_reason", "tell"]


class Refusals(Refusal):
    """Several rules failed; ``parts`` has each by itself."""

    def __init__(self, parts: Sequence[Refusal]) -> None:
        super().__init__(
            "several_faults",
            " ".join(str(part.message) for part in parts),
            " ".join(dict.fromkeys(str(part.remedy) for part in parts)),
            place=parts[0].place,
            status=max(part.status for part in parts),
        )
        self.parts = tuple(parts)


def tell(faults: Sequence[Refusal]) -> None:
    """Raise what was found; nothing where nothing was."""
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise Refusals(faults)


def needs_reason(reason: str) -> list[Refusal]:
    """A step that others must be able to follow is not taken without saying why."""
    if reason.strip():
        return []
    return [
        Refusal("reason_missing", _("This step needs a reason."), _("Write why."), place="reason")
    ]
