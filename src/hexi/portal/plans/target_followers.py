"""Who is told when a plan's targets were written (目标更新知会).

Targets are written anew with each reading and each version of the pack. An app that keeps more
about them names its step here once, when it is made ready; the step runs inside the transaction
that wrote them, so that both stand or neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from hexi.portal.plans.models import PlanRow

__all__ = ["follow_targets", "tell_followers"]

Follower = Callable[[Iterable[PlanRow], datetime], object]

_FOLLOWERS: dict[str, Follower] = {}


def follow_targets(name: str, follower: Follower) -> None:
    """Name the step of an app."""
    _FOLLOWERS[name] = follower


def tell_followers(plans: Iterable[PlanRow], *, at: datetime) -> None:
    """The targets of these plans have just been written."""
    rows = list(plans)
    for follower in _FOLLOWERS.values():
        follower(rows, at)
