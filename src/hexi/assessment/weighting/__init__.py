"""Weights (赋权): the scheme's own figures, or what the data say; every row adds to 1.

Official schemes have weights of their own. Weights from the data (entropy, CRITIC, principal
components, benefit of the doubt) are for schemes that declare them and for the audit of a ranking.
"""

from __future__ import annotations

from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.scheme.nouns import Weighting
from hexi.assessment.weighting.ahp import judged
from hexi.assessment.weighting.correlation import critic_weights, pca_weights
from hexi.assessment.weighting.doubt import doubt_weights
from hexi.assessment.weighting.entropy import entropy_weights

__all__ = ["weigh"]

Table = NDArray[np.float64]


def weigh(
    how: Weighting,
    scores: Table,
    own: Table,
    *,
    judgements: tuple[tuple[float, ...], ...] = (),
    bounds: tuple[float, float] = (0.5, 1.5),
) -> Table:
    """Weights of a group's members: (units, members), or (1, members) where alike for all.

    ``own``: the scheme's, by unit. ``judgements``: for AHP. ``bounds``: for the benefit of the
    doubt, in multiples of the scheme's own."""
    match how:
        case "given":
            found = own
        case "equal":
            found = np.ones((1, own.shape[1]))
        case "entropy":
            found = entropy_weights(scores)[None, :]
        case "critic":
            found = critic_weights(scores)[None, :]
        case "pca":
            found = pca_weights(scores)[None, :]
        case "ahp":
            found = judged(judgements).weights[None, :]
        case "bod":
            found = doubt_weights(scores, own, bounds)
        case _:
            assert_never(how)
    total = found.sum(axis=1, keepdims=True)
    weights: Table = found / np.where(total > 0, total, 1.0)
    return weights
