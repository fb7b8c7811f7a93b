"""Errors of the API (接口错误): one shape for all of them.

``{"error": {"code", "file", "place", "message", "remedy"}}``, the same five fields that the pages
show: what is wrong, where, and what to do.
"""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from hexi.portal.core.refusal import NotFound, Refusal

__all__ = ["ERRORS", "ErrorBody", "ErrorReply", "install"]

log = logging.getLogger("hexi.api")


class ErrorBody(Schema):
    """What is wrong, where, and what to do."""

    code: str
    file: str
    place: str
    message: str
    remedy: str


class ErrorReply(Schema):
    """The only error shape."""

    error: ErrorBody


#: the refusals that every operation may give
ERRORS = {frozenset({400, 401, 403, 404, 409, 413, 422}): ErrorReply}


def install(api: NinjaAPI) -> None:
    """Put every kind of exception into the one shape."""

    def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
        return api.create_response(request, {"error": refusal.as_record()}, status=refusal.status)

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
        return answer(request, refusal)

    @api.exception_handler(Http404)
    def absent(request: HttpRequest, _error: Any) -> HttpResponse:
        return answer(request, NotFound())

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        first: dict[str, Any] = error.errors[0] if error.errors else {}
        place = ".".join(str(part) for part in first.get("loc", ()))
        return answer(
            request,
            Refusal(
                "invalid",
                _("A field is missing or has a value that cannot be read."),
                str(first.get("msg", "")),
                place=place,
                status=422,
            ),
        )

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, _error: Any) -> HttpResponse:
        return answer(
            request,
            Refusal("not_signed_in", _("Nobody is signed in."), _("Send a token."), status=401),
        )

    @api.exception_handler(HttpError)
    def http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return answer(
            request,
            Refusal("bad_request", str(error), _("Check the request."), status=error.status_code),
        )

    @api.exception_handler(Exception)
    def fault(request: HttpRequest, error: Exception) -> HttpResponse:
        log.exception("%s %s", request.method, request.path, exc_info=error)
        return answer(
            request,
            Refusal(
                "server_error",
                _("The portal made a mistake. Nothing was changed."),
                _("Try again; if it happens again, tell the administrator the time."),
                status=500,
            ),
        )
