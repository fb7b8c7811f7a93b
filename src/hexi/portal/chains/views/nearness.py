"""Relatedness of industries (产业关联度页): tables, their places, and what each could take up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.chains.acts.drop_location_table import drop_location_table
from hexi.portal.chains.acts.load_location_table import load_location_table
from hexi.portal.chains.acts.publish_location_table import publish_location_table
from hexi.portal.chains.book import comma
from hexi.portal.chains.queries.areas import keeps_register, own_units
from hexi.portal.chains.queries.nearness import (
    candidate_lines,
    candidate_table,
    own_industries,
    place_lines,
    place_name,
    printed,
)
from hexi.portal.chains.queries.tables import (
    REGISTER,
    LevelError,
    Source,
    found_in,
    source_of,
    sources_of,
)
from hexi.portal.chains.views.tabs import tabs
from hexi.portal.core.exports import FORMATS, table_response
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import SHOWN, done, faults_of
from hexi.portal.plans.upload_limit import refused_files

__all__ = ["drop", "listing", "load", "place", "place_export", "publish", "table"]


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The tables that the person may see, and the form to load one."""
    return _list(request, [])


def _list(request: HttpRequest, faults: list[dict[str, str]]) -> HttpResponse:
    person = viewer(request)
    rows = sources_of(person)
    context = {
        "title": _("Relatedness of industries"),
        "tabs": tabs(request),
        "rows": [
            {
                "title": row.title,
                "source": row.source,
                "date": row.date,
                "measure": row.measure,
                "unit": row.unit,
                "published": row.published,
                "url": reverse("nearness-table", args=[row.pk]),
            }
            for row in rows
        ],
        "register": reverse("nearness-table", args=[REGISTER]) if keeps_register(person) else "",
        "units": own_units(person) if person and person.grants(Permission.PROMOTE) else [],
        "faults": faults,
        "sent": request.POST,
    }
    return render(request, "hexi/chains/nearness.html", context)


@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Load a table and go to it."""
    sent, file = request.POST, request.FILES.get("file")
    if refused := refused_files(request):
        return _again(request, refused[0])
    try:
        made = load_location_table(
            sent.get("unit", ""),
            file.read() if file else b"",
            (file.name or "") if file else "",
            title=sent.get("title", ""),
            source=sent.get("source", ""),
            date=sent.get("date", ""),
            measure=sent.get("measure", ""),
            by=viewer(request),
            at=timezone.now(),
        )
    except Refusal as refusal:
        if refusal.status not in SHOWN:
            raise
        return _again(request, refusal)
    messages.success(request, _("The table was loaded."))
    return redirect("nearness-table", made.pk)


def _again(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    response = _list(request, faults_of(refusal))
    response.status_code = refusal.status
    return response


@require_GET
def table(request: HttpRequest, table_id: str) -> HttpResponse:
    """Places of a table."""
    return _table(request, table_id, [])


def _table(request: HttpRequest, table_id: str, faults: list[dict[str, str]]) -> HttpResponse:
    person = viewer(request)
    source = source_of(table_id, person, timezone.localdate())
    lines: list[dict[str, Any]] = []
    connected = True
    try:
        found = found_in(source)
        lines, connected = place_lines(source, found), found.connected
    except LevelError:
        pass
    row = source.row
    keeps = bool(row and person and person.covers(row.unit.path))
    context = {
        "title": _("%(title)s: %(n)d places, %(m)d industries")
        % {
            "title": source.title,
            "n": len(source.locations.places),
            "m": len(source.locations.industries),
        },
        "crumbs": _crumbs(source),
        "source": source,
        "lines": lines,
        "connected": connected,
        "may_publish": keeps and person and person.grants(Permission.PUBLISH_PROJECTS),
        "may_drop": keeps and person and person.grants(Permission.PROMOTE),
        "faults": faults,
    }
    return render(request, "hexi/chains/nearness_table.html", context)


@require_POST
def publish(request: HttpRequest, table_id: str) -> HttpResponse:
    """Open a table to the public, or close it."""
    number = _number(table_id)
    opened = request.POST.get("published") == "1"
    return done(
        request,
        lambda: publish_location_table(number, opened, by=viewer(request), at=timezone.now()),
        _("The public sees the table.") if opened else _("The public no longer sees the table."),
        lambda faults: _table(request, table_id, faults),
        "nearness-table",
        table_id,
    )


@require_POST
def drop(request: HttpRequest, table_id: str) -> HttpResponse:
    """Drop a table."""
    number = _number(table_id)
    return done(
        request,
        lambda: drop_location_table(number, by=viewer(request), at=timezone.now()),
        _("The table was dropped."),
        lambda faults: _table(request, table_id, faults),
        "nearness",
    )


def _number(table_id: str) -> int:
    if not table_id.isdecimal():
        raise NotFound
    return int(table_id)


@require_GET
def place(request: HttpRequest, table_id: str, row: int) -> HttpResponse:
    """One place: its industries, and the nearest that it does not have."""
    source, name, lines, found = _place(request, table_id, row)
    title = _("%(place)s: no industry is near that it does not have")
    if lines:
        title = _("%(place)s: nearest is %(industry)s")
    context = {
        "title": title % {"place": name, "industry": lines[0]["name"] if lines else ""},
        "crumbs": _crumbs(source, name),
        "source": source,
        "place": name,
        "lines": lines,
        "own": own_industries(source, found, row),
        "comma": comma(),
        "eci": printed(float(found.eci[row])),
        "coi": printed(float(found.coi[row])),
        "connected": found.connected,
        "exports": [
            {"label": suffix.upper(),
             "url": reverse("nearness-place-export", args=[table_id, row, suffix])}
            for suffix in FORMATS
        ],
    }  # fmt: skip
    return render(request, "hexi/chains/nearness_place.html", context)


@require_GET
def place_export(request: HttpRequest, table_id: str, row: int, suffix: str) -> HttpResponse:
    """The advice for a place as a file."""
    _source, name, lines, _found = _place(request, table_id, row)
    head, rows = candidate_table(lines)
    return table_response(suffix, f"nearness-{table_id}-{row}", name, head, rows)


def _place(
    request: HttpRequest, table_id: str, row: int
) -> tuple[Source, str, list[dict[str, Any]], Any]:
    source = source_of(table_id, viewer(request), timezone.localdate())
    name = place_name(source, row)
    try:
        found = found_in(source)
    except LevelError as error:
        raise NotFound from error
    return source, name, candidate_lines(source, found, row), found


def _crumbs(source: Source, place: str = "") -> list[dict[str, str]]:
    crumbs = [{"label": _("Relatedness of industries"), "url": reverse("nearness")}]
    url = reverse("nearness-table", args=[source.id]) if place else ""
    crumbs.append({"label": source.title, "url": url})
    return [*crumbs, {"label": place, "url": ""}] if place else crumbs
