"""Spaces of figures (数据空间): the office's own, and that of practice, which never mix.

The real space is the portal's warehouse. The practice space (演练空间) is a warehouse in a folder
of its own with synthetic enterprises; every page and file of it says so. A page belongs to one
space by its address.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hexi.portal.returns.queries.facts import open_warehouse
from hexi.statistics.practice import is_practice
from hexi.warehouse import Warehouse

__all__ = ["MARK", "PRACTICE", "REAL", "SPACES", "Space", "practice_folder"]

#: what practice data are called, in files of every language
MARK: Final = "演练数据"


@dataclass(frozen=True, slots=True)
class Space:
    """One of the two; ``id`` is the first word of its addresses' names."""

    id: str

    @property
    def practice(self) -> bool:
        return self.id == "practice"

    @property
    def mark(self) -> str:
        """What stands on everything of practice, in whatever language the page is."""
        return MARK if self.practice else ""

    @property
    def name(self) -> str:
        return _("Practice data") if self.practice else pgettext("statistics", "Figures")

    def url(self, name: str = "", /, *args: Any, **query: Any) -> str:
        """The address of one of its pages."""
        address = reverse(f"{self.id}-{name}" if name else self.id, args=args)
        asked = {key: value for key, value in query.items() if value not in ("", None, ())}
        return f"{address}?{urlencode(asked, doseq=True)}" if asked else address

    def open(self) -> Warehouse | None:
        """Its warehouse; None where there are no practice data."""
        if not self.practice:
            return open_warehouse()
        folder = practice_folder()
        return Warehouse.open(folder) if is_practice(folder) else None

    def titled(self, title: str) -> str:
        """A title as it stands in a file."""
        return f"【{MARK}】{title}" if self.practice else title


REAL: Final = Space("figures")
PRACTICE: Final = Space("practice")
SPACES: Final = (REAL, PRACTICE)


def practice_folder() -> Path:
    """Where practice data lie."""
    return Path(settings.HEXI.home) / "practice"
