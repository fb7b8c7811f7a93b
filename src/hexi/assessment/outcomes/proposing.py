"""From rounds to proposals (动态管理建议), each with its grounds: which rounds, ranks, which rule.

A proposal decides nothing: it is put before people, who hear the unit and decide by act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hexi.assessment.faults import AssessmentError, Fault
from hexi.assessment.outcomes.nouns import (
    STATES,
    Decision,
    FactTest,
    KnownFact,
    OutcomeRule,
    RuleSet,
    State,
)
from hexi.assessment.outcomes.rounds import Round, hits, in_order, stand
from hexi.assessment.outcomes.sentences import grounds_en, grounds_zh, withheld_text
from hexi.assessment.scheme.nouns import Named

__all__ = [
    "Ground",
    "Proposal",
    "Proposals",
    "Unmet",
    "bans_of",
    "hit_before",
    "needed_attributes",
    "propose",
]


@dataclass(frozen=True, slots=True)
class Ground:
    """One round that counts (依据轮次)."""

    year: int
    #: rank in the class that the rule looks at, and how many were rated there; 0 not rated
    rank: int
    of: int
    #: class that the ranking is of; empty: all
    within: str
    score: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule proposes for a unit, and why."""

    unit: str
    name: str
    state: State
    rule: OutcomeRule
    grounds: tuple[Ground, ...]
    #: mean score of the rounds that count; NaN where one is not known
    mean_score: float
    #: place among the candidates of the same rule and class, 1 the first to be dealt with
    order: int
    #: conditions on facts that nobody has reported: to be looked into before deciding
    unknown: tuple[FactTest, ...]
    #: why it may not go forward now (a ban); None: nothing stands against it
    withheld: Named | None
    text: Named
    #: conditions on facts that were reported and are met
    known: tuple[KnownFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmet:
    """A rule whose ranks are reached, its conditions not (条件不符): nothing is proposed."""

    unit: str
    name: str
    state: State
    rule: OutcomeRule
    #: the conditions that speak against it
    facts: tuple[KnownFact, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Everything that the rules propose after the last round."""

    year: int
    rules: RuleSet
    proposals: tuple[Proposal, ...]
    #: unit → its gravest proposed state, normal where no rule fires
    standing: dict[str, State]
    #: ranks reached, conditions not met
    unmet: tuple[Unmet, ...] = ()

    def of(self, unit: str) -> tuple[Proposal, ...]:
        """Proposals for one unit."""
        return tuple(one for one in self.proposals if one.unit == unit)


def propose(
    rules: RuleSet, rounds: Sequence[Round], *, decisions: Sequence[Decision] = ()
) -> Proposals:
    """Apply the rules to the latest of the rounds; earlier ones are the history.

    ``decisions``: what was decided before, for bans. ValueError without any round;
    `AssessmentError` where a round lacks an attribute that a rule looks at."""
    ordered = in_order(rounds)
    if not ordered:
        raise ValueError("no round of assessment")
    now = ordered[-1]
    faults = needed_attributes(rules, ordered)
    if faults:
        raise AssessmentError(faults)
    banned, unmet = bans_of(rules, now, decisions), list[Unmet]()
    found = [one for rule in rules.rules for one in _by_rule(rule, ordered, banned, rules, unmet)]
    gravity = list(STATES)
    found.sort(key=lambda one: (gravity.index(one.state), one.rule.id, one.order, one.unit))
    standing: dict[str, State] = dict.fromkeys(now.units, "normal")
    for one in reversed(found):
        if one.withheld is None:
            standing[one.unit] = one.state
    return Proposals(now.year, rules, tuple(found), standing, tuple(unmet))


def needed_attributes(rules: RuleSet, rounds: Sequence[Round]) -> list[Fault]:
    """What the rules look at and a round that counts does not say: region, type, level."""
    found = []
    for rule in rules.rules:
        looked = [*(rule.place.within if rule.place else ()), *rule.applies]
        counted = [*(counted_rounds(rule, rounds, rounds[-1].year) or ()), rounds[-1]]
        for one in counted:
            for name in looked:
                if name != "all" and name not in one.attributes:
                    found.append(
                        Fault(
                            f"{rules.id}.{rule.id}",
                            f"{one.year}年度的数据没有属性“{name}”，此规则无法判断",
                            f"the data of {one.year} have no attribute “{name}”:"
                            " the rule cannot be judged",
                        )
                    )
    return found


def counted_rounds(
    rule: OutcomeRule, rounds: Sequence[Round], year: int
) -> tuple[Round, ...] | None:
    """Earlier rounds that a rule looks at for a round of ``year``; None where one it must have
    is not in the history."""
    earlier = {one.year: one for one in rounds if one.year < year}
    if rule.running:
        wanted = range(year - rule.times + 1, year)
        if any(one not in earlier for one in wanted):
            return None
        return tuple(earlier[one] for one in wanted)
    return tuple(earlier[one] for one in sorted(earlier) if one > year - rule.window)


def hit_before(
    rule: OutcomeRule, rounds: Sequence[Round], year: int, units: Sequence[str]
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.bool_]], dict[str, tuple[Round, ...]]]:
    """Which units a hit in ``year`` would bring under the rule, and their earlier hits."""
    looked = counted_rounds(rule, rounds, year)
    earlier: dict[str, list[Round]] = {unit: [] for unit in units}
    for one in looked or ():
        column = hits(rule, one.ranks[:, None], one.scores[:, None], one)[:, 0]
        for unit, hit in zip(one.units, column.tolist(), strict=True):
            if hit and unit in earlier:
                earlier[unit].append(one)
    enough = np.array(
        [looked is not None and len(earlier[unit]) + 1 >= rule.times for unit in units]
    )
    return enough, {unit: tuple(found) for unit, found in earlier.items()}


def _by_rule(
    rule: OutcomeRule, rounds: Sequence[Round], banned: dict[tuple[State, str], Named],
    rules: RuleSet, unmet: list[Unmet],
) -> list[Proposal]:  # fmt: skip
    now = rounds[-1]
    hit = hits(rule, now.ranks[:, None], now.scores[:, None], now)[:, 0]
    enough, earlier = hit_before(rule, rounds, now.year, now.units)
    made = []
    for row in np.flatnonzero(hit & enough).tolist():
        unit = now.units[row]
        unknown, known = _conditions(rule, now, row, rules)
        against = tuple(one for one in known if not one.test.met(one.value))
        if against:
            unmet.append(Unmet(unit, now.names[row], rule.state, rule, against))
            continue
        grounds = tuple(_ground(rule, one, unit) for one in (*earlier[unit], now))
        scores = [ground.score for ground in grounds]
        withheld = banned.get((rule.state, unit))
        text = Named(
            grounds_zh(now.names[row], rule, grounds, rules, unknown, known),
            grounds_en(now.names[row], rule, grounds, rules, unknown, known),
        )
        made.append(
            Proposal(
                unit, now.names[row], rule.state, rule, grounds, float(np.mean(scores)), 0,
                unknown, withheld, text, known,
            )
        )  # fmt: skip
    return _ordered(rule, made)


def _ordered(rule: OutcomeRule, made: list[Proposal]) -> list[Proposal]:
    """Candidates in order inside their class: by mean score, or by the rank in the last round."""
    top = rule.place is not None and rule.place.end == "top"

    def key(one: Proposal) -> tuple[float, str]:
        if rule.by_mean_score and not np.isnan(one.mean_score):
            return one.mean_score * (-1 if top else 1), one.unit
        return float(one.grounds[-1].rank * (1 if top else -1)), one.unit

    counted: dict[str, int] = {}
    found = []
    for one in sorted(made, key=key):
        name = one.grounds[-1].within
        counted[name] = counted.get(name, 0) + 1
        found.append(replace(one, order=counted[name]))
    return found


def _conditions(
    rule: OutcomeRule, now: Round, row: int, rules: RuleSet
) -> tuple[tuple[FactTest, ...], tuple[KnownFact, ...]]:
    """Conditions still to be looked into, and those of which the value is known."""
    unknown, known, unit = [], [], now.units[row]
    for test in rule.facts:
        column = now.facts.get(test.fact)
        value = float("nan") if column is None else float(column[row])
        if np.isnan(value):
            unknown.append(test)
        else:
            evidence = now.evidence.get((unit, test.fact), "")
            known.append(KnownFact(test, value, rules.measure(test.fact), evidence))
    return tuple(unknown), tuple(known)


def _ground(rule: OutcomeRule, one: Round, unit: str) -> Ground:
    row = one.units.index(unit)
    # of several rankings the narrowest is shown
    within = rule.place.within[-1] if rule.place else "all"
    classes = one.classes(within)
    rank, of = int(one.ranks[row]), int((one.ranks > 0).sum())
    if within != "all" and rank:
        better, _, rated = stand(one.ranks[:, None], classes)
        rank, of = int(better[row, 0]) + 1, int(rated[row, 0])
    named = "" if within == "all" else str(classes[row])
    return Ground(one.year, rank, of, named, float(one.scores[row]))


def bans_of(
    rules: RuleSet, now: Round, decisions: Sequence[Decision]
) -> dict[tuple[State, str], Named]:
    """(state, unit) → why that state may not be put forward for the unit this year."""
    found: dict[tuple[State, str], Named] = {}
    for ban in rules.bans:
        classes = now.classes(ban.attribute)
        for decision in decisions:
            if decision.state != ban.after or not 0 <= now.year - decision.year < ban.years:
                continue
            own = decision.unit if ban.attribute == "unit" else ""
            name = own or decision.attributes.get(ban.attribute, "")
            for unit in np.array(now.units)[classes == name].tolist() if name else ():
                for state in ban.withholds:
                    found[state, unit] = withheld_text(ban, decision.year, name)
    return found
