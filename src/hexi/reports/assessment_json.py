"""An assessment as a JSON-ready record (考核结果数据): every step for every unit, NaN as null."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from hexi.assessment.certainty import Certainty
from hexi.assessment.explanation import Explanation, say
from hexi.assessment.outcomes.chances import Chance
from hexi.assessment.outcomes.nouns import STATES
from hexi.assessment.outcomes.proposing import Proposal, Proposals
from hexi.assessment.result import Result

__all__ = ["record"]


def record(
    result: Result,
    explanations: Sequence[Explanation] = (),
    *,
    certainty: Certainty | None = None,
    proposals: Sequence[Proposals] = (),
    coming: Sequence[Chance] = (),
) -> dict[str, Any]:
    """Scheme, data checksum, units in the order of rank, remarks; more where it is given."""
    scheme = result.scheme
    explained = {one.unit: one for one in explanations}
    unrated = len(result.ranks) + 1
    order = np.argsort(np.where(result.ranks > 0, result.ranks, unrated), kind="stable")
    found: dict[str, Any] = {
        "scheme": scheme.id,
        "version": scheme.version,
        "title": scheme.title.zh,
        "title_en": scheme.title.en,
        "year": result.year,
        "source": scheme.source.title,
        "number": scheme.source.number,
        "assumed": list(scheme.assumed),
        "assumed_en": list(scheme.assumed_en),
        "data": result.matrix.digest(),
        "units": [_unit(result, row, certainty, explained) for row in order.tolist()],
        "remarks": [
            {"code": one.code, "text": one.text, "text_en": one.text_en, "unit": one.unit,
             "item": one.item}
            for one in result.remarks
        ],
    }  # fmt: skip
    if certainty is not None:
        found["simulation"] = _simulation(certainty)
    if proposals:
        found["proposals"] = [_proposal(some, one) for some in proposals for one in some.proposals]
    if coming:
        found["next_year"] = [
            {"unit": one.unit, "state": one.state, "rule": one.rule.id, "chance": one.p,
             "years_before": list(one.years)}
            for one in coming
        ]  # fmt: skip
    return found


def _simulation(certainty: Certainty) -> dict[str, Any]:
    return {
        "draws": len(certainty.changed()),
        "seed": certainty.seed,
        "pairs": [
            {"ahead": one.ahead, "behind": one.behind, "share": one.share,
             "told_apart": one.told_apart}
            for one in certainty.pairs
        ],
    }  # fmt: skip


def _proposal(some: Proposals, one: Proposal) -> dict[str, Any]:
    return {
        "rules": some.rules.id,
        "unit": one.unit,
        "state": one.state,
        "state_name": STATES[one.state].zh,
        "rule": one.rule.id,
        "text": one.text.zh,
        "text_en": one.text.en,
        "known": [
            {"fact": fact.test.fact, "value": fact.value, "evidence": fact.evidence}
            for fact in one.known
        ],
        "unknown": [test.fact for test in one.unknown],
        "withheld": one.withheld.zh if one.withheld else "",
    }


def _unit(
    result: Result, row: int, certainty: Certainty | None, explained: dict[str, Explanation]
) -> dict[str, Any]:
    unit = result.matrix.units[row]
    found: dict[str, Any] = {
        "unit": unit,
        "name": result.matrix.names[row],
        "rank": int(result.ranks[row]) or None,
        "score": _number(result.scores[row]),
        "base": _number(result.base[row]),
        "rated": bool(result.rated[row]),
        "grade": result.grades[row],
        "class_ranks": {
            attribute: int(ranks[row]) or None for attribute, ranks in result.class_ranks.items()
        },
        "groups": {
            node: _number(result.groups[row, place]) for place, node in enumerate(result.nodes)
        },
        "items": [
            {
                "item": item,
                "value": _number(result.treated[row, place]),
                "score": _number(result.normalised[row, place]),
                "weight": _number(result.weights[row, place]),
                "contribution": _number(result.contributions[row, place]),
            }
            for place, item in enumerate(result.items)
        ],
        "points": [
            {"matter": one.matter, "points": one.points, "evidence": list(one.evidence)}
            for one in result.points
            if one.unit == unit
        ],
    }
    if certainty is not None and certainty.rank[row]:
        found["interval"] = [int(certainty.low[row]), int(certainty.high[row])]
        found["p_top"] = _number(certainty.p_top[row])
        found["p_bottom"] = _number(certainty.p_bottom[row])
    if unit in explained:
        said = say(explained[unit], result)
        found["explanation"] = [one.zh for one in said]
        found["explanation_en"] = [one.en for one in said]
        found["lifts"] = [
            {"item": one.item, "value": _number(one.value), "to": _number(one.to),
             "peer": one.peer, "gain": _number(one.gain), "rank_after": one.rank_after}
            for one in explained[unit].lifts
        ]  # fmt: skip
    return found


def _number(value: float | np.floating[Any]) -> float | None:
    return None if np.isnan(value) else float(value)
