"""The grammar (句法): which shapes of tokens make which kind of statement.

A production says, in the letters of ``tokens.py``, what stands before a figure (back to the start
of its clause) and what stands after it. Productions are tried in order for the figure's class;
the first that fits names the reading. ``prose.py`` gives each reading its meaning.

Two finer kinds exist only here: ``~``, a whole in the genitive (全省总量的), and on the right
``Q``, a name that the figure qualifies (的企业), ``W``, works whose size the figure is
(铬矿冶炼项目), and ``I``, works that money is put into (建设…项目). What a figure is compared with
ends the left string: ``^`` a gap (高于全省平均), ``=`` the year before, ``$`` a plan.

Left patterns are matched at the end of the left string, right patterns at the start of the right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

__all__ = ["PRODUCTIONS", "Production", "shape"]


@dataclass(frozen=True, slots=True)
class Production:
    """One shape: name of the reading, classes of figure, what stands before and after."""

    reading: str
    kinds: str
    left: str = ""
    right: str = ""


#: one letter a class of figure: money m, measure u, count c, people p, percent %, multiple x,
#: duration d, rank r; v is a count of machines (万台)
PRODUCTIONS: tuple[Production, ...] = (
    # 过1亿美元的企业; 1000亿元以上的; 亿元以上项目: the criterion of a class, named after it
    Production("criterion", "mucpv%", r"B[VBA]*", r"b?Q"),
    Production("criterion", "mucpv%", r"", r"bQ"),
    Production("criterion", "mu", r"", r"bW"),
    Production("criterion", "mu", r"N[VBA]*", r"bq"),
    Production("criterion", "mu", r"B[VBA]*", r"q"),
    # 由第8位上升到前5位; 第1位; 每年提升一位
    Production("from", "r", r"O[TBP]*N?", r"b?"),
    Production("to", "r", r"U[TVBAJP]*", r""),
    Production("gain", "r", r"G[VBDAJ]*", r""),
    Production("rank", "r", r"", r""),
    # 恢复到2019年的112%
    Production("multiple", "%", r"[UV]T", r""),
    # 是“十一五”的4倍; 增长4倍; 翻一番
    Production("multiple", "x", r"", r""),
    # 由22%提高到70%
    Production("from", "mucpv%d", r"O[TBP]*", r"b?"),
    Production("to", "mucpv%d", r"U[TVBAJP]*", r""),
    # 年均增长8%; 同比22%; 年均分别增长
    # 高于全省平均1.2个百分点; 比上年多2.3亿元; 为年度计划的85%
    Production("gap", "mucpv%", r"\^", r""),
    Production("change", "mucpv%", r"=", r""),
    Production("done", "%", r"\$", r""),
    Production("growth", "%", r"G[TKYVBDAJLb]*", r""),
    Production("growth", "%", r"[KYC][VBDAJLG]*", r""),
    Production("change", "mucpv", r"[CYK]+[NVBDAJL]?G[VBDAJL]*", r""),
    # 占生产总值比重达3%
    Production("structure", "s", r"", r""),
    Production("share_of", "%", r"SN?H?[VBDAJLRT]*", r""),
    Production("share_of", "%", r"SN[/N()]*H?[VBDAJLRT]*", r""),
    # 达到全省总量的40%: the share of a whole, without 占
    Production("share_of", "%", r"N[JAR]*[VB]~[VB]*", r""),
    Production("share", "%", r"", r""),
    # 66万吨铬矿冶炼项目: what works are built for
    Production("capacity", "u", r"", r"W"),
    Production("capacity", "v", r"", r"W"),
    # 投资1000万美元建设…项目: money for works named after it
    Production("invested", "m", r"N", r"I"),
    # 16条国际航线; 10家以上500强企业
    Production("counted_after", "cpv", r"", r"b?[NWQq]"),
    Production("named", "mucpvd", r"N[VBDAJLKTRHGCP()]*", r""),
    Production("inherited", "mucpvd", r"", r""),
)


@cache
def _compiled() -> tuple[tuple[Production, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (production, re.compile(f"(?:{production.left})$"), re.compile(production.right))
        for production in PRODUCTIONS
    )


def shape(kind: str, left: str, right: str) -> str:
    """The reading of a figure of class ``kind`` between the two strings of token kinds."""
    for production, before, after in _compiled():
        if kind in production.kinds and before.search(left) and after.match(right):
            return production.reading
    return "inherited"
