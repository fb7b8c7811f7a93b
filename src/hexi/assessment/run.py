"""One run of an assessment (一次考核): a scheme and its data in, every step and the ranks out.

Pure and exact: the same scheme and matrix give the same arrays, so a rerun of any year gives the
same bytes. Nothing is silent: whatever was put in, cut, left out or could not be told apart stands
among the remarks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.faults import AssessmentError, Fault
from hexi.assessment.result import Remark, Result
from hexi.assessment.scheme.checking import classes_of
from hexi.assessment.scheme.nouns import Group, Item, Logarithm, Missing, Scheme
from hexi.assessment.scoring.aggregate import aggregate, spread_weights
from hexi.assessment.scoring.impute import fill
from hexi.assessment.scoring.normalise import is_constant, places, score
from hexi.assessment.scoring.points import given, with_points
from hexi.assessment.scoring.treat import treat
from hexi.assessment.weighting import weigh

__all__ = [
    "ScoredColumn",
    "add_up",
    "assess",
    "rank_best_first",
    "score_item",
    "used_values",
]

Table = NDArray[np.float64]


@dataclass
class _Work:
    """What the tree has come to, from the leaves up."""

    scheme: Scheme
    matrix: Matrix
    items: tuple[Item, ...]
    scores: Table
    classes: tuple[str, ...]
    groups: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    #: weight of every item in the whole, by unit
    weights: Table = field(init=False)

    def __post_init__(self) -> None:
        self.weights = np.zeros(self.scores.shape)
        self._places = {item.id: index for index, item in enumerate(self.items)}

    def place(self, item: Item) -> int:
        """Column of an item."""
        return self._places[item.id]


def assess(scheme: Scheme, matrix: Matrix) -> Result:
    """Score, add up, give points, rank; `AssessmentError` with every fault where it cannot."""
    items = tuple(scheme.items())
    faults = _faults(scheme, matrix, items)
    if faults:
        raise AssessmentError(faults)
    remarks: list[Remark] = []
    _remark_changes(scheme, matrix, remarks)
    treated, scores = _scored(scheme, matrix, items, remarks)
    classes = matrix.classes(scheme.class_by) if scheme.class_by else ("",) * len(matrix.units)
    work = _Work(scheme, matrix, items, scores, classes)
    base = _add_up(scheme.root, work)
    _spread_down(scheme.root, work, np.ones((len(matrix.units), 1)))
    points = given(scheme, matrix.cases, matrix.units)
    final, unrated = with_points(scheme, base, points, matrix.units)
    rated = ~np.isnan(final) & ~unrated & _enough(scheme, matrix, items, remarks)
    final = np.where(rated, final, np.nan).round(scheme.decimals)
    arithmetic = all(group.aggregation == "arithmetic" for group in scheme.groups())
    counted = np.where(np.isnan(scores), 0.0, scores) * work.weights
    return Result(
        scheme=scheme,
        matrix=matrix,
        items=tuple(item.id for item in items),
        nodes=tuple(work.groups),
        treated=treated,
        normalised=scores,
        weights=work.weights,
        contributions=counted if arithmetic else np.full(scores.shape, np.nan),
        groups=np.column_stack(list(work.groups.values())),
        base=base,
        scores=final,
        rated=rated,
        ranks=rank_best_first(final),
        class_ranks={
            one.attribute: _ranks_inside(final, matrix.classes(one.attribute))
            for one in scheme.groupings
        },
        grades=_grades(scheme, final),
        points=points,
        remarks=tuple(remarks),
    )


def add_up(scheme: Scheme, matrix: Matrix, scores: Table) -> NDArray[np.float64]:
    """Scores of the whole, (units,), before points, from scores of the items, (units, items).

    For those who ask what another score of an item would have given."""
    classes = matrix.classes(scheme.class_by) if scheme.class_by else ("",) * len(matrix.units)
    return _add_up(scheme.root, _Work(scheme, matrix, tuple(scheme.items()), scores, classes))


def rank_best_first(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Ranks from 1 for the highest, ties at the better place, 0 where there is no score."""
    found = places(-scores, "min")
    return np.where(np.isnan(found), 0, found).astype(np.int64)


