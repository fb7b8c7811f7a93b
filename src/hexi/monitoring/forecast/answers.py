"""What is asked and what has been answered so far (求解台账), while a panel is being asked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hexi.monitoring.forecast.asks import Asks, S
from hexi.monitoring.forecast.course import Beliefs
from hexi.monitoring.forecast.dice import Dice
from hexi.monitoring.forecast.model import Model
from hexi.monitoring.forecast.panel import B, F, I
from hexi.monitoring.forecast.scenario import Scenario

__all__ = ["BAND", "Answers", "Question"]

#: the band shown beside a chance
BAND = (0.1, 0.9)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Targets at a model, from where to where each is met, and what is believed of its row."""

    model: Model
    asks: Asks
    scenario: Scenario | None
    believed: Beliefs
    #: (m,) in the unit of the line
    low: F
    high: F
    dice: Dice
    seed: int

    @property
    def touched(self) -> B:
        """Where the scenario changes the row."""
        rows = [] if self.scenario is None else list(self.scenario.rows)
        return np.isin(self.asks.row, rows)


@dataclass(slots=True, eq=False)
class Answers:
    """(m,) columns that are filled in; NaN is not to be said."""

    p: F
    median: F
    low80: F
    high80: F
    value: F
    required: F
    past: F
    method: S
    #: code of what speaks against an answer; empty where nothing does
    refused: S
    #: periods or units without data, where that is the reason or is to be said
    missing: I

    @classmethod
    def empty(cls, m: int) -> Answers:
        """Nothing said of any target."""
        p, median, low80, high80, value, required, past = np.full((7, m), np.nan)
        return cls(
            p=p,
            median=median,
            low80=low80,
            high80=high80,
            value=value,
            required=required,
            past=past,
            method=np.full(m, "none", dtype="<U8"),
            refused=np.full(m, "", dtype="<U16"),
            missing=np.zeros(m, np.int64),
        )

    def refuse(self, where: B, code: str) -> None:
        """Say why nothing is said; the first reason counts."""
        self.refused[(self.refused == "") & where] = code

    def draw(self, place: int, drawn: F, low: float, high: float) -> None:
        """Fill one answer in from drawn values of what is measured."""
        self.p[place] = float(((drawn >= low) & (drawn <= high)).mean())
        ordered = np.sort(drawn)
        self.low80[place], self.median[place], self.high80[place] = ordered[
            [round(level * (len(drawn) - 1)) for level in (BAND[0], 0.5, BAND[1])]
        ]
        self.method[place] = "paths"
