"""Units of measure on the page (填报单位的换算): in which units a figure may be typed and shown.

A choice is offered only where every kept figure can be shown exactly in the other unit, so that
switching from 万元 to 亿元 and back changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from hexi.quantities import units
from hexi.statistics.forms import Form, Item

__all__ = ["Measure", "measure_of", "measures"]


@dataclass(frozen=True, slots=True)
class Measure:
    """The choice of units that some items of a form share."""

    #: unit in which the figures are kept
    unit: str
    #: unit to the exact factor from the kept unit, as numerator and denominator
    factors: dict[str, tuple[int, int]]

    @property
    def choices(self) -> list[str]:
        """Units to choose from, the kept one first."""
        return list(self.factors)


def measure_of(item: Item) -> Measure:
    """The choice of one item; a single unit where there is nothing to choose."""
    factors = {item.unit: (1, 1)}
    for other in item.entry_units:
        factor = units.convert(1, item.unit, other)
        if _finite(factor.denominator) and _finite(factor.numerator):
            factors[other] = (factor.numerator, factor.denominator)
    return Measure(item.unit, factors)


def measures(form: Form) -> dict[str, Measure]:
    """Choices of the form by the kept unit, where there is something to choose."""
    found: dict[str, Measure] = {}
    for item in form.every_item():
        measure = measure_of(item)
        known = found.get(item.unit)
        # only what all items of this unit allow can be chosen for all of them at once
        both = measure.factors if known is None else _shared(known.factors, measure.factors)
        found[item.unit] = Measure(item.unit, both)
    return {unit: measure for unit, measure in found.items() if len(measure.factors) > 1}


def _shared(
    one: dict[str, tuple[int, int]], other: dict[str, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    return {unit: factor for unit, factor in one.items() if unit in other}


def _finite(number: int) -> bool:
    """A fraction with such a denominator ends as a decimal."""
    for prime in (2, 5):
        while number % prime == 0:
            number //= prime
    return number == 1
