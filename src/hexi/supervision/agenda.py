"""The agenda of a coordination meeting (协调会议题): which open problems come first.

The latest first, then those that have risen highest, then the nearest last day: a meeting that
runs out of time has dealt with the worst.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

__all__ = ["OpenProblem", "agenda"]


@dataclass(frozen=True, slots=True)
class OpenProblem:
    """A problem that nobody has closed."""

    id: int
    kind: str
    deadline: date
    #: working days past its deadline; 0 where it is not late
    late: int
    #: levels that it has risen
    risen: int
    answered: bool


def agenda(
    problems: Iterable[OpenProblem], *, kinds: frozenset[str] = frozenset(), least_late: int = 0,
    most: int = 30,
) -> list[OpenProblem]:  # fmt: skip
    """The problems for a meeting, worst first.

    Args:
        problems: open ones of the meeting's units.
        kinds: only these; empty: all.
        least_late: only those late by so many working days; 0: all that are open.
        most: no meeting deals with more.
    """
    fitting = [
        one for one in problems if (not kinds or one.kind in kinds) and one.late >= least_late
    ]
    # what was answered and only waits to be closed needs no meeting before the others
    fitting.sort(key=lambda one: (one.answered, -one.late, -one.risen, one.deadline, one.id))
    return fitting[:most]
