"""What a unit reports besides its figures (主体申报情况): land, environment, for what follows.

Rules of what follows ask for conditions that no indicator of the scheme holds. They are reported on
a sheet of their own, each with what proves it, and frozen with the data of the run.
"""

from __future__ import annotations

from dataclasses import dataclass

from hexi.assessment.scheme.nouns import Named

__all__ = ["AskedFact", "UnitFact"]


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A condition that rules look at and units report (申报条件)."""

    id: str
    name: Named
    #: unit of measure, in both languages
    measure: Named
    least: float | None = None
    most: float | None = None

    @property
    def head(self) -> str:
        """Its name with its unit, as the sheet prints it."""
        return f"{self.name.zh}（{self.measure.zh}）" if self.measure.zh else self.name.zh


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A condition as one unit reported it."""

    unit: str
    #: id of what was asked
    fact: str
    value: float
    #: which document proves it, and where
    evidence: str
