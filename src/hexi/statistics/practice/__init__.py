"""Practice data (演练数据): synthetic enterprises whose sums are the zones' published figures.

`make_practice` makes a warehouse of its own, marked synthetic throughout and made again by its
seed; `find_anchors` says which figures are published and which are shared out by assumption.
"""

from hexi.statistics.practice.anchors import BASE_YEAR, Anchor, Anchors, find_anchors
from hexi.statistics.practice.codes import is_practice_code, practice_codes
from hexi.statistics.practice.generator import Made, Wanted, make_practice
from hexi.statistics.practice.space import (
    METADATA,
    PracticeError,
    is_practice,
    refuse_mixture,
)

__all__ = [
    "BASE_YEAR",
    "METADATA",
    "Anchor",
    "Anchors",
    "Made",
    "PracticeError",
    "Wanted",
    "find_anchors",
    "is_practice",
    "is_practice_code",
    "make_practice",
    "practice_codes",
    "refuse_mixture",
]
