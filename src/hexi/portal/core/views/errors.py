"""Error pages (错误页): what is wrong, where, what to do; the same fields as in the API."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hexi.portal.core.htmx import by_htmx, with_message
from hexi.portal.core.refusal import NotFound, Refusal

__all__ = ["bad_request", "csrf_refused", "not_found", "refusal_page", "server_error"]


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as JSON, as a fragment for htmx, or as a page."""
    if wants_json(request):
        return JsonResponse({"error": refusal.as_record()}, status=refusal.status)
    htmx = by_htmx(request)
    context = {
        "title": str(refusal.message),
        "status": refusal.status,
        "message": str(refusal.message),
        "remedy": str(refusal.remedy),
        "place": " ".join(x for x in (refusal.file, refusal.place) if x),
    }
    template = "hexi/_error.html" if htmx else "hexi/error.html"
    response = render(request, template, context, status=refusal.status)
    return with_message(response, f"{refusal.message} {refusal.remedy}") if htmx else response


def wants_json(request: HttpRequest) -> bool:
    """Does the caller read JSON rather than pages?"""
    accept = request.headers.get("Accept", "")
    return "application/json" in accept and "text/html" not in accept


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_page(request, NotFound())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    refusal = Refusal(
        "bad_request",
        _("The request cannot be understood."),
        _("Go back and try again; if it happens again, tell the administrator the address."),
        status=400,
    )
    return refusal_page(request, refusal)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    refusal = Refusal(
        "csrf",
        _("The form is out of date or came from another site."),
        _("Reload the page and send the form again."),
        status=403,
    )
    return refusal_page(request, refusal)


def server_error(request: HttpRequest) -> HttpResponse:
    refusal = Refusal(
        "server_error",
        _("The portal made a mistake. Nothing was changed."),
        _("Try again; if it happens again, tell the administrator the time and the address."),
        status=500,
    )
    return refusal_page(request, refusal)
