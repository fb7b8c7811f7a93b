"""What each check is called (核算项目名称): what is held against what.

Titles of check lines, reports and pages all take the names from here.
"""

from __future__ import annotations

__all__ = ["CHECK_NAMES"]

#: check → (zh-Hans, English), worded so that an outcome may follow: 两处表述 … 不符
CHECK_NAMES: dict[str, tuple[str, str]] = {
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
