"""Addresses of the scoreboard (监测台地址)."""

from __future__ import annotations

from django.urls import path

from hexi.portal.scoreboard.views import (
    adjust,
    board,
    calendar,
    missing,
    places,
    target,
    wall,
    warning,
    warnings,
)

urlpatterns = [
    path("scoreboard/", board.board, name="scoreboard"),
    path("scoreboard/export.<str:suffix>", board.export, name="scoreboard-export"),
    path("scoreboard/plans/", board.by_plan, name="scoreboard-plans"),
    path("scoreboard/units/<str:code>/", board.unit_page, name="scoreboard-unit"),
    path("scoreboard/map/", places.map_page, name="scoreboard-map"),
    path("scoreboard/wall/", wall.wall, name="scoreboard-wall"),
    path("scoreboard/missing/", missing.missing, name="scoreboard-missing"),
    path(
        "scoreboard/missing/export.<str:suffix>", missing.export, name="scoreboard-missing-export"
    ),
    path("scoreboard/targets/<int:target_id>/", target.page, name="monitored-target"),
    path("scoreboard/targets/<int:target_id>/scenario/", target.scenario, name="target-scenario"),
    path("scoreboard/targets/<int:target_id>/adjust/", adjust.adjust, name="adjust-target"),
    # the address of a target as its plan's lists know it
    path("targets/<int:target_id>/", target.of_plan, name="target"),
    path("scoreboard/warnings/", warnings.listing, name="warnings"),
    path("scoreboard/warnings/export.<str:suffix>", warnings.export, name="warnings-export"),
    path("scoreboard/warnings/rates/", warnings.rates, name="warning-rates"),
    path("scoreboard/warnings/<int:warning_id>/", warning.page, name="warning"),
    path("scoreboard/warnings/<int:warning_id>/answer/", warning.answer, name="answer-warning"),
    path("scoreboard/warnings/<int:warning_id>/close/", warning.close, name="close-warning"),
    path("scoreboard/calendar/", calendar.key_page, name="calendar-key"),
]
