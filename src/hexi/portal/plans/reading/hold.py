"""One writer at a time for a plan (逐项写入): whoever rewrites its rows holds the plan first.

A new reading, a correction and a deletion all replace the same statements and findings. Each
takes the row of the plan as its first step, so that on PostgreSQL they wait for each other
instead of meeting half-way; SQLite has one writer anyhow.
"""

from __future__ import annotations

from hexi.portal.plans.models import PlanRow

__all__ = ["hold"]


def hold(plan_id: int) -> None:
    """Wait for the plan and keep it until the transaction ends; a plan that is gone is no error."""
    PlanRow.objects.select_for_update(of=("self",)).filter(pk=plan_id).first()
