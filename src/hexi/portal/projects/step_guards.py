"""Guards of steps (阶段前置条件): what other apps hold against a project's step.

The gates of the library know its own record alone. Promotion knows whether an agreement has passed
its check; such an app names a guard here once, when it is made ready, and ``move_stage`` asks it.
"""

from __future__ import annotations

from collections.abc import Callable

from hexi.portal.core.refusal import Refusal
from hexi.portal.projects.models import ProjectRecord

__all__ = ["add_guard", "guarded"]

#: a record and the stage that it is to enter, to what stands against it
Guard = Callable[[ProjectRecord, str], list[Refusal]]

_GUARDS: dict[str, Guard] = {}


def add_guard(key: str, guard: Guard) -> None:
    """Name a guard; the same key again replaces it, so that loading twice does no harm."""
    _GUARDS[key] = guard


def guarded(row: ProjectRecord, to: str) -> list[Refusal]:
    """Everything that the apps hold against the step."""
    return [fault for guard in _GUARDS.values() for fault in guard(row, to)]
