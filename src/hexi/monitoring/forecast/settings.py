"""How much is remembered and borrowed (测算参数), chosen once on half of the back-test's series.

The other half and the whole are reported by ``benchmarks/forecast.py``; results hardly change
when any of these is halved or doubled.
"""

from __future__ import annotations

__all__ = [
    "BORROWED_SCALE",
    "DF",
    "FAMILY_MEMORY",
    "FEWEST_SIBLINGS",
    "LEVEL_OF_ERRORS",
    "OWN_MEMORY",
    "PRIOR_ERRORS",
    "PRIOR_WIDTH",
    "SIBLINGS_WORTH",
    "SMALLEST_STEP",
    "WINDOW",
    "YEARS_OF_ERRORS",
]

#: years of the past that a series is judged by
WINDOW = 14
#: what a year counts beside the year after it: in the own past, in the siblings' common growth
OWN_MEMORY = 0.8
FAMILY_MEMORY = 0.5
#: the growth of many siblings counts as so many own years, their volatility as so many
SIBLINGS_WORTH = 16.0
BORROWED_SCALE = 8.0
FEWEST_SIBLINGS = 2
#: degrees of freedom of the errors where siblings steady the scale
DF = 5.0
#: past errors: years of origins looked at, their quantile that the band must match, and a width
#: before any are known that counts as so many years
YEARS_OF_ERRORS = 10
LEVEL_OF_ERRORS = 0.8
PRIOR_WIDTH = 1.05
PRIOR_ERRORS = 5.0
#: least volatility of a step, so that a constant series does not claim certainty
SMALLEST_STEP = 0.002
