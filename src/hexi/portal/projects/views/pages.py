"""Pages of a list that is cut by position (分页): what is shown, and the way on and back."""

from __future__ import annotations

from django.http import HttpRequest

from hexi.portal.core.lists import Pager, paged

__all__ = ["page_of"]


def page_of(request: HttpRequest, total: int, size: int) -> tuple[int, int, Pager | None]:
    """First and last position of the page of the address, and the pager where there are more."""
    part, pager = paged(request, range(total), size)
    return part.start, part.stop, pager
