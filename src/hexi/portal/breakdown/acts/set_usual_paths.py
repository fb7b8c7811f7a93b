"""Give many targets their usual paths (批量确定年度路径): those that have none and can have one.

A plan of sixty targets is not set one by one; what is special is set by itself before or after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from hexi.monitoring.goal import Unclear
from hexi.portal.breakdown.acts.set_path import fixed
from hexi.portal.breakdown.holding import held_target
from hexi.portal.breakdown.path_drawing import Drawn, drawn_path
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = ["set_usual_paths", "without_path"]


def without_path(
    targets: Iterable[MonitoredTarget], person: Person | None, day: date
) -> list[MonitoredTarget]:
    """Targets without a path that can have one and whose path this person may set."""
    if person is None or not person.grants(Permission.BREAK_DOWN):
        return []
    return [
        row
        for row in targets
        if not row.path
        and person.covers(row.setter_path)
        and isinstance(drawn_path(row, at=day), Drawn)
    ]


def set_usual_paths(target_ids: Sequence[int], *, by: Person | None, at: datetime) -> int:
    """Set them in one go, each with its event; how many there were. Targets that have no way to
    measure, or whose path is not this person's to set, stay as they are."""
    count = 0
    with transaction.atomic():
        require(by, Permission.BREAK_DOWN)
        for target_id in target_ids:
            target = held_target(target_id, by)
            drawn = drawn_path(target, at=at.date())
            mine = without_path([target], by, at.date())
            if not mine or fixed(target) or isinstance(drawn, Unclear):
                continue
            target.path_shape, target.path = drawn.trajectory.shape, drawn.figures
            target.seasonal = [float(share) for share in drawn.seasonal.shares]
            target.changed_at = at
            target.save(update_fields=["path_shape", "path", "seasonal", "changed_at"])
            line = " ".join(f"{year}:{text}" for year, text in target.path.items())
            record(
                "set_usual_path",
                target,
                by=by,
                at=at,
                unit_path=target.unit_path,
                after={"path_shape": target.path_shape, "path": line},
            )
            count += 1
    return count
