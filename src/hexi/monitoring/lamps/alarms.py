"""Early warnings (预警): what is raised before a target is missed, by which rule, and by when to
answer.

Every test answers from figures that can be shown; none guesses. Who has to answer, the deadlines'
days and the escalation are the portal's; the numbers of days come with the alarm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hexi.monitoring.goal import Goal
from hexi.monitoring.lamps.lamp import months_since
from hexi.monitoring.lamps.rules import (
    ConcentrationRule,
    InForce,
    ProjectRule,
    StallRule,
    TurnRule,
    WorseRule,
)
from hexi.monitoring.lamps.turning import turn_of
from hexi.monitoring.observed import Observed, period_of
from hexi.monitoring.reasons import because
from hexi.monitoring.standing import Lamp
from hexi.monitoring.verdicts.verdict import Remark

__all__ = [
    "Alarm",
    "LeadingProject",
    "alarms_of",
    "concentrated",
    "lagging",
    "stalled",
    "turned",
    "worsened",
]

#: from good to bad; grey and finished are no colours of danger
_ORDER = (Lamp.GREEN, Lamp.YELLOW, Lamp.RED)
_NAMES = {
    Lamp.GREEN: ("绿", "green"),
    Lamp.YELLOW: ("黄", "yellow"),
    Lamp.RED: ("红", "red"),
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """One early warning on one goal."""

    goal: str
    #: stalled, change_point, concentration, project_late, project_funds, lamp_worse
    kind: str
    rule: str
    as_of: date
    reason: Remark
    #: the numbers it rests on
    figures: Mapping[str, float | str]
    answer_days: int
    escalate_days: int
    #: what sets it apart from others of its kind on the goal: a period, an enterprise, a project
    about: str = ""

    @property
    def key(self) -> str:
        """The same warning on another day has the same key."""
        return f"{self.goal}|{self.kind}|{self.about}"

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "goal": self.goal,
            "kind": self.kind,
            "about": self.about,
            "rule": self.rule,
            "as_of": self.as_of.isoformat(),
            "code": self.reason.code,
            "text": self.reason.text,
            "text_en": self.reason.text_en,
            "figures": dict(self.figures),
            "answer_days": self.answer_days,
            "escalate_days": self.escalate_days,
        }


@dataclass(frozen=True, slots=True)
class LeadingProject:
    """A project that is to bring a target about, as far as warnings look at it (支撑项目)."""

    name: str
    #: months, as 2026-03; empty: not known, not started
    planned_start: str
    started: str = ""
    #: funds in place and funds due by now; None where unknown
    funds: float | None = None
    funds_due: float | None = None
    unit: str = "亿元"


def alarms_of(
    goal: Goal,
    observed: Observed | None,
    rules: InForce,
    at: date,
    *,
    lamp: Lamp | None = None,
    before: Lamp | None = None,
    firms: Mapping[str, float] | None = None,
    whole: float | None = None,
    projects: Sequence[LeadingProject] = (),
) -> tuple[Alarm, ...]:
    """Every warning that a goal gives rise to on a day; none once its time is over."""
    if at.year > goal.end:
        return ()
    found: list[Alarm | None] = []
    if observed is not None:
        found.append(stalled(goal, observed, rules.stalling, at))
        found.append(turned(goal, observed, rules.turning, at))
    if firms:
        found += concentrated(goal, firms, whole, rules.concentration, at)
    found += lagging(goal, projects, rules.projects, at)
    if lamp is not None and before is not None:
        found.append(worsened(goal, before, lamp, rules.worsening, at))
    return tuple(alarm for alarm in found if alarm is not None)


def stalled(goal: Goal, observed: Observed, rule: StallRule, at: date) -> Alarm | None:
    """A period whose figure is due and has not come; none since the base counts as well."""
    frequency = observed.frequency
    wait = rule.due.of(frequency)
    based = (goal.start + 1) * frequency - 1
    newest = max(based, observed.last if observed.last is not None else based)
    code = newest + 1
    late = months_since(code, frequency, at) - wait
    if code > (goal.end + 1) * frequency - 1 or late <= rule.grace:
        return None
    due, last = period_of(code, frequency), period_of(newest, frequency)
    said = because("stalled", due=due, last=last, months=str(late))
    if newest == based:
        said = because("stalled_never", due=due, months=str(late))
    figures: dict[str, float | str] = {"due": due, "last": last, "months": late}
    return _alarm(goal, "stalled", rule, at, said, figures, due)


def turned(goal: Goal, observed: Observed, rule: TurnRule, at: date) -> Alarm | None:
    """A change of trend for the worse since the base year."""
    turn = turn_of(observed, rule.least)
    if turn is None or turn.chance > rule.chance or goal.upward is None:
        return None
    worse = turn.after < turn.before if goal.upward else turn.after > turn.before
    if not worse or turn.period < (goal.start + 1) * observed.frequency:
        return None
    period = period_of(turn.period, observed.frequency)
    unit = "%" if turn.compound else observed.measure_unit
    said = because(
        "change_point",
        period=period,
        before=f"{turn.before:.1f}{unit}",
        after=f"{turn.after:.1f}{unit}",
    )
    figures: dict[str, float | str] = {
        "period": period,
        "before": turn.before,
        "after": turn.after,
        "chance": turn.chance,
    }
    return _alarm(goal, "change_point", rule, at, said, figures, period)


def concentrated(
    goal: Goal,
    firms: Mapping[str, float],
    whole: float | None,
    rule: ConcentrationRule,
    at: date,
) -> list[Alarm]:
    """One enterprise, or the first few, that make too much of the figure.

    The sentence tells the share and no name: an enterprise's figure is not for everybody who reads
    the warning. Who it is stands in the figures, under the name that the caller gave it.
    """
    total = whole if whole is not None else sum(firms.values())
    if total <= 0 or not firms:
        return []
    ordered = sorted(firms.items(), key=lambda one: (-one[1], one[0]))
    found: list[Alarm] = []
    name, value = ordered[0]
    if value / total > rule.one:
        share, bound = f"{value / total:.1%}", f"{rule.one:.0%}"
        said = because("concentration", share=share, bound=bound)
        figures: dict[str, float | str] = {"name": name, "share": value / total}
        found.append(_alarm(goal, "concentration", rule, at, said, figures, name))
    first = ordered[: rule.count]
    share_all = sum(value for _, value in first) / total
    if len(ordered) > rule.count and share_all > rule.together:
        said = because(
            "concentration_all",
            count=str(rule.count),
            share=f"{share_all:.1%}",
            bound=f"{rule.together:.0%}",
        )
        names = "、".join(name for name, _ in first)
        figures = {"names": names, "share": share_all}
        found.append(_alarm(goal, "concentration", rule, at, said, figures, f"{rule.count}"))
    return found


def lagging(
    goal: Goal, projects: Iterable[LeadingProject], rule: ProjectRule, at: date
) -> list[Alarm]:
    """Projects that have not started or lack funds."""
    found: list[Alarm] = []
    now = at.year * 12 + at.month - 1
    for project in projects:
        months = now - _month(project.planned_start) if project.planned_start else 0
        if not project.started and months > rule.slip:
            said = because(
                "project_late",
                name=project.name,
                planned=project.planned_start,
                months=str(months),
            )
            figures: dict[str, float | str] = {
                "planned": project.planned_start,
                "months": months,
            }
            found.append(_alarm(goal, "project_late", rule, at, said, figures, project.name))
        funds, due = project.funds, project.funds_due
        if funds is not None and due is not None and due > 0 and funds < due * (1 - rule.short):
            said = because(
                "project_funds",
                name=project.name,
                done=f"{funds:g}{project.unit}",
                due=f"{due:g}{project.unit}",
            )
            figures = {"funds": funds, "due": due}
            found.append(_alarm(goal, "project_funds", rule, at, said, figures, project.name))
    return found


def worsened(goal: Goal, before: Lamp, lamp: Lamp, rule: WorseRule, at: date) -> Alarm | None:
    """A lamp that went from better to worse."""
    if before not in _ORDER or lamp not in _ORDER or _ORDER.index(lamp) <= _ORDER.index(before):
        return None
    said = because(
        "lamp_worse",
        before=_NAMES[before][0],
        before_en=_NAMES[before][1],
        after=_NAMES[lamp][0],
        after_en=_NAMES[lamp][1],
    )
    figures: dict[str, float | str] = {"before": before.value, "after": lamp.value}
    return _alarm(goal, "lamp_worse", rule, at, said, figures, lamp.value)


def _alarm(
    goal: Goal,
    kind: str,
    rule: StallRule | TurnRule | ConcentrationRule | ProjectRule | WorseRule,
    at: date,
    said: Remark,
    figures: Mapping[str, float | str],
    about: str,
) -> Alarm:
    return Alarm(
        goal.id, kind, rule.id, at, said, figures, rule.answer_days, rule.escalate_days, about
    )


def _month(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:7]) - 1
