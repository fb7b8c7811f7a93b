"""A plan's own rule against its own aim (规定与目标, H1).

Where a plan lays down that land for industry must carry at least 300万元 a mu and then aims at an
average of 230, one of the two is not meant. The rule stands in prose with 每亩 before or after the
statistic; the aim in a table with 万元/亩.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hexi.plans.audit.arithmetic import with_unit
from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.clauses import Passage, Placed
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Finding, Verdict
from hexi.plans.audit.gather import Figure
from hexi.plans.audit.names import indicator_key
from hexi.quantities import units

__all__ = ["check_rules"]

_RULING = re.compile(r"规定|不得|必须|应当|标准|门槛|准入|严格控制|要求|控制在")
_PER = re.compile(r"每(亩|公顷|平方米|平方公里|人|吨|户|万元)")
_STATISTIC = re.compile(
    r"([\u4e00-\u9fff]{2,12}?(?:强度|容积率|密度|能耗|税收|产出率?|系数|绿地率|浓度|占比|比重|率))"
    r"(?:每[\u4e00-\u9fff]{1,3})?(?:应|须|要)?(?:不得|不|应)?(?:低于|少于|高于|超过|大于|小于|达到|控制在)"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    figure: Figure
    name: str
    least: Fraction | None
    most: Fraction | None
    dimension: object


def check_rules(docket: Docket) -> Iterator[Finding]:
    """H1: every rule with a floor or ceiling against the plan's own aims for it."""
    by_name: dict[tuple[int, str], list[Figure]] = {}
    for figure in docket.book.figures:
        if figure.modality == "target" and figure.measure in ("level", "share") and figure.year:
            by_name.setdefault((figure.source, figure.name[-4:]), []).append(figure)
    for passage in docket.passages:
        if not _RULING.search(passage.text):
            continue
        for placed in passage.figures:
            rule = _rule(passage, placed)
            if rule is None:
                continue
            for aim in by_name.get((passage.source, rule.name[-4:]), ()):
                if aim.index != rule.figure.index and aim.dimension == rule.dimension:
                    yield _line(rule, aim)
                    break


def _rule(passage: Passage, placed: Placed) -> _Rule | None:
    figure = placed.figure
    if figure.bound not in ("ge", "le") or figure.measure not in ("level", "share"):
        return None
    left, right = passage.bounds(placed.start)
    before = passage.text[max(left, placed.start - 40) : placed.start]
    if not _RULING.search(passage.text, left, right):
        return None
    statistic = max(_STATISTIC.finditer(before), key=lambda m: m.start(), default=None)
    if statistic is None or statistic.end() < len(before) - 2:
        return None
    unit = figure.unit_name
    per = _PER.search(before, statistic.start())
    if per is not None and "/" not in unit:
        unit = f"{unit}/{per[1]}"
    try:
        parsed = units.parse(unit)
    except units.UnknownUnit:
        return None
    value = figure.value * parsed.factor
    least = value if figure.bound == "ge" else None
    most = value if figure.bound == "le" else None
    return _Rule(figure, indicator_key(statistic[1]), least, most, parsed.dimension)


def _line(rule: _Rule, aim: Figure) -> Finding:
    aimed = aim.scaled()
    below = rule.least is not None and aimed.high is not None and aimed.high < rule.least
    above = rule.most is not None and aimed.low is not None and aimed.low > rule.most
    broken = (below and aim.bound != "ge") or (above and aim.bound != "le")
    sign = "≥" if rule.least is not None else "≤"
    ruled, aimed_at = with_unit(rule.figure), with_unit(aim)
    return check_line(
        "H1",
        "passages",
        Verdict.OUTSIDE if broken else Verdict.PASS,
        aim.statement.indicator,
        (rule.figure, aim),
        f"规定 {sign} {ruled}；目标 {aimed_at}",
        f"{sign} {ruled}",
        title=(
            f"{aim.statement.indicator}：目标 {aimed_at} 达不到本规划自己的规定（{sign} {ruled}）",
            f"{aim.statement.indicator}: the aim of {aimed_at} does not meet the plan's own rule "
            f"({sign} {ruled})",
        )
        if broken
        else None,
    )