def _faults(scheme: Scheme, matrix: Matrix, items: Sequence[Item]) -> list[Fault]:
    found = []
    for number, item in enumerate(items):
        known = matrix.chosen([item.id])[-1, :, 0]
        if np.isnan(known).all():
            found.append(Fault(item.id, "没有任何数据", "no data at all"))
        elif np.isinf(known).any():
            found.append(Fault(item.id, "数据含无穷大", "the data hold an infinite value"))
        rule = _missing(scheme, item)
        if rule.rule == "refuse" and np.isnan(known).any() and not np.isnan(known).all():
            gaps = [unit for unit, gap in zip(matrix.units, np.isnan(known), strict=True) if gap]
            found.append(
                Fault(
                    item.id,
                    f"缺少{len(gaps)}个主体的数据（{'、'.join(gaps[:5])}），办法未允许缺失",
                    f"no data of {len(gaps)} units ({', '.join(gaps[:5])}),"
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
    ]


def _case_faults(scheme: Scheme, matrix: Matrix) -> list[Fault]:
    """Every case of bonus, penalty or veto belongs to somebody assessed and to the scheme."""
    matters = {one.id for one in scheme.points} | {one.id for one in scheme.vetoes}
    found = []
    for case in matrix.cases:
        if case.unit not in matrix.units:
            text = f"“{case.unit}”不在被考核之列"
            found.append(Fault(case.matter, text, f"“{case.unit}” is not assessed"))
        if case.matter not in matters:
            text = f"办法中没有“{case.matter}”"
            found.append(Fault(case.unit, text, f"no “{case.matter}” in the scheme"))
    return found


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
                    f"{known[row]:g}不大于零，不能取对数",
                    f"{known[row]:g} is not above zero and has no logarithm",
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
    known = set(classes_of(scheme))
    return [
        Fault(
            f"{scheme.class_by}（{unit}）",
            f"“{name}”没有对应的权重",
            f"no weights for “{name}”",
        )
        for unit, name in zip(matrix.units, matrix.classes(scheme.class_by), strict=True)
        if known and name not in known
    ]


def _remark_changes(scheme: Scheme, matrix: Matrix, remarks: list[Remark]) -> None:
    """A unit that is in another class than the year before: its ranks do not compare."""
    watched = dict.fromkeys([scheme.class_by, *(one.attribute for one in scheme.groupings)])
    for attribute in watched:
        before = matrix.attributes_before.get(attribute, ())
        for unit, was, now in zip(matrix.units, before, matrix.classes(attribute), strict=False):
            if was and was != now:
                text = f"由“{was}”变为“{now}”，按“{now}”考核，类内名次与上年不可比"
                text_en = (
                    f"from “{was}” to “{now}”: assessed as “{now}”,"
                    " ranks inside the class do not compare"
                )
                remarks.append(Remark("changed_class", text, text_en, unit))


def _missing(scheme: Scheme, item: Item) -> Missing:
    return item.missing or scheme.missing


def _scored(
    scheme: Scheme, matrix: Matrix, items: Sequence[Item], remarks: list[Remark]
) -> tuple[Table, Table]:
    """Values after denominators, treatment and filling, and their scores; (units, items) each."""
    units = len(matrix.units)
    treated, scores = np.full((units, len(items)), np.nan), np.full((units, len(items)), np.nan)
    for place, item in enumerate(items):
        column = score_item(scheme, matrix, item, used_values(matrix, item))
        treated[:, place], scores[:, place] = column.treated, column.scores
        _remark(remarks, matrix, item, column)
    return treated, scores


@dataclass(frozen=True, eq=False, slots=True)
class ScoredColumn:
    """One item for all units: what was scored, its scores, and what was done on the way."""

    treated: NDArray[np.float64]
    scores: NDArray[np.float64]
    put_in: NDArray[np.bool_]
    #: values drawn in, and the transformation used
    drawn: int
    transform: str


def used_values(matrix: Matrix, item: Item) -> Table:
    """Values of an item after its denominator, (years, units)."""
    years: Table = matrix.chosen([item.id])[:, :, 0]
    if not item.per:
        return years
    below = matrix.chosen([item.per])[:, :, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, years / below, np.nan)


def score_item(scheme: Scheme, matrix: Matrix, item: Item, years: Table) -> ScoredColumn:
    """From used values, (years, units), to scores: filling, treatment, scoring."""
    classes = matrix.classes(scheme.class_by) if scheme.class_by else ("",) * len(matrix.units)
    consecutive = len(matrix.years) > 1 and matrix.years[-2] == matrix.years[-1] - 1
    rule = _missing(scheme, item)
    filled, put_in = fill(years, rule, classes)
    now, drawn, transform = treat(filled, item.treatment)
    column = score(
        now,
        item.scoring,
        item.direction,
        before=years[-2] if consecutive and not transform else None,
        targets=_targets(matrix, item.id),
    )
    if rule.rule == "zero":
        column = np.where(np.isnan(column), 0.0, column)
    return ScoredColumn(now, column, put_in, drawn, transform)


def _targets(matrix: Matrix, item: str) -> NDArray[np.float64] | None:
    if matrix.targets is None or item not in matrix.items:
        return None
    column: NDArray[np.float64] = matrix.targets[:, matrix.items.index(item)]
    return column


def _remark(remarks: list[Remark], matrix: Matrix, item: Item, column: ScoredColumn) -> None:
    now, drawn, transform = column.treated, column.drawn, column.transform
    for unit in np.flatnonzero(column.put_in):
        remarks.append(
            Remark(
                "put_in",
                f"缺失，按办法补为{now[unit]:.6g}",
                f"missing, {now[unit]:.6g} put in as the scheme has it",
                matrix.units[unit],
                item.id,
            )
        )
    if drawn:
        text = f"{drawn}个极端值按办法收拢"
        remarks.append(Remark("winsorised", text, f"{drawn} outliers drawn in", item=item.id))
    if transform:
        remarks.append(
            Remark("transformed", f"按办法作{transform}变换", f"{transform} taken", item=item.id)
        )
    if is_constant(now):
        remarks.append(
            Remark(
                "constant",
                "各主体数值相同，不影响名次",
                "the same for everybody: it does not tell anybody apart",
                item=item.id,
            )
        )


def _add_up(group: Group, work: _Work) -> NDArray[np.float64]:
    """Score of a group and, on the way, of every group inside it."""
    # named before its members, so that nodes stand outer before inner
    work.groups[group.id] = np.zeros(0)
    for member in group.members:
        if isinstance(member, Group):
            _add_up(member, work)
    scores = _member_scores(group, work)
    found = aggregate(scores, _member_weights(group, work, scores), group.aggregation)
    work.groups[group.id] = found
    return found


def _spread_down(group: Group, work: _Work, share: Table) -> None:
    """Weights of the items inside a group; ``share`` is its own in the whole, (units, 1)."""
    scores = _member_scores(group, work)
    spread = spread_weights(_member_weights(group, work, scores), scores) * share
    for index, member in enumerate(group.members):
        if isinstance(member, Item):
            work.weights[:, work.place(member)] = spread[:, index]
        else:
            _spread_down(member, work, spread[:, [index]])


def _member_scores(group: Group, work: _Work) -> Table:
    return np.column_stack(
        [
            work.scores[:, work.place(member)]
            if isinstance(member, Item)
            else work.groups[member.id]
            for member in group.members
        ]
    )


def _member_weights(group: Group, work: _Work, scores: Table) -> Table:
    own = np.array([_own_weights(member, work.classes) for member in group.members]).T
    return weigh(group.weighting, scores, own)


def _own_weights(member: Group | Item, classes: Sequence[str]) -> list[float]:
    """The scheme's own weight of a member, for the class of every unit."""
    return [member.by_class.get(name, member.weight) for name in classes]


def _enough(
    scheme: Scheme, matrix: Matrix, items: Sequence[Item], remarks: list[Remark]
) -> NDArray[np.bool_]:
    """Who has enough data, and is old enough, to be rated."""
    values = matrix.chosen([item.id for item in items])[-1]
    share = (~np.isnan(values)).mean(axis=1)
    enough: NDArray[np.bool_] = share >= scheme.missing.least_share
    for unit in np.flatnonzero(~enough).tolist():
        remarks.append(
            Remark(
                "too_little",
                f"只有{share[unit]:.0%}的指标有数据，不予评定",
                f"only {share[unit]:.0%} of the items have data: not rated",
                matrix.units[unit],
            )
        )
    if scheme.least_years and "since" in matrix.attributes:
        for unit, since in enumerate(matrix.attributes["since"]):
            if since[:4].isdecimal() and matrix.years[-1] - int(since[:4]) < scheme.least_years:
                enough[unit] = False
                remarks.append(
                    Remark(
                        "too_young",
                        f"设立不满{scheme.least_years}个整年，不予评定",
                        f"younger than {scheme.least_years} full years: not rated",
                        matrix.units[unit],
                    )
                )
    return enough


def _ranks_inside(scores: NDArray[np.float64], classes: Sequence[str]) -> NDArray[np.int64]:
    found = np.zeros(scores.shape, dtype=np.int64)
    names = np.array(classes)
    for name in dict.fromkeys(classes):
        inside = names == name
        found[inside] = rank_best_first(scores[inside])
    return found


def _grades(scheme: Scheme, scores: NDArray[np.float64]) -> tuple[str, ...]:
    """Chinese names of the grades; empty where there is none."""
    return tuple(
        next((name.zh for name, least in scheme.grades if value >= least), "")
        for value in scores.tolist()
    )
