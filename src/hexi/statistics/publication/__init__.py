"""Publications (统计公布): bulletins and yearbooks that write themselves from released figures."""

from hexi.statistics.publication.composing import (
    Composed,
    Figure,
    FigureBook,
    Part,
    Row,
    Sheet,
    compose,
)
from hexi.statistics.publication.template import (
    Publication,
    Section,
    TableOf,
    check_publications,
    load_publications,
)

__all__ = [
    "Composed",
    "Figure",
    "FigureBook",
    "Part",
    "Publication",
    "Row",
    "Section",
    "Sheet",
    "TableOf",
    "check_publications",
    "compose",
    "load_publications",
]
