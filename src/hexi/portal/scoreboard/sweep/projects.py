"""Projects that targets lean on, as warnings look at them (支撑项目预警).

Those named with a target are looked up in the register of projects that report. Funds due by a
month are the year's planned investment, in equal parts by months: an assumption of this system.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hexi.monitoring.lamps import LeadingProject
from hexi.portal.returns.queries.leading_projects import ProjectProgress, project_progress
from hexi.portal.scoreboard.models import MonitoredTarget

__all__ = ["leading_projects"]

_MONTH = len("2026-03")


def leading_projects(
    targets: Sequence[MonitoredTarget], at: date
) -> dict[int, tuple[LeadingProject, ...]]:
    """Projects of each target that the register knows, by the target's number."""
    named = {target.pk: _names(target) for target in targets if target.projects}
    wanted = {name for names in named.values() for name in names}
    if not wanted:
        return {}
    known = project_progress(wanted, at)
    return {
        pk: tuple(_leading(known[name]) for name in dict.fromkeys(names) if name in known)
        for pk, names in named.items()
    }


def _names(target: MonitoredTarget) -> list[str]:
    return [str(line.get("name") or "") for line in target.projects]


def _leading(project: ProjectProgress) -> LeadingProject:
    due = None
    if project.year_plan is not None and project.period:
        due = float(project.year_plan) * (project.period % 100) / 12
    return LeadingProject(
        project.name,
        # one that has not reported at all may well have started: nothing is said of it
        planned_start=project.planned_start[:_MONTH] if project.period else "",
        started=project.started[:_MONTH],
        funds=None if project.funds is None else float(project.funds),
        funds_due=due,
        unit="万元",
    )
