"""Fair-competition check of an agreement (公平竞争审查): clauses asked, exceptions, the verdict.

公平竞争审查条例 (State Council order 783, 2024) says in Art. 8 to 11 what a measure may not
contain, and in Art. 10 and 12 what makes an exception; by Art. 18 what breaks them is not issued.
Every clause of an agreement has a kind, and the rules of the pack
(`promotion/fair-competition.toml`) say what a clause of that kind is asked. A clause that is called
a service and speaks of tax refunds is asked as a tax clause too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from hexi.promotion.dated_tables import Span

__all__ = [
    "WHOLE",
    "Answer",
    "Asked",
    "Clause",
    "ClauseKind",
    "Exemption",
    "FairRule",
    "FairRules",
    "Finding",
    "Review",
    "review",
]

#: questions that are asked once, of the agreement as a whole
WHOLE: Final = "*"


@dataclass(frozen=True, slots=True)
class ClauseKind:
    """A kind of clause (条款类型), and the words by which its text is known."""

    id: str
    name: str
    name_en: str
    note: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FairRule:
    """One prohibition with the question that finds it."""

    id: str
    span: Span
    article: str
    article_en: str
    group: str
    clauses: tuple[str, ...]
    asks: str
    asks_en: str
    says: str
    says_en: str
    exceptions: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """A ground on which a clause may stand all the same (例外规定)."""

    id: str
    name: str
    name_en: str
    article: str
    article_en: str
    #: Art. 12: only where nothing milder would do, and for a stated time
    bounded: bool


@dataclass(frozen=True)
class FairRules:
    """What a pack says on the check."""

    kinds: Mapping[str, ClauseKind]
    rules: tuple[FairRule, ...]
    exemptions: Mapping[str, Exemption]

    def kinds_of(self, clause: Clause) -> tuple[str, ...]:
        """The kind that a clause was given, then those that its words betray."""
        betrayed = [
            kind.id
            for kind in self.kinds.values()
            if kind.id != clause.kind and any(word in clause.text for word in kind.words)
        ]
        return (clause.kind, *betrayed)

    def questions(self, clauses: Sequence[Clause], day: date) -> tuple[Asked, ...]:
        """Everything that the agreement is asked: clause by clause, then as a whole."""
        held = [rule for rule in self.rules if rule.span.holds(day)]
        asked = [
            Asked(clause.number, rule)
            for clause in clauses
            for rule in held
            if set(rule.clauses) & set(self.kinds_of(clause))
        ]
        return (*asked, *(Asked(0, rule) for rule in held if WHOLE in rule.clauses))


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of an agreement; its number counts from 1."""

    number: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a clause, or to the whole (number 0)."""

    number: int
    rule: FairRule

    @property
    def key(self) -> str:
        """By which the answer is known: ``2:10.1``."""
        return f"{self.number}:{self.rule.id}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the checker found: does the clause contain it, and what makes it stand."""

    contains: bool
    #: id of an exemption, where one is claimed
    exemption: str = ""
    #: the law, regulation or approval by title and number
    basis: str = ""
    #: why nothing milder would do, and until when (Art. 12)
    milder: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A question with its answer and what follows: clear, excepted, forbidden, open."""

    asked: Asked
    answer: Answer | None
    verdict: str
    #: why an exception does not help: unknown, not_for_this, no_basis, not_bounded
    why: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """The whole check: what was found, and the result."""

    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """open (a question has no answer), refused, excepted, passed."""
        found = {one.verdict for one in self.findings}
        for worst, said in (("open", "open"), ("forbidden", "refused"), ("excepted", "excepted")):
            if worst in found:
                return said
        return "passed"

    @property
    def passes(self) -> bool:
        """May the agreement be signed?"""
        return self.verdict in ("passed", "excepted")

    def of(self, verdict: str) -> tuple[Finding, ...]:
        """The findings of one verdict."""
        return tuple(one for one in self.findings if one.verdict == verdict)


def review(
    rules: FairRules, clauses: Sequence[Clause], answers: Mapping[str, Answer], day: date
) -> Review:
    """What the answers come to, by the rules of a day; unknown answers change nothing."""
    return Review(
        tuple(
            _finding(rules, asked, answers.get(asked.key))
            for asked in rules.questions(clauses, day)
        )
    )


def _finding(rules: FairRules, asked: Asked, answer: Answer | None) -> Finding:
    if answer is None:
        return Finding(asked, None, "open")
    if not answer.contains:
        return Finding(asked, answer, "clear")
    if not answer.exemption:
        return Finding(asked, answer, "forbidden")
    why = _against(rules, asked.rule, answer)
    return Finding(asked, answer, "forbidden" if why else "excepted", why)


def _against(rules: FairRules, rule: FairRule, answer: Answer) -> str:
    """Why the claimed exception does not hold; nothing where it does."""
    exemption = rules.exemptions.get(answer.exemption)
    if exemption is None:
        return "unknown"
    if exemption.id not in rule.exceptions:
        return "not_for_this"
    if not answer.basis.strip():
        return "no_basis"
    if exemption.bounded and not (answer.milder.strip() and answer.until):
        return "not_bounded"
    return ""
