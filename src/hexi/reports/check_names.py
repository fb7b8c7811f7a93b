"""What each check is called on paper (核算项目名称): what is held against what."""

from __future__ import annotations

from hexi.plans.audit.finding import Rank, Verdict

__all__ = ["CHECK_NAMES", "RANK_NAMES", "VERDICT_NAMES", "check_name"]

#: check → (zh-Hans, English)
CHECK_NAMES: dict[str, tuple[str, str]] = {
    "G1": ("基数、增速与目标", "base, rate and target"),
    "G2": ("比重的变动", "change of a share"),
    "G3": ("计划与完成的共同基数", "one base for plan and result"),
    "G4": ("总体增速与部分增速", "growth of whole and parts"),
    "C1": ("年均增速与累计数", "annual rate and cumulative figure"),
    "C2": ("分年数与累计数", "single years and cumulative figure"),
    "S1": ("分项合计与总数", "parts and whole"),
    "S2": ("部分不大于总体", "part within whole"),
    "S3": ("构成合计百分之百", "shares of a whole"),
    "S4": ("余项的变动", "what is left of the whole"),
    "R1": ("比重与分子分母", "share, numerator and denominator"),
    "R2": ("总体比重与各部分比重", "share of whole and of parts"),
    "R3": ("单位产出与总量", "productivity and total"),
    "U1": ("双单位标注", "one figure in two units"),
    "U2": ("隐含汇率与单重", "implied rate of exchange"),
    "T1": ("前后表述", "two passages on one figure"),
    "T2": ("同值异名", "one value under two names"),
    "T3": ("数目与所列项目", "count and list"),
    "H1": ("自定规则与自定目标", "own rule and own aim"),
    "H2": ("规划期", "horizon"),
    "H3": ("方向与取值范围", "direction and range"),
    "H4": ("目标的基期值", "base value of a target"),
    "P1": ("园区合计与全区", "parks and zone"),
    "P2": ("园区增速反推全区基数", "zone base from the parks' rates"),
    "X1": ("上下级规划衔接", "plan within the upper plan"),
    "X2": ("后来实绩与目标", "later outturn and target"),
}

VERDICT_NAMES: dict[Verdict, tuple[str, str]] = {
    Verdict.EQUAL: ("相等", "equal"),
    Verdict.PASS: ("通过", "pass"),
    Verdict.ROUNDING: ("舍入可通", "rounding"),
    Verdict.OPEN: ("因界限词可通", "open"),
    Verdict.SUSPECT: ("存疑", "suspect"),
    Verdict.OUTSIDE: ("不符", "outside"),
}

RANK_NAMES: dict[Rank, tuple[str, str]] = {
    "identity": ("算式不成立", "identity broken"),
    "passages": ("前后不一", "passages differ"),
    "plausibility": ("合理性存疑", "plausibility"),
}


def check_name(check: str) -> tuple[str, str]:
    """Name of a check; its own code where it has none yet."""
    return CHECK_NAMES.get(check, (check, check))
