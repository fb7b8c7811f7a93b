"""Explanations (核实说明): a failure that is true stands with a reason, for these figures only.

An explanation is bound to the rule's version and to the figures that the rule read. When a figure
changes, or the rule does, it lapses: the return must be explained again or put right. Offices
store explanations; what they are bound to and when they lapse is decided here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from hexi.statistics.checking.answers import Answer

__all__ = [
    "Explanation",
    "Query",
    "explanation_of",
    "lapsed",
    "query_of",
    "standing",
    "touched",
    "unexplained",
]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked about (核实事项): a rule that fails, with the figures that it read."""

    #: rule and version
    rule: str
    #: code of the dynamic row; empty for the whole return
    row: str
    #: figure by its name, exact, empty where missing; names are the asker's, of one kind throughout
    figures: Mapping[str, str]

    def same(self, other: Query) -> bool:
        """Is it still the same question? 900 and 900.00 are one figure."""
        if (self.rule, self.row) != (other.rule, other.row):
            return False
        mine, theirs = self.figures, other.figures
        return mine.keys() == theirs.keys() and all(
            _equal(text, theirs[name]) for name, text in mine.items()
        )


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reason, and what it is a reason for."""

    query: Query
    text: str


def query_of(answer: Answer) -> Query:
    """The question that a failure puts."""
    return Query(answer.rule.key, answer.row, dict(answer.values))


def explanation_of(answer: Answer, text: str) -> Explanation:
    """An explanation of a failure.

    Raises:
        ValueError: where the rule does not fail, may not be explained, or no reason is given.
    """
    if answer.verdict is not False or answer.rule.severity == "hard":
        raise ValueError("只有未通过的核实性规则可以说明 / only a queried failure can be explained")
    if not text.strip():
        raise ValueError("请写明原因 / give the reason")
    return Explanation(query_of(answer), text.strip())


def unexplained(queries: Iterable[Query], given: Iterable[Query]) -> list[Query]:
    """The questions that none of the given ones, for which there is a reason, is the same as."""
    known: dict[tuple[str, str], list[Query]] = {}
    for one in given:
        known.setdefault((one.rule, one.row), []).append(one)
    return [
        query
        for query in queries
        if not any(query.same(one) for one in known.get((query.rule, query.row), ()))
    ]


def standing(explanations: Iterable[Explanation], answers: Iterable[Answer]) -> list[Answer]:
    """The failures whose explanation still stands."""
    given = [one.query for one in explanations]
    failing = [answer for answer in answers if answer.verdict is False]
    return [answer for answer in failing if not unexplained([query_of(answer)], given)]


def lapsed(given: Iterable[Query], queries: Iterable[Query]) -> list[Query]:
    """Questions with a reason that are asked no more as they were: a figure or the rule changed."""
    return unexplained(given, list(queries))


def touched(given: Iterable[Query], changed: Collection[str]) -> list[Query]:
    """Questions with a reason that rest on a figure which is being changed: they lapse with it."""
    names = set(changed)
    return [one for one in given if names & one.figures.keys()]


def _equal(one: str, two: str) -> bool:
    if one == two:
        return True
    try:
        return Decimal(one) == Decimal(two)
    except InvalidOperation:
        return False
