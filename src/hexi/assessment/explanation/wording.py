"""Sentences from the figures of an explanation (说明语句), Chinese and English side by side.

Each sentence is built from facts of the run alone and left out where its facts are not known;
nothing is praised or blamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from hexi.assessment.explanation.nouns import Comparison, Explanation, Line, Said
from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Scheme

__all__ = ["figure", "say", "say_comparison"]

#: how many indicators a sentence names
_MOST = 3
#: fewer points than this are nought as a sentence prints them
_NOUGHT = 0.005


def figure(value: float) -> str:
    """A figure as a sentence prints it: thousands separated, no digits that say nothing."""
    if np.isnan(value):
        return "—"
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def say(explanation: Explanation, result: Result) -> tuple[Said, ...]:
    """What a reader wants to know first, in the order of asking."""
    if not explanation.rated:
        return (*_unrated(explanation), *_given(explanation, result), *_missing(explanation))
    names = dict(zip(result.matrix.units, result.matrix.names, strict=True))
    return tuple(
        sentence
        for part in (
            _standing(explanation, result.scheme),
            _since(explanation),
            _strong_and_weak(explanation),
            _to_above(explanation, names),
            _given(explanation, result),
            _lift(explanation, names),
            _missing(explanation),
        )
        for sentence in part
    )


def say_comparison(comparison: Comparison) -> tuple[Said, ...]:
    """Which indicators make the difference."""
    first, second = comparison.names
    if np.isnan(comparison.difference):
        return (
            Said("not_comparable", f"{first}与{second}有一方未评定，不作比较。",
                 f"{first} or {second} is not rated: no comparison."),
        )  # fmt: skip
    ahead = [line for line in comparison.lines if line.points > _NOUGHT][:_MOST]
    behind = [line for line in comparison.lines if line.points < -_NOUGHT][:_MOST]
    gap = figure(abs(comparison.difference))
    said = [
        Said("level", f"{first}与{second}得分相同。", f"{first} and {second} score the same.")
        if comparison.difference == 0
        else Said(
            "difference",
            f"{first}比{second}{'高' if comparison.difference > 0 else '低'}{gap}分。",
            f"{first} is {gap} points"
            f" {'above' if comparison.difference > 0 else 'below'} {second}.",
        )
    ]
    for code, zh, en, lines in (
        ("ahead", "领先", "ahead", ahead),
        ("behind", "落后", "behind", behind),
    ):
        if lines:
            listed = [(one.name.zh, one.name.en, abs(one.points)) for one in lines]
            said.append(
                Said(
                    f"difference_{code}",
                    f"{zh}最多的指标：{_listed_zh(listed)}。",
                    f"Most {en} on {_listed_en(listed)}.",
                )
            )
    if not comparison.exact:
        said.append(
            Said(
                "not_additive",
                "本办法不是加权平均，各指标的差距是单独变动该指标时总分的变化，不能相加。",
                "The scheme is not a weighted mean: each figure is the change if that indicator"
                " alone changed, and they do not add up.",
            )
        )
    return tuple(said)


def _unrated(one: Explanation) -> Iterator[Said]:
    reasons = [remark for remark in one.remarks if remark.unit == one.unit and not remark.item]
    zh = "；".join(remark.text for remark in reasons)
    en = "; ".join(remark.text_en for remark in reasons)
    yield Said(
        "unrated",
        f"{one.year}年，{one.name}不予评定" + (f"：{zh}。" if zh else "。"),
        f"{one.name} is not rated for {one.year}" + (f": {en}." if en else "."),
    )


def _standing(one: Explanation, scheme: Scheme) -> Iterator[Said]:
    zh = f"{one.year}年，{one.name}得{figure(one.score)}分，在{one.of}个主体中列第{one.rank}位"
    en = f"{one.name} scores {figure(one.score)} for {one.year}, rank {one.rank} of {one.of}"
    for name, rank, inside in one.class_ranks.values():
        if name and rank:
            zh += f"，在“{name}”类{inside}个中列第{rank}位"
            en += f", {rank} of {inside} in the class “{scheme.class_name(name).en}”"
    yield Said("standing", f"{zh}。", f"{en}.")


def _since(one: Explanation) -> Iterator[Said]:
    if not one.last_rank or np.isnan(one.last_score):
        return
    up = one.last_rank - one.rank
    moved_zh = f"上升{up}位" if up > 0 else f"下降{-up}位" if up < 0 else "名次不变"
    moved_en = f"up {up}" if up > 0 else f"down {-up}" if up < 0 else "the same rank"
    change = one.score - one.last_score
    zh = f"与上年相比，{moved_zh}，得分{'增加' if change >= 0 else '减少'}{figure(abs(change))}分"
    en = (
        f"Against the year before: {moved_en}, {figure(abs(change))} points"
        f" {'more' if change >= 0 else 'fewer'}"
    )
    known = [line for line in one.lines if not np.isnan(line.gap_last)]
    ups = [
        line for line in sorted(known, key=lambda line: -line.gap_last) if line.gap_last > _NOUGHT
    ][:2]
    downs = [line for line in sorted(known, key=lambda line: line.gap_last) if line.gap_last < 0][
        :2
    ]
    for word_zh, word_en, lines in (("主要增在", "gained on", ups), ("主要减在", "lost on", downs)):
        if lines:
            listed = [(line.name.zh, line.name.en, abs(line.gap_last)) for line in lines]
            zh += f"；{word_zh}{_listed_zh(listed)}"
            en += f"; {word_en} {_listed_en(listed)}"
    yield Said("since", f"{zh}。", f"{en}.")


def _strong_and_weak(one: Explanation) -> Iterator[Said]:
    known = [line for line in one.lines if not np.isnan(line.effect)]
    for code, zh, en, lines in (
        ("strong", "高出平均水平最多的指标", "Furthest above the mean",
         [line for line in sorted(known, key=lambda line: -line.effect) if line.effect > _NOUGHT]),
        ("weak", "低于平均水平最多的指标", "Furthest below the mean",
         [line for line in sorted(known, key=lambda line: line.effect) if line.effect < -_NOUGHT]),
    ):  # fmt: skip
        if lines:
            listed = [(line.name.zh, line.name.en, abs(line.effect)) for line in lines[:_MOST]]
            yield Said(code, f"{zh}：{_listed_zh(listed)}。", f"{en}: {_listed_en(listed)}.")


def _to_above(one: Explanation, names: dict[str, str]) -> Iterator[Said]:
    if not one.above:
        return
    lines = sorted(
        (line for line in one.lines if line.gap_above > _NOUGHT), key=lambda line: -line.gap_above
    )[:_MOST]
    if not lines:
        return
    listed = [(line.name.zh, line.name.en, line.gap_above) for line in lines]
    above = names[one.above]
    yield Said(
        "to_above",
        f"与前一位{above}相比，主要差在{_listed_zh(listed)}。",
        f"Behind {above}, the next above, mostly on {_listed_en(listed)}.",
    )


def _given(one: Explanation, result: Result) -> Iterator[Said]:
    titles = {matter.id: matter.name for matter in result.scheme.points}
    titles |= {matter.id: matter.name for matter in result.scheme.vetoes}
    for entry in one.points:
        name = titles[entry.matter]
        if entry.points > 0:
            zh, en = f"加{figure(entry.points)}分", f"adds {figure(entry.points)} points"
        elif entry.points < 0:
            zh, en = f"扣{figure(-entry.points)}分", f"takes {figure(-entry.points)} points"
        else:
            zh, en = "适用否决规定", "brings the veto into force"
        yield Said("points", f"“{name.zh}”{zh}。", f"“{name.en}” {en}.")


def _lift(one: Explanation, names: dict[str, str]) -> Iterator[Said]:
    for lift in [lift for lift in one.lifts if lift.gain > _NOUGHT][:_MOST]:
        place_zh = f"，可升至第{lift.rank_after}位" if lift.rank_after < one.rank else "，名次不变"
        place_en = f" and rank {lift.rank_after}" if lift.rank_after < one.rank else ", same rank"
        to = f"{figure(lift.to)}{lift.unit}"
        yield Said(
            "lift",
            f"其他指标不变，{lift.name.zh}由{figure(lift.value)}到{to}"
            f"（{names[lift.peer]}水平），可增{figure(lift.gain)}分{place_zh}。",
            f"All else unchanged, {lift.name.en} from {figure(lift.value)} to {figure(lift.to)}"
            f" ({lift.unit}; as {names[lift.peer]}) would bring {figure(lift.gain)} points"
            f"{place_en}.",
        )


def _missing(one: Explanation) -> Iterator[Said]:
    lines: list[Line] = [line for line in one.lines if np.isnan(line.raw)]
    if lines:
        zh = "、".join(line.name.zh for line in lines)
        en = ", ".join(line.name.en for line in lines)
        yield Said(
            "missing",
            f"未报数据的指标{len(lines)}项，按办法的缺失规定处理：{zh}。",
            f"{len(lines)} indicators not reported, handled as the scheme says: {en}.",
        )


def _listed_zh(listed: Sequence[tuple[str, str, float]]) -> str:
    return "、".join(f"{zh}（{figure(points)}分）" for zh, _, points in listed)


def _listed_en(listed: Sequence[tuple[str, str, float]]) -> str:
    return ", ".join(f"{en} ({figure(points)})" for _, en, points in listed)
