"""Reading how an item is scored (评分方法): ``scoring = { method = "minmax", floor = 60 }``."""

from __future__ import annotations

from collections.abc import Callable

from hexi.assessment.scheme.nouns import (
    Achievement,
    Borda,
    Distance,
    FractionOfMax,
    LevelAndGrowth,
    Logarithm,
    MinMax,
    PercentRank,
    Piecewise,
    Rank,
    Scoring,
    Steps,
    ZScore,
)
from hexi.catalogue.toml_keys import Keys

__all__ = ["SCORINGS", "read_scoring"]


def read_scoring(keys: Keys | None) -> Scoring:
    """The scoring of an item; min-max from 0 to 100 where none is written."""
    if keys is None:
        return MinMax()
    method = keys.choice("method", tuple(SCORINGS))
    found = SCORINGS[method](keys)
    keys.done()
    return found


def _scale(keys: Keys) -> tuple[float, float]:
    floor, ceiling = keys.amount("floor", default=0.0), keys.amount("ceiling", default=100.0)
    if not ceiling > floor:
        keys.fault("ceiling", f"大于 {floor:g}", f"{ceiling:g}", f"above {floor:g}")
    return floor, ceiling


def _min_max(keys: Keys) -> Scoring:
    floor, ceiling = _scale(keys)
    low = keys.amount("low") if keys.has("low") else None
    high = keys.amount("high") if keys.has("high") else None
    if low is not None and high is not None and not high > low:
        keys.fault("high", f"大于 {low:g}", f"{high:g}", f"above {low:g}")
    return MinMax(floor, ceiling, low, high)


def _distance(keys: Keys) -> Scoring:
    to = keys.choice("to", ("best", "target", "frontier"))
    target = keys.amount("target") if to == "target" else None
    top = keys.number("top", 1, 1000) if to == "frontier" else 1
    return Distance(to, target, top, keys.flag("capped", default=True))  # type: ignore[arg-type]


def _level_and_growth(keys: Keys) -> Scoring:
    level = keys.amount("level", default=0.5)
    if not 0 <= level <= 1:
        keys.fault("level", "0 至 1", f"{level:g}", "from 0 to 1")
    return LevelAndGrowth(level, *_scale(keys))


def _pairs(keys: Keys, key: str, least: int) -> tuple[tuple[float, float], ...]:
    """Pairs of value and score, values rising."""
    rows = keys.rows(key)
    marks = [row[0] for row in rows if len(row) == 2]
    if len(marks) < max(len(rows), least) or sorted(set(marks)) != marks:
        keys.fault(
            key,
            "自低到高的 [数值, 分数] 对",
            f"{rows!r}",
            "pairs of value and score, values rising",
        )
        return ((0.0, 0.0),)
    return tuple((row[0], row[1]) for row in rows)


def _achievement(keys: Keys) -> Scoring:
    return Achievement(keys.amount("most", default=100.0), keys.amount("least", default=0.0))


#: method in the file → how its keys are read
SCORINGS: dict[str, Callable[[Keys], Scoring]] = {
    "minmax": _min_max,
    "zscore": lambda keys: ZScore(keys.amount("mean", default=0.0), keys.amount("sd", default=1.0)),
    "rank": lambda keys: Rank(keys.choice("ties", ("min", "average"), default="min")),  # type: ignore[arg-type]
    "percent_rank": lambda _: PercentRank(),
    "borda": lambda _: Borda(),
    "fraction_of_max": lambda keys: FractionOfMax(keys.amount("scale", default=100.0)),
    "distance": _distance,
    "achievement": _achievement,
    "level_and_growth": _level_and_growth,
    "log": lambda keys: Logarithm(*_scale(keys)),
    "piecewise": lambda keys: Piecewise(_pairs(keys, "points", 2)),
    "steps": lambda keys: Steps(_pairs(keys, "steps", 1), keys.amount("below", default=0.0)),
}
