"""What was decided on earlier rounds (既往决定): for bans, and for who is assessed at all."""

from __future__ import annotations

from collections.abc import Sequence

from hexi.assessment.data.matrix import Decided
from hexi.assessment.outcomes import STATES, Decision, State, carried
from hexi.portal.assessment.models import AssessmentRun, OutcomeCase
from hexi.portal.assessment.pack_rules import outcome_sets

__all__ = ["decided_for", "decisions_before", "gone"]

_STATES: dict[str, State] = {state: state for state in STATES}


def decisions_before(run: AssessmentRun) -> tuple[Decision, ...]:
    """Decisions of the same assessor and scheme up to the year of the run, the oldest first."""
    rows = OutcomeCase.objects.filter(
        assessed__run__unit=run.unit_id, assessed__run__scheme_id=run.scheme_id,
        assessed__run__kind=run.history_kind, assessed__run__year__lte=run.year,
        adopted=True, state__in=STATES,
    ).values_list("assessed__code", "state", "assessed__run__year", "attributes")  # fmt: skip
    return tuple(
        Decision(code, _STATES[state], year, attributes)
        for code, state, year, attributes in rows.order_by("assessed__run__year", "id")
    )


def decided_for(run: AssessmentRun) -> tuple[Decided, ...]:
    """What these decisions mean for the run, by the rules of the pack that name effects."""
    named = set(run.scheme_of.outcomes)
    sets = [one for one in outcome_sets() if one.id in named | _kin(run)]
    return carried(sets, decisions_before(run), run.year)


def _kin(run: AssessmentRun) -> set[str]:
    """Rule sets that earlier cases rested on: an older edition's decision still holds."""
    rows = OutcomeCase.objects.filter(
        assessed__run__unit=run.unit_id,
        assessed__run__scheme_id=run.scheme_id,
        assessed__run__kind=run.history_kind,
    )
    return set(rows.values_list("rule_set", flat=True))


def gone(decided: Sequence[Decided]) -> set[str]:
    """Codes of units that are assessed no more."""
    return {one.unit for one in decided if one.effect == "left"}
