"""Forecast (达标测算): from short series to the chance that a target will be met.

`fit` a `Panel`, ask it with `foresee`, draw its `fan`; a `Scenario` changes drivers. NumPy alone.
"""

from hexi.monitoring.forecast.asks import Asks, outcome
from hexi.monitoring.forecast.calibration import Bin, Calibration, calibration
from hexi.monitoring.forecast.fan import Fan, fan
from hexi.monitoring.forecast.foresee import foresee
from hexi.monitoring.forecast.model import Model, fit
from hexi.monitoring.forecast.outlook import Outlook
from hexi.monitoring.forecast.panel import Panel
from hexi.monitoring.forecast.reasons import Reason
from hexi.monitoring.forecast.scenario import (
    Adjustment,
    Delay,
    ExchangeRate,
    Growth,
    Leaving,
    Scenario,
)

__all__ = [
    "Adjustment",
    "Asks",
    "Bin",
    "Calibration",
    "Delay",
    "ExchangeRate",
    "Fan",
    "Growth",
    "Leaving",
    "Model",
    "Outlook",
    "Panel",
    "Reason",
    "Scenario",
    "calibration",
    "fan",
    "fit",
    "foresee",
    "outcome",
]
