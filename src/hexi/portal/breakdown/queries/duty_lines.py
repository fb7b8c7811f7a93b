"""The duty for a target as pages show it (责任): who answers, what is required, how."""

from __future__ import annotations

from dataclasses import dataclass

from hexi.portal.core.names import name_of
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = ["DutyLines", "duty_lines"]


@dataclass(frozen=True, slots=True)
class DutyLines:
    """The duty in words."""

    body: str
    person: str
    requirement: str
    #: (text, day or empty)
    measures: tuple[tuple[str, str], ...]
    #: (name, state or empty)
    projects: tuple[tuple[str, str], ...]

    @property
    def named(self) -> bool:
        """Does it say anything?"""
        return bool(self.body or self.person or self.requirement or self.measures or self.projects)


def duty_lines(target: MonitoredTarget) -> DutyLines:
    """What stands beside a target."""
    return DutyLines(
        body=name_of(target.body) if target.body else "",
        person=target.person.name if target.person else "",
        requirement=target.requirement,
        measures=tuple((str(x.get("text", "")), str(x.get("due", ""))) for x in target.measures),
        projects=tuple((str(x.get("name", "")), str(x.get("state", ""))) for x in target.projects),
    )
