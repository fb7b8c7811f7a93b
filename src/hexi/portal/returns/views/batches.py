"""Uploads in batches (批量上传): sending files, progress, preview, applying, the result list."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hexi.portal.core.exports import FORMATS, table_response
from hexi.portal.core.htmx import by_htmx
from hexi.portal.core.lists import choices, paged
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.core.views.errors import wants_json
from hexi.portal.returns.acts.apply_batch import apply_batch
from hexi.portal.returns.acts.upload_batch import upload_batch
from hexi.portal.returns.models import Batch, LineState
from hexi.portal.returns.queries.batch_page import (
    batch_card,
    batch_cards,
    heads,
    lines_of,
    table_rows,
)

__all__ = ["apply", "batch", "batches", "export", "progress", "receive", "recent", "seen_batch"]

SUFFIXES = (".zip", ".xlsx", ".csv")
PAGE = 100


@require_http_methods(["GET", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """The place to drop files, and the uploads so far."""
    person = require(viewer(request), Permission.FILL)
    if request.method == "POST":
        return _received(request, person)
    return render(request, "hexi/returns/batches.html", _context(person))


@require_GET
def recent(request: HttpRequest) -> HttpResponse:
    """The list by itself; asked again by the page while something is unfinished."""
    person = require(viewer(request), Permission.FILL)
    return render(request, "hexi/returns/batch_list.html", _context(person))


@require_GET
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One batch: every return of it with its answers."""
    row = seen_batch(request, batch_id)
    card = batch_card(row)
    rows = row.lines.order_by("number")
    state = request.GET.get("state", "")
    if state in LineState.values:
        rows = rows.filter(state=state)
    part, pager = paged(request, rows, PAGE)
    context = {
        "title": _headline(card),
        "crumbs": [
            {"label": _("Returns"), "url": "/returns/"},
            {"label": _("Uploads"), "url": "/returns/batches/"},
            {"label": row.name, "url": ""},
        ],
        "card": card,
        "lines": lines_of(part),
        "pager": pager,
        "states": choices(request, "state", [("", _("All")), *card.kinds]),
        "exports": [
            {"label": suffix.upper(), "url": f"/returns/batches/{row.pk}/result.{suffix}"}
            for suffix in FORMATS
        ],
    }
    return render(request, "hexi/returns/batch.html", context)


@require_GET
def progress(request: HttpRequest, batch_id: int) -> HttpResponse:
    """How far it is; when it is done, the page is asked for again."""
    card = batch_card(seen_batch(request, batch_id))
    response = render(request, "hexi/returns/batch_progress.html", {"card": card})
    if not card.row.busy:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def apply(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Apply what was previewed."""
    confirmed = [int(n) for n in request.POST.getlist("confirmed") if n.isdecimal()]
    submit = request.POST.get("submit") == "on"
    by, at = viewer(request), timezone.now()
    row = apply_batch(batch_id, by=by, at=at, confirmed=confirmed, submit=submit)
    return redirect("batch", row.pk)


@require_GET
def export(request: HttpRequest, batch_id: int, suffix: str) -> HttpResponse:
    """The result list as a file."""
    row = seen_batch(request, batch_id)
    return table_response(suffix, f"batch-{row.pk}", row.name, heads(), table_rows(row))


def seen_batch(request: HttpRequest, batch_id: int) -> Batch:
    """The batch, where this person may see it."""
    row = Batch.objects.visible_to(viewer(request)).filter(pk=batch_id).first()
    if row is None:
        raise NotFound
    return row


def receive(
    request: HttpRequest, person: Person, *, at_once: bool = False, submit: bool = False
) -> tuple[list[Batch], list[Refusal]]:
    """Each file by itself: one that is refused does not stop the others."""
    made: list[Batch] = []
    refusals: list[Refusal] = list(getattr(request, "hexi_refused", ()))
    files = request.FILES.getlist("files")
    if not files and not refusals:
        refusals.append(
            Refusal("no_file", _("No file was sent."), _("Choose one or more files."), status=400)
        )
    at = timezone.now()
    for file in files:
        name = file.name or ""
        try:
            made.append(
                upload_batch(file.chunks(), name, by=person, at=at, at_once=at_once, submit=submit)
            )
        except Refusal as refusal:
            refusal.file = refusal.file or name
            refusals.append(refusal)
    return made, refusals


def _received(request: HttpRequest, person: Person) -> HttpResponse:
    made, refusals = receive(request, person)
    said = [refusal.as_record() for refusal in refusals]
    status = 200 if made or not refusals else refusals[0].status
    if wants_json(request):
        body = {"readings": [{"id": b.pk, "file": b.name} for b in made], "refusals": said}
        return JsonResponse(body, status=201 if made else status)
    if len(made) == 1 and not refusals:
        return redirect("batch", made[0].pk)
    context = {**_context(person), "refusals": said}
    template = "hexi/returns/batch_list.html" if by_htmx(request) else "hexi/returns/batches.html"
    return render(request, template, context, status=200 if by_htmx(request) else status)


def _context(person: Person) -> dict[str, Any]:
    cards = batch_cards(Batch.objects.filter(person=person)[:20])
    return {
        "title": _("Upload workbooks"),
        "crumbs": [
            {"label": _("Returns"), "url": "/returns/"},
            {"label": _("Uploads"), "url": ""},
        ],
        "cards": cards,
        "unfinished": any(card.row.busy for card in cards),
        "accept": ",".join(SUFFIXES),
        "megabytes": settings.HEXI.upload_megabytes,
    }


def _headline(card: Any) -> str:
    """The batch's answer in one sentence."""
    row, counts = card.row, card.counts
    if row.busy or card.error:
        return str(row.name)
    total = sum(counts.values())
    refused = counts.get(LineState.REFUSED, 0)
    if card.applied:
        done = counts.get(LineState.APPLIED, 0)
        return ngettext(
            "%(done)d of %(n)d return was imported, %(refused)d refused",
            "%(done)d of %(n)d returns were imported, %(refused)d refused",
            total,
        ) % {"done": done, "n": total, "refused": refused}
    gaps = {"n": total, "ready": card.ready, "asked": card.asked, "refused": refused}
    return _("Of %(n)d returns %(ready)d are ready, %(asked)d asked about, %(refused)d refused") % (
        gaps
    )
