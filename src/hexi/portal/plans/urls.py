"""Addresses of the plans pages (规划地址)."""

from __future__ import annotations

from django.urls import path

from hexi.portal.plans.views import (
    comparison,
    findings,
    library,
    overview,
    plan,
    plan_export,
    reference,
    targets,
    text,
    upload,
)

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("plans/", library.library, name="plans"),
    path("plans/upload/", upload.upload_page, name="upload"),
    path("plans/readings/", upload.readings_page, name="readings"),
    path("plans/<int:plan_id>/", plan.plan_page, name="plan"),
    path("plans/<int:plan_id>/change/", plan.change, name="change-plan"),
    path("plans/<int:plan_id>/publish/", plan.publish, name="publish-plan"),
    path("plans/<int:plan_id>/unpublish/", plan.unpublish, name="unpublish-plan"),
    path("plans/<int:plan_id>/delete/", plan.delete, name="delete-plan"),
    path("plans/<int:plan_id>/export.<str:suffix>", plan_export.export, name="plan-export"),
    path("plans/<int:plan_id>/text/", text.text_page, name="plan-text"),
    path("plans/<int:plan_id>/statements/<int:number>/", text.statement_page, name="statement"),
    path(
        "plans/<int:plan_id>/statements/<int:number>/correct/",
        text.correct,
        name="correct-statement",
    ),
    path("corrections/<int:correction_id>/withdraw/", text.withdraw, name="withdraw-correction"),
    path("documents/<int:document_id>/reread/", plan.reread, name="reread-document"),
    path("documents/<int:document_id>/remove/", plan.remove, name="remove-document"),
    path("documents/<int:document_id>/file/", plan.file, name="document-file"),
    path("targets/", targets.table, name="targets"),
    path("targets/export.<str:suffix>", targets.export, name="targets-export"),
    path("findings/", findings.listing, name="findings"),
    path("findings/<int:finding_id>/", findings.finding_page, name="finding"),
    path("findings/<int:finding_id>/decide/", findings.decide, name="decide-finding"),
    path("findings/export.<str:suffix>", findings.export, name="findings-export"),
    path("compare/", comparison.comparison, name="compare"),
    path("indicators/", reference.indicators, name="indicators"),
    path("indicators/<str:indicator_id>/", reference.indicator, name="indicator"),
    path("units/", reference.units, name="units"),
    path("units/<str:code>/", reference.unit, name="unit"),
    path("help/", reference.help_page, name="help"),
]
