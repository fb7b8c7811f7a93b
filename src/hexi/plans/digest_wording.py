"""How a digest says a figure (摘录措辞): one uniform short wording for every plan.

兰州经济区 第二产业增加值 129.76亿元（2015年，实际）；其中：工业增加值 97.17亿元。 The words are
ours and always the same; only names and digits come from the plan. Words that the audit reads as
structure (其中, brackets, 占…的) are used where the facts say so and nowhere else.
"""

from __future__ import annotations

import re

from hexi.catalogue.plan_figures import PlanFigure

__all__ = ["period_words", "printed_of", "told", "unit_of", "verb_of", "whole_of_share"]

_MODALITY = {"actual": "实际", "target": "目标", "threshold": "规定", "other": "所述"}
_VERB = {
    "growth_annual": ("年均增长", "年均下降"),
    "growth_yoy": ("同比增长", "同比下降"),
    "growth_total": ("增长", "下降"),
}
_BOUND = {"ge": "≥ ", "le": "≤ ", "approx": "约 "}
_RULE = {"ge": "不低于", "le": "不超过"}
_SHARE = re.compile(r"占(.{2,30}?)(?:比重|比例|份额)?$")


def printed_of(figure: PlanFigure) -> str:
    """The digits without sign: the verb says that it is a decline."""
    return figure.figure.printed.lstrip("-")


def unit_of(figure: PlanFigure) -> str:
    """The unit behind the digits."""
    return figure.measure_unit


def verb_of(figure: PlanFigure) -> str:
    """What stands between the name and the digits."""
    declines = figure.figure.value < 0
    if figure.modality == "threshold" and figure.bound in _RULE and not _criterion(figure):
        return _RULE[figure.bound]
    bound = _BOUND.get(figure.bound, "")
    if figure.measure in _VERB:
        return f"{_VERB[figure.measure][declines]} {bound}"
    if figure.measure == "cumulative":
        return f"累计 {bound}"
    if figure.measure == "rank":
        return "第 "
    return f"{bound}{'−' if declines else ''}"


def period_words(period: str) -> str:
    """2015年, 2016—2020年, 2015年12月, 2023年一季度."""
    first, _, rest = period.partition("-")
    if not rest:
        return f"{first}年" if first else ""
    if rest[0] == "Q":
        return f"{first}年{'一二三四'[int(rest[1]) - 1]}季度"
    return f"{first}—{rest}年" if len(rest) == 4 else f"{first}年{int(rest)}月"


def told(figure: PlanFigure) -> str:
    """What stands in brackets behind a figure: when, how sure, and what is odd about it."""
    when = period_words(figure.period)
    if when and figure.dating != "said":
        when = f"按{when}"
    kind = "界限" if _criterion(figure) else _MODALITY[figure.modality]
    odd = "文件缺小数点" if "lost_point" in figure.marks else ""
    return f"（{'，'.join(part for part in (when, kind, odd) if part)}）"


def whole_of_share(figure: PlanFigure) -> str:
    """占…的, where the name of the share says of what."""
    match = _SHARE.search(figure.indicator)
    return f"占{match[1]}的" if match else ""


def _criterion(figure: PlanFigure) -> bool:
    return "class_criterion" in figure.marks
