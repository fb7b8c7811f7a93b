"""Tasks (待办): what waits for one person, whatever app it belongs to.

Each app names what it has for a person when it is set up; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from hexi.portal.core.models import Person

__all__ = ["KINDS", "MOST", "SEEN", "Task", "add_tasks", "task", "tasks_of"]

#: how long what was done stays in sight
SEEN: Final = timedelta(days=60)
#: most lines of one kind that are asked for
MOST: Final = 200

#: what is to be done, by kind
KINDS: Final[dict[str, Any]] = {}
_ASKERS: list[Callable[[Person, date], Iterable[Task]]] = []


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, or done."""

    kind: str
    what: str
    #: unit and plan, or who sent it
    where: str
    url: str
    due: date | None
    done: bool
    state: str
    #: lamp of the house for the state
    lamp: str
    overdue: bool

    @property
    def kind_label(self) -> str:
        """What is to be done."""
        return str(KINDS[self.kind])


def add_tasks(kinds: dict[str, Any], asker: Callable[[Person, date], Iterable[Task]]) -> None:
    """An app's kinds of tasks with their words, and what tells those of a person on a day."""
    KINDS.update(kinds)
    _ASKERS.append(asker)


def tasks_of(person: Person | None, today: date) -> list[Task]:
    """Open tasks by their days, overdue ones first; then what was done of late."""
    if person is None:
        return []
    found = [task for asker in _ASKERS for task in asker(person, today)]
    far = date.max
    return sorted(found, key=lambda t: (t.done, t.due or far, t.kind, t.what))


def task(
    kind: str,
    what: str,
    where: str,
    url: str,
    *,
    today: date,
    due: date | None = None,
    done: bool = False,
    state: str = "",
    lamp: str = "waiting",
) -> Task:
    """A task whose lamp is red once its day is over."""
    late = bool(due and due < today and not done)
    return Task(kind, what, where, url, due, done, state, "missed" if late else lamp, late)
