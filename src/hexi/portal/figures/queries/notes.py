"""Notes beside figures (数据注释): those of the units and indicators that a view shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from hexi.portal.figures import words
from hexi.portal.figures.books.nouns import Key
from hexi.portal.figures.books.working import month_code
from hexi.portal.figures.models import Note
from hexi.portal.figures.release.documents import Noted
from hexi.portal.figures.release.plan import month_of
from hexi.portal.figures.release.stored import Content
from hexi.portal.figures.space import Space

__all__ = ["NoteLine", "Notes", "noted_on"]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note under a table; ``mark`` stands at its cells."""

    mark: str
    text: str
    who: str
    at: str
    id: int
    public: bool


def noted_on(content: Content, space: Space) -> list[Noted]:
    """Public notes on figures of a publication, as its footnotes say them."""
    units = {code for forest in content.forests.values() for code in forest.nodes}
    rows = Note.objects.filter(
        Q(indicator="") | Q(indicator__in=content.names),
        Q(period="") | Q(period__in=_within(content.period)),
        space=space.id, withdrawn_at=None, public=True, unit__in=units,
    )  # fmt: skip
    return [Noted(row.unit, row.indicator, row.text) for row in rows.order_by("at")]


def _within(period: str) -> list[str]:
    """A period and the months that its figures are of: of a quarter and a year since January."""
    last = month_of(period)
    if period == month_code(last):
        return [period]
    return [period, *(month_code(month) for month in range(last // 100 * 100 + 1, last + 1))]


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
