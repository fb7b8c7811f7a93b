"""Releasing (公布): the office's page with a preview, and the act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.figures import words
from hexi.portal.figures.acts.release import release
from hexi.portal.figures.knowledge import Known, known_at
from hexi.portal.figures.queries.notes import noted_on
from hexi.portal.figures.queries.releases import (
    as_shown,
    draft_of,
    given_lines,
    hidden_lines,
    publication_of,
    release_line,
    visible,
)
from hexi.portal.figures.queries.tabs import tabs_of
from hexi.portal.figures.release.documents import FILES, document, written
from hexi.portal.figures.release.draft import Draft
from hexi.portal.figures.release.plan import periods_of, publications
from hexi.portal.figures.release.stored import pack, unpack
from hexi.portal.figures.space import MARK, Space
from hexi.statistics.publication import Composed, Publication

__all__ = ["office", "preview", "preview_file", "release_it"]


@require_GET
def office(request: HttpRequest, space: Space) -> HttpResponse:
    """What can be released, and what has been."""
    person, at = require(viewer(request), Permission.RELEASE), timezone.now()
    known = known_at(space)
    rows = list(visible(space, person, at))
    done = {(row.publication, row.period) for row in rows}
    offers = [_offer(one, known, done) for one in publications(space)] if known else []
    context = {
        "space": space,
        "tabs": tabs_of(space, person, "releases"),
        "title": _("%(n)d releases so far") % {"n": len(rows)},
        "offers": offers,
        "releases": [release_line(row, space, at) for row in rows],
    }
    return render(request, "hexi/figures/releases.html", context)


def _offer(one: Publication, known: Known, done: set[tuple[str, str]]) -> dict[str, Any]:
    """A publication with the periods that it can be made for."""
    periods = [(p, words.period_name(p), (one.id, p) in done) for p in periods_of(one, known)]
    return {"one": one, "name": name_of_publication(one), "periods": periods}


def name_of_publication(one: Publication) -> str:
    """The title without the gap for its period, in the reader's language."""
    return name_of(_Named(_plain(one.title), _plain(one.title_en)))


def _plain(title: str) -> str:
    """A title without the gap and without the mark that every page carries anyway."""
    for gone in ("{period}", f"【{MARK}】", "[Practice data] "):
        title = title.replace(gone, "")
    return title.strip("（）() ")


class _Named:
    def __init__(self, name: str, name_en: str) -> None:
        self.name, self.name_en = name, name_en


@require_GET
def preview(request: HttpRequest, space: Space, publication: str, period: str) -> HttpResponse:
    """What would be released: hidden cells with their reasons, sentences, tables."""
    return _preview(request, space, publication, period, [])


def _preview(
    request: HttpRequest, space: Space, publication: str, period: str,
    faults: list[dict[str, str]], status: int = 200,
) -> HttpResponse:  # fmt: skip
    person = require(viewer(request), Permission.RELEASE)
    one = publication_of(space, publication)
    known, draft = draft_of(space, one, period)
    hidden = sum(cell.status == "Q" for cell in draft.cells.values())
    versions = visible(space, person, timezone.now()).filter(publication=publication, period=period)
    context = {
        "space": space,
        "tabs": tabs_of(space, person, "releases"),
        "title": _("%(name)s, %(period)s: %(hidden)d of %(n)d figures are kept confidential")
        % {
            "name": name_of_publication(one),
            "period": words.period_name(period),
            "hidden": hidden,
            "n": len(draft.cells),
        },
        "crumbs": [
            {"label": _("Releases"), "url": space.url("releases")},
            {"label": words.period_name(period), "url": ""},
        ],
        "draft": draft,
        "snapshot": known.snapshot,
        "known": words.moment(known.snapshot.at),
        "hidden": list(hidden_lines(draft)),
        "given": given_lines(draft),
        "composed": as_shown(_written(one, draft, space)),
        "versions": [release_line(row, space, timezone.now()) for row in versions],
        "files": [
            (name, space.url("preview-file", publication, period, name))
            for name in ("bulletin.docx", "yearbook.xlsx")
        ],
        "faults": faults,
        "sent": request.POST,
        "publication": publication,
        "period": period,
    }
    return render(request, "hexi/figures/preview.html", context, status=status)


def _written(one: Publication, draft: Draft, space: Space) -> Composed:
    """A draft as the clerk reads it, with what had to be left out."""
    content = unpack(pack(draft))
    return written(one, content, [], noted_on(content, space), clerk=True)


@require_GET
def preview_file(
    request: HttpRequest, space: Space, publication: str, period: str, name: str
) -> HttpResponse:
    """The bulletin or the yearbook of a draft, for the clerk."""
    require(viewer(request), Permission.RELEASE)
    if name not in ("bulletin.docx", "yearbook.xlsx"):
        raise NotFound
    one = publication_of(space, publication)
    _known, draft = draft_of(space, one, period)
    body = document(name, _written(one, draft, space), timezone.now())
    response = HttpResponse(body, content_type=FILES[name])
    response["Content-Disposition"] = f'attachment; filename="draft-{publication}-{period}-{name}"'
    return response


@require_POST
def release_it(request: HttpRequest, space: Space, publication: str, period: str) -> HttpResponse:
    """Release it."""
    sent, seen = request.POST, request.POST.get("seen", "")
    try:
        made = release(
            space, publication, period, by=viewer(request), at=timezone.now(),
            public_at=_moment(sent.get("public_at", "")), reason=sent.get("reason", ""),
            seen=int(seen) if seen.isdecimal() else None,
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        faults = [refusal.as_record()]
        return _preview(request, space, publication, period, faults, refusal.status)
    messages.success(request, _("%(title)s was released.") % {"title": made.title})
    return redirect(space.url("release", made.publication, made.period, made.version))


def _moment(text: str) -> datetime | None:
    """A moment of the office's clock; none where nothing is written."""
    if not text.strip():
        return None
    found = parse_datetime(text)
    if found is None:
        raise Refusal(
            "no_moment",
            _("“%(text)s” is no date and time.") % {"text": text},
            _("Write it like 2026-12-01 09:00."),
            place="public_at",
        )
    return timezone.make_aware(found) if timezone.is_naive(found) else found
