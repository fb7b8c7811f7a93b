"""Grades of progress (进度等次): ahead, on schedule, behind, by dated settings.

No published national formula for the grades was found; the margins are settings of the pack. The
official line (时序进度) is time gone over time given; on it levels and growth count in logarithms,
because the progress figures that were published fit nothing else, shares and totals in steps.
"""

from __future__ import annotations

from dataclasses import dataclass

from hexi.monitoring.paths.way import Way
from hexi.monitoring.standing import Grade, Official

__all__ = ["GradeRule", "grade_of", "official_of"]


@dataclass(frozen=True, slots=True)
class GradeRule:
    """Margins of the grades, as shares of the progress that is due (等次界限)."""

    id: str
    #: in force from this day; empty `until`: still
    since: str
    until: str
    ahead: float
    behind: float
    #: smallest margin, as a share of the whole way, so that early years do not flip
    least: float
    source: str
    note: str
    note_en: str


def grade_of(
    done: float | None,
    due: float | None,
    met: bool | None,
    rule: GradeRule,
    *,
    allowance: bool = False,
) -> Grade:
    """The grade of progress made against progress due, both as shares of the way.

    ``allowance``: a total that must not be used up (总量控制): less than what is due is better.
    """
    if met:
        return Grade.REACHED
    if done is None or due is None:
        return Grade.UNKNOWN
    if due >= 1:
        return Grade.BEHIND
    if allowance:
        done = 2 * due - done
    if done >= due + max(rule.ahead * due, rule.least):
        return Grade.AHEAD
    if done >= due - max(rule.behind * due, rule.least):
        return Grade.ON_SCHEDULE
    return Grade.BEHIND


def official_of(
    way: Way,
    value: float,
    elapsed: float,
    met: bool | None,
    rule: GradeRule,
    *,
    allowance: bool = False,
) -> Official | None:
    """Progress as official evaluation reckons it; None where there is no way to measure."""
    done = way.done(value)
    if done is None:
        return None
    due = min(1.0, elapsed / way.years)
    return Official(grade_of(done, due, met, rule, allowance=allowance), due, done, way.scale)
