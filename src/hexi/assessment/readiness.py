"""Whether a scheme and its data can give a result (考核条件): everything that stands in the way.

What a scheme declares is done; what it does not declare is refused with its place, never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.faults import Fault
from hexi.assessment.scheme.checking import classes_of
from hexi.assessment.scheme.nouns import Item, Logarithm, Scheme
from hexi.assessment.scoring.table import missing_rule
from hexi.assessment.weighting.ahp import MOST_INCONSISTENT, judged

__all__ = ["faults_of"]


def faults_of(scheme: Scheme, matrix: Matrix) -> list[Fault]:
    """Everything that stands in the way of a run, at once."""
    items = tuple(scheme.items())
    found = []
    for number, item in enumerate(items):
        known = matrix.chosen([item.id])[-1, :, 0]
        rule = missing_rule(scheme, item)
        # where the scheme gives no points for a gap, a column of gaps is what it says
        if np.isnan(known).all() and rule.rule != "zero":
            text = f"“{item.name.zh}”没有任何数据"
            found.append(Fault(item.id, text, f"“{item.name.en}” has no data at all"))
        elif np.isinf(known).any():
            text = f"“{item.name.zh}”的数据含无穷大"
            found.append(Fault(item.id, text, f"“{item.name.en}” holds an infinite value"))
        if rule.rule == "refuse" and np.isnan(known).any() and not np.isnan(known).all():
            gaps = [unit for unit, gap in zip(matrix.units, np.isnan(known), strict=True) if gap]
            found.append(
                Fault(
                    item.id,
                    f"“{item.name.zh}”缺少{len(gaps)}个主体的数据（{'、'.join(gaps[:5])}），"
                    "办法未允许缺失",
                    f"“{item.name.en}” has no data of {len(gaps)} units ({', '.join(gaps[:5])}),"
                    " and the scheme allows no gap",
                )
            )
        if item.per and item.per not in matrix.items:
            found.append(Fault(item.id, f"没有分母{item.per}的数据", f"no data of {item.per}"))
        if any(item.id == other.id for other in items[:number]):
            found.append(Fault(item.id, "指标重复", "stands twice in the scheme"))
    if not matrix.units:
        found.append(Fault("units", "没有被考核的主体", "nobody is assessed"))
    return [
        *found,
        *_value_faults(matrix, items),
        *_class_faults(scheme, matrix),
        *_case_faults(scheme, matrix),
        *_left_faults(matrix),
        *_judgement_faults(scheme),
    ]


def _case_faults(scheme: Scheme, matrix: Matrix) -> list[Fault]:
    """Cases of bonus, penalty or veto, and what is reported, belong to somebody assessed."""
    matters = {one.id for one in scheme.points} | {one.id for one in scheme.vetoes}
    found = []
    for case in matrix.cases:
        if case.unit not in matrix.units:
            text = f"“{case.unit}”不在被考核之列"
            found.append(Fault(case.matter, text, f"“{case.unit}” is not assessed"))
        if case.matter not in matters:
            text = f"办法中没有“{case.matter}”"
            found.append(Fault(case.unit, text, f"no “{case.matter}” in the scheme"))
    for fact in matrix.facts:
        if fact.unit not in matrix.units:
            text = f"“{fact.unit}”不在被考核之列"
            found.append(Fault(fact.fact, text, f"“{fact.unit}” is not assessed"))
    return found


def _left_faults(matrix: Matrix) -> list[Fault]:
    """Nobody is assessed whom an earlier decision has taken out."""
    return [
        Fault(one.unit, one.text, one.text_en)
        for one in matrix.decided
        if one.effect == "left" and one.unit in matrix.units
    ]


def _value_faults(matrix: Matrix, items: Sequence[Item]) -> list[Fault]:
    """Values that the declared method has no meaning for."""
    found = []
    for item in items:
        if not isinstance(item.scoring, Logarithm):
            continue
        known = matrix.chosen([item.id])[-1, :, 0]
        for row in np.flatnonzero(known <= 0).tolist():
            found.append(
                Fault(
                    f"{item.id}（{matrix.units[row]}）",
                    f"“{item.name.zh}”为{known[row]:g}，不大于零，不能取对数",
                    f"“{item.name.en}” is {known[row]:g}, not above zero: it has no logarithm",
                )
            )
    return found


def _class_faults(scheme: Scheme, matrix: Matrix) -> list[Fault]:
    """Every unit has a class that the scheme has weights for."""
    if not scheme.class_by:
        return []
    if scheme.class_by not in matrix.attributes:
        text = f"办法按{scheme.class_by}分设权重，数据没有此属性"
        text_en = f"weights differ by {scheme.class_by}, and the data do not have it"
        return [Fault(scheme.class_by, text, text_en)]
    members = [member for group in scheme.groups() for member in group.members]
    without = {
        name
        for name in set(matrix.classes(scheme.class_by))
        if any(one.by_class and one.by_class.get(name, one.weight) <= 0 for one in members)
        and name not in classes_of(scheme)
    }
    return [
        Fault(
            f"{scheme.class_by}（{unit}）",
            f"“{name}”没有对应的权重",
            f"no weights for “{name}”",
        )
        for unit, name in zip(matrix.units, matrix.classes(scheme.class_by), strict=True)
        if name in without
    ]


def _judgement_faults(scheme: Scheme) -> list[Fault]:
    """Judgements of AHP are reciprocal and consistent."""
    found = []
    for group in scheme.groups():
        if group.weighting != "ahp":
            continue
        try:
            ratio = judged(group.judgements).ratio
        except ValueError:
            text = "判断矩阵不是互反方阵"
            found.append(Fault(group.id, text, "judgements are no reciprocal square matrix"))
            continue
        if ratio > MOST_INCONSISTENT:
            text = f"判断矩阵一致性比率{ratio:.3f}，大于{MOST_INCONSISTENT:g}，须重新判断"
            text_en = f"consistency ratio {ratio:.3f} above {MOST_INCONSISTENT:g}: judge anew"
            found.append(Fault(group.id, text, text_en))
    return found
