"""Addresses of filling in (填报地址): the grid, templates, uploads."""

from __future__ import annotations

from django.urls import path

from hexi.portal.returns.views import batches, grid, templates

urlpatterns = [
    path("returns/<int:return_id>/fill/", grid.grid, name="return-grid"),
    path("returns/<int:return_id>/fill/cells/", grid.cells, name="grid-cells"),
    path("returns/<int:return_id>/fill/check/", grid.check, name="grid-check"),
    path("returns/<int:return_id>/fill/explain/", grid.explanation, name="grid-explain"),
    path("returns/<int:return_id>/fill/submit/", grid.submit, name="grid-submit"),
    path("returns/<int:return_id>/template.xlsx", templates.template, name="grid-template"),
    path("returns/batches/", batches.batches, name="batches"),
    path("returns/batches/list/", batches.recent, name="batch-list"),
    path("returns/batches/<int:batch_id>/", batches.batch, name="batch"),
    path("returns/batches/<int:batch_id>/progress/", batches.progress, name="batch-progress"),
    path("returns/batches/<int:batch_id>/apply/", batches.apply, name="batch-apply"),
    path("returns/batches/<int:batch_id>/result.<str:suffix>", batches.export, name="batch-result"),
]
