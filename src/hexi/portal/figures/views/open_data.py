"""Open data (数据开放): the public page of releases, and every form of each at a lasting address.

``Accept`` chooses among the forms where an address names none; every form has an address of its
own too.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.figures import words
from hexi.portal.figures.queries.notes import noted_on
from hexi.portal.figures.queries.releases import (
    as_shown,
    content_of,
    earlier_contents,
    publication_of,
    release_line,
    release_of,
    visible,
)
from hexi.portal.figures.queries.tabs import tabs_of
from hexi.portal.figures.release.documents import FILES, data_file, document, open_table, written
from hexi.portal.figures.space import Space
from hexi.statistics.exchange import Distribution, catalogue

__all__ = ["catalogue_file", "latest", "one", "release_file", "releases"]

_LD: Final = "application/ld+json"
#: what an Accept header may name -> file of a release
_BY_TYPE: Final = {
    "application/vnd.sdmx.data+csv": "sdmx.csv",
    "application/vnd.sdmx.data+json": "sdmx.json",
    "application/vnd.sdmx.structure+json": "structure.json",
    "application/csvm+json": "data.csv-metadata.json",
    "text/csv": "data.csv",
}


@require_GET
def releases(request: HttpRequest, space: Space) -> HttpResponse:
    """Every release that is public, the newest first; as DCAT where that is asked for."""
    if _wants(request, _LD):
        return catalogue_file(request, space)
    person, at = viewer(request), timezone.now()
    rows = list(visible(space, person, at).filter(public_at__lte=at).order_by("-public_at", "-pk"))
    said = ngettext("%(n)d release is public", "%(n)d releases are public", len(rows))
    context = {
        "space": space,
        "tabs": tabs_of(space, person, "data"),
        "title": said % {"n": len(rows)},
        "releases": [release_line(row, space, at) for row in rows],
        "catalogue_url": space.url("catalogue"),
        "may_release": person is not None and person.grants(Permission.RELEASE),
    }
    return render(request, "hexi/figures/data.html", context)


@require_GET
def catalogue_file(request: HttpRequest, space: Space) -> HttpResponse:
    """The catalogue, DCAT 3 as JSON-LD."""
    person, at = viewer(request), timezone.now()
    rows = visible(space, person, at).filter(public_at__lte=at).current()
    tables = []
    for row in rows:
        table = open_table(row, content_of(row), publication_of(space, row.publication), space)
        address = space.url("release", row.publication, row.period, row.version)
        forms = [
            Distribution(request.build_absolute_uri(f"{address}{name}"), kind, name)
            for name, kind in FILES.items()
        ]
        tables.append((table, forms))
    address = request.build_absolute_uri(space.url("catalogue"))
    title = {"zh": space.titled("开发区统计数据"), "en": "Statistics of development zones"}
    text = catalogue(address, title, {"zh": "河西", "en": "Hexi"}, tables)
    return _answer(text.encode(), f"{_LD}; charset=utf-8")


@require_GET
def latest(request: HttpRequest, space: Space, publication: str, period: str) -> HttpResponse:
    """The newest version of a period, under an address that does not change."""
    row = release_of(space, viewer(request), timezone.now(), publication, period, 0)
    return redirect(space.url("release", publication, period, row.version))


@require_GET
def one(
    request: HttpRequest, space: Space, publication: str, period: str, version: int
) -> HttpResponse:
    """One release: its page, or the form that the request accepts."""
    for kind, name in _BY_TYPE.items():
        if _wants(request, kind):
            return release_file(request, space, publication, period, version, name)
    person, at = viewer(request), timezone.now()
    row = release_of(space, person, at, publication, period, version)
    content = content_of(row)
    versions = visible(space, person, at).filter(publication=publication, period=period)
    template = publication_of(space, publication)
    context = {
        "space": space,
        "tabs": tabs_of(space, person, "data"),
        "title": row.title,
        "line": release_line(row, space, at),
        "composed": as_shown(
            written(
                template,
                content,
                earlier_contents(row, person, at),
                noted_on(content, space),
                clerk=False,
            )
        ),
        "files": [(name, f"{request.path}{name}") for name in FILES],
        "versions": [release_line(other, space, at) for other in versions],
        "newest": row.version == max(other.version for other in versions),
        "explore": f"{space.url()}?of=released&p={period}",
        "crumbs": [
            {"label": _("Releases"), "url": space.url("data")},
            {"label": words.period_name(period), "url": ""},
        ],
    }
    response = render(request, "hexi/figures/release.html", context)
    response["Vary"] = "Accept, Cookie"
    return response


@require_GET
def release_file(
    request: HttpRequest, space: Space, publication: str, period: str, version: int, name: str
) -> HttpResponse:
    """One form of a release."""
    if name not in FILES:
        raise NotFound
    person, at = viewer(request), timezone.now()
    row = release_of(space, person, at, publication, period, version)
    template, content = publication_of(space, publication), content_of(row)
    if name in ("bulletin.docx", "yearbook.xlsx"):
        earlier = earlier_contents(row, person, at)
        composed = written(template, content, earlier, noted_on(content, space), clerk=False)
        body = document(name, composed, row.at)
    else:
        body = data_file(name, open_table(row, content, template, space), row.at)
    response = _answer(body, FILES[name])
    mark = "practice-" if space.practice else ""
    stem = f"{mark}{publication}-{period}-v{version}-{name}"
    if name.endswith((".docx", ".xlsx", ".csv")):
        response["Content-Disposition"] = f'attachment; filename="{stem}"'
    return response


def _wants(request: HttpRequest, kind: str) -> bool:
    """Does the request name this type before a page? A browser names text/html."""
    asked = [
        part.partition(";")[0].strip() for part in request.headers.get("Accept", "").split(",")
    ]
    return kind in asked and "text/html" not in asked


def _answer(body: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    # open data are for programs of other hosts too
    response["Access-Control-Allow-Origin"] = "*"
    return response
