"""How a plan's targets stand, counted (完成情况统计): by nature, by chapter, and in all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hexi.monitoring.evaluation.nouns import Said
from hexi.monitoring.evaluation.subject import Assessed
from hexi.monitoring.verdicts import Status

__all__ = ["NATURES", "STATUSES", "Tally", "by_chapter", "by_nature", "of_status", "tally"]

#: binding (约束性) first, as official tables have it
NATURES = {
    "binding": Said("约束性指标", "Binding targets"),
    "expected": Said("预期性指标", "Expected targets"),
}
STATUSES = {
    Status.MET: Said("完成", "met"),
    Status.MISSED: Said("未完成", "missed"),
    Status.ON_THE_WAY: Said("推进中", "on the way"),
    Status.UNKNOWN: Said("无法判定", "cannot be told"),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of targets by answer."""

    total: int
    met: int
    missed: int
    on_the_way: int
    unknown: int

    @property
    def judged(self) -> int:
        """Those of which something can be said."""
        return self.total - self.unknown


def tally(targets: Iterable[Assessed]) -> Tally:
    """Count the answers."""
    statuses = [one.verdict.status for one in targets]
    return Tally(
        len(statuses),
        statuses.count(Status.MET),
        statuses.count(Status.MISSED),
        statuses.count(Status.ON_THE_WAY),
        statuses.count(Status.UNKNOWN),
    )


def of_status(targets: Iterable[Assessed], *statuses: Status) -> list[Assessed]:
    """Targets with one of the answers, in their order."""
    return [one for one in targets if one.verdict.status in statuses]


def by_nature(targets: Iterable[Assessed]) -> dict[str, list[Assessed]]:
    """Targets by nature, binding first; a target that says nothing is expected (预期性)."""
    return _grouped(targets, lambda one: one.target.nature or "expected", tuple(NATURES))


def by_chapter(targets: Iterable[Assessed]) -> dict[str, list[Assessed]]:
    """Targets by the chapter that sets them, in the order of the plan."""
    return _grouped(targets, lambda one: one.chapter, ())


def _grouped(
    targets: Iterable[Assessed], key: Callable[[Assessed], str], first: tuple[str, ...]
) -> dict[str, list[Assessed]]:
    groups: dict[str, list[Assessed]] = {name: [] for name in first}
    for one in targets:
        groups.setdefault(key(one), []).append(one)
    return {name: members for name, members in groups.items() if members}
