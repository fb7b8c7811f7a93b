"""The reasons of every answer (测算说明), from what was done with the row."""

from __future__ import annotations

import numpy as np

from hexi.monitoring.forecast import settings
from hexi.monitoring.forecast.answers import Answers, Question
from hexi.monitoring.forecast.asks import Asks, S
from hexi.monitoring.forecast.model import Model
from hexi.monitoring.forecast.panel import B, I
from hexi.monitoring.forecast.reasons import Reason
from hexi.monitoring.forecast.scales import NAMES
from hexi.monitoring.forecast.steps import newest_column

__all__ = ["explain"]

#: a band changed by less than this part is not worth a word
_WORTH_SAYING = 0.1
_SCALES = tuple(Reason(f"scale_{name}") for name in NAMES)


def explain(asked: Question, answers: Answers) -> tuple[tuple[Reason, ...], ...]:
    """A tuple of reasons for each target, the weightiest first."""
    model, asks, believed = asked.model, asked.asks, asked.believed
    method, refused, missing = answers.method, answers.refused, answers.missing
    said: list[list[Reason]] = [[] for _ in range(len(asks))]
    spoken = (method != "none") & (method != "known")

    def add(where: B, code: str, name: str = "", values: I | None = None) -> None:
        made: dict[int, Reason] = {}
        for place in np.nonzero(where)[0].tolist():
            if values is None:
                said[place].append(made.setdefault(0, Reason(code)))
            else:
                value = int(values[place])
                said[place].append(made.setdefault(value, Reason(code, ((name, str(value)),))))

    for code in np.unique(refused).tolist():
        where = refused == code
        if code == "too_few":
            add(where, code, "points", believed.points)
        elif code == "missing_part":
            add(where, code, "count", missing)
        elif code:
            add(where, code)
    add(method == "known", "known")
    add(method == "paths", "paths", "draws", np.full(len(asks), asked.dice.draws))
    course = np.where(believed.only_shared, "family", _courses(model, asks))
    add(
        spoken & (course == "drift"),
        "drift",
        "points",
        np.minimum(believed.points, _longest(model)),
    )
    add(spoken & (course == "seasonal"), "seasonal")
    add(spoken & (course == "ytd"), "ytd")
    add(spoken & believed.only_shared, "family_only", "points", believed.points)
    add(spoken & believed.shared & ~believed.only_shared, "shrunk")
    for kind, reason in enumerate(_SCALES):
        for place in np.nonzero(spoken & (believed.kind == kind))[0].tolist():
            said[place].append(reason)
    wide = spoken & (np.abs(believed.widened - 1) >= _WORTH_SAYING)
    for place in np.nonzero(wide)[0].tolist():
        said[place].append(Reason("widened", (("factor", f"{believed.widened[place]:.1f}"),)))
    add(spoken & (believed.gaps > 0), "gaps", "count", believed.gaps)
    newest = newest_column(model.panel.values)[asks.row]
    behind = model.panel.values.shape[1] - 1 - newest
    add(spoken & (behind > model.panel.frequency), "stale", "count", behind)
    add(spoken & (believed.volatility <= settings.SMALLEST_STEP), "floored")
    add(spoken & (missing > 0), "peers_missing", "count", missing)
    add(spoken & asked.touched, "scenario")
    return tuple(map(tuple, said))


def _courses(model: Model, asks: Asks) -> S:
    methods = np.array([part.method for part in model.parts] or ["none"], np.str_)
    return np.asarray(methods[model.part[asks.row]]) if len(asks) else np.empty(0, np.str_)


def _longest(model: Model) -> int:
    return (settings.WINDOW + 1) * model.panel.frequency
