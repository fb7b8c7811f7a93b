"""Sentences about one target (逐项表述): what was aimed at, what was observed, what follows."""

from __future__ import annotations

from fractions import Fraction

from hexi.monitoring.evaluation.grounds import Grounds, aim
from hexi.monitoring.evaluation.nouns import Said, Sentence
from hexi.monitoring.evaluation.subject import Assessed
from hexi.monitoring.verdicts import Status
from hexi.monitoring.verdicts.reach import shown

__all__ = ["about", "completion", "gap", "name_of", "observed", "reason", "shortfall"]

_LEVELS = ("level", "count", "share")


def name_of(one: Assessed) -> Said:
    """The target's name with what keeps it apart."""
    facets = "、".join(one.target.facets)
    name = one.target.name
    apart = f"（{facets}）" if any(facet not in name for facet in one.target.facets) else ""
    english = one.indicator_en or name
    return Said(f"{name}{apart}", f"{english}{f' ({facets})' if facets else ''}")


def observed(one: Assessed) -> Said:
    """The observed value it was decided by, with its period; a dash where there is none."""
    verdict = one.verdict
    if not verdict.observed:
        return Said("—", "—")
    when = f"（{verdict.observed_period}）" if verdict.observed_period else ""
    return Said(f"{verdict.observed}{when}", f"{verdict.observed} ({verdict.observed_period})")


def completion(one: Assessed) -> Fraction | None:
    """Observed level over the level aimed at; None where a ratio of the two says nothing."""
    seen = _seen(one)
    line = Fraction(one.target.figure.value)
    if seen is None or line <= 0 or one.target.measure_unit == "位":
        return None
    return seen / line


def shortfall(one: Assessed) -> Fraction | None:
    """How far a missed level fell short, in the target's unit."""
    seen = _seen(one)
    if seen is None or one.verdict.status is not Status.MISSED:
        return None
    return abs(Fraction(one.target.figure.value) - seen)


def gap(one: Assessed) -> Said:
    """The shortfall in words; empty where there is none to state."""
    short = shortfall(one)
    if short is None:
        return Said("", "")
    unit = "个百分点" if one.target.measure_unit == "%" else one.target.measure_unit
    figure = f"{shown(short)}{unit}"
    return Said(f"差{figure}", f"short by {figure}")


def reason(one: Assessed) -> Said:
    """Why the answer is what it is."""
    reasons = one.verdict.reasons
    return Said(
        "；".join(remark.text for remark in reasons),
        "; ".join(remark.text_en for remark in reasons),
    )


def about(one: Assessed, grounds: Grounds) -> Sentence:
    """The sentence on one target."""
    name, goal, seen = name_of(one), aim(one), observed(one)
    key = f"target.{one.target.id}"
    due = one.target.period.replace("-", "—")
    zh = f"{name.zh}：目标{due}年{goal.zh}，"
    en = f"{name.en}: aim for {due} {goal.en}; "
    status = one.verdict.status
    if status is Status.UNKNOWN:
        why = reason(one)
        return Sentence(
            key,
            Said(f"{zh}{why.zh}，无法判定。", f"{en}cannot be told ({why.en})."),
            (grounds.target(one),),
        )
    share = completion(one)
    part_zh = f"，为目标的{shown(share * 100, 1)}%" if share is not None else ""
    part_en = f", {shown(share * 100, 1)}% of the aim" if share is not None else ""
    short = gap(one)
    after_zh = f"，{short.zh}" if short.zh else ""
    after_en = f", {short.en}" if short.en else ""
    word = {
        Status.MET: Said("已完成", "met"),
        Status.MISSED: Said("未完成", "missed"),
        Status.ON_THE_WAY: Said("目标期未到", "not due yet"),
    }[status]
    if one.verdict.inferred:
        after_zh += "（推算）"
        after_en += " (computed)"
    return Sentence(
        key,
        Said(
            f"{zh}实际{seen.zh}{part_zh}{after_zh}，{word.zh}。",
            f"{en}observed {seen.en}{part_en}{after_en}; {word.en}.",
        ),
        grounds.used(one),
    )


def _seen(one: Assessed) -> Fraction | None:
    """The middle of the observed level, where the target is a level."""
    seen = one.verdict.seen
    if one.target.measure not in _LEVELS or seen is None:
        return None
    return seen.middle if seen.middle is not None else seen.low
