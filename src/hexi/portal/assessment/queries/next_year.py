"""Who is at risk in the year to come (来年风险): how likely each rule fires, from drawn ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from hexi.assessment.explanation import history_of
from hexi.assessment.faults import AssessmentError, Fault
from hexi.assessment.outcomes import (
    AT_RISK,
    GRAVE,
    Chance,
    Round,
    RuleSet,
    chances,
    coming_ranks,
    round_of,
    state_name,
)
from hexi.assessment.outcomes.sentences import condition
from hexi.assessment.result import Result
from hexi.portal.assessment.chance_drawing import Likely, chance_bars
from hexi.portal.assessment.drawing import share_bar
from hexi.portal.assessment.models import AssessmentRun
from hexi.portal.assessment.pack_rules import rules_in_force, schemes_in_use
from hexi.portal.assessment.queries.decisions import decisions_before
from hexi.portal.assessment.queries.opening import shown_result
from hexi.portal.assessment.queries.outcomes import earlier_rounds
from hexi.portal.assessment.said import either, named

__all__ = ["Outlook", "chances_of", "next_year_page"]

_DRAWS = 2000
#: what is less likely than this is not worth a line
_WORTH = 0.005
_DRAWN = 20


@dataclass(frozen=True, slots=True)
class Outlook:
    """Chances of the year to come, the likeliest first, and what they rest on."""

    found: tuple[Chance, ...]
    rounds: tuple[Round, ...]
    sets: tuple[RuleSet, ...]
    faults: tuple[Fault, ...]
    #: changes between published years are too few to draw from
    too_few: bool = False


def chances_of(run: AssessmentRun) -> Outlook:
    """How likely each rule of the coming year fires for each unit."""
    past = earlier_rounds(run)
    results = [shown_result(one) for one in (*past, run)]
    rounds = tuple(round_of(one) for one in results)
    sets = _rules_next(run)
    if not sets:
        return Outlook((), rounds, sets, ())
    key = tuple(one.result_digest for one in (*past, run))
    ranks = _drawn(key, _Results(results))
    if ranks is None:
        return Outlook((), rounds, sets, (), too_few=True)
    found: list[Chance] = []
    faults: list[Fault] = []
    coming, decided = replace(rounds[-1], year=run.year + 1), decisions_before(run)
    for rules in sets:
        try:
            found += chances(rules, rounds, coming, ranks, decisions=decided)
        except AssessmentError as error:
            faults += error.faults
    worth = sorted((one for one in found if one.p >= _WORTH), key=lambda one: -one.p)
    return Outlook(tuple(worth), rounds, sets, tuple(faults))


def next_year_page(run: AssessmentRun) -> dict[str, Any]:
    """Lines by chance, the sentence on the first of them, a drawing; or why there are none."""
    seen = chances_of(run)
    grave = [one for one in seen.found if one.state in GRAVE and one.p >= AT_RISK]
    return {
        "lines": bool(seen.found),
        "tables": [
            {"id": "risks", "grave": True, "lines": _lines(seen, True)},
            {"id": "others", "grave": False, "lines": _lines(seen, False)},
        ],
        "at_risk": len({one.unit for one in grave}),
        "sentences": [_sentence(one, run.year + 1) for one in grave[:3]],
        "drawing": mark_safe(_drawing(grave)),  # noqa: S308 - names are escaped in the drawing
        "faults": [either(one.text, one.text_en) for one in seen.faults],
        "sets": [named(one.title) for one in seen.sets],
        "years": [one.year for one in seen.rounds],
        "too_few": seen.too_few,
        "draws": _DRAWS,
        "assumed_rules": [either(one.source.assumed, one.source.assumed_en) for one in seen.sets],
    }


def _rules_next(run: AssessmentRun) -> tuple[RuleSet, ...]:
    """Rules of the edition that will be in force then, where the pack has it already."""
    year = run.year + 1
    try:
        scheme = schemes_in_use().in_force(run.scheme_id, year)
    except KeyError:
        scheme = run.scheme_of
    return rules_in_force(scheme, year)


class _Results:
    """Results beside a key of their checksums, so that the key alone decides."""

    def __init__(self, every: list[Result]) -> None:
        self.every = every

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Results)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=16)
def _drawn(key: tuple[str, ...], results: _Results) -> NDArray[np.int64] | None:
    """Ranks to come, (units, draws), rows as in the last result; None where years are too few."""
    tracks = history_of(results.every)
    try:
        ranks = coming_ranks(tracks.scores, draws=_DRAWS)
    except ValueError:
        return None
    rows = [tracks.units.index(unit) for unit in results.every[-1].matrix.units]
    return ranks[rows]


def _lines(seen: Outlook, grave: bool) -> list[dict[str, Any]]:
    """Outcomes that a unit would rather not come into, or the others."""
    return [_line(one, seen.rounds[-1]) for one in seen.found if (one.state in GRAVE) == grave]


def _years(years: Sequence[int]) -> str:
    return either("、", ", ").join(map(str, years))


def _line(one: Chance, last: Round) -> dict[str, Any]:
    row = last.units.index(one.unit)
    return {
        "name": one.name,
        "state": named(state_name(one.state)),
        "rule": named(one.rule.title),
        "when": named(condition(one.rule)),
        "rank": int(last.ranks[row]) or "–",
        "years": _years(one.years) or "–",
        "p": f"{100 * one.p:.0f}" if one.p >= 0.01 else "<1",
        "bar": mark_safe(share_bar(one.p, own=one.state in GRAVE)),  # noqa: S308 - figures only
    }


def _sentence(one: Chance, year: int) -> str:
    said = {
        "name": one.name,
        "year": year,
        "p": f"{100 * one.p:.0f}",
        "state": named(state_name(one.state)),
        "rule": named(one.rule.title),
        "years": _years(one.years),
    }
    if one.years:
        return _(
            "%(name)s: %(p)s in 100 that %(year)d brings “%(state)s” (%(rule)s);"
            " the condition was met in %(years)s already."
        ) % said  # fmt: skip
    return _("%(name)s: %(p)s in 100 that %(year)d brings “%(state)s” (%(rule)s).") % said


def _drawing(grave: list[Chance]) -> str:
    """The likeliest grave outcome of each unit."""
    first: dict[str, Chance] = {}
    for one in grave:
        first.setdefault(one.unit, one)
    bars = [Likely(one.name, named(state_name(one.state)), one.p) for one in first.values()]
    return chance_bars(bars[:_DRAWN], _("How likely the gravest outcome of each unit is"))
