"""Addresses of breaking down, yearly plans and tasks (分解、年度计划、待办地址)."""

from __future__ import annotations

from django.urls import path

from hexi.portal.breakdown.views import duty, files, part, sheet, tasks, yearly
from hexi.portal.breakdown.views import path as paths

_TARGET = "breakdown/targets/<int:target_id>/"
_PART = "breakdown/parts/<int:part_id>/"
_UNIT = "breakdown/units/<str:code>/"

urlpatterns = [
    path("tasks/", tasks.page, name="tasks"),
    path("tasks/export.<str:suffix>", tasks.export, name="tasks-export"),
    path(_TARGET, sheet.page, name="breakdown"),
    path(f"{_TARGET}begin/", sheet.begin, name="breakdown-begin"),
    path(f"{_TARGET}units/", sheet.units, name="breakdown-units"),
    path(f"{_TARGET}cells/", sheet.cells, name="breakdown-cells"),
    path(f"{_TARGET}fill/", sheet.fill, name="breakdown-fill"),
    path(f"{_TARGET}settle/", sheet.settle, name="breakdown-settle"),
    path(f"{_TARGET}spread/", sheet.spread, name="breakdown-spread"),
    path(f"{_TARGET}undo/", sheet.undo, name="breakdown-undo"),
    path(f"{_TARGET}discard/", sheet.discard, name="breakdown-discard"),
    path(f"{_TARGET}propose/", sheet.propose, name="breakdown-propose"),
    path(f"{_TARGET}sheet.xlsx", files.download, name="breakdown-file"),
    path(f"{_TARGET}import/", files.upload, name="breakdown-import"),
    path(f"{_TARGET}path/", paths.page, name="target-path"),
    path(f"{_TARGET}duty/", duty.page, name="target-duty"),
    path(_PART, part.page, name="part"),
    path(f"{_PART}accept/", part.accept, name="part-accept"),
    path(f"{_PART}back/", part.back, name="part-back"),
    path(f"{_PART}withdraw/", part.withdraw, name="part-withdraw"),
    path(f"{_UNIT}<int:year>/", yearly.page, name="yearly-plan"),
    path(f"{_UNIT}<int:year>/paths/", yearly.usual_paths, name="yearly-plan-paths"),
    path(f"{_UNIT}<int:year>/plan.<str:suffix>", yearly.document, name="yearly-plan-document"),
]
