"""Money in the history of things (事件金额用语): kept in whole yuan, read as pages say it.

Every app whose events keep sums names its fields with this one list of words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from hexi.portal.projects.queries.words import money_text

__all__ = ["MONEY_WORDS", "MoneyWords"]


class MoneyWords(Mapping[Any, str]):
    """Sums of yuan, as numbers or as an event wrote them down: 35000000 is 3,500 万元."""

    def __getitem__(self, yuan: Any) -> str:
        if isinstance(yuan, bool) or not isinstance(yuan, int | str):
            raise KeyError(yuan)
        try:
            sum_ = Decimal(yuan)
        except InvalidOperation:
            raise KeyError(yuan) from None
        if not sum_.is_finite():
            raise KeyError(yuan)
        return money_text(round(sum_))

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0


MONEY_WORDS = MoneyWords()
