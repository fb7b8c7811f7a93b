"""Which level belongs to which rate (增速与总量的对应): row, sentence, then the nearest.

A rate of a table belongs to the figures of its row. In prose the level may stand in the sentence
or chapters away, and a figure of a part (其中限额以上) may stand nearer than the one that is meant,
so the likeliest levels are given in order and the caller takes the first that fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hexi.plans.audit.gather import Figure, Series, around

__all__ = ["companion", "companions", "is_out_of_step", "pairs", "years_between", "years_of"]


def pairs(
    series: Series, rate: Figure, base_year: int, target_year: int
) -> Iterator[tuple[Figure, Figure]]:
    """Base and target that may belong to a rate, likeliest first; a table row settles it."""
    targets = companions(series, target_year, rate, same_modality=True)
    bases = companions(series, base_year, rate, same_modality=False)
    for target in targets:
        for base in bases:
            yield base, target
            if rate.row is not None and base.row == rate.row == target.row:
                return


def is_out_of_step(series: Series, rate: Figure, target_year: int) -> bool:
    """The rate's own sentence gives a level of another, later year: its period was misread."""
    beside = [
        f
        for f in around(series.figures, rate)
        if f.is_level and f.sentence == rate.sentence and f.year is not None
    ]
    years = {f.year for f in beside if f.modality == rate.modality}
    return bool(years) and target_year not in years and max(y for y in years if y) > target_year


def _undated(series: Series, rate: Figure) -> list[Figure]:
    """The level without a year that the rate's own sentence gives before it (达到X，增长Y)."""
    beside = [
        f
        for f in around(series.figures, rate)
        if f.is_level and f.sentence == rate.sentence and f.modality == rate.modality
    ]
    return [f for f in beside if f.year is None and f.index < rate.index][-1:]


def years_between(series: Series, rate: Figure) -> tuple[int, int] | None:
    """The years of a rate that names none, from the two levels of its sentence (由…降至…)."""
    years = {
        f.year
        for f in around(series.figures, rate)
        if f.is_level and f.sentence == rate.sentence and f.year is not None
    }
    return (min(years), max(years)) if len(years) == 2 else None


def years_of(rate: Figure) -> tuple[int, int] | None:
    """Base year and target year of a growth figure."""
    if rate.measure == "growth_yoy":
        return None if rate.year is None else (rate.year - 1, rate.year)
    if rate.span is None:
        return None
    first, last = rate.span
    # 2011-2015 年均 counts from 2010; 较2010年 is written as the span 2010-2015
    return (first - 1, last) if rate.measure == "growth_annual" else (first, last)


def companion(series: Series, year: int, rate: Figure, *, same_modality: bool) -> Figure | None:
    """The level of ``year`` that most likely belongs to the rate."""
    found = companions(series, year, rate, same_modality=same_modality)
    return found[0] if found else None


def companions(series: Series, year: int, rate: Figure, *, same_modality: bool) -> list[Figure]:
    """Levels of ``year`` for a rate, each value once: same row, same sentence, then nearest."""
    fitting = [f for f in series.levels(year, near=rate) if "range" not in f.statement.flags]
    if same_modality:
        fitting = [f for f in fitting if f.modality == rate.modality] or _undated(series, rate)

    def distance(level: Figure) -> tuple[bool, bool, bool, int]:
        return (
            level.row is None or level.row != rate.row,
            "subset" in level.statement.flags,
            level.sentence != rate.sentence,
            abs(level.index - rate.index),
        )

    distinct: dict[tuple[Fraction, str], Figure] = {}
    for figure in sorted(fitting, key=distance):
        distinct.setdefault((figure.exact, figure.bound), figure)
    return list(distinct.values())[:3]
