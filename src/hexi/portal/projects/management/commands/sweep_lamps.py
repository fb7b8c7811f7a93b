"""``manage sweep_lamps``: look at every project today and light its lamp (亮灯扫描).

The portal's worker does the same by itself every night and soon after a project changed.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.sweep.run import sweep_lamps

__all__ = ["Command"]


class Command(BaseCommand):
    """One pass over all projects; those that could not be judged are named."""

    help = "项目亮灯扫描 / light the lamps of all projects"

    def handle(self, *args: Any, **options: Any) -> None:
        run = sweep_lamps(timezone.localdate(), at=timezone.now())
        self.stdout.write(f"{run.as_of}: {run.looked} / {run.changed} / {len(run.failed)}")
        for row in ProjectRecord.objects.filter(pk__in=list(run.failed)):
            self.stderr.write(f"{row.number} {row.called}: {run.failed[str(row.pk)]}")
