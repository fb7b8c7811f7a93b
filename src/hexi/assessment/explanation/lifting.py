"""What would lift a unit most (提升空间): one indicator raised, everything else as it is.

Nothing is guessed: the indicator's column is scored again with the raised value, the whole is added
up again and everybody is ranked again. A lift never goes beyond what a peer of the own class has
reached this year.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.explanation.again import AddingAgain
from hexi.assessment.explanation.gaps import adds_up, base_alone, stands_alone
from hexi.assessment.explanation.nouns import Lift
from hexi.assessment.result import Result
from hexi.assessment.run import STILL, rank_best_first
from hexi.assessment.scheme.nouns import Achievement, Item, LevelAndGrowth
from hexi.assessment.scoring.points import with_points
from hexi.assessment.scoring.table import score_item, used_values

__all__ = ["Lifting"]

Column = NDArray[np.float64]

#: smaller gains are rounding
_NOTHING = 1e-9


class Lifting:
    """Lifts of any unit of one result; what all units share is worked out once."""

    def __init__(self, result: Result, again: AddingAgain | None = None) -> None:
        self._result = result
        self._again = again or AddingAgain(result)
        self._items = tuple(result.scheme.items())
        self._values = [used_values(result.matrix, item) for item in self._items]
        scheme, matrix = result.scheme, result.matrix
        self._classes = np.array(
            matrix.classes(scheme.class_by) if scheme.class_by else [""] * len(matrix.units)
        )
        still = all(group.weighting in STILL for group in scheme.groups())
        self._plain = still and adds_up(result)
        self._alone = stands_alone(result)

    def of(self, row: int, peers: int = 3) -> tuple[Lift, ...]:
        """Lifts of a unit, the largest at the next better peers first; none for the unrated.

        ``peers``: the value aimed at is that of the so-many-th better peer of the own class."""
        if not self._result.rated[row]:
            return ()
        found = [self._one(row, place, peers) for place in range(len(self._items))]
        lifts = [one for one in found if one is not None]
        return tuple(sorted(lifts, key=lambda one: (-one.gain, -one.bound_gain, one.item)))

    def _one(self, row: int, place: int, peers: int) -> Lift | None:
        item, now = self._items[place], self._values[place][-1]
        ladder = self._ladder(row, place)
        if not ladder:
            return None
        (to, peer), (bound, _) = ladder[min(peers, len(ladder)) - 1], ladder[-1]
        gain, rank_after = self._tried(row, place, to)
        same = to == bound
        bound_gain, bound_rank = (gain, rank_after) if same else self._tried(row, place, bound)
        if max(gain, bound_gain) <= _NOTHING:
            return None
        return Lift(
            item=item.id,
            name=item.name,
            unit=item.unit,
            value=float(now[row]),
            to=to,
            peer=self._result.matrix.units[peer],
            gain=gain,
            rank_after=rank_after,
            bound=bound,
            bound_gain=bound_gain,
            bound_rank=bound_rank,
        )

    def _ladder(self, row: int, place: int) -> list[tuple[float, int]]:
        """Values that better peers of the own class have reached, next better first."""
        item, now = self._items[place], self._values[place][-1]
        merit, reached = self._merits(item, place)
        if np.isnan(merit[row]) or np.isnan(now[row]):
            return []
        better = np.flatnonzero((self._classes == self._classes[row]) & (merit > merit[row]))
        order = better[np.argsort(merit[better], kind="stable")]
        if reached is None:
            return [(float(now[peer]), int(peer)) for peer in order]
        own = reached[row]
        return [(float(own * merit[peer] ** item.direction), int(peer)) for peer in order]

    def _merits(self, item: Item, place: int) -> tuple[Column, Column | None]:
        """By what peers are better: the score; the level, where growth counts too; the share of
        the own target, which only means something together with that target."""
        matrix = self._result.matrix
        now = self._values[place][-1]
        if isinstance(item.scoring, LevelAndGrowth):
            return now * item.direction, None
        if isinstance(item.scoring, Achievement) and matrix.targets is not None:
            targets = matrix.targets[:, matrix.items.index(item.id)]
            with np.errstate(divide="ignore", invalid="ignore"):
                share = now / targets if item.direction > 0 else targets / now
            return np.where((now > 0) & (targets > 0), share, np.nan), targets
        return np.where(np.isnan(now), np.nan, self._result.normalised[:, place]), None

    def _tried(self, row: int, place: int, value: float) -> tuple[float, int]:
        """Gain in points and the rank with another value."""
        result = self._result
        years = self._values[place].copy()
        years[-1, row] = value
        column = score_item(result.scheme, result.matrix, self._items[place], years).scores
        if self._plain:
            moved = np.nan_to_num(column - result.normalised[:, place]) * result.weights[:, place]
            base = result.base + moved
        else:
            base = self._added_up(row, place, column)
        final = self._final(base)
        ranks = rank_best_first(final.round(result.scheme.decimals))
        return float(final[row] - self._final(result.base)[row]), int(ranks[row])

    def _added_up(self, row: int, place: int, column: Column) -> Column:
        """Everybody's score with another column of scores."""
        result = self._result
        same = column == result.normalised[:, place]
        same |= np.isnan(column) & np.isnan(result.normalised[:, place])
        same[row] = True
        if self._alone and same.all():
            # nobody else's scores moved
            own = result.normalised[[row]].copy()
            own[0, place] = column[row]
            base = result.base.copy()
            base[row] = base_alone(result, row, own)[0]
            return base
        return self._again.base(result.items[place], column)

    def _final(self, base: Column) -> Column:
        result = self._result
        scores, _ = with_points(result.scheme, base, result.points, result.matrix.units)
        return np.where(result.rated, scores, np.nan)
