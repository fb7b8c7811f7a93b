"""Position (目标进度): actual against path, what is still needed, and what parts and peers say."""

from hexi.monitoring.position.comparison import Comparison, compare
from hexi.monitoring.position.contributions import contributions
from hexi.monitoring.position.grading import GradeRule, grade_of, official_of
from hexi.monitoring.position.place import Position, locate
from hexi.monitoring.position.reading import Reading, read_actual
from hexi.monitoring.position.vintages import Belief, Revision, believed, revisions

__all__ = [
    "Belief",
    "Comparison",
    "GradeRule",
    "Position",
    "Reading",
    "Revision",
    "believed",
    "compare",
    "contributions",
    "grade_of",
    "locate",
    "official_of",
    "read_actual",
    "revisions",
]
