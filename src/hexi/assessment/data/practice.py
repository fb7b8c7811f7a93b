"""Practice data of an assessment (考核演练数据): made-up figures for all whom a scheme assesses.

They are for learning how an assessment runs where the figures of a year are not at hand. The same
scheme, year and unit always give the same figures. The scheme that goes with them says in its title
and among its assumptions, and so on every page and paper, that nothing of it is true.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from hexi.assessment.data.collecting import Candidate, empty_matrix
from hexi.assessment.data.matrix import Matrix
from hexi.assessment.data.unit_facts import AskedFact, UnitFact
from hexi.assessment.scheme.checking import classes_of
from hexi.assessment.scheme.nouns import Achievement, Named, Scheme

__all__ = ["practice_matrix", "practice_scheme"]

_SAID: Final = Named(
    "数据为随机生成的演练数据，不是真实统计，分数和排名只供学习",
    "figures are made up for practice; scores and ranks say nothing about real units",
)
#: how far units lie apart, and how far one figure lies from what its unit is like (in logarithms)
_UNITS, _FIGURES, _GROWTH = 0.45, 0.25, 0.06
#: size of a usual figure by its unit of measure, and what is counted in whole numbers
_PLAIN: Final = (20.0, 200.0)
_SIZES: Final[Mapping[str, tuple[float, float]]] = {
    "亿元": (20, 120),
    "亿美元": (0.5, 4),
    "家": (20, 90),
    "个": (8, 40),
    "件": (60, 300),
    "人": (2_000, 20_000),
    "万人": (2, 12),
    "元": (15_000, 40_000),
    "万元/亩": (10, 60),
    "万元/人": (30, 110),
    "吨标准煤/万元": (0.4, 1.6),
    "吨/万元": (0.5, 2.5),
    "立方米/万元": (10, 40),
    "分": (60, 85),
}
_WHOLE: Final = frozenset({"家", "个", "件", "人", "种"})
_REPORTED, _EVIDENCE = 0.8, "演练材料"


def practice_scheme(scheme: Scheme) -> Scheme:
    """The scheme, marked in its title and in what is assumed."""
    source, title = scheme.source, scheme.title
    return replace(
        scheme,
        title=Named(f"【演练】{title.zh}", f"[Practice] {title.en}"),
        source=replace(
            source,
            assumed="；".join(filter(None, (_SAID.zh, source.assumed))),
            assumed_en="; ".join(filter(None, (_SAID.en, source.assumed_en))),
        ),
    )


def practice_matrix(
    scheme: Scheme, candidates: Sequence[Candidate], year: int, asked: Sequence[AskedFact] = ()
) -> Matrix:
    """Figures of the year and the year before, as real ones behave: units that are good at one
    thing tend to be good at others, and shares lie between 0 and 100. Of the conditions that rules
    of what follows ask for, one in five is not reported."""
    matrix = empty_matrix(scheme, candidates, (year - 1, year))
    strength = np.array([_dice(scheme.id, unit).normal(0, _UNITS) for unit in matrix.units])
    items = {one.id: one for one in scheme.items()}
    values = matrix.values.copy()
    targets = np.full(values.shape[1:], np.nan)
    for column, name in enumerate(matrix.items):
        item, dice = items.get(name), _dice(scheme.id, name, str(year))
        lean = strength * (item.direction if item else 0) + dice.normal(0, _FIGURES, len(strength))
        growth = dice.normal(_GROWTH, _GROWTH, len(strength))
        if item is not None and item.unit == "%":
            now = 100 / (1 + np.exp(-lean))
            before = now - 10 * growth
        else:
            low, high = _SIZES.get(item.unit if item else "", _PLAIN)
            now = dice.uniform(low, high) * np.exp(lean)
            before = now / (1 + growth)
        whole = item is not None and item.unit in _WHOLE
        values[:, :, column] = np.round(np.clip([before, now], 0.01, None), 0 if whole else 2)
        if item is not None and isinstance(item.scoring, Achievement):
            targets[:, column] = np.round(now * dice.uniform(0.9, 1.15, len(strength)), 2)
    has_targets = not np.isnan(targets).all()
    return replace(
        matrix,
        values=values,
        targets=targets if has_targets else None,
        attributes=_attributes(scheme, matrix),
        facts=_facts(scheme, matrix, asked),
        vintage=_SAID.zh,
    )


def _facts(scheme: Scheme, matrix: Matrix, asked: Sequence[AskedFact]) -> tuple[UnitFact, ...]:
    """A share lies between 50 and 100, a count is mostly nought."""
    found = []
    for one in asked:
        for unit in matrix.units:
            dice = _dice(scheme.id, one.id, unit, str(matrix.years[-1]))
            if dice.random() < _REPORTED:
                share = one.measure.zh == "%"
                value = round(dice.uniform(50, 100), 1) if share else float(dice.poisson(0.2))
                found.append(UnitFact(unit, one.id, value, _EVIDENCE))
    return tuple(found)


def _attributes(scheme: Scheme, matrix: Matrix) -> dict[str, tuple[str, ...]]:
    """A class for everybody of whom the register has none."""
    found = dict(matrix.attributes)
    every = {one.attribute: one.allowed for one in scheme.groupings if one.classes}
    every[scheme.class_by] = tuple(sorted(classes_of(scheme)))
    for attribute, classes in every.items():
        if not attribute or not classes:
            continue
        known = found.get(attribute, ("",) * len(matrix.units))
        found[attribute] = tuple(
            name or str(_dice(scheme.id, unit, "class").choice(classes))
            for unit, name in zip(matrix.units, known, strict=True)
        )
    return found


def _dice(*words: str) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32("|".join(words).encode()))
