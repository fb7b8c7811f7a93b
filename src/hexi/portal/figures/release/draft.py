"""A release in the making (公布草稿): its figures, what is hidden and why, before anybody acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hexi.portal.figures.books.nouns import NO_RETURN, Cell, Key
from hexi.portal.figures.books.working import WorkingBook, month_code
from hexi.portal.figures.forest import Forest
from hexi.portal.figures.knowledge import Known, compute, definitions
from hexi.portal.figures.question import Question
from hexi.portal.figures.reach import JURISDICTION, Reach
from hexi.portal.figures.release.confidential import Before, Protected, Shown, protect
from hexi.portal.figures.release.plan import Asked, asked_cells, month_of, units_of
from hexi.statistics.publication import Publication

__all__ = ["CONFIDENTIAL", "Draft", "make_draft"]

CONFIDENTIAL = Cell(None, "Q")


@dataclass(frozen=True)
class Draft:
    """Everything that a release would hold."""

    publication: Publication
    period: str
    known: Known
    forest: Forest
    units: Sequence[tuple[str, int]]
    asked: Sequence[Asked]
    #: as it would be shown: confidential cells are closed
    cells: Mapping[Key, Cell]
    protected: Protected | None

    @property
    def reasons(self) -> Mapping[Key, str]:
        """Hidden figures and why."""
        return self.protected.reasons if self.protected is not None else {}


def make_draft(
    publication: Publication,
    period: str,
    known: Known,
    shown: Shown,
    before: Before | None = None,
) -> Draft | None:
    """The draft of a publication for a period; None where its unit is not in the register."""
    month = month_of(period)
    forest = _forest(known, month)
    if publication.unit not in forest.nodes:
        return None
    asked, units = asked_cells(publication), units_of(publication, forest)
    codes = [code for code, _depth in units]
    figures = _figures(known, asked, codes, period, month)
    protected = protect(known, forest, codes, asked, period, month, shown, before)
    hidden = protected.hidden if protected is not None else frozenset()
    cells = {
        # nobody reported: nothing is hidden there, and nothing is told either
        key: CONFIDENTIAL if key in hidden and cell.status != "M" else cell
        for key, cell in figures.items()
    }
    return Draft(publication, period, known, forest, units, asked, cells, protected)


def _forest(known: Known, month: int) -> Forest:
    book = WorkingBook(known, None)
    book.reach = Reach(frozenset(), whole=True)
    return book.forest(Question(tree=JURISDICTION, p=(month_code(month),)))


def _figures(
    known: Known, asked: Sequence[Asked], units: Sequence[str], period: str, month: int
) -> dict[Key, Cell]:
    """Every figure that is asked for, confidential or not."""
    computed = {(one.planned.indicator, one.planned.view): one for one in asked}
    table = compute(
        known, definitions(), tree=JURISDICTION,
        indicators=tuple(dict.fromkeys(name for name, _view in computed)),
        views=tuple(dict.fromkeys(view for _name, view in computed)),
        units=[known.register.units[code] for code in units], periods=[month],
    )  # fmt: skip
    values: dict[tuple[str, str, str], tuple[float | None, int]] = {}
    for unit, _month, indicator, view, value, n in zip(
        *(column.to_pylist() for column in table.columns), strict=True
    ):
        values[known.unit_codes[unit], indicator, view] = value, n
    found: dict[Key, Cell] = {}
    for one in asked:
        for code in units:
            planned = one.planned
            value, n = values.get((code, planned.indicator, planned.view), (None, 0))
            cell = Cell(None, "U") if n else NO_RETURN
            if value is not None:
                cell = Cell(Decimal(f"{value:.{planned.decimals}f}"), "A")
            found[code, one.measure.indicator, one.measure.view, period] = cell
    return found
