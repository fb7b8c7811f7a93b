"""The whole added up again where the scores of one indicator are others (重新合成).

Only the groups around the indicator are added up, all others stand as they did; of a group that
compares all units by pairs only the one member is compared anew.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.result import Result
from hexi.assessment.run import STILL, member_tables, weights_for
from hexi.assessment.scheme.nouns import Group
from hexi.assessment.scoring.aggregate import aggregate, copeland_of, lead_of, spread_weights

__all__ = ["AddingAgain"]

Column = NDArray[np.float64]
Table = NDArray[np.float64]

#: leads of all units over all others are kept up to this many units
_KEPT = 512


class AddingAgain:
    """Of one result; what all changes share is worked out once."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self._tables = member_tables(result)
        self._weights: dict[str, Table] = {}
        self._leads: dict[str, tuple[Table, Table]] = {}
        self._paths: dict[str, tuple[tuple[Group, int], ...]] = {}
        for group in result.scheme.groups():
            if group.weighting in STILL:
                table = self._tables[group.id]
                self._weights[group.id] = weights_for(result, group, table)
                if group.aggregation == "copeland" and len(table) <= _KEPT:
                    self._leads[group.id] = self._lead(group.id)
        self._walk(result.scheme.root, ())

    def _walk(self, group: Group, around: tuple[tuple[Group, int], ...]) -> None:
        for index, member in enumerate(group.members):
            path = ((group, index), *around)
            if isinstance(member, Group):
                self._walk(member, path)
            else:
                self._paths[member.id] = path

    def _lead(self, group: str) -> tuple[Table, Table]:
        """Leads by pairs, and the weights that each unit's members count with."""
        table = self._tables[group]
        spread = spread_weights(self._weights[group], table)
        lead = np.zeros((len(table), len(table)))
        for member in range(table.shape[1]):
            lead += lead_of(table[:, member], spread[:, member])
        return lead, spread

    def base(self, item: str, column: Column) -> Column:
        """Scores of the whole, (units,), before points, with this column for the item."""
        found = column
        for group, index in self._paths[item]:
            found = self._group(group, index, found)
        return found

    def _group(self, group: Group, index: int, column: Column) -> Column:
        before = self._tables[group.id][:, index]
        if group.id in self._leads and (np.isnan(before) == np.isnan(column)).all():
            lead, spread = self._leads[group.id]
            own = spread[:, index]
            moved = lead - lead_of(before, own) + lead_of(column, own)
            return np.where(spread.sum(axis=1) == 0, np.nan, copeland_of(moved))
        table = self._tables[group.id].copy()
        table[:, index] = column
        weights = self._weights.get(group.id)
        if weights is None:
            weights = weights_for(self._result, group, table)
        return aggregate(table, weights, group.aggregation)
