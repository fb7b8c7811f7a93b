"""The plan of a computation (计算方案): which cells are wanted and which leaves they rest on.

A view (视角) is a way to look at every indicator: of the period, of the year to date, and the
growth of both on the indicator's own basis. Growth of a percentage is in percentage points. A view
that an indicator has no meaning in (the growth of a growth) is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from hexi.catalogue.faults import Fault
from hexi.quantities import units
from hexi.statistics.indicators.bases import on_basis
from hexi.statistics.indicators.definitions import Definitions, Indicator
from hexi.statistics.indicators.ir import (
    Context,
    Growth,
    Leaf,
    Node,
    Operation,
    Rank,
    compared,
    leaves,
    lower,
)
from hexi.statistics.indicators.reading import COMPUTED
from hexi.statistics.indicators.refusal import DefinitionError
from hexi.statistics.indicators.types import Shape, Types

__all__ = ["VIEWS", "Cell", "Plan", "View", "check_expressions", "plan"]

View = Literal["period", "ytd", "growth", "ytd_growth"]
VIEWS: tuple[View, ...] = ("period", "ytd", "growth", "ytd_growth")

#: dimensions that a pure number may be printed in
_PURE: tuple[units.Dimension, ...] = ((), (("ratio", 1),), (("point", 1),), (("index", 1),))
_GROWTH_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of each unit and period: an indicator in a view."""

    indicator: str
    view: View
    figure: Node
    #: multiplies the figure into its printed unit of measure
    scale: Fraction
    decimals: int
    rounding: str
    valid_from: int = 190001
    valid_to: int = 999912

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """Its leaves, each once."""
        return tuple(dict.fromkeys(leaves(self.figure)))


@dataclass(frozen=True)
class Plan:
    """Cells in order, and what has to be added up for them."""

    cells: tuple[Cell, ...]

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every leaf once, with the leaves that count its reporters."""
        found: dict[Leaf, None] = {}
        for cell in self.cells:
            for leaf in cell.leaves:
                found[leaf] = None
                found[leaf.reporters] = None
        return tuple(found)

    @cached_property
    def months_back(self) -> int:
        """How many months before a period are looked at."""
        year = any(leaf.window != "period" for leaf in self.leaves)
        return max(
            (leaf.back + leaf.within + 12 * leaf.opening for leaf in self.leaves), default=0
        ) + (12 if year else 0)

    @cached_property
    def needs(self) -> frozenset[str]:
        """Parts of the additive stage beyond sums: stated, matched, extremes, step."""
        found = set()
        for leaf in self.leaves:
            prefix = leaf.measure.split("_")[0]
            if prefix in ("stated", "matched"):
                found.add(prefix)
            if leaf.measure in ("high", "low"):
                found.add("extremes")
            if leaf.step:
                found.add("step")
        return frozenset(found)

    @cached_property
    def ranked(self) -> bool:
        """True where a figure depends on all its peers."""
        return any(isinstance(cell.figure, Rank) for cell in self.cells)

    @cached_property
    def peers(self) -> bool:
        """True where a figure depends on units above its own."""
        return any(leaf.scope != "own" for leaf in self.leaves)


def plan(
    definitions: Definitions,
    indicators: Collection[str] | None = None,
    views: Sequence[View] = VIEWS,
) -> Plan:
    """The cells of some indicators (all where none is named) in some views.

    DefinitionError where an expression has no meaning; KeyError for an unknown indicator.
    """
    types = Types(definitions)
    wanted = definitions.indicators if indicators is None else dict.fromkeys(indicators)
    cells: list[Cell] = []
    for name in wanted:
        indicator = definitions.indicators[name]
        shape = types.indicator(name)
        for view in views:
            cell = _cell(indicator, view, shape, definitions, types)
            if cell is not None:
                cells.append(cell)
    return Plan(tuple(cells))


def check_expressions(definitions: Definitions, faults: list[Fault]) -> None:
    """Every expression that has no meaning, as a fault of ``computed.toml``."""
    types = Types(definitions)
    for name, indicator in definitions.indicators.items():
        try:
            shape = types.indicator(name)
            for view in VIEWS:
                _cell(indicator, view, shape, definitions, types)
        except DefinitionError as error:
            place = COMPUTED, indicator.line, "indicator.expression"
            faults.append(
                Fault(
                    *place, error.zh, f"{indicator.source_text}（第 {error.at + 1} 字）", error.en
                )
            )


def _cell(
    indicator: Indicator, view: View, shape: Shape, definitions: Definitions, types: Types
) -> Cell | None:
    growing = view in ("growth", "ytd_growth")
    if growing and shape.level in ("growth", "rank"):
        return None
    to_date = view in ("ytd", "ytd_growth")
    if to_date and any(definitions.items[code].over_time == "none" for code in shape.items):
        return None
    if shape.applied & {"ytd"} and to_date and not shape.applied & {"month"}:
        return None  # it is to date already: the view of the period shows it
    scale, points = _scale(indicator, shape)
    context = Context(to_date=to_date)
    decimals = indicator.decimals
    if not growing:
        figure = lower(indicator.expression, definitions, types, context)
    elif shape.applied & {"shift", "scope", "opening", "latest"} and indicator.growth != "nominal":
        return None  # shifted figures have no restated past
    else:
        sides = _sides(indicator, definitions, types, context, shape)
        if points:
            figure = Operation("-", *sides)
        else:
            figure, scale, decimals = Growth(*sides), Fraction(100), _GROWTH_DECIMALS
    return Cell(
        indicator.id, view, figure, scale, decimals, indicator.rounding,
        indicator.valid_from, indicator.valid_to,
    )  # fmt: skip


def _sides(
    indicator: Indicator, definitions: Definitions, types: Types, context: Context, shape: Shape
) -> tuple[Node, Node]:
    for code in sorted(shape.items):
        on_basis(0, indicator.growth, definitions.items[code], to_date=context.to_date)
    return compared(indicator.expression, definitions, types, context, indicator.growth)


def _scale(indicator: Indicator, shape: Shape) -> tuple[Fraction, bool]:
    """What the figure is multiplied by to be in the unit of measure of the definition."""
    declared: units.Dimension = ()
    size = Fraction(1)
    if indicator.unit:
        unit = units.parse(indicator.unit)
        declared, size = unit.dimension, unit.factor
    pure = not shape.dimension and shape.level != "rank"
    if declared != shape.dimension and not (pure and declared in _PURE):
        raise DefinitionError(
            0,
            f"结果的计量单位不是 {indicator.unit or '（无）'}",
            f"the result is not measured in {indicator.unit or 'a pure number'}",
        )
    percentage = pure and declared == (("ratio", 1),)
    return shape.size / size * indicator.factor, percentage
