"""What a book of figures holds (数据簿的组成): cells, measures, and what a book can be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from hexi.portal.figures.forest import Forest
from hexi.portal.figures.question import Question
from hexi.statistics.indicators import View

__all__ = ["NOT_DEFINED", "NOT_YET", "NO_RETURN", "Book", "Cell", "Key", "Measure"]

#: unit, indicator, view, period
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as printed, or the reason why there is none.

    ``A`` a figure; ``P`` a provisional one, of a period that is not closed yet; ``M`` nobody
    reported; ``Q`` confidential; ``N`` not defined there; ``U`` it cannot be computed, though some
    reported (no year before, a divisor of zero); ``H`` it would tell of units above one's own
    before they are released.
    """

    value: Decimal | None
    status: str
    #: reporters behind it; None where that is not told
    n: int | None = None


NO_RETURN: Final = Cell(None, "M", 0)
NOT_DEFINED: Final = Cell(None, "N", 0)
NOT_YET: Final = Cell(None, "H", None)


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator in a view, with the unit of measure that it is printed in."""

    indicator: str
    view: View
    name: str
    unit: str
    decimals: int


class Book(Protocol):
    """Where the figures of a page come from."""

    #: working or released
    of: str
    #: day and origin of the figures, in words
    source: str

    @property
    def provisional(self) -> Mapping[str, str]:
        """Periods whose figures may still change without a vintage: ``open``, not closed yet, or
        ``revised``, closed with a revision under way."""

    @property
    def trees(self) -> Sequence[str]:
        """Trees that it can be walked by."""

    @property
    def indicators(self) -> Mapping[str, str]:
        """Names of indicators by id, in order."""

    @property
    def periods(self) -> Sequence[str]:
        """Periods, oldest first."""

    def measures(self, question: Question) -> list[Measure]:
        """The indicators and views of a settled question that have a meaning."""

    def forest(self, question: Question) -> Forest:
        """The tree of a settled question, as far as it may be seen."""

    def cells(
        self, question: Question, units: Sequence[str], measures: Sequence[Measure]
    ) -> Mapping[Key, Cell]:
        """Cells of a settled question; a key that is missing was not released or not reported."""
