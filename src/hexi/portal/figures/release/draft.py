"""A release in the making (公布草稿): its figures, what is hidden and why, before anybody acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from hexi.portal.figures.books.nouns import NO_RETURN, Cell, Key, Measure
from hexi.portal.figures.books.working import WorkingBook, month_code
from hexi.portal.figures.forest import Forest
from hexi.portal.figures.knowledge import Known, compute, definitions
from hexi.portal.figures.question import Question
from hexi.portal.figures.reach import Reach
from hexi.portal.figures.release.claims import Claim, claims_of, sums_of
from hexi.portal.figures.release.confidential import Before, Elsewhere, Protected
from hexi.portal.figures.release.decided import decided
from hexi.portal.figures.release.places import unit_of
from hexi.portal.figures.release.plan import Asked, asked_cells, month_of, units_of
from hexi.statistics.disclosure import disclosure_rule
from hexi.statistics.publication import Publication

__all__ = ["CONFIDENTIAL", "Draft", "Part", "asked_of", "make_draft"]

CONFIDENTIAL = Cell(None, "Q")


@dataclass(frozen=True)
class Part:
    """What a publication asks for of one tree."""

    tree: str
    forest: Forest
    #: units or classes that get a figure, with their depth
    units: Sequence[tuple[str, int]]
    asked: Sequence[Asked]


@dataclass(frozen=True)
class Draft:
    """Everything that a release would hold."""

    publication: Publication
    period: str
    known: Known
    #: by tree, that of jurisdiction first
    parts: tuple[Part, ...]
    #: as it would be shown: confidential cells are closed
    cells: Mapping[Key, Cell]
    protected: Protected
    #: hidden figures and why
    reasons: Mapping[Key, str]
    #: cells of items that readers get
    open: frozenset[Claim]

    @property
    def forest(self) -> Forest:
        """Its units, and after them the classes of other trees."""
        nodes = {
            code: node for part in reversed(self.parts) for code, node in part.forest.nodes.items()
        }
        return Forest({**self.parts[0].forest.nodes, **nodes}, self.parts[0].forest.parent)

    @property
    def measures(self) -> list[Measure]:
        """Its indicators and views, each once."""
        every = {(one.measure.indicator, one.measure.view): one.measure
                 for part in self.parts for one in part.asked}  # fmt: skip
        return list(every.values())


def make_draft(
    publication: Publication,
    period: str,
    known: Known,
    elsewhere: Elsewhere,
    before: Before | None = None,
) -> Draft | None:
    """The draft of a publication for a period; None where its unit is not in the register."""
    month = month_of(period)
    parts = _parts(publication, known, month)
    if publication.unit not in parts[0].forest.nodes:
        return None
    figures, rests = dict[Key, Cell](), dict[Key, tuple[Claim, ...]]()
    for part in parts:
        codes = [code for code, _depth in part.units]
        # a unit has the same figure in every tree: that by jurisdiction stands
        figures = {**_figures(known, part, codes, period, month), **figures}
        for key, behind in claims_of(
            part.asked, codes, part.forest, part.tree, month, period
        ).items():
            rests[key] = (*rests.get(key, ()), *behind)
    claims = dict.fromkeys(claim for behind in rests.values() for claim in behind)
    trees = {part.tree: part.forest for part in parts}
    for tree in {unit_of(claim.unit)[1] for claim in elsewhere.cells} - set(trees):
        trees[tree] = _forest(known, tree, month)
    sums = sums_of(claim.item for claim in (*claims, *elsewhere.cells))
    rule = disclosure_rule(settings.HEXI.pack, month)
    protected = decided(known, trees, list(claims), sums, elsewhere, rule, before)
    reasons = protected.reasons(rests)
    cells = {
        # nobody reported: nothing is hidden there, and nothing is told either
        key: CONFIDENTIAL if key in reasons and cell.status != "M" else cell
        for key, cell in figures.items()
    }
    open_ = frozenset(claims) - set(protected.closed)
    return Draft(publication, period, known, parts, cells, protected, reasons, open_)


def asked_of(
    publication: Publication, known: Known, period: str
) -> tuple[dict[str, Forest], list[Claim]]:
    """Trees of a publication and the cells that its figures rest on, hidden or not."""
    month = month_of(period)
    parts = _parts(publication, known, month)
    claims = [
        claim
        for part in parts
        for cells in claims_of(
            part.asked, [code for code, _d in part.units], part.forest, part.tree, month, period
        ).values()
        for claim in cells
    ]
    return {part.tree: part.forest for part in parts}, list(dict.fromkeys(claims))


def _parts(publication: Publication, known: Known, month: int) -> tuple[Part, ...]:
    """Trees that the register has; a table of any other stays empty."""
    own = set(known.register.membership["tree"].unique().to_pylist())
    found = list[Part]()
    for tree in publication.trees:
        if tree in own or not found:
            forest = _forest(known, tree, month)
            units = units_of(publication, forest, tree)
            found.append(Part(tree, forest, units, asked_cells(publication, tree)))
    return tuple(found)


def _forest(known: Known, tree: str, month: int) -> Forest:
    book = WorkingBook(known, None)
    book.reach = Reach(frozenset(), whole=True)
    return book.forest(Question(tree=tree, p=(month_code(month),)))


def _figures(
    known: Known, part: Part, units: Sequence[str], period: str, month: int
) -> dict[Key, Cell]:
    """Every figure that is asked for of a tree, confidential or not."""
    computed = {(one.planned.indicator, one.planned.view): one for one in part.asked}
    table = compute(
        known, definitions(), tree=part.tree,
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
    for one in part.asked:
        for code in units:
            planned = one.planned
            value, n = values.get((code, planned.indicator, planned.view), (None, 0))
            cell = Cell(None, "U") if n else NO_RETURN
            if value is not None:
                cell = Cell(Decimal(f"{value:.{planned.decimals}f}"), "A")
            found[code, one.measure.indicator, one.measure.view, period] = cell
    return found
