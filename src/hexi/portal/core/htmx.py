"""Fragments for htmx (局部刷新): did the page's own script ask, and what it is told beside."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

__all__ = ["by_htmx", "with_message"]


def by_htmx(request: HttpRequest) -> bool:
    """True where a fragment is wanted rather than a page."""
    return request.headers.get("HX-Request") == "true"


def with_message(response: HttpResponse, message: str) -> HttpResponse:
    """Put a message into the header that the page shows as a toast."""
    response["HX-Hexi-Message"] = quote(message)
    return response
