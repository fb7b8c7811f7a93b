"""Forms of supervision (督办表单): entering a thing, a step on it, and choosing what it is about.

A form that was refused is shown again with what was typed and everything that is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Role
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import SHOWN, done, faults_of
from hexi.portal.supervision.queries.choosing import found_hosts

__all__ = ["Faults", "choose_host", "crumbs", "entered", "step"]

Faults = list[dict[str, str]]
#: the lists that pages of one thing hang under: what they are called, by the name of their address
_LISTS: Final[dict[str, Any]] = {
    "problems": lazy("Problems"),
    "supervision-orders": lazy("Supervision orders"),
    "meetings": lazy("Coordination meetings"),
    "visits": lazy("Visits"),
}


def crumbs(listing: str, here: str) -> list[dict[str, str]]:
    """The way to a page: supervision, the list that it hangs under, the page."""
    return [
        {"label": _("Supervision"), "url": reverse("supervision")},
        {"label": str(_LISTS[listing]), "url": reverse(listing)},
        {"label": here, "url": ""},
    ]


def entered(
    request: HttpRequest,
    act: Callable[[], Any],
    said: Callable[[Any], str],
    to: Callable[[Any], str],
    show: Callable[[Faults], HttpResponse],
) -> HttpResponse:
    """A form that enters something: shown, or sent; ``to`` is the address of what was made.

    Args:
        request: GET shows the form, POST sends it.
        act: enters what the form says.
        said: the message once it is entered.
        to: where the reader goes then.
        show: the form with what is wrong.
    """
    if request.method != "POST":
        return show([])
    try:
        made = act()
    except Refusal as refusal:
        if refusal.status not in SHOWN:
            raise
        response = show(faults_of(refusal))
        response.status_code = refusal.status
        return response
    messages.success(request, said(made))
    return redirect(to(made))


def step(
    request: HttpRequest,
    act: Callable[..., Any],
    said: Any,
    page: Callable[[HttpRequest, int, Faults], HttpResponse],
    name: str,
    key: int,
) -> HttpResponse:
    """A step on one thing, by whoever looks at its page, now.

    Args:
        request: what was sent.
        act: the step; it is told who takes it (``by``) and when (``at``).
        said: the message once it is taken.
        page: shows the thing with what stands against the step.
        name: name of the page's address.
        key: key of the thing.
    """
    person = viewer(request)
    return done(
        request,
        lambda: act(by=person, at=timezone.now()),
        said,
        lambda faults: page(request, key, faults),
        name,
        key,
    )


def choose_host(
    request: HttpRequest, person: Person, title: str, listing: str, *, name: str, firms: bool = True
) -> HttpResponse:
    """Look for the project (or enterprise) that a new thing is about; ``name`` is its form's."""
    query = request.GET.get("q", "").strip()
    context = {
        "title": title,
        "crumbs": crumbs(listing, _("New")),
        "query": query,
        "found": found_hosts(person, query, firms=firms),
        "own": person.role == Role.ENTERPRISE,
        "next": reverse(name),
    }
    return render(request, "hexi/supervision/choose.html", context)
