"""What earlier decisions mean for a run (既往决定的延续): who has left, who is not rated this year.

The rules say what follows from which decision; the data of a run are frozen together with it, so
that a rerun of any year sees the decisions that held then and no later one.
"""

from __future__ import annotations

from collections.abc import Sequence

from hexi.assessment.data.matrix import Decided
from hexi.assessment.outcomes.nouns import STATES, Decision, Effect, RuleSet

__all__ = ["carried"]


def carried(
    sets: Sequence[RuleSet], decisions: Sequence[Decision], year: int
) -> tuple[Decided, ...]:
    """Effects of decisions of earlier rounds on a run of ``year``, by unit; one each at most.

    Having left outweighs not being rated; of several decisions the first one is named."""
    found: dict[str, Decided] = {}
    for decision in sorted(decisions, key=lambda one: one.year):
        for effect in (one for some in sets for one in some.effects):
            if effect.after != decision.state or not _holds(effect, decision, year):
                continue
            before = found.get(decision.unit)
            if before is None or (before.effect == "unrated" and effect.effect == "left"):
                found[decision.unit] = _said(effect, decision)
    return tuple(found[unit] for unit in sorted(found))


def _holds(effect: Effect, decision: Decision, year: int) -> bool:
    since = year - decision.year
    return since > 0 and (not effect.years or since <= effect.years)


def _said(effect: Effect, decision: Decision) -> Decided:
    state = STATES[decision.state]
    return Decided(
        decision.unit,
        effect.effect,
        f"{decision.year}年度已作出决定（{state.zh}）：{effect.title.zh}",
        f"decided on the round of {decision.year} ({state.en}): {effect.title.en}",
    )
