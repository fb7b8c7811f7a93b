"""``manage sweep_supervision``: let what is late rise and propose orders, now (督办扫描).

The portal's worker does the same by itself every few minutes.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from hexi.portal.supervision.sweep.run import sweep_supervision

__all__ = ["Command"]


class Command(BaseCommand):
    """One sweep."""

    help = "督办扫描 / let late problems and orders rise, propose orders"

    def handle(self, *args: Any, **options: Any) -> None:
        done = sweep_supervision(at=timezone.now())
        self.stdout.write(
            f"{done.problems_risen} / {done.orders_risen} / {done.proposed} / {done.lapsed}"
        )
        if done.failed:
            self.stderr.write(
                f"{done.failed}: 未能处理，见日志 / could not be handled, see the log"
            )
