"""Where all projects stood on a day (历史时点): reckoned once for a library and a day."""

from __future__ import annotations

from datetime import date

import numpy as np

from hexi.portal.projects.columns.library import Library
from hexi.portal.projects.stagebook import stage_book
from hexi.projects.figures import Marks, Standing, standing

__all__ = ["standing_of"]

#: days that are kept of a library
_KEPT = 4


def standing_of(library: Library, day: date) -> Standing:
    """Where they stood; the last days that were asked for are kept with the library."""
    kept = library.standings
    found = kept.pop(day, None)
    if found is None:
        records = library.records
        found = standing(
            library.histories, records.total, records.merged | ~records.there, _marks(library), day
        )
    kept[day] = found
    while len(kept) > _KEPT:
        kept.pop(next(iter(kept)))
    return found


def _marks(library: Library) -> Marks:
    book, words = stage_book(), library.stage_words
    way = [stage.id for stage in book.stages.values() if not stage.stops]

    def flags(wanted: set[str]) -> np.ndarray:
        return np.array([word in wanted for word in words], dtype=np.bool_)

    return Marks(
        started=flags({one.id for one in book.stages.values() if one.started}),
        completed=flags({one.id for one in book.stages.values() if one.completed}),
        producing=flags({way[-1]}),
        ended=flags({one.id for one in book.stages.values() if one.ends}),
    )
