"""Addresses of filling in (填报地址): the grid, templates, uploads."""

from __future__ import annotations

from django.urls import path

from hexi.portal.returns.views import grid

urlpatterns = [
    path("returns/<int:return_id>/fill/", grid.grid, name="return-grid"),
    path("returns/<int:return_id>/fill/cells/", grid.cells, name="grid-cells"),
    path("returns/<int:return_id>/fill/check/", grid.check, name="grid-check"),
    path("returns/<int:return_id>/fill/explain/", grid.explanation, name="grid-explain"),
    path("returns/<int:return_id>/fill/submit/", grid.submit, name="grid-submit"),
]
