"""Why a unit stands where it stands (得分说明): down to each indicator, and what would lift it."""

from hexi.assessment.explanation.comparing import compare
from hexi.assessment.explanation.explaining import explain, explain_all
from hexi.assessment.explanation.gaps import Gaps, gaps
from hexi.assessment.explanation.nouns import (
    Comparison,
    Difference,
    Explanation,
    GroupLine,
    Lift,
    Line,
    Said,
    Tracks,
)
from hexi.assessment.explanation.tracks import history_of
from hexi.assessment.explanation.wording import say, say_comparison

__all__ = [
    "Comparison",
    "Difference",
    "Explanation",
    "Gaps",
    "GroupLine",
    "Lift",
    "Line",
    "Said",
    "Tracks",
    "compare",
    "explain",
    "explain_all",
    "gaps",
    "history_of",
    "say",
    "say_comparison",
]
