"""Addresses of the figures pages (数据地址): the same pages for the real space and for practice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from hexi.portal.figures.space import PRACTICE, REAL, Space
from hexi.portal.figures.views import cell, explorer, practice, vintages

View = Callable[..., HttpResponse]

_PAGES: tuple[tuple[str, View, str], ...] = (
    ("", explorer.explorer, ""),
    ("export.<str:kind>", explorer.export, "export"),
    ("cell/", cell.cell, "cell"),
    ("vintages/", vintages.vintages, "vintages"),
)


def _pages(prefix: str, space: Space) -> list[URLPattern]:
    more: dict[str, Any] = {"space": space}
    return [
        path(prefix + route, view, more, name=f"{space.id}-{name}" if name else space.id)
        for route, view, name in _PAGES
    ]


urlpatterns = [
    *_pages("figures/", REAL),
    *_pages("practice/", PRACTICE),
    path("practice/make/", practice.make, name="practice-make"),
]
