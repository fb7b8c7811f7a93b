"""Quantities (数量): exact numbers, units and intervals as official documents print them."""

from hexi.quantities import interval, numerals, printed, ranges, units
from hexi.quantities.interval import Interval, point
from hexi.quantities.numerals import Numeral
from hexi.quantities.units import IncompatibleUnits, Unit, UnknownUnit, convert

__all__ = [
    "IncompatibleUnits",
    "Interval",
    "Numeral",
    "Unit",
    "UnknownUnit",
    "convert",
    "interval",
    "numerals",
    "point",
    "printed",
    "ranges",
    "units",
]
