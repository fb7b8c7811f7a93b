"""An identity under test (待核恒等式): figures, the two sides they make, and the verdict.

Checks describe what should hold; this gives the verdict in the agreed order, the range of the
stated figure that would have passed, and the fault hypothesis, all from the same description.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from hexi.plans.audit.arithmetic import rounded
from hexi.plans.audit.finding import Verdict
from hexi.plans.audit.gather import Figure
from hexi.plans.audit.hypotheses import Hypothesis, slip_in
from hexi.plans.audit.verdict import judge
from hexi.quantities.interval import Interval, point
from hexi.quantities.printed import Mode

__all__ = ["Identity", "printed_value", "rate_of", "reading"]

_HUNDREDTH = Fraction(1, 100)
#: 翻一番 is a round word: about twice
_DOUBLING = Fraction(1, 20)
#: how far a rounded whole may be from the sum of its parts
_NEAR = Fraction(1, 100)


def rate_of(figure: Figure, mode: Mode = "strict") -> Interval:
    """A growth figure as a rate: 12 % -> 0.12, 一番 -> 1, 2.5倍 -> 1.5; points are hundredths."""
    interval = figure.interval(mode)
    if figure.unit_name == "倍":
        return interval - 1
    if figure.unit_name == "番":
        multiple = Fraction(2) ** int(figure.value)
        slack = _DOUBLING if mode != "strict" else 0
        return Interval(multiple * (1 - slack) - 1, multiple * (1 + slack) - 1)
    return interval * _HUNDREDTH


def reading(figure: Figure, mode: Mode = "strict") -> Interval:
    """A growth as a rate, everything else in base units."""
    if figure.measure.startswith("growth"):
        return rate_of(figure, mode)
    return figure.scaled(mode)


def printed_value(figure: Figure) -> Fraction:
    """The printed value without any rounding, on the scale of ``reading``."""
    if figure.measure.startswith("growth"):
        if figure.unit_name == "番":
            return Fraction(2) ** int(figure.value) - 1
        if figure.unit_name == "倍":
            return figure.value - 1
        return figure.value * _HUNDREDTH
    return figure.exact


def _unless_bound(figure: Figure, mode: Mode) -> Mode:
    """Strict, unless a bound word opens the figure."""
    return mode if mode == "bounded" and figure.bound != "eq" else "strict"


@dataclass(frozen=True)
class Identity:
    """``sides`` of the readings of ``figures``: what is computed, and what is stated.

    A line asks for the verdict, the value and the range in turn, so each side is worked out once.
    """

    figures: Sequence[Figure]
    sides: Callable[[Sequence[Interval]], tuple[Interval, Interval]]
    #: the figure that the computed side should equal, where there is one
    stated: Figure | None = None
    #: a sum: its parts show their precision, so only the whole, and only a near one, may have
    #: been rounded further
    additive: bool = False

    def verdict(self) -> Verdict:
        """The verdict in the agreed order."""
        return judge(self._sides_in, self._is_equal())

    def _sides_in(self, mode: Mode) -> tuple[Interval, Interval]:
        # strict readings of a sum and of anything else are the same
        return self._strict if mode == "strict" else self.sides(self._readings(mode))

    @cached_property
    def _strict(self) -> tuple[Interval, Interval]:
        return self.sides([reading(f) for f in self.figures])

    def _readings(self, mode: Mode) -> list[Interval]:
        if not self.additive:
            return [reading(f, mode) for f in self.figures]
        *parts, whole = self.figures
        read = [reading(p, _unless_bound(p, mode)) for p in parts]
        off = abs(sum((p.exact for p in parts), Fraction(0)) - whole.exact)
        near = off <= abs(whole.exact) * _NEAR
        return [*read, reading(whole, mode if near else _unless_bound(whole, mode))]

    def computed(self) -> Interval:
        """The computed side, as strictly read."""
        return self._strict[0]

    def exact(self) -> Fraction:
        """The computed side from the printed values alone."""
        return self._exact

    @cached_property
    def _exact(self) -> Fraction:
        low = self.sides([point(printed_value(f)) for f in self.figures])[0].low
        return low if low is not None else Fraction(0)

    def passing(self) -> Interval:
        """The range of the stated figure that would have passed, in its own unit."""
        scale = self.stated.factor if self.stated is not None else Fraction(1)
        return self.computed() * (1 / scale)

    def slip(self) -> Hypothesis | None:
        """A slip in one figure that repairs it."""
        values = [reading(f) for f in self.figures]

        def holds(tried: Sequence[Interval]) -> bool:
            computed, stated = self.sides(tried)
            return computed.meets(stated)

        return slip_in(self.figures, values, holds)

    def _is_equal(self) -> bool:
        if self.stated is None:
            return False
        value = self.exact() / self.stated.factor
        return rounded(value, self.stated.decimals) == self.stated.statement.value
