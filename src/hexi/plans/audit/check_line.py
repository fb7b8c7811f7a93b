"""One line of the audit (核算行): from figures and a verdict to a finding with its evidence.

The wording is kept here, so that every check speaks alike in both languages: what was tested, of
whom, and how it came out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hexi.plans.audit.check_names import CHECK_NAMES
from hexi.plans.audit.finding import Evidence, Finding, Rank, Verdict
from hexi.plans.audit.gather import Figure
from hexi.plans.audit.hypotheses import Hypothesis

__all__ = ["check_line", "evidence_of", "headline"]

_OUTCOME: dict[Verdict, tuple[str, str]] = {
    Verdict.EQUAL: ("相等", "equal as printed"),
    Verdict.PASS: ("相符", "agree within the printed precision"),
    Verdict.ROUNDING: ("仅在进一步舍入后相符", "agree only if rounded further"),
    Verdict.OPEN: ("未见矛盾，但不能确证", "not contradicted, not confirmed"),
    Verdict.SUSPECT: ("存疑", "doubtful"),
    Verdict.OUTSIDE: ("不符", "do not agree"),
}


def headline(check: str, what: str, verdict: Verdict) -> tuple[str, str]:
    """Title in both languages, where a check has nothing more particular to say."""
    tested, tested_en = CHECK_NAMES[check]
    outcome, outcome_en = _OUTCOME[verdict]
    return f"{what}：{tested}{outcome}", f"{what}: {tested_en} {outcome_en}"


def evidence_of(figures: Iterable[Figure]) -> tuple[Evidence, ...]:
    """The places of the figures, each once, in the order given."""
    found: dict[tuple[str, int, int], Evidence] = {}
    for figure in figures:
        said = figure.statement
        key = (said.doc, said.start, said.end)
        found.setdefault(key, Evidence(said.doc, said.start, said.end, said.text))
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Words:
    zh: str
    en: str


def check_line(
    check: str,
    rank: Rank,
    verdict: Verdict,
    what: str,
    figures: Sequence[Figure],
    arithmetic: str,
    expected: str = "",
    *,
    title: tuple[str, str] | None = None,
    hypothesis: Hypothesis | None = None,
    evidence: tuple[Evidence, ...] = (),
) -> Finding:
    """A finding from the figures it rests on."""
    zh, en = title or headline(check, what, verdict)
    guess = _Words("", "")
    if hypothesis is not None and verdict in (Verdict.SUSPECT, Verdict.OUTSIDE):
        guess = _Words(hypothesis.text, hypothesis.text_en)
        zh, en = f"{zh}；疑为{hypothesis.kind}", f"{en}; probably {hypothesis.kind_en}"
    return Finding(
        check=check,
        verdict=verdict,
        rank=rank,
        title=zh,
        title_en=en,
        arithmetic=arithmetic,
        expected=expected,
        hypothesis=guess.zh,
        hypothesis_en=guess.en,
        evidence=evidence_of(figures) + evidence,
        statements=tuple(dict.fromkeys(f.index for f in figures)),
    )
