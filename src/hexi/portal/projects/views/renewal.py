"""Yearly renewal of lists (年度滚动)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.lists import choices
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.steps import done
from hexi.portal.projects.acts.keep_tags import renew_tag
from hexi.portal.projects.queries import words
from hexi.portal.projects.queries.renewals import renewal, yearly_tags
from hexi.portal.projects.views.tabs import tabs

__all__ = ["page", "renew"]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """A list of last year beside that of this one."""
    return _show(request, [])


def _show(request: HttpRequest, faults: list[dict[str, str]]) -> HttpResponse:
    person = require(viewer(request), Permission.KEEP_PROJECTS)
    tags = yearly_tags()
    asked = request.POST if request.method == "POST" else request.GET
    tag = asked.get("tag") or (tags[0] if tags else "")
    if tag and tag not in tags:
        raise NotFound
    year = _year(asked.get("year", "")) or timezone.localdate().year
    found = renewal(person, tag, year) if tag else None
    waiting = found.waiting.number if found else 0
    context = {
        "title": _("%(n)d projects of “%(tag)s” are still to be carried over into %(year)d")
        % {"n": waiting, "tag": words.tag_label(tag), "year": year},
        "tabs": tabs(request, "renewal"),
        "found": found,
        "tag": tag,
        "year": year,
        "tags": choices(request, "tag", [(one, words.tag_label(one)) for one in tags], default=tag),
        "years": [year - 1, year, year + 1],
        "faults": faults,
    }
    return render(request, "hexi/projects/renewal.html", context)


def _year(text: str) -> int:
    return int(text) if text.isdecimal() and 1990 <= int(text[:4]) <= 2100 and len(text) == 4 else 0


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Carry the ticked projects over."""
    sent = request.POST
    chosen = [int(one) for one in sent.getlist("project") if one.isdecimal() and len(one) < 12]

    def act() -> None:
        if not chosen:
            raise Refusal("none_chosen", _("No project is chosen."), _("Tick those that you mean."))
        renew_tag(
            sent.get("tag", ""),
            _year(sent.get("year", "")),
            by=viewer(request),
            at=timezone.now(),
            ids=chosen,
            reason=sent.get("reason", ""),
        )

    return done(
        request,
        act,
        lazy("The projects were carried over."),
        lambda faults: _show(request, faults),
        "project-renewal",
    )
