"""How sure a ranking is (可信度): other choices, what ranks hang on, single items, coherence.

certainty = perturb(scheme, matrix, draws=1000, bottom=5)
certainty.low, certainty.high, certainty.p_bottom
"""

from hexi.assessment.certainty.choices import Choices, all_choices
from hexi.assessment.certainty.coherence import Coherence, Finding, coherence
from hexi.assessment.certainty.leaving import LeftOut, leave_one_out
from hexi.assessment.certainty.perturbing import APART, Certainty, Pair, perturb
from hexi.assessment.certainty.sobol import Sensitivity, sobol

__all__ = [
    "APART",
    "Certainty",
    "Choices",
    "Coherence",
    "Finding",
    "LeftOut",
    "Pair",
    "Sensitivity",
    "all_choices",
    "coherence",
    "leave_one_out",
    "perturb",
    "sobol",
]
