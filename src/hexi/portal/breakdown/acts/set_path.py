"""Set the path of a target (确定年度路径): what each year is to bring, by a shape or by hand.

The path of a part comes from the sheet on which it was shared out; once accepted it changes only
after the target itself was adjusted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.monitoring.goal import Unclear
from hexi.monitoring.paths import SHAPES
from hexi.portal.breakdown.holding import held_target
from hexi.portal.breakdown.models import Part, PartState
from hexi.portal.breakdown.path_drawing import BY_HAND, drawn_path
from hexi.portal.breakdown.said import refusals_of
from hexi.portal.breakdown.sheet.cells import kept_text
from hexi.portal.breakdown.sheet.course import path_decimals
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.scoreboard.models import MonitoredTarget, TargetState

__all__ = ["fixed", "set_path"]


def set_path(
    target_id: int,
    shape: str,
    by_hand: Mapping[str, Any] | None = None,
    *,
    reason: str = "",
    by: Person | None,
    at: datetime,
    seen: str = "",
) -> MonitoredTarget:
    """Keep the path; a path that stood already is replaced with a reason.

    ``by_hand``: year to figure; ``seen``: the stamp of the target that the page knew.
    """
    with transaction.atomic():
        require(by, Permission.BREAK_DOWN)
        target = held_target(target_id, by)
        require(by, Permission.BREAK_DOWN, target.setter_path)
        faults = fixed(target)
        if seen and seen != target.changed_at.isoformat():
            faults.append(
                Refusal(
                    "overtaken",
                    _("Somebody else has changed this target since the page was opened."),
                    _("Look at what stands there now, then save again."),
                    status=409,
                )
            )
        if target.path:
            faults += needs_reason(reason)
        if shape not in SHAPES:
            faults.append(
                Refusal("no_shape", _("There is no such shape."), _("Choose one of the list."))
            )
        tell(faults)
        drawn = drawn_path(target, shape, _typed(target, shape, by_hand or {}), at=at.date())
        if isinstance(drawn, Unclear):
            tell(refusals_of(drawn.reasons, _("Change the path, or adjust the target first.")))
            raise AssertionError("an unclear path has its reasons")
        before = {"path_shape": target.path_shape, "path": _line(target.path)}
        target.path_shape, target.path = shape, drawn.figures
        target.seasonal = [float(share) for share in drawn.seasonal.shares]
        target.changed_at = at
        target.save(update_fields=["path_shape", "path", "seasonal", "changed_at"])
        record(
            "set_path",
            target,
            by=by,
            at=at,
            unit_path=target.unit_path,
            before=before,
            after={"path_shape": shape, "path": _line(target.path)},
            reason=reason.strip(),
        )
    return target


def fixed(target: MonitoredTarget) -> list[Refusal]:
    """Why the path of this target is not set here; nothing where it is."""
    if target.state in (TargetState.ENDED, TargetState.WITHDRAWN):
        return [
            Refusal(
                "target_ended",
                _("The target has ended."),
                _("Its path stays as it was."),
                status=409,
            )
        ]
    part = Part.objects.filter(target=target).first()
    if part is None:
        return []
    if part.state != PartState.ACCEPTED:
        if part.adopted:
            return []
        return [
            Refusal(
                "path_of_sheet",
                _("The years of a part come from the sheet on which it is shared out."),
                _("Write them there."),
                status=409,
            )
        ]
    if target.version > part.version or not target.path:
        return []
    return [
        Refusal(
            "accepted_part",
            _("The unit has accepted this part with its years."),
            _("Change it by adjusting the target."),
            status=409,
        )
    ]


def _typed(
    target: MonitoredTarget, shape: str, by_hand: Mapping[str, Any]
) -> dict[str, str] | None:
    """The figures by hand as they are kept; every one that is no number is told."""
    if shape != BY_HAND:
        return None
    found, faults = {}, []
    decimals = path_decimals(target)
    for year, value in by_hand.items():
        try:
            text = kept_text(year, value, decimals)
        except Refusal as refusal:
            refusal.place = refusal.place or str(year)
            faults.append(refusal)
            continue
        if text and year.isdecimal():
            found[year] = text
    tell(faults)
    return found


def _line(path: Mapping[str, str]) -> str:
    return " ".join(f"{year}:{text}" for year, text in sorted(path.items()))
