"""What a reader of a result must know (结果说明): what was put in, cut or not rated."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.result import Remark
from hexi.assessment.scheme.nouns import Item, Scheme
from hexi.assessment.scoring.table import Scored

__all__ = ["enough_data", "remarks_on"]


def remarks_on(
    scheme: Scheme, matrix: Matrix, items: Sequence[Item], scored: Scored
) -> list[Remark]:
    """Of the steps before aggregation, item by item; then units that changed their class."""
    remarks: list[Remark] = []
    known = ~np.isnan(scored.treated)
    low = np.where(known, scored.treated, np.inf).min(axis=0)
    high = np.where(known, scored.treated, -np.inf).max(axis=0)
    for place, item in enumerate(items):
        for unit in scored.put_in.get(place, ()):
            value = scored.treated[unit, place]
            remarks.append(
                Remark(
                    "put_in",
                    f"缺失，按办法补为{value:.6g}",
                    f"missing, {value:.6g} put in as the scheme has it",
                    matrix.units[unit],
                    item.id,
                )
            )
        drawn, transform = scored.drawn.get(place), scored.transformed.get(place)
        if drawn:
            text = f"{drawn}个极端值按办法收拢"
            remarks.append(Remark("winsorised", text, f"{drawn} outliers drawn in", item=item.id))
        if transform:
            text = f"按办法作{transform}变换"
            remarks.append(Remark("transformed", text, f"{transform} taken", item=item.id))
        if not high[place] > low[place]:
            remarks.append(
                Remark(
                    "constant",
                    "各主体数值相同，不影响名次",
                    "the same for everybody: it does not tell anybody apart",
                    item=item.id,
                )
            )
    _remark_changes(scheme, matrix, remarks)
    return remarks


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


def enough_data(
    scheme: Scheme, matrix: Matrix, items: Sequence[Item], remarks: list[Remark]
) -> NDArray[np.bool_]:
    """Who has enough data, is old enough, and is not barred by a decision, to be rated."""
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
    for one in matrix.decided:
        if one.effect == "unrated" and one.unit in matrix.units:
            enough[matrix.units.index(one.unit)] = False
            remarks.append(Remark("decided", one.text, one.text_en, one.unit))
    return enough
