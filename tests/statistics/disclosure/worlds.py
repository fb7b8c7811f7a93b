"""Small tables for tests (测试用表): enterprises in a tree of units, by industry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hexi.statistics.disclosure import SCALE, Axis, Table, tabulate

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Returns:
    """Enterprises: leaf on each axis and amount in ten-thousandths."""

    axes: tuple[Axis, ...]
    leaves: tuple[npt.NDArray[np.intp], ...]
    reporter: Whole
    amount: Whole

    def table(
        self,
        published: npt.NDArray[np.bool_] | None = None,
        signed: npt.NDArray[np.bool_] | None = None,
    ) -> Table:
        columns = (self.axes, self.leaves, self.reporter, self.amount)
        return tabulate(*columns, published=published, signed=signed)

    def share_of(self, enterprise: int) -> Whole:
        """What one enterprise has in each cell of the table."""
        own = self.reporter == enterprise
        leaves = [line[own] for line in self.leaves]
        return tabulate(self.axes, leaves, self.reporter[own], self.amount[own]).total


def units(cities: int, zones: int, parks: int) -> Axis:
    """Province, cities, zones, parks."""
    nodes, edges = ["gs"], []
    for city in range(cities):
        nodes.append(f"c{city}")
        edges.append((f"c{city}", "gs"))
        for zone in range(zones):
            nodes.append(f"c{city}z{zone}")
            edges.append((nodes[-1], f"c{city}"))
            for park in range(parks):
                nodes.append(f"c{city}z{zone}p{park}")
                edges.append((nodes[-1], f"c{city}z{zone}"))
    return Axis("unit", nodes, edges)


def industries(sections: int, divisions: int) -> Axis:
    """Total, sections, divisions."""
    nodes, edges = ["total"], []
    for section in range(sections):
        nodes.append(f"s{section}")
        edges.append((nodes[-1], "total"))
        for division in range(divisions):
            nodes.append(f"s{section}d{division}")
            edges.append((nodes[-1], f"s{section}"))
    return Axis("industry", nodes, edges)


def spread(axes: tuple[Axis, ...], enterprises: int, seed: int, spread: float = 1.5) -> Returns:
    """Enterprises of heavy-tailed size thrown over the leaves."""
    dice = np.random.default_rng(seed)
    leaves = tuple(dice.choice(axis.leaves, enterprises) for axis in axes)
    amount = np.rint(np.exp(dice.normal(5, spread, enterprises)) * SCALE).astype(np.int64)
    return Returns(axes, leaves, np.arange(enterprises), amount)


def listed(axes: tuple[Axis, ...], rows: list[tuple[tuple[str, ...], float]]) -> Returns:
    """Enterprises written down by hand: names of their leaves, and what they returned."""
    leaves = tuple(
        np.array([axis.place(names[number]) for names, _amount in rows], np.intp)
        for number, axis in enumerate(axes)
    )
    amount = np.array([round(amount * SCALE) for _names, amount in rows], np.int64)
    return Returns(axes, leaves, np.arange(len(rows)), amount)
