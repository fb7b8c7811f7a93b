"""Assessment (考核评价): schemes as data, scores and ranks, how sure they are, what follows.

A notebook takes a scheme of the pack and any Arrow, Polars or pandas table, a row a unit and year:

    from hexi.assessment import assess, load_schemes, matrix_of, perturb
    scheme = load_schemes("gansu").in_force("lz-parks", 2019)
    matrix = matrix_of(table, scheme, year=2019)
    result = assess(scheme, matrix)
    certainty = perturb(scheme, matrix, result=result)
"""

from hexi.assessment.certainty import Certainty, perturb, sobol
from hexi.assessment.data.completeness import completeness
from hexi.assessment.data.matrix import Case, Matrix
from hexi.assessment.data.tables import matrix_of, read_matrix
from hexi.assessment.faults import AssessmentError, Fault
from hexi.assessment.plain import Plain
from hexi.assessment.result import Result
from hexi.assessment.run import assess
from hexi.assessment.scheme.loading import Schemes, check_schemes, load_schemes
from hexi.assessment.scheme.nouns import Scheme

__all__ = [
    "AssessmentError",
    "Case",
    "Certainty",
    "Fault",
    "Matrix",
    "Plain",
    "Result",
    "Scheme",
    "Schemes",
    "assess",
    "check_schemes",
    "completeness",
    "load_schemes",
    "matrix_of",
    "perturb",
    "read_matrix",
    "sobol",
]
