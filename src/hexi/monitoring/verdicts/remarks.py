"""Reasons and warnings of verdicts (判定说明), each with its code and its two languages."""

from __future__ import annotations

import re

from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["period_in_chinese", "remark"]

_TEXTS: dict[str, tuple[str, str]] = {
    # reasons
    "reached": ("{period}观测值{value}，达到目标", "Observed {value} in {period}: target reached"),
    "short": ("{period}观测值{value}，未达到目标", "Observed {value} in {period}: short of target"),
    "already": (
        "{period}的部分数据{value}已超过全期目标",
        "{value} in {period}, part of the time, already exceeds the target",
    ),
    "computed": (
        "由{period}的总量与增速推算，{value}",
        "Computed from level and rate of {period}: {value}",
    ),
    "nothing_observed": ("没有该主体该指标的观测值", "Nothing observed of this unit and indicator"),
    "own_only": (
        "只有规划自身的数据，不能作为完成的依据",
        "Only the plan's own figures, which are no evidence",
    ),
    "no_value": ("没有{period}的可比观测值", "No comparable value of {period}"),
    "no_deadline": ("目标未写明年份", "The target states no year"),
    "not_due": ("目标期{period}尚未结束", "{period} is not over yet"),
    "disagree": (
        "不同来源或版本的结论不一致（{values}）",
        "Sources or vintages lead to different answers ({values})",
    ),
    "no_direction": (
        "指标高低无优劣之分，目标又非上下限",
        "Neither higher nor lower is better and the target is no limit",
    ),
    "unrecognised": (
        "主体或指标未能对应到目录",
        "The unit or the indicator is not known to the catalogue",
    ),
    "so_far": ("已有观测值{value}（{period}）", "Observed so far: {value} ({period})"),
    # leanings
    "bracket": (
        "前后时期的观测值（{values}）都在目标同一侧",
        "Values before and after ({values}) lie on one side of the target",
    ),
    "mean_rate": (
        "{period}年均增速{value}，按此推算与目标同期相比",
        "Mean rate of {period} was {value}; carried on, it is compared with the target",
    ),
    "weak_value": (
        "{period}只有预计数或低可信度的{value}",
        "Only an estimate or a value of low confidence for {period}: {value}",
    ),
    # warnings
    "currency": (
        "观测值以{seen}计，目标以{aimed}计，不作换算",
        "Observed in {seen}, set in {aimed}; no conversion is made",
    ),
    "scope": (
        "观测值的范围（{seen}）与目标（{aimed}）不同",
        "Scope of the observation ({seen}) differs from the target ({aimed})",
    ),
    "break": ("口径变动：{note}", "Change of definition: {note}"),
    "parallel": ("存在两种口径：{note}", "Two definitions are in use: {note}"),
    "revised": ("数据有修订：{note}", "The series was revised: {note}"),
    "near_name": (
        "目标所用名称“{name}”与所对应的指标相近而不相同",
        "The target's name “{name}” is near the indicator, not the same",
    ),
    "vintages": ("同期有{count}个数值：{values}", "{count} values for this period: {values}"),
    "partial": (
        "{period}的{value}只覆盖部分时间，不能判定未完成",
        "{value} of {period} covers part of the time and cannot show a miss",
    ),
    "inception": (
        "{value}为历年累计，包含规划期以前的部分",
        "{value} is a total since inception and includes earlier years",
    ),
    "years_missing": (
        "{years}年没有观测值，可能抵减已知部分",
        "No values for {years}; they might offset what is known",
    ),
    "members": (
        "只有部分成员或上级单位的观测值，不能代表该主体",
        "Only member or upper units were observed, which do not stand for the unit",
    ),
    "nominal": (
        "增速由现价总量推算，目标增速通常按可比价格",
        "The rate is computed from current prices; targets usually mean comparable prices",
    ),
    "estimate": ("所用数值为预计数", "The value used is an estimate"),
    "rounding": (
        "观测值与目标之差在印刷精度之内",
        "Observed and aimed value differ by less than the printed precision",
    ),
    "own_report": (
        "完成情况由后一个规划的文本报告",
        "The outcome is reported by the text of the following plan",
    ),
}  # fmt: skip


_PERIOD = re.compile(r"(\d{4})(?:-(\d{4})|-Q(\d)|-H([12])|-01/(\d{2})|-(\d{2}))?")
_QUARTERS = "一二三四"
_HALVES = "上下"


def period_in_chinese(text: str) -> str:
    """Periods as an office writes them: 2020年, 2016—2020年, 2018年1—5月, 2023年上半年."""

    def said(found: re.Match[str]) -> str:
        year, last, quarter, half, through, month = found.groups()
        if last:
            return f"{year}—{last}年"
        if quarter:
            return f"{year}年{_QUARTERS[int(quarter) - 1]}季度"
        if half:
            return f"{year}年{_HALVES[int(half) - 1]}半年"
        month = through or month
        return f"{year}年1—{int(month)}月" if month else f"{year}年"

    return _PERIOD.sub(said, text)


def remark(code: str, **fields: str) -> Remark:
    """The remark of a code; fields ending in ``_en`` stand in the English sentence."""
    zh, en = _TEXTS[code]
    english = {
        name: fields.get(f"{name}_en", value)
        for name, value in fields.items()
        if not name.endswith("_en")
    }
    chinese = {name: value for name, value in fields.items() if not name.endswith("_en")}
    if "period" in chinese:
        chinese["period"] = period_in_chinese(chinese["period"])
    return Remark(code, zh.format(**chinese), en.format(**english))
