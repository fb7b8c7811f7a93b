"""``manage sweep``: compute where every target stands (监测扫描), today or as on a day.

The portal's worker does the same by itself whenever the day, the pack, a plan or a target has
changed. ``--since 2016`` also computes the ends of the years from then on, so that positions show
what was believed then.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hexi.portal.scoreboard.sweep.run import sweep_targets
from hexi.portal.scoreboard.sweep.seeding import monitor_everything

__all__ = ["Command"]


class Command(BaseCommand):
    """One sweep, or one for each year's end."""

    help = "监测扫描 / compute where every target stands"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", default="", help="day, for example 2019-12-31")
        parser.add_argument("--since", type=int, help="also the ends of the years from this one")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            day = date.fromisoformat(options["as_of"]) if options["as_of"] else timezone.localdate()
        except ValueError as error:
            raise CommandError("--as-of: 2019-12-31") from error
        monitor_everything(now)
        since = options["since"]
        ends = [date(year, 12, 31) for year in range(since, day.year)] if since else []
        for one in [*ends, day]:
            run = sweep_targets(one, at=timezone.now())
            self.stdout.write(f"{one}: {run.targets} / {run.changed} / {run.warned}")
