"""What is varied (变动的选择): the choices of a scheme that others might have made otherwise.

A choice is varied only where the scheme has the step: where nothing is missing, another rule for
missing values changes nothing, and a run that skipped it silently would claim more than it did.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.faults import AssessmentError, Fault
from hexi.assessment.scheme.nouns import (
    Borda,
    Distance,
    FractionOfMax,
    Item,
    MinMax,
    PercentRank,
    Rank,
    Scheme,
    Treatment,
    ZScore,
)

__all__ = ["Choices", "Filling", "Mean", "Normalising", "all_choices", "checked", "is_relative"]

#: another way to bring an item to a scale; only for items that are scored against the others
Normalising = Literal["minmax", "zscore", "percent_rank", "distance"]
#: another mean
Mean = Literal["arithmetic", "geometric", "harmonic"]
#: another rule for missing values
Filling = Literal["leave_out", "zero", "mean", "median", "group_mean", "latest", "linear"]


_KINDS: Final[dict[Normalising, type]] = {
    "minmax": MinMax,
    "zscore": ZScore,
    "percent_rank": PercentRank,
}
_MEANS: Final[tuple[Mean, ...]] = ("arithmetic", "geometric")
_RULES: Final[tuple[Filling, ...]] = ("leave_out", "mean", "median")


@dataclass(frozen=True, slots=True)
class Choices:
    """What each draw may change; the scheme's own way is always among the alternatives."""

    #: every given weight times a factor between 1 - and 1 + this; 0: weights stay
    weights: float = 0.0
    normalising: tuple[Normalising, ...] = ()
    aggregation: tuple[Mean, ...] = ()
    missing: tuple[Filling, ...] = ()
    #: also without the treatment of outliers that the scheme has
    untreated: bool = False
    #: figures anywhere inside the rounding that they were printed with
    rounding: bool = False


def is_relative(item: Item) -> bool:
    """True where an item is scored against the others, not against fixed marks."""
    by = item.scoring
    if isinstance(by, MinMax):
        return by.low is None and by.high is None
    if isinstance(by, Distance):
        return by.to != "target"
    return isinstance(by, ZScore | Rank | PercentRank | Borda | FractionOfMax)


def all_choices(scheme: Scheme, matrix: Matrix, *, weights: float = 0.25) -> Choices:
    """Everything that this scheme and these data give ground to vary."""
    items, groups = tuple(scheme.items()), tuple(scheme.groups())
    # an alternative that is the scheme's own way already would only count it twice
    scorings = {type(item.scoring) for item in items if is_relative(item)}
    means = {group.aggregation for group in groups}
    rules = {(item.missing or scheme.missing).rule for item in items}
    wide = Choices(
        weights=weights,
        normalising=tuple(how for how, kind in _KINDS.items() if scorings != {kind}),
        aggregation=tuple(mean for mean in _MEANS if means != {mean}),
        missing=tuple(rule for rule in _RULES if rules != {rule}),
        untreated=True,
        rounding=True,
    )
    without = {fault.place for fault in _faults(wide, scheme, matrix)}
    return Choices(
        weights=0.0 if "weights" in without else wide.weights,
        normalising=() if "normalising" in without else wide.normalising,
        aggregation=() if "aggregation" in without else wide.aggregation,
        missing=() if "missing" in without else wide.missing,
        untreated="untreated" not in without,
        rounding="rounding" not in without,
    )


def checked(choices: Choices, scheme: Scheme, matrix: Matrix) -> Choices:
    """The choices; `AssessmentError` where one varies a step that the scheme does not have."""
    faults = list(_faults(choices, scheme, matrix))
    if faults:
        raise AssessmentError(faults)
    return choices


def _faults(choices: Choices, scheme: Scheme, matrix: Matrix) -> Iterator[Fault]:
    items = tuple(scheme.items())
    groups = tuple(scheme.groups())
    if not 0 <= choices.weights < 1:
        yield Fault("weights", "幅度应在0与1之间", "a share between 0 and 1")
    elif choices.weights and not any(group.weighting == "given" for group in groups):
        yield Fault("weights", "办法没有给定权重", "the scheme gives no weights")
    if choices.normalising and not any(is_relative(item) for item in items):
        yield Fault(
            "normalising", "各指标按固定标准计分，无法换算", "all items are scored by fixed marks"
        )
    if choices.aggregation and any(g.aggregation not in get_args(Mean) for g in groups):
        yield Fault(
            "aggregation", "办法的合成不是平均法", "the scheme does not aggregate by a mean"
        )
    now = matrix.chosen([item.id for item in items])[-1]
    if choices.missing and not np.isnan(now).any():
        yield Fault("missing", "数据没有缺失", "no value is missing")
    if choices.untreated and all(item.treatment == Treatment() for item in items):
        yield Fault("untreated", "办法没有异常值处理", "the scheme treats no outliers")
    if choices.rounding and (matrix.grain is None or not (matrix.grain > 0).any()):
        yield Fault("rounding", "数据没有取整精度", "the data say nothing of their rounding")
