"""The door of every page (访问): who may come in at all, and how a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.errors import refusal_page

__all__ = ["AccessMiddleware"]

#: addresses that must answer before anybody is known
_OPEN = ("/sign-in/", "/static/", "/health/", "/api/")


class AccessMiddleware:
    """Send the unknown visitor to the log-in where reading is not public; show refusals."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        closed = not settings.HEXI.public_reading and not request.path.startswith(_OPEN)
        if closed and viewer(request) is None:
            return _to_sign_in(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into its page; other exceptions go on to the 500 page."""
        if not isinstance(exception, Refusal):
            return None
        if isinstance(exception, NotPermitted) and viewer(request) is None:
            return _to_sign_in(request)
        return refusal_page(request, exception)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else "/"
    address = f"{reverse('sign-in')}?{urlencode({'next': back})}"
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = address
        return response
    return HttpResponseRedirect(address)
