"""Deadlines in one's own calendar (日历订阅): the page that makes the address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.scope import viewer
from hexi.portal.plans.queries import words
from hexi.portal.scoreboard.acts.keep_calendar_key import make_calendar_key
from hexi.portal.scoreboard.models import CalendarKey

__all__ = ["key_page"]


@require_http_methods(["GET", "POST"])
def key_page(request: HttpRequest) -> HttpResponse:
    """The address is shown once, right after it was made."""
    person = viewer(request)
    if person is None:
        raise NotPermitted
    address = ""
    if request.method == "POST":
        key = make_calendar_key(person, at=timezone.now())
        address = request.build_absolute_uri(reverse("api:deadlines", args=[key]))
    kept = CalendarKey.objects.filter(person=person).first()
    context = {
        "title": _("Deadlines in your calendar"),
        "crumbs": [
            {"label": _("Scoreboard"), "url": reverse("scoreboard")},
            {"label": _("Calendar"), "url": ""},
        ],
        "address": address,
        "made": words.when(kept.created_at) if kept else "",
    }
    return render(request, "hexi/scoreboard/calendar.html", context)
