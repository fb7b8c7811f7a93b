"""Lamps by the clock (时限亮灯): how near the last day of a duty is, in working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hexi.calendar.working_days import working_days_between

__all__ = ["ClockLamp", "clock_lamp"]


@dataclass(frozen=True, slots=True)
class ClockLamp:
    """A lamp and the working days left: below zero where the last day is over."""

    lamp: Literal["green", "yellow", "red"]
    left: int


def clock_lamp(due: date, today: date, soon: int) -> ClockLamp:
    """Red past the last day, yellow while ``soon`` working days or fewer are left, else green.

    A last day that is over is late even where no working day has passed since.
    """
    left = working_days_between(today, due)
    if today > due:
        return ClockLamp("red", left)
    return ClockLamp("yellow" if left <= soon else "green", left)
