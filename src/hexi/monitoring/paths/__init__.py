"""Paths (目标分解): from base to target by years, within the year, and over the units below."""

from hexi.monitoring.paths.balance import Balance, check_parts
from hexi.monitoring.paths.breakdown import Breakdown, Part, by_capacity, by_share, negotiated
from hexi.monitoring.paths.seasonality import Seasonal, seasonal_of
from hexi.monitoring.paths.shapes import SHAPES, default_shape, draw, stored
from hexi.monitoring.paths.trajectory import Trajectory
from hexi.monitoring.paths.way import Way, way_of

__all__ = [
    "SHAPES",
    "Balance",
    "Breakdown",
    "Part",
    "Seasonal",
    "Trajectory",
    "Way",
    "by_capacity",
    "by_share",
    "check_parts",
    "default_shape",
    "draw",
    "negotiated",
    "seasonal_of",
    "stored",
    "way_of",
]
