"""Lamps and early warnings (亮灯与预警): dated rules as data, and how right they were."""

from hexi.monitoring.lamps.alarms import (
    Alarm,
    LeadingProject,
    alarms_of,
    concentrated,
    lagging,
    stalled,
    turned,
    worsened,
)
from hexi.monitoring.lamps.lamp import Lit, chance_text, light, months_since
from hexi.monitoring.lamps.loading import load_rules
from hexi.monitoring.lamps.record import (
    Claim,
    PastWarning,
    Rate,
    TrackRecord,
    calibration,
    track_record,
)
from hexi.monitoring.lamps.rules import InForce, LampRule, Rules
from hexi.monitoring.lamps.turning import Turn, turn_of

__all__ = [
    "Alarm",
    "Claim",
    "InForce",
    "LampRule",
    "LeadingProject",
    "Lit",
    "PastWarning",
    "Rate",
    "Rules",
    "TrackRecord",
    "Turn",
    "alarms_of",
    "calibration",
    "chance_text",
    "concentrated",
    "lagging",
    "light",
    "load_rules",
    "months_since",
    "stalled",
    "track_record",
    "turn_of",
    "turned",
    "worsened",
]
