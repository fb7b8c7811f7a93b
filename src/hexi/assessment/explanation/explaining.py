"""The explanation of a unit's score (得分说明), put together from the run's own arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from hexi.assessment.explanation.again import AddingAgain
from hexi.assessment.explanation.gaps import Gaps, adds_up, asked, gaps
from hexi.assessment.explanation.lifting import Lifting
from hexi.assessment.explanation.nouns import Explanation, GroupLine, Line
from hexi.assessment.result import Result
from hexi.assessment.run import rank_best_first
from hexi.assessment.scheme.nouns import Group, Item
from hexi.assessment.scoring.table import used_values

__all__ = ["explain", "explain_all"]


def explain(
    result: Result, unit: str, *, last: Result | None = None, peers: int = 3
) -> Explanation:
    """Why the unit stands where it stands; ``last`` is the result of the year before.

    ``peers``: lifts aim at the value of the so-many-th better peer. ValueError for an unknown
    unit."""
    return _Explaining(result, [result.place(unit)], last, peers).one(0)


def explain_all(
    result: Result, *, last: Result | None = None, peers: int = 3
) -> tuple[Explanation, ...]:
    """The explanation of every unit, in the order of the data."""
    rows = list(range(len(result.matrix.units)))
    explaining = _Explaining(result, rows, last, peers)
    return tuple(explaining.one(place) for place in rows)


class _Explaining:
    """What the explanations of one result share: ranks by indicator, gaps, who is best at what."""

    def __init__(
        self, result: Result, rows: Sequence[int], last: Result | None, peers: int
    ) -> None:
        self.result, self.last, self.peers = result, last, peers
        self.items = tuple(result.scheme.items())
        again = AddingAgain(result)
        self.gaps: Gaps = gaps(result, rows, last, again)
        self.lifting = Lifting(result, again)
        self.places = np.column_stack([rank_best_first(column) for column in result.normalised.T])
        self.node_places = np.column_stack([rank_best_first(column) for column in result.groups.T])
        self.values = np.column_stack([used_values(result.matrix, item)[-1] for item in self.items])
        self.raw = result.matrix.chosen(result.items)[-1]
        self.best_rows = [
            int(np.nanargmax(column)) if not np.isnan(column).all() else -1
            for column in result.normalised.T
        ]
        self.before = self._values_before()
        known = ~np.isnan(result.groups)
        self.node_means = np.where(known, result.groups, 0.0).sum(axis=0) / np.maximum(
            known.sum(axis=0), 1
        )
        self.exact = adds_up(result)
        self.asked = asked(result)
        self.tree = tuple(_walk(result.scheme.root, "", 0))
        self.columns = {item: column for column, item in enumerate(result.items)}

    def one(self, place: int) -> Explanation:
        """The explanation of the ``place``-th chosen row."""
        result = self.result
        row = self.gaps.rows[place]
        unit = result.matrix.units[row]
        above, best = int(self.gaps.above[place]), int(self.gaps.best[place])
        rated = bool(result.rated[row])
        last_row = self._row_before(unit)
        return Explanation(
            unit=unit,
            name=result.matrix.names[row],
            year=result.year,
            score=float(result.scores[row]),
            base=float(result.base[row]),
            points=tuple(one for one in result.points if one.unit == unit),
            rated=rated,
            rank=int(result.ranks[row]),
            of=int(result.rated.sum()),
            class_ranks=self._class_ranks(row),
            grade=result.grades[row],
            above=result.matrix.units[above] if above >= 0 else "",
            best=result.matrix.units[best] if rated and best >= 0 else "",
            last_score=float(self.last.scores[last_row]) if self.last and last_row >= 0 else np.nan,
            last_rank=int(self.last.ranks[last_row]) if self.last and last_row >= 0 else 0,
            exact=self.exact,
            groups=tuple(self._group(row, *node) for node in self.tree),
            lines=tuple(self._lines(row, place)),
            lifts=self.lifting.of(row, self.peers),
            remarks=tuple(one for one in result.remarks if one.unit in ("", unit)),
        )

    def _class_ranks(self, row: int) -> dict[str, tuple[str, int, int]]:
        found = {}
        for attribute, ranks in self.result.class_ranks.items():
            classes = np.array(self.result.matrix.classes(attribute))
            inside = int((self.result.rated & (classes == classes[row])).sum())
            found[attribute] = (str(classes[row]), int(ranks[row]), inside)
        return found

    def _group(
        self, row: int, group: Group, parent: str, depth: int, inside: Sequence[str]
    ) -> GroupLine:
        result = self.result
        node = result.nodes.index(group.id)
        columns = [self.columns[item] for item in inside]
        scores = result.groups[:, node]
        return GroupLine(
            node=group.id,
            name=group.name,
            parent=parent,
            depth=depth,
            score=float(scores[row]),
            weight=float(result.weights[row, columns].sum()),
            contribution=float(result.contributions[row, columns].sum()),
            mean=float(self.node_means[node]),
            best=float(np.nanmax(scores)) if not np.isnan(scores).all() else np.nan,
            place=int(self.node_places[row, node]),
        )

    def _lines(self, row: int, place: int) -> Iterator[Line]:
        result, gap = self.result, self.gaps
        groups = {
            member.id: group
            for group, _, _, _ in self.tree
            for member in group.members
            if isinstance(member, Item)
        }
        for column, item in enumerate(self.items):
            if not self.asked[row, column]:
                # no weight for this unit's class: it is not assessed on it
                continue
            best = self.best_rows[column]
            yield Line(
                item=item.id,
                name=item.name,
                group=groups[item.id].id,
                unit=item.unit,
                raw=float(self.raw[row, column]),
                value=float(self.values[row, column]),
                score=float(result.normalised[row, column]),
                weight=float(result.weights[row, column]),
                contribution=float(result.contributions[row, column]),
                effect=float(gap.to_mean[place, column]),
                place=int(self.places[row, column]),
                gap_above=float(gap.to_above[place, column]),
                gap_best=float(gap.to_best[place, column]),
                gap_last=float(gap.to_last[place, column]),
                best_unit=result.matrix.units[best] if best >= 0 else "",
                best_value=float(self.values[best, column]) if best >= 0 else np.nan,
                last_value=float(self.before[row, column]),
            )

    def _row_before(self, unit: str) -> int:
        if self.last is None or unit not in self.last.matrix.units:
            return -1
        return self.last.place(unit)

    def _values_before(self) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        """Values of the year before: from this run's own data, else from the other run."""
        result = self.result
        found = np.full(result.normalised.shape, np.nan)
        years = result.matrix.years
        for column, item in enumerate(self.items):
            if len(years) > 1 and years[-2] == years[-1] - 1:
                found[:, column] = used_values(result.matrix, item)[-2]
        if self.last is not None and np.isnan(found).all():
            theirs = {item.id: item for item in self.last.scheme.items()}
            rows = [self._row_before(unit) for unit in result.matrix.units]
            for column, item in enumerate(self.items):
                if item.id in theirs:
                    values = used_values(self.last.matrix, theirs[item.id])[-1]
                    found[:, column] = [values[row] if row >= 0 else np.nan for row in rows]
        return found


def _walk(
    group: Group, parent: str, depth: int
) -> Iterator[tuple[Group, str, int, tuple[str, ...]]]:
    """Every group with its parent, its depth and the items inside it, in reading order."""
    yield group, parent, depth, tuple(_inside(group))
    for member in group.members:
        if isinstance(member, Group):
            yield from _walk(member, group.id, depth + 1)


def _inside(group: Group) -> Iterator[str]:
    for member in group.members:
        if isinstance(member, Group):
            yield from _inside(member)
        else:
            yield member.id
