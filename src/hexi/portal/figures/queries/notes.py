"""Notes beside figures (数据注释): those of the units and indicators that a view shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from hexi.portal.figures import words
from hexi.portal.figures.books.nouns import Key
from hexi.portal.figures.models import Note
from hexi.portal.figures.space import Space

__all__ = ["NoteLine", "Notes"]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note under a table; ``mark`` stands at its cells."""

    mark: str
    text: str
    who: str
    at: str
    id: int
    public: bool


class Notes:
    """The notes of a view; a released book shows those that are for the public."""

    def __init__(self, space: Space, keys: Iterable[Key], *, public: bool) -> None:
        wanted = list(keys)
        rows = Note.objects.filter(space=space.id, withdrawn_at=None)
        rows = rows.filter(unit__in={key[0] for key in wanted})
        rows = rows.filter(Q(indicator="") | Q(indicator__in={key[1] for key in wanted}))
        rows = rows.filter(Q(period="") | Q(period__in={key[3] for key in wanted}))
        self._rows = list(rows.filter(public=True) if public else rows)

    @property
    def lines(self) -> list[NoteLine]:
        """The notes in order."""
        return [
            NoteLine(str(n), row.text, row.by_name, words.moment(row.at), row.pk, row.public)
            for n, row in enumerate(self._rows, 1)
        ]

    def marks(self, key: Key) -> str:
        """Marks of the notes on one cell."""
        unit, indicator, _view, period = key
        return " ".join(
            str(n)
            for n, row in enumerate(self._rows, 1)
            if row.unit == unit and row.indicator in ("", indicator) and row.period in ("", period)
        )
