"""Who is at risk next year (风险预判): how likely each rule fires, from simulated ranks.

The past is fixed, next year's ranks are drawn: a rule that needs two hits can only fire for units
that the past has brought within one. The share of draws in which it fires is the chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.faults import AssessmentError
from hexi.assessment.outcomes.carrying import carried
from hexi.assessment.outcomes.nouns import Decision, OutcomeRule, RuleSet, State
from hexi.assessment.outcomes.proposing import bans_of, hit_before, needed_attributes
from hexi.assessment.outcomes.rounds import Round, hits, in_order

__all__ = ["AT_RISK", "Chance", "chances"]

#: from this chance on a grave outcome is worth telling
AT_RISK = 0.05


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely one rule fires for one unit."""

    unit: str
    name: str
    rule: OutcomeRule
    state: State
    #: share of the draws in which the rule fires
    p: float
    #: hits that the past has brought already, and the years of them
    hits_before: int
    years: tuple[int, ...]


def chances(
    rules: RuleSet,
    rounds: Sequence[Round],
    coming: Round,
    ranks: NDArray[np.int64],
    scores: NDArray[np.float64] | None = None,
    *,
    decisions: Sequence[Decision] = (),
) -> tuple[Chance, ...]:
    """Chances above nought, the most likely first; facts are taken as fulfilled.

    ``coming``: the round to come, its units and attributes (its own ranks are not looked at);
    ``ranks``: (units, draws) simulated, 0 not rated; ``scores``: the same shape, for rules on the
    score, which are left out without it; ``decisions``: what was decided before, for bans: what
    would be withheld has no chance. ValueError where shapes or years do not fit."""
    ordered = in_order(rounds)
    if ranks.ndim != 2 or ranks.shape[0] != len(coming.units):
        raise ValueError(f"ranks have shape {ranks.shape}, not ({len(coming.units)}, draws)")
    if ordered and ordered[-1].year >= coming.year:
        raise ValueError(f"the round of {coming.year} does not come after the history")
    faults = needed_attributes(rules, [*ordered, coming])
    if faults:
        raise AssessmentError(faults)
    banned = bans_of(rules, coming, decisions)
    left = {one.unit for one in carried([rules], decisions, coming.year) if one.effect == "left"}
    found = []
    for rule in rules.rules:
        on_score = rule.score_below is not None or rule.score_from is not None
        if on_score and scores is None:
            continue
        hit = hits(rule, ranks, scores, coming)
        enough, earlier = hit_before(rule, ordered, coming.year, coming.units)
        share = hit.mean(axis=1)
        for row in np.flatnonzero((share > 0) & enough).tolist():
            unit = coming.units[row]
            if unit in left or (rule.state, unit) in banned:
                continue
            years = tuple(one.year for one in earlier[unit])
            found.append(
                Chance(
                    unit,
                    coming.names[row],
                    rule,
                    rule.state,
                    float(share[row]),
                    len(years),
                    years,
                )
            )
    return tuple(sorted(found, key=lambda one: (-one.p, one.rule.id, one.unit)))
