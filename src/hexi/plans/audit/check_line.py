"""One line of the audit (核算行): from figures and a verdict to a finding with its evidence.

The wording is kept here, so that every check speaks alike in both languages: what was tested, of
whom, and how it came out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hexi.plans.audit.finding import Evidence, Finding, Rank, Verdict
from hexi.plans.audit.gather import Figure
from hexi.plans.audit.hypotheses import Hypothesis

__all__ = ["check_line", "evidence_of", "headline"]

_TESTED: dict[str, tuple[str, str]] = {
    "G1": ("基期、增速与目标", "base, growth and target"),
    "G2": ("比重的变化", "change of a share"),
    "G3": ("目标与完成值推算的基期", "base implied by plan and by result"),
    "G4": ("总体与部分的增速", "growth of the whole and of its parts"),
    "C1": ("年均增速与累计值", "annual rate and cumulative total"),
    "C2": ("分年值与累计值", "single years and cumulative total"),
    "S1": ("分项与合计", "parts and total"),
    "S2": ("部分与整体", "part and whole"),
    "S3": ("构成之和", "sum of shares"),
    "S4": ("未列部分的余额", "remainder not named"),
    "R1": ("比重与分子、分母", "ratio, numerator and denominator"),
    "R2": ("整体比重与各部分比重", "share of the whole and shares of the parts"),
    "R3": ("单位水平、数量与总量", "intensity, quantity and total"),
    "U1": ("两种单位的换算", "conversion between two units"),
    "U2": ("隐含汇率", "implied exchange rate"),
    "T1": ("两处表述", "two passages"),
    "T2": ("同一数值的两种口径", "one value, two statistics or owners"),
    "T3": ("数目与所列项目", "count and the list it announces"),
    "H1": ("规定与目标", "rule and aim"),
    "H2": ("规划期与年份", "horizon and years"),
    "H3": ("方向与取值范围", "direction and range"),
    "H4": ("目标的基期值", "base value of targets"),
    "P1": ("各园区合计与全区", "parks and zone"),
    "P2": ("按各园区增速倒推的基期", "base back-cast by the parks' own rates"),
    "X1": ("与上位规划的关系", "relation to the upper plan"),
    "X2": ("后期实绩与目标", "later outturn against the target"),
}
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
    tested, tested_en = _TESTED[check]
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
