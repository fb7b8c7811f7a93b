"""The docket (案卷): what every check is given, prepared once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hexi.catalogue import Catalogue
from hexi.plans.audit.clauses import Passage, Text, passages_of, texts_of
from hexi.plans.audit.families import Family, families
from hexi.plans.audit.gather import Book, gather
from hexi.plans.audit.relations import Relation, relations_in
from hexi.plans.documents.document import Document
from hexi.plans.register import Plan
from hexi.plans.statements.statement import Statement

__all__ = ["Docket", "open_docket"]


@dataclass(frozen=True, slots=True)
class Docket:
    """Figures by series, passages with their figures, and the part-whole relations in them."""

    book: Book
    passages: Sequence[Passage]
    relations: Sequence[Relation]
    #: all running text, with figures or without
    texts: Sequence[Text]
    #: parks of one zone
    families: Sequence[Family]
    #: registers of the documents, where they were made
    plans: Sequence[Plan | None]
    #: how many of the documents are audited; those after them are upper plans
    audited: int
    catalogue: Catalogue | None = None

    def horizon(self, source: int) -> tuple[int, int] | None:
        """First and last year of a document's plan."""
        plan = self.plans[source]
        if plan is None or plan.horizon.start is None or plan.horizon.end is None:
            return None
        return plan.horizon.start, plan.horizon.end


def open_docket(
    read: Sequence[tuple[Document, Sequence[Statement], Plan | None]],
    audited: int,
    catalogue: Catalogue | None = None,
) -> Docket:
    """Prepare everything that the checks look up."""
    book = gather([r[0] for r in read], [r[1] for r in read])
    passages = passages_of(book)
    relations = [relation for passage in passages for relation in relations_in(passage)]
    return Docket(
        book,
        passages,
        relations,
        list(texts_of(book.documents)),
        list(families(book)),
        [r[2] for r in read],
        audited,
        catalogue,
    )
