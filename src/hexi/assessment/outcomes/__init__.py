"""What follows from ranks (动态管理): dated rules over rounds, and what they propose."""

from hexi.assessment.outcomes.carrying import carried
from hexi.assessment.outcomes.chances import AT_RISK, Chance, chances
from hexi.assessment.outcomes.coming import coming_ranks
from hexi.assessment.outcomes.loading import (
    asked_by,
    check_outcomes,
    load_outcomes,
    rule_set,
    rules_for,
)
from hexi.assessment.outcomes.nouns import (
    GRAVE,
    STATES,
    Ban,
    Decision,
    Effect,
    FactTest,
    KnownFact,
    OutcomeRule,
    Place,
    RuleSet,
    State,
    state_name,
)
from hexi.assessment.outcomes.proposing import Ground, Proposal, Proposals, Unmet, propose
from hexi.assessment.outcomes.rounds import Round, facts_of, round_of

__all__ = [
    "AT_RISK",
    "GRAVE",
    "STATES",
    "Ban",
    "Chance",
    "Decision",
    "Effect",
    "FactTest",
    "Ground",
    "KnownFact",
    "OutcomeRule",
    "Place",
    "Proposal",
    "Proposals",
    "Round",
    "RuleSet",
    "State",
    "Unmet",
    "asked_by",
    "carried",
    "chances",
    "check_outcomes",
    "coming_ranks",
    "facts_of",
    "load_outcomes",
    "propose",
    "round_of",
    "rule_set",
    "rules_for",
    "state_name",
]
