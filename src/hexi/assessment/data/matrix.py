"""The data of an assessment (考核数据表): units by items and years, what is missing left missing.

Arrays are float64; NaN is not reported, zero is zero. A matrix is frozen: its hash names the data
that a run was computed from, so that a rerun can show that it is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hexi.assessment.data.unit_facts import UnitFact

__all__ = ["Case", "Decided", "Matrix"]


@dataclass(frozen=True, slots=True)
class Case:
    """One case of bonus, penalty or veto (加分、扣分、否决事项) with what proves it."""

    unit: str
    #: id of the points or veto of the scheme
    matter: str
    evidence: str
    count: float = 1.0


@dataclass(frozen=True, slots=True)
class Decided:
    """What an earlier decision means for a unit in this run (既往决定): why, in both languages."""

    unit: str
    #: ``left``: it is assessed no more; ``unrated``: assessed, and not rated this year
    effect: Literal["left", "unrated"]
    text: str
    text_en: str


@dataclass(frozen=True, eq=False)
class Matrix:
    """Values of all years; the last year is the one assessed.

    ``values``: (years, units, items). ``targets``: (units, items) own targets of the year, for
    scoring by achievement. ``grain``: (items,) half of the last printed digit, for rounding.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    items: tuple[str, ...]
    years: tuple[int, ...]
    values: NDArray[np.float64]
    #: attribute → value a unit: region, zone_type, level, since …; of the year assessed
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: the same of the year before; empty text: the unit was not there
    attributes_before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    targets: NDArray[np.float64] | None = None
    grain: NDArray[np.float64] | None = None
    cases: tuple[Case, ...] = ()
    #: what units report besides, for rules of what follows
    facts: tuple[UnitFact, ...] = ()
    #: decisions of earlier rounds that still hold
    decided: tuple[Decided, ...] = ()
    #: where the figures come from: vintage of the warehouse, sheet and its checksum
    vintage: str = ""

    def __post_init__(self) -> None:
        shape = (len(self.years), len(self.units), len(self.items))
        if self.values.shape != shape:
            raise ValueError(f"values have shape {self.values.shape}, not {shape}")
        if len(set(self.units)) != len(self.units):
            raise ValueError("a unit stands twice in the data")
        if list(self.years) != sorted(set(self.years)):
            raise ValueError("years must rise")

    @property
    def now(self) -> NDArray[np.float64]:
        """Values of the year assessed, (units, items)."""
        year: NDArray[np.float64] = self.values[-1]
        return year

    @property
    def before(self) -> NDArray[np.float64]:
        """Values of the year before; all NaN where it is not in the data."""
        if len(self.years) > 1 and self.years[-2] == self.years[-1] - 1:
            year: NDArray[np.float64] = self.values[-2]
            return year
        return np.full_like(self.values[-1], np.nan)

    def column(self, item: str) -> NDArray[np.float64]:
        """Values of one item in the year assessed; KeyError for an unknown one."""
        if item not in self.items:
            raise KeyError(item)
        return self.now[:, self.items.index(item)]

    def classes(self, attribute: str) -> tuple[str, ...]:
        """The class of every unit; empty where the attribute is not known."""
        return self.attributes.get(attribute, ("",) * len(self.units))

    def chosen(self, items: Sequence[str]) -> NDArray[np.float64]:
        """The named items in that order, all years; an unknown item is all missing."""
        place = {item: index for index, item in enumerate(self.items)}
        wanted = np.full((len(self.years), len(self.units), len(items)), np.nan)
        for index, item in enumerate(items):
            if item in place:
                wanted[:, :, index] = self.values[:, :, place[item]]
        return wanted

    def digest(self) -> str:
        """Checksum of everything in it; equal data give the same on every machine."""
        hashed = hashlib.sha256()
        for words in (self.units, self.names, self.items, self.years, self.vintage):
            hashed.update(repr(words).encode())
        for held in (self.attributes, self.attributes_before):
            hashed.update(repr(sorted(held.items())).encode())
        hashed.update(repr(self.cases).encode())
        if self.facts:
            hashed.update(repr(self.facts).encode())
        if self.decided:
            hashed.update(repr(self.decided).encode())
        for array in (self.values, self.targets, self.grain):
            plain = np.zeros(0) if array is None else np.ascontiguousarray(array, dtype="<f8")
            # every NaN is the same missing value
            hashed.update(np.where(np.isnan(plain), np.nan, plain + 0.0).tobytes())
        return hashed.hexdigest()
