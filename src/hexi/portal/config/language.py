"""Language of a request (界面语言): Chinese for everybody, English for who asks for it.

The browser's Accept-Language is not looked at: an office machine with an English browser must
still get the Chinese pages. ``?lang=en`` switches and is remembered in a cookie.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

__all__ = ["COOKIE", "LanguageMiddleware", "address_in"]

COOKIE = "hexi_language"
_KNOWN = ("zh-hans", "en")


class LanguageMiddleware:
    """Activate the language that the address or the cookie names, else zh-Hans."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "").lower()
        kept = request.COOKIES.get(COOKIE, "")
        language = next((x for x in (asked, kept) if x in _KNOWN), _KNOWN[0])
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if asked in _KNOWN and asked != kept:
            response.set_cookie(
                COOKIE,
                asked,
                max_age=365 * 24 * 3600,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
            )
        return response


def address_in(request: HttpRequest, language: str) -> str:
    """This page's address in another language."""
    query = request.GET.copy()
    query["lang"] = language
    return f"{request.path}?{query.urlencode()}"
