"""The nouns of the scoreboard (监测数据): one file a noun."""

from hexi.portal.scoreboard.models.adjustment import Adjustment
from hexi.portal.scoreboard.models.calendar_key import CalendarKey
from hexi.portal.scoreboard.models.monitored_target import MonitoredTarget, TargetState
from hexi.portal.scoreboard.models.standing import Against, Lamp, Shown, Standing
from hexi.portal.scoreboard.models.sweep_run import SweepRun
from hexi.portal.scoreboard.models.warning import EarlyWarning, WarningState

__all__ = [
    "Adjustment",
    "Against",
    "CalendarKey",
    "EarlyWarning",
    "Lamp",
    "MonitoredTarget",
    "Shown",
    "Standing",
    "SweepRun",
    "TargetState",
    "WarningState",
]
