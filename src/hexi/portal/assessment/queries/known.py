"""What is known of the assessed already (已公布数据): observations and releases, into the gaps."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from hexi.assessment.data.collecting import empty_matrix, filled
from hexi.assessment.data.matrix import Matrix
from hexi.catalogue import load_pack
from hexi.portal.assessment.models import AssessmentRun
from hexi.portal.assessment.queries.candidates import candidates
from hexi.portal.scoreboard.sweep.released import released_observations

__all__ = ["with_known"]


def with_known(run: AssessmentRun, at: date) -> tuple[Matrix, int]:
    """The data with every gap filled that a published figure fits, and how many were."""
    matrix = run.matrix if run.data else empty_matrix(run.scheme_of, candidates(run), (run.year,))
    known = [*load_pack(settings.HEXI.pack).observations, *released_observations(at)]
    return filled(run.scheme_of, matrix, known, vintage=f"{at:%Y-%m-%d}")
