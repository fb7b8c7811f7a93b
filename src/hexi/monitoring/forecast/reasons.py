"""Why a probability is what it is (测算说明): a code for programs, a sentence in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Reason"]

_TEXTS: dict[str, tuple[str, str]] = {
    # what was done
    "known": ("目标期的数值已经公布", "The value of the target's period is known"),
    "drift": (
        "按近{points}期的增长趋势推算，近期权重较大",
        "Carried on from the growth of the last {points} values, the newest weighing most",
    ),
    "seasonal": (
        "与上年同期相比推算，已消除季节影响",
        "Carried on from the growth on the same period of the year before",
    ),
    "ytd": (
        "本年累计数加上年剩余月份按今年增速推算",
        "This year so far, and last year's remainder grown as this year has",
    ),
    "paths": (
        "对{draws}条可能的走势逐一计算后统计",
        "Counted over {draws} possible courses",
    ),
    "shrunk": (
        "数据较短，同类序列的增速和波动一并参考",
        "Growth and volatility of sibling series are taken into account",
    ),
    "family_only": (
        "本序列只有{points}个数值，趋势取自同类序列",
        "The series has only {points} values: its trend is that of its siblings",
    ),
    "scale_log": ("按增长率测算", "Reckoned in rates of growth"),
    "scale_logit": ("占比按上下限换算后测算", "A share, reckoned between its limits"),
    "scale_plain": (
        "序列中有零或负数，按增减量测算",
        "The series has zeros or negative values: reckoned in differences",
    ),
    "widened": (
        "按以往预测误差把区间调整为{factor}倍",
        "The band is {factor} times as wide, by what past forecasts missed",
    ),
    "scenario": ("按所列假设调整后测算", "Under the assumptions stated"),
    # what a reader must know
    "gaps": ("中间缺{count}期，缺口不补", "{count} periods within the series are missing"),
    "stale": (
        "最近数据早于本次时点{count}期",
        "The last value is {count} periods older than the date of the forecast",
    ),
    "floored": (
        "历史数值几乎不变，波动按下限取值",
        "The values hardly move: a least volatility is assumed",
    ),
    "at_limit": ("数值已贴近上下限", "The value is at its limit"),
    "peers_missing": (
        "{count}个参与排名的单位没有数据，未计入",
        "{count} units that are ranked have no data and are left out",
    ),
    # why nothing is said
    "no_series": ("没有可用的观测值", "There is no observed value"),
    "too_few": (
        "只有{points}个数值，又无同类序列可参考，不作推算",
        "Only {points} values and no siblings to go by: nothing is forecast",
    ),
    "no_direction": (
        "指标高低无优劣之分，目标又非上下限",
        "Neither higher nor lower is better and the target is no limit",
    ),
    "past_end": (
        "目标期已过，但没有该期数值",
        "The target's period is over and has no value",
    ),
    "no_base": ("没有基期数值，增速无从计算", "Without a base no growth can be reckoned"),
    "no_line": ("目标值不能用于测算", "The target's value cannot be used"),
    "no_start": ("不知从何时累计", "It is not known from when to add up"),
    "missing_part": (
        "累计期内有{count}期没有数据，合计无从计算",
        "{count} of the periods to be added up have no data: no total can be formed",
    ),
    "within_year": (
        "本年累计数只推算到年末",
        "A total since January is carried on to the year's end only",
    ),
    "rates_only": (
        "只有增速数据，不能推算总量",
        "There are only rates of growth: no level can be forecast",
    ),
    # assumptions of a scenario
    "delay": (
        "假设项目（年产出{amount}）由{start}推迟{periods}期，期间少这部分产出",
        "Assumed: a project of {amount} a year comes {periods} periods after {start}",
    ),
    "exchange_rate": (
        "假设自{start}起汇率变为{factor}倍，影响数值的{share}",
        "Assumed: from {start} the exchange rate is {factor} times, on {share} of the value",
    ),
    "leaving": (
        "假设占{part}的企业于{start}退出，无替代",
        "Assumed: a firm that makes {part} of the value leaves in {start}, none takes its place",
    ),
    "growth": (
        "假设自{start}起每年增速变动{points}个百分点",
        "Assumed: growth a year changes by {points} percentage points from {start}",
    ),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and what stands in its sentence."""

    code: str
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The sentence in Chinese."""
        return _TEXTS[self.code][0].format(**dict(self.fields))

    @property
    def text_en(self) -> str:
        """The sentence in English."""
        return _TEXTS[self.code][1].format(**dict(self.fields))

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record."""
        return {"code": self.code, "text": self.text, "text_en": self.text_en}
