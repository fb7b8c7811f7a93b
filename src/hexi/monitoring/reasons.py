"""What monitoring says of a target (监测说明): every code with its sentence in both languages."""

from __future__ import annotations

from hexi.monitoring.verdicts.remarks import period_in_chinese
from hexi.monitoring.verdicts.verdict import Remark

__all__ = ["because"]

_TEXTS: dict[str, tuple[str, str]] = {
    # the target itself
    "no_deadline": ("目标未写明年份", "The target states no year"),
    "no_unit": (
        "责任主体未能对应到目录，找不到观测值",
        "The unit is not known to the catalogue: there is nothing observed to hold against it",
    ),
    "no_line": ("目标值“{value}”不是数字", "The target “{value}” is no number"),
    "no_indicator": ("指标未能对应到目录", "The indicator is not known to the catalogue"),
    "share_beyond": (
        "占比{value}超出0—100%，目标不成立，不作测算",
        "A share of {value} lies outside 0 to 100 %: no target, nothing is computed",
    ),
    "base_beyond": (
        "基期占比{value}超出0—100%，不予采用",
        "A base share of {value} lies outside 0 to 100 % and is not used",
    ),
    "ends_before": (
        "目标年份{end}不晚于基期{start}，无从测算进度",
        "The target year {end} does not come after the base year {start}",
    ),
    "outside_plan": (
        "目标年份{end}在规划期{plan}之外",
        "The target year {end} lies outside the plan's years {plan}",
    ),
    "fall_beyond": (
        "增速目标{value}低于-100%，不成立",
        "A growth target of {value} lies below -100 % and cannot be",
    ),
    "no_base": ("没有基期数值，进度和路径无法测算", "Without a base there is no path or progress"),
    "base_observed": (
        "规划未写基期，取{period}观测值{value}",
        "The plan states no base; the observed {value} of {period} is taken",
    ),
    "base_planned": (
        "{period}为规划所列基数，无其他来源",
        "The value of {period} is the plan's own base; no other source has it",
    ),
    "base_total": (
        "所列基数{value}是{period}的合计，不是单年数值，不作起点",
        "The base of {value} is a total of {period}, not of one year: it is no starting point",
    ),
    "base_not_positive": (
        "基期为零或负数（{value}），不能按增速测算，改按等额",
        "The base is zero or negative ({value}): no rate can be formed, equal steps are taken",
    ),
    "base_equals": (
        "基期与目标相同，没有要走的路程",
        "Base and target are the same: there is no way to go",
    ),
    "already_there": (
        "基期已达到目标，按守住底线看待",
        "The base already reaches the target, which is taken as a line to hold",
    ),
    "real_beside": (
        "达到总量须现价年均增长{implied}，规划所列{rate}为可比价格增速，两者口径不同",
        "The level asks for {implied} a year at current prices; the {rate} stated with it is at"
        " comparable prices",
    ),
    "rate_beside": (
        "达到总量须年均增长{implied}，与规划所列{rate}不一致，按总量测算",
        "The level asks for {implied} a year, not the {rate} stated with it; the level is taken",
    ),
    "two_targets": (
        "同一主体同一指标同一时期另有目标（{others}），两者分别测算",
        "There is another target for the same thing ({others}); each is judged for itself",
    ),
    "unit_changed": (
        "责任主体在规划期内有变动（{change}），前后数值未必可比",
        "The unit changed within the plan's years ({change}): values may not compare",
    ),
    "no_direction": (
        "指标高低无优劣之分，不评快慢",
        "Neither higher nor lower is better: no grade is given",
    ),
    # the series
    "no_series": ("没有可比的观测值", "There are no comparable observed values"),
    "not_since": ("基期以后没有可比的观测值", "No comparable value since the base year"),
    "years_missing": ("{years}没有数据，留空不补", "No data for {years}; the gap is left open"),
    "value_beyond": (
        "{periods}的数值超出0—100%，不予采用",
        "The values of {periods} lie outside 0 to 100 % and are not used",
    ),
    "blocked": ("口径变动：{note}，此后数值未用", "Definition changed: {note}; left out since"),
    "cut": ("口径变动：{note}，此前数值未用", "Definition changed: {note}; left out before"),
    "bridged": (
        "口径变动：{note}，按规定系数{factor}衔接",
        "Definition changed: {note}; bridged by the declared factor {factor}",
    ),
    "parallel": ("存在两种口径：{note}", "Two definitions are in use: {note}"),
    "restated": (
        "{period}有{count}个数值（{values}），取首次公布数",
        "{count} values for {period} ({values}); as first published is taken",
    ),
    "estimate": ("{period}为预计数或低可信度数据", "{period} is an estimate or of low confidence"),
    "nominal": (
        "增速由现价总量推算，目标通常按可比价格，二者不等同",
        "The rate comes from current prices; the target usually means comparable prices",
    ),
    "level_nominal": (
        "总量按现价，增速按可比价格，两者不能互相推算",
        "Levels are at current prices, rates at comparable prices: one does not give the other",
    ),
    "part_of_year": (
        "另有{period}的数值{value}，只覆盖部分时间",
        "There is also {value} of {period}, which covers part of the time",
    ),
    # the path
    "by_hand_ends": (
        "自定路径末期为{value}，与目标{line}不符",
        "The path given by hand ends at {value}, not at the target {line}",
    ),
    "by_hand_gaps": ("自定路径缺少{years}", "The path given by hand lacks {years}"),
    "season_equal": (
        "完整年份不足两年，各期按均等分配",
        "Fewer than two whole years: periods are taken as equal",
    ),
    "season_learnt": (
        "按{years}的各期占比分配",
        "Spread by the shares of the periods in {years}",
    ),
    # breaking down
    "not_additive": (
        "该指标不能由各单位相加或加权得到，不能分解",
        "The figure is no sum or weighted mean of its parts and cannot be broken down",
    ),
    "weights_needed": (
        "占比和比率须有各单位的权数（分母）才能分解",
        "A share breaks down only with the weights (denominators) of the parts",
    ),
    "bases_needed": (
        "缺少{units}的基数，不能按占比分解",
        "The bases of {units} are missing: no breaking down by share",
    ),
    "weights_bad": (
        "{units}的数值不是正数，不能据以分解",
        "The values of {units} are not positive: they cannot carry a breakdown",
    ),
    "capacity_short": (
        "各单位能力合计{total}，少于所需增量{need}",
        "The parts' capacities come to {total}, less than the {need} needed",
    ),
    "parts_short": (
        "各单位合计{total}，比目标{whole}少{gap}",
        "The parts come to {total}: {gap} short of {whole}",
    ),
    "parts_over": (
        "各单位合计{total}，比目标{whole}多{gap}",
        "The parts come to {total}: {gap} above {whole}",
    ),
    "parts_agree": ("各单位合计与目标一致", "The parts give the whole"),
    "part_unknown": (
        "{units}尚无数值，合计不完整",
        "No number yet for {units}: the sum is not complete",
    ),
    "part_beyond": (
        "{units}的分解值超出0—100%，已按上下限调整",
        "The shares of {units} would leave 0 to 100 %; they are held at the limit",
    ),
    # standing
    "not_due": ("尚无{period}的数值", "There is no value of {period} yet"),
    "finished": ("目标期已过", "The target's time is over"),
    "grey_no_data": ("数据不足，不亮灯", "Too little data for a lamp"),
    "grey_stale": (
        "最近数据为{period}，已{months}个月没有新数据",
        "The last value is of {period}: nothing new for {months} months",
    ),
    "lamp_p": (
        "达标概率为{p}，{rule}",
        "Probability of meeting the target {p}: {rule}",
    ),
    "lamp_kept": (
        "达标概率{p}离界限{bound}不足{width}，沿用上次灯色",
        "Probability {p} is within {width} of the bound {bound}: the lamp stays as it was",
    ),
    "lamp_reached": ("已经达到目标水平", "The target's level has been reached"),
    "lamp_missed": ("目标期已过，未达到目标", "The target's time is over and it was not met"),
    # warnings
    "change_point": (
        "{period}起走势变化：年均增速由{before}变为{after}",
        "The trend changes from {period}: growth a year {before} before, {after} after",
    ),
    "stalled": (
        "应有{due}的数据，最近只有{last}，已逾期{months}个月",
        "{due} is due and the last value is of {last}: {months} months late",
    ),
    "stalled_never": (
        "基期以后应有{due}起的数据，至今没有，已逾期{months}个月",
        "{due} is due and there is no value since the base: {months} months late",
    ),
    "concentration": (
        "一家企业占{share}，超过{bound}；该企业退出即少{share}",
        "One enterprise alone makes {share}, above {bound}; its leaving would cost as much",
    ),
    "concentration_all": (
        "前{count}家合计占{share}，超过{bound}",
        "The first {count} together make {share}, above {bound}",
    ),
    "project_late": (
        "支撑项目{name}应于{planned}开工，逾期{months}个月未开工",
        "Project {name} should have started in {planned}: {months} months late",
    ),
    "project_funds": (
        "支撑项目{name}资金到位{done}，按进度应到位{due}",
        "Funds in place for project {name}: {done}, by schedule {due}",
    ),
    "lamp_worse": ("灯色由{before}转为{after}", "The lamp went from {before} to {after}"),
}  # fmt: skip


def because(code: str, **fields: str) -> Remark:
    """The remark of a code; fields ending in ``_en`` stand in the English sentence."""
    zh, en = _TEXTS[code]
    chinese = {name: value for name, value in fields.items() if not name.endswith("_en")}
    english = {
        name: fields.get(f"{name}_en", value.replace("、", ", ")) for name, value in chinese.items()
    }
    for name in ("period", "due", "last", "planned", "years", "plan"):
        if name in chinese:
            chinese[name] = period_in_chinese(chinese[name])
    return Remark(code, zh.format(**chinese), en.format(**english))
