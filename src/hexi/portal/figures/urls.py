"""Addresses of the figures pages (数据地址): the same pages for the real space and for practice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from hexi.portal.figures.space import PRACTICE, REAL, Space
from hexi.portal.figures.views import cell, explorer, notes, open_data, practice, releases, vintages

View = Callable[..., HttpResponse]

_PAGES: tuple[tuple[str, View, str], ...] = (
    ("", explorer.explorer, ""),
    ("export.<str:kind>", explorer.export, "export"),
    ("cell/", cell.cell, "cell"),
    ("vintages/", vintages.vintages, "vintages"),
    ("notes/", notes.write, "note"),
    ("notes/<int:note_id>/withdraw/", notes.withdraw, "note-withdraw"),
    ("releases/", releases.office, "releases"),
    ("releases/<str:publication>/<str:period>/", releases.preview, "preview"),
    ("releases/<str:publication>/<str:period>/release/", releases.release_it, "release-it"),
    (
        "releases/<str:publication>/<str:period>/draft/<str:name>",
        releases.preview_file,
        "preview-file",
    ),
)
#: what everybody may have, under addresses that last
_DATA: tuple[tuple[str, View, str], ...] = (
    ("", open_data.releases, "data"),
    ("catalogue.jsonld", open_data.catalogue_file, "catalogue"),
    ("<str:publication>/<str:period>/", open_data.latest, "latest"),
    ("<str:publication>/<str:period>/v<int:version>/", open_data.one, "release"),
    (
        "<str:publication>/<str:period>/v<int:version>/<str:name>",
        open_data.release_file,
        "release-file",
    ),
)


def _pages(prefix: str, space: Space, pages: tuple[tuple[str, View, str], ...]) -> list[URLPattern]:
    more: dict[str, Any] = {"space": space}
    return [
        path(prefix + route, view, more, name=f"{space.id}-{name}" if name else space.id)
        for route, view, name in pages
    ]


urlpatterns = [
    *_pages("figures/", REAL, _PAGES),
    *_pages("data/", REAL, _DATA),
    *_pages("practice/", PRACTICE, _PAGES),
    *_pages("practice/data/", PRACTICE, _DATA),
    path("practice/make/", practice.make, name="practice-make"),
]
