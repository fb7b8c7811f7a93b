"""Calendar (时期与日历): the periods that figures are of."""

from hexi.calendar.period import Kind, Period, parse, plan_name, plan_number, plan_period

__all__ = ["Kind", "Period", "parse", "plan_name", "plan_number", "plan_period"]
