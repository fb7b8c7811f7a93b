"""The chance in drawn courses (随机数): the same for the same seed, drawn once and used again."""

from __future__ import annotations

import numpy as np

from hexi.monitoring.forecast.panel import F

__all__ = ["Dice"]

_BLOCK = 16


class Dice:
    """So many draws of normal numbers, a column each, and of the spread that makes tails heavy."""

    def __init__(self, draws: int, *seed: int) -> None:
        self.draws = draws
        self._normal = np.random.default_rng([*seed, 0])
        self._seed = seed
        self._columns = np.empty((draws, 0))
        self._heavy: dict[float, F] = {}

    def normal(self, width: int) -> F:
        """(draws, width) standard normal numbers; a wider table begins with the narrower one."""
        while self._columns.shape[1] < width:
            # whole blocks, so that a column does not depend on how many were asked for
            block = self._normal.standard_normal((self.draws, _BLOCK))
            self._columns = np.concatenate([self._columns, block], axis=1)
        return self._columns[:, :width]

    def heavy(self, df: float) -> F:
        """(draws, 1) factors that turn normal numbers into t with ``df`` degrees of freedom."""
        if df not in self._heavy:
            own = np.random.default_rng([*self._seed, 1])
            self._heavy[df] = np.sqrt(df / own.chisquare(df, (self.draws, 1)))
        return self._heavy[df]
