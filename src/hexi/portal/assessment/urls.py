"""Addresses of the assessments (考核地址)."""

from __future__ import annotations

from django.urls import path

from hexi.portal.assessment.views import (
    cases,
    certainty,
    duty,
    duty_contract,
    files,
    listing,
    objections,
    outcomes,
    run,
    simulation,
    steps,
    unit,
)

_RUN = "assessment/runs/<int:run_id>/"
urlpatterns = [
    path("assessment/", listing.listing, name="assessments"),
    path("assessment/start/", listing.start, name="assessment-start"),
    path(
        "assessment/schemes/<str:scheme_id>/<str:version>/",
        listing.scheme_page,
        name="assessment-scheme",
    ),
    path(_RUN, run.page, name="assessment-run"),
    path(f"{_RUN}ranking/", run.ranking, name="assessment-ranking"),
    path(f"{_RUN}compare/", unit.comparison, name="assessment-compare"),
    path(f"{_RUN}objections/", objections.listing, name="assessment-objections"),
    path(f"{_RUN}simulation/", simulation.page, name="assessment-simulation"),
    path(f"{_RUN}certainty/", certainty.page, name="assessment-certainty"),
    path(f"{_RUN}outcomes/", outcomes.page, name="assessment-outcomes"),
    path(f"{_RUN}outcomes/forward/", outcomes.forward, name="assessment-forward"),
    path(f"{_RUN}next-year/", outcomes.next_year, name="assessment-next-year"),
    path("assessment/duty/", duty.listing, name="duty-years"),
    path("assessment/duty/open/", duty.open_year, name="duty-open"),
    path("assessment/duty/<int:year_id>/", duty.page, name="duty-year"),
    path("assessment/duty/<int:year_id>/step/", duty.step, name="duty-year-step"),
    path("assessment/duty/<int:year_id>/pay.<str:suffix>", duty.pay, name="duty-pay"),
    path("assessment/duty/contracts/<int:contract_id>/", duty_contract.page, name="duty-contract"),
    path(
        "assessment/duty/contracts/<int:contract_id>/step/",
        duty_contract.step,
        name="duty-contract-step",
    ),
    path(
        "assessment/duty/contracts/<int:contract_id>/contract.docx",
        duty_contract.document,
        name="duty-contract-document",
    ),
    path("assessment/cases/", cases.listing, name="assessment-cases"),
    path("assessment/cases/<int:case_id>/", cases.page, name="assessment-case"),
    path(
        "assessment/cases/<int:case_id>/<str:act>.docx",
        cases.document,
        name="assessment-case-document",
    ),
    path("assessment/cases/<int:case_id>/<str:act>/", cases.step, name="assessment-case-step"),
    path(f"{_RUN}sheet.xlsx", files.sheet, name="assessment-sheet"),
    path(f"{_RUN}result.<str:suffix>", files.result, name="assessment-result"),
    path(f"{_RUN}load/", steps.load, name="assessment-load"),
    path(f"{_RUN}known/", steps.known, name="assessment-known"),
    path(f"{_RUN}correct/", steps.correct, name="assessment-correct"),
    path(f"{_RUN}correction/", steps.amend, name="assessment-amend"),
    path(f"{_RUN}step/", steps.step, name="assessment-step"),
    path("assessment/units/<int:assessed_id>/", unit.page, name="assessment-unit"),
    path("assessment/units/<int:assessed_id>/objection/", objections.file, name="objection-file"),
    path("assessment/objections/<int:objection_id>/", objections.answer, name="objection-answer"),
]
