"""Comparisons (比较): a gap to something else, and results measured against a plan.

``增幅比全省平均水平高2.1个百分点`` states neither a growth nor a share but a difference;
``为年度计划的85%`` states how much of a plan was done. Both name what they compare with between
the indicator and the figure, so they are told by the text before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hexi.plans.statements.lexicon import alternatives, words

__all__ = ["Comparison", "compared_with", "is_plan_value"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a figure is compared with; ``start`` is where its name ends in the text."""

    kind: str
    start: int
    #: the comparison as a name goes on with it (高于全省平均水平)
    phrase: str
    sign: int = 1
    #: how the verb bounds the figure (不足全省平均水平的70%)
    bound: str = ""


#: a comparison is said within so many characters before its figure
_REACH = 40


_VERB_BOUNDS = {"不足": "le", "不到": "le", "超过": "ge"}


@cache
def _gap() -> re.Pattern[str]:
    more, less = words("words", "more"), words("words", "less")
    how = alternatives(tuple(sorted({*more, *less}, key=lambda w: (-len(w), w))))
    marks = alternatives(words("words", "benchmark"))
    object_ = rf"(?:[^，,。；;：\d]{{0,12}}?(?:{marks})(?:的)?(?:水平|平均水平|平均|增速|增幅)?)"
    about = rf"(?:{alternatives(words('words', 'about_before'))})?"
    return re.compile(
        rf"(?:(?P<than>[比较与]){object_}相?(?P<how>{how})(?:出|了|于)?"
        rf"|(?P<over>(?:{how})(?:出了|出|过|于|了)?){object_})\s*{about}\s*$"
    )


@cache
def _less() -> re.Pattern[str]:
    return re.compile(alternatives(words("words", "less")))


@cache
def _last_year() -> re.Pattern[str]:
    return re.compile(r"(?:上年|去年|同期|年初(?!预|计|目|确|下))")


@cache
def _goal() -> re.Pattern[str]:
    nouns = alternatives(words("words", "goal"))
    return re.compile(
        rf"(?P<verb>达到|达|完成了|完成|相当于|实现|占到|占|仅为|只有|不足|不到|超过|仅|为|是)(?P<whole>[^，,。；;：\d]{{0,14}}?(?:{nouns}|平均水平|平均)(?:总?[值数额量])?)的?\s*$"
    )


def compared_with(text: str, start: int, end: int, *, percent: bool) -> Comparison | None:
    """The comparison that ``text[start:end]``, the clause before a figure, ends with."""
    begin = max(start, end - _REACH)
    gap = _gap().search(text, begin, end)
    if gap:
        sign = -1 if _less().search(gap["how"] or gap["over"]) else 1
        kind = "change" if _last_year().search(gap[0]) else "gap"
        return Comparison(kind, gap.start(), gap[0].strip(), sign)
    goal = _goal().search(text, begin, end) if percent else None
    if goal:
        bound = _VERB_BOUNDS.get(goal["verb"], "")
        return Comparison("done", goal.start(), goal["whole"].removesuffix("的"), bound=bound)
    return None


@cache
def _planned() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{alternatives(words('words', 'goal'))})(?:[值数额量])?(?:为|是|的)?\s*$"
    )


_SET = re.compile(r"(?:确定|提出|下达|制定|设定|预定|既定|规定|明确)的\s*$")
_AS_GOAL = re.compile(r"\s*的?(?:预期|年度|规划|计划)?(?:目标|任务|指标|计划)")


def is_plan_value(text: str, start: int, end: int, after: str) -> bool:
    """原定目标4亿元的125%: a figure that others are measured against is the plan's."""
    if _SET.search(text, max(start, end - 8), end) and _AS_GOAL.match(after):
        # 超额完成规划确定的280亿元目标
        return True
    return bool(
        re.match(r"的\s*\d[\d.]*\s*[%％]", after)
        and _planned().search(text, max(start, end - 12), end)
    )
