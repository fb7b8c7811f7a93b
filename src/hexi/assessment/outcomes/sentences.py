"""The grounds of a proposal as sentences (建议理由), for pages and documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from hexi.assessment.outcomes.nouns import Ban, FactTest, KnownFact, OutcomeRule, RuleSet
from hexi.assessment.scheme.nouns import Named

__all__ = ["condition", "grounds_en", "grounds_zh", "withheld_text"]


class _Ground(Protocol):
    @property
    def year(self) -> int: ...
    @property
    def rank(self) -> int: ...
    @property
    def of(self) -> int: ...
    @property
    def within(self) -> str: ...


def grounds_zh(
    name: str,
    rule: OutcomeRule,
    grounds: Sequence[_Ground],
    rules: RuleSet,
    unknown: Sequence[FactTest] = (),
    known: Sequence[KnownFact] = (),
) -> str:
    """Which rounds, which ranks, by which rule, what is proposed, what is met and still open."""
    open_zh = "、".join(test.name.zh for test in unknown)
    rounds = "，".join(
        f"{one.year}年度列{one.within}第{one.rank}位（共{one.of}个）"
        if one.rank
        else f"{one.year}年度未评定"
        for one in grounds
    )
    text = f"{name}：{rounds}，符合{_cited_zh(rule, rules)}“{rule.title.zh}”，{rule.proposes.zh}"
    if known:
        text += f"；已申报并符合：{'、'.join(one.text.zh for one in known)}"
    return f"{text}；尚须核实：{open_zh}。" if unknown else f"{text}。"


def grounds_en(
    name: str,
    rule: OutcomeRule,
    grounds: Sequence[_Ground],
    rules: RuleSet,
    unknown: Sequence[FactTest] = (),
    known: Sequence[KnownFact] = (),
) -> str:
    """The same in English."""
    open_en = ", ".join(test.name.en for test in unknown)
    rounds = ", ".join(
        f"rank {one.rank} of {one.of}{f' ({one.within})' if one.within else ''} in {one.year}"
        if one.rank
        else f"not rated in {one.year}"
        for one in grounds
    )
    article = f", {rule.article}" if rule.article else ""
    text = (
        f"{name}: {rounds}. Rule “{rule.title.en}” ({rules.title.en}{article}): {rule.proposes.en}"
    )
    if known:
        text += f"; reported and met: {', '.join(one.text.en for one in known)}"
    return f"{text}; still to be looked into: {open_en}." if unknown else f"{text}."


def condition(rule: OutcomeRule) -> Named:
    """When the rule fires, in one phrase."""
    if rule.running and rule.times > 1:
        often = Named(f"连续{rule.times}年", f"{rule.times} years running")
    elif rule.times > 1:
        often = Named(
            f"{rule.window}年内{rule.times}次", f"{rule.times} times within {rule.window} years"
        )
    else:
        often = Named("当年", "this year")
    zh, en = [], []
    if rule.unrated:
        zh.append("未评定")
        en.append("not rated")
    if rule.place is not None:
        place = rule.place
        size = f"{place.share:.0%}" if place.share else f"{place.count}位"
        size_en = f"{place.share:.0%}" if place.share else f"{place.count}"
        end, end_en = ("后", "last") if place.end == "bottom" else ("前", "first")
        for within in place.within:
            whole = within == "all"
            zh.append(f"{'全部' if whole else '所在类别'}{end}{size}")
            en.append(f"{end_en} {size_en} of {'all' if whole else 'its class'}")
    if rule.score_below is not None:
        zh.append(f"得分低于{rule.score_below:g}")
        en.append(f"score below {rule.score_below:g}")
    if rule.score_from is not None:
        zh.append(f"得分不低于{rule.score_from:g}")
        en.append(f"score of {rule.score_from:g} or more")
    return Named(f"{often.zh}{'、'.join(zh)}", f"{', '.join(en)}, {often.en}")


def withheld_text(ban: Ban, year: int, name: str) -> Named:
    """Why a ban stands against a proposal."""
    return Named(
        f"{name}自{year}年起{ban.years}年内：{ban.title.zh}",
        f"{name}, for {ban.years} years from {year}: {ban.title.en}",
    )


def _cited_zh(rule: OutcomeRule, rules: RuleSet) -> str:
    number = f"（{rules.source.number}）" if rules.source.number else ""
    return f"《{rules.source.title}》{number}{rule.article}"
