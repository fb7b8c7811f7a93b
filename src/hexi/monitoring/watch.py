"""A plan under watch (规划监测): its targets put into numbers, measured and swept, in one go.

What the command line and reports begin with; pages keep their targets in the database and sweep
those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hexi.catalogue import Pack
from hexi.catalogue.evidence import PackTarget, PlanRef
from hexi.monitoring.goal import Goal, Unclear, goal_of, unit_changes
from hexi.monitoring.lamps.rules import Rules
from hexi.monitoring.observed import Observed, measured_by, with_seen_base
from hexi.monitoring.paths.trajectory import Trajectory
from hexi.monitoring.reasons import because
from hexi.monitoring.standing import Grade, Lamp, Standing
from hexi.monitoring.sweep import Sweep, sweep
from hexi.monitoring.verdicts import Remark, TargetVerdict, judge_one, ledger_of
from hexi.monitoring.verdicts.uploaded import known_plan, target_of
from hexi.plans.register import Plan

__all__ = ["Unmeasured", "Watch", "watch_goals", "watch_plan", "watch_targets"]


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A target that no progress can be measured of, and why."""

    id: str
    name: str
    printed: str
    reasons: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """A plan's targets on a day: measured ones with their standing, the others with the reason."""

    at: date
    goals: tuple[Goal, ...]
    series: Mapping[str, Observed]
    swept: Sweep
    unmeasured: tuple[Unmeasured, ...] = ()

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Standings in the order of the goals."""
        return self.swept.standings

    @property
    def alarming(self) -> int:
        """Targets that are red, and finished ones that were missed."""
        return sum(
            one.lamp is Lamp.RED or (one.lamp is Lamp.FINISHED and one.grade is Grade.BEHIND)
            for one in self.standings
        )

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "as_of": self.at.isoformat(),
            "lamps": {lamp.value: count for lamp, count in self.swept.lamps().items()},
            "targets": [
                {"target": goal.as_record(), **standing.as_record()}
                for goal, standing in zip(self.goals, self.standings, strict=True)
            ],
            "unmeasured": [
                {
                    "id": one.id,
                    "name": one.name,
                    "printed": one.printed,
                    "reasons": [
                        {"code": said.code, "text": said.text, "text_en": said.text_en}
                        for said in one.reasons
                    ],
                }
                for one in self.unmeasured
            ],
        }


def watch_goals(
    goals: Iterable[Goal],
    series: Mapping[str, Observed],
    *,
    at: date,
    rules: Rules,
    unmeasured: Iterable[Unmeasured] = (),
    paths: Mapping[str, Trajectory] | None = None,
    extra: Mapping[str, Sequence[Remark]] | None = None,
    settled: Mapping[str, TargetVerdict] | None = None,
) -> Watch:
    """Goals and their series, swept."""
    listed = tuple(goals)
    swept = sweep(listed, series, at=at, rules=rules, paths=paths, extra=extra, settled=settled)
    return Watch(at, listed, series, swept, tuple(unmeasured))


def watch_targets(
    targets: Iterable[PackTarget],
    pack: Pack,
    *,
    at: date,
    rules: Rules,
    plan: PlanRef | None = None,
) -> Watch:
    """Targets in the catalogue's terms, by the pack's observations; ``plan`` gives their span."""
    ledger = ledger_of(pack, at)
    plans = {one.id: one for one in pack.plans}
    goals: list[Goal] = []
    series: dict[str, Observed] = {}
    extra: dict[str, Sequence[Remark]] = {}
    settled: dict[str, TargetVerdict] = {}
    unmeasured: list[Unmeasured] = []
    for target in targets:
        goal = goal_of(target, pack.catalogue, plan or plans.get(target.plan))
        if isinstance(goal, Unclear):
            printed = f"{target.figure.printed}{target.measure_unit}"
            unmeasured.append(Unmeasured(target.id, target.name, printed, goal.reasons))
            continue
        if not goal.unit:
            goal = replace(goal, cautions=(*goal.cautions, because("no_unit")))
        observed = measured_by(goal, ledger, at, known=rules.known)
        goals.append(with_seen_base(goal, observed))
        series[goal.id] = observed
        if at.year > goal.end:
            settled[goal.id] = judge_one(target, ledger, at)
        changed = unit_changes(goal, pack.catalogue.memberships) if goal.unit else ()
        if changed:
            extra[goal.id] = changed
    return watch_goals(
        goals, series, at=at, rules=rules, unmeasured=unmeasured, extra=extra, settled=settled
    )


def watch_plan(plan: Plan, pack: Pack, *, at: date, rules: Rules) -> Watch:
    """A registered plan's own targets; what it tells of an earlier plan's is left out."""
    known = known_plan(plan.title, pack)
    name = known.id if known else plan.digest or plan.doc
    targets = [
        target_of(target, pack.catalogue, name, number)
        for number, target in enumerate(plan.targets)
        if not target.past
    ]
    return watch_targets(targets, pack, at=at, rules=rules, plan=known or _span(plan, name))


def _span(plan: Plan, name: str) -> PlanRef | None:
    """Years of a plan that the pack does not know, from its own horizon."""
    horizon = plan.horizon
    if not horizon.start or not horizon.end:
        return None
    return PlanRef(
        id=name,
        title=plan.title,
        title_en="",
        level=plan.level,
        kind=plan.kind,
        owner=plan.owner_id,
        start=horizon.start,
        end=horizon.end,
        base=horizon.start - 1,
        issued="",
        number="",
        issuer="",
        upper=(),
        basis=(),
        reported_in="",
        status="",
        note="",
    )
