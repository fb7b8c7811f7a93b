"""Outcome rules as dated data (动态管理规则): on what, how often, and what is proposed then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from hexi.assessment.data.unit_facts import AskedFact
from hexi.assessment.scheme.nouns import Named, Source

__all__ = [
    "ACTS",
    "GRAVE",
    "STATES",
    "YEARS",
    "Act",
    "Ban",
    "Decision",
    "Effect",
    "FactTest",
    "KnownFact",
    "OutcomeRule",
    "Place",
    "RuleSet",
    "State",
    "state_name",
]

State = Literal[
    "removal_candidate",
    "downgrade_candidate",
    "notice",
    "talk",
    "reminder",
    "upgrade_candidate",
    "expansion",
    "normal",
]
#: from the gravest to the ordinary: where several rules fire, the first is the unit's state
STATES: Mapping[State, Named] = {
    "removal_candidate": Named("退出候选", "removal candidate"),
    "downgrade_candidate": Named("降级候选", "downgrade candidate"),
    "notice": Named("通报", "public notice"),
    "talk": Named("约谈", "talk"),
    "reminder": Named("提醒", "reminder"),
    "upgrade_candidate": Named("升级候选", "upgrade candidate"),
    "expansion": Named("扩区候选", "expansion candidate"),
    "normal": Named("正常", "normal"),
}

#: states that a unit would rather not come into
GRAVE: tuple[State, ...] = ("removal_candidate", "downgrade_candidate", "notice", "talk")

#: the chain of acts (程序): proposal 建议, hearing 听取意见, decision 决定, notice 通知
Act = Literal["proposal", "hearing", "decision", "notice"]
ACTS: tuple[Act, ...] = ("proposal", "hearing", "decision", "notice")


#: the fact that needs no report: years since the unit was set up, from the register
YEARS = "years"


def state_name(state: State) -> Named:
    """Name of a state in both languages."""
    return STATES[state]


@dataclass(frozen=True, slots=True)
class Place:
    """A place at one end of a ranking (名次条件).

    A unit is among the last ``count`` where fewer than ``count`` rated units stand strictly below
    it: ties at the bound are all inside. ``share`` counts by a share of the rated units instead.
    """

    end: Literal["bottom", "top"]
    count: int = 0
    share: float = 0.0
    #: attributes whose classes are ranked each by itself; "all" is the whole ranking. With
    #: several, the place must hold in every one of these rankings
    within: tuple[str, ...] = ("all",)
    #: a ranking of fewer rated units is too small to say anything
    least_units: int = 0


@dataclass(frozen=True, slots=True)
class FactTest:
    """A condition on a fact of the unit (土地、环境、年限等条件), at the time of the last round."""

    fact: str
    name: Named
    at_least: float | None = None
    at_most: float | None = None

    def met(self, value: float) -> bool:
        """Does a known value fulfil it?"""
        enough = self.at_least is None or value >= self.at_least
        return enough and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A condition of which the value is known (已申报条件), and what proves it."""

    test: FactTest
    value: float
    measure: Named
    #: empty where it stands in the data themselves
    evidence: str = ""

    @property
    def text(self) -> Named:
        """The condition, its value and the evidence in one phrase."""
        value = f"{self.value:g}"
        proof = Named(
            f"，依据：{self.evidence}" if self.evidence else "",
            f", evidence: {self.evidence}" if self.evidence else "",
        )
        return Named(
            f"{self.test.name.zh}（{value}{self.measure.zh}{proof.zh}）",
            f"{self.test.name.en} ({f'{value} {self.measure.en}'.strip()}{proof.en})",
        )


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """One rule: when its condition was hit often enough, its state is proposed."""

    id: str
    state: State
    title: Named
    #: what is put forward to whoever decides
    proposes: Named
    #: where it stands in the text; empty where the published excerpt has no number
    article: str = ""
    place: Place | None = None
    #: hit where the score is below, or at least this much
    score_below: float | None = None
    score_from: float | None = None
    #: hit where the unit was not rated in the round
    unrated: bool = False
    #: hits needed in the last ``window`` years, the last of them in the round itself
    times: int = 1
    window: int = 1
    #: in rounds one after the other
    running: bool = False
    #: what is known of the unit: attribute → the values that the rule is for
    applies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: tuple[FactTest, ...] = ()
    #: candidates are put in order by the mean of the scores of the rounds that count, worst first
    by_mean_score: bool = False
    acts: tuple[Act, ...] = ("proposal", "decision", "notice")


@dataclass(frozen=True, slots=True)
class Ban:
    """What is withheld after a decision (限制): from whom, for how many years."""

    after: State
    #: units that share this attribute with the unit decided upon
    attribute: str
    years: int
    withholds: tuple[State, ...]
    title: Named


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision means for the unit itself in later rounds (后果)."""

    after: State
    #: ``left``: assessed no more (退出); ``unrated``: assessed and not rated (不予评定)
    effect: Literal["left", "unrated"]
    title: Named
    #: rounds after the one decided upon; 0: for good
    years: int = 0


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The outcome rules of one text, and the years assessed that it is in force for.

    A year is that of the data, as in the scheme; the round itself is held in the next."""

    id: str
    title: Named
    since: int
    until: int | None
    source: Source
    rules: tuple[OutcomeRule, ...]
    bans: tuple[Ban, ...] = ()
    effects: tuple[Effect, ...] = ()
    #: conditions that units report for the rules
    asked: tuple[AskedFact, ...] = ()

    def in_force(self, year: int) -> bool:
        """True for rounds that the text governs."""
        return self.since <= year and (self.until is None or year <= self.until)

    def measure(self, fact: str) -> Named:
        """Unit of measure of a condition; empty where the rules do not ask units for it."""
        if fact == YEARS:
            return Named("年", "years")
        return next((one.measure for one in self.asked if one.id == fact), Named("", ""))

    def rule(self, rule_id: str) -> OutcomeRule:
        """The rule of that id; KeyError for an unknown one."""
        return {rule.id: rule for rule in self.rules}[rule_id]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a unit (决定), by state and year, with its attributes then."""

    unit: str
    state: State
    year: int
    attributes: Mapping[str, str]
