"""Sums between two plans (规划衔接核算): the X checks of the engine on two read documents."""

from __future__ import annotations

from typing import Any

from hexi.portal.plans.models import PlanRow

__all__ = ["between"]


def between(left: PlanRow, right: PlanRow) -> list[Any]:
    """Check lines that rest on both plans."""
    return []
