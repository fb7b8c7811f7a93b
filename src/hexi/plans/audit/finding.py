"""What a check says: the verdict on a piece of arithmetic, with its evidence.

A check line (核算) is written for every identity that could be tested, right or wrong; a
*finding* (问题) is a check line whose verdict calls for a person. Titles and arithmetic are data
(a code and its fields) and become sentences in the reader's language when shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

__all__ = ["Evidence", "Finding", "Rank", "Verdict"]

Rank = Literal["identity", "passages", "plausibility"]


class Verdict(StrEnum):
    """Verdicts in the order in which they are tried."""

    EQUAL = "equal"  # 相等: equal as printed
    PASS = "pass"  # noqa: S105  # 通过: strict intervals meet
    ROUNDING = "rounding"  # 舍入: only loosely rounded intervals meet
    OPEN = "open"  # 开放: meet only through a bound word
    SUSPECT = "suspect"  # 存疑: inside the worst case, but unlikely
    OUTSIDE = "outside"  # 不符: cannot be right as printed


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in a document that a check rests on."""

    doc: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the audit."""

    #: G1, S1, T1 … as in the reference of checks
    check: str
    verdict: Verdict
    rank: Rank
    #: one sentence; zh-Hans and English
    title: str
    title_en: str
    #: the sum as a person would write it: 327 × 1.188⁵ = 773.8
    arithmetic: str
    #: the range of the stated figure that would have passed: 771.0–776.6 亿元
    expected: str
    #: the fault hypothesis that repairs it exactly, or empty
    hypothesis: str
    hypothesis_en: str
    evidence: tuple[Evidence, ...]
    #: positions of the statements it rests on, in the order of the list that was audited
    statements: tuple[int, ...] = ()

    @property
    def is_fault(self) -> bool:
        """True where a person should look (suspect or outside)."""
        return self.verdict in (Verdict.SUSPECT, Verdict.OUTSIDE)

    @property
    def key(self) -> str:
        """Stable identity across re-readings: the check and the figures it rests on."""
        return ":".join([self.check, *(f"{e.doc}@{e.start}" for e in self.evidence)])

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {
            "check": self.check,
            "verdict": self.verdict.value,
            "rank": self.rank,
            "title": self.title,
            "title_en": self.title_en,
            "arithmetic": self.arithmetic,
            "expected": self.expected,
            "hypothesis": self.hypothesis,
            "hypothesis_en": self.hypothesis_en,
            "evidence": [
                {"doc": e.doc, "start": e.start, "end": e.end, "text": e.text}
                for e in self.evidence
            ],
        }
