"""Addresses of the admission app (准入地址)."""

from __future__ import annotations

from django.urls import path

from hexi.portal.admission.views import agreed, many, rules, screenings, sheet, stalled

urlpatterns = [
    path("admission/", screenings.screenings, name="admission"),
    path("admission/export.<str:suffix>", screenings.export, name="admission-export"),
    path("admission/new/", sheet.new, name="admission-new"),
    path("admission/keep/", sheet.keep, name="admission-keep"),
    path("admission/many/", many.many, name="admission-many"),
    path("admission/many/export.<str:suffix>", many.export, name="admission-many-export"),
    path("admission/rules/", rules.rules, name="admission-rules"),
    path("admission/rules/try/", rules.trial, name="admission-trial"),
    path("admission/agreed/", agreed.agreed, name="admission-agreed"),
    path("admission/agreed/export.<str:suffix>", agreed.export, name="admission-agreed-export"),
    path("admission/agreed/new/", agreed.new, name="admission-agree"),
    path("admission/agreed/<int:agreement_id>/", agreed.one, name="admission-agreement"),
    path("admission/agreed/<int:agreement_id>/actual/", agreed.actual, name="admission-actual"),
    path("admission/agreed/<int:agreement_id>/end/", agreed.end, name="admission-agreement-end"),
    path("admission/stalled/", stalled.stalled, name="admission-stalled"),
    path("admission/stalled/export.<str:suffix>", stalled.export, name="admission-stalled-export"),
    path("admission/stalled/<int:project_id>/", stalled.one, name="admission-site"),
    path("admission/stalled/<int:project_id>/land/", stalled.land, name="admission-land"),
    path("admission/stalled/<int:project_id>/verify/", stalled.verify, name="admission-verify"),
    path(
        "admission/stalled/<int:project_id>/cases/<int:case_id>/",
        stalled.step,
        name="admission-case-step",
    ),
    path("admission/<int:screening_id>/", screenings.one, name="admission-screening"),
    path("admission/<int:screening_id>/what-if/", sheet.what_if, name="admission-what-if"),
    path(
        "admission/<int:screening_id>/screening.<str:suffix>",
        screenings.document,
        name="admission-document",
    ),
    path("admission/<int:screening_id>/override/", screenings.override, name="admission-override"),
    path(
        "admission/<int:screening_id>/override/<int:override_id>/withdraw/",
        screenings.withdraw,
        name="admission-override-withdraw",
    ),
]
