"""Addresses of the evaluations (评估地址)."""

from __future__ import annotations

from django.urls import path

from hexi.portal.evaluations.views import reports

urlpatterns = [
    path("evaluations/", reports.reports, name="evaluations"),
    path("evaluations/<int:report_id>/", reports.one, name="evaluation"),
    path("evaluations/<int:report_id>/word/", reports.word, name="evaluation-word"),
    path("evaluations/<int:report_id>/renew/", reports.renew, name="evaluation-renew"),
    path("evaluations/<int:report_id>/issue/", reports.issue, name="evaluation-issue"),
    path("evaluations/<int:report_id>/drop/", reports.drop, name="evaluation-drop"),
    path(
        "evaluations/<int:report_id>/report.<str:suffix>",
        reports.document,
        name="evaluation-document",
    ),
]
