"""Addresses of the assessments (考核地址表); who may come there is tested beside this file."""

from __future__ import annotations

ASSESSMENT = (
    "assessments",
    "assessment-start",
    "assessment-scheme",
    "assessment-run",
    "assessment-ranking",
    "assessment-compare",
    "assessment-objections",
    "assessment-simulation",
    "assessment-certainty",
    "assessment-outcomes",
    "assessment-outcome-document",
    "assessment-sheet",
    "assessment-result",
    "assessment-load",
    "assessment-known",
    "assessment-correct",
    "assessment-step",
    "assessment-unit",
    "objection-file",
    "objection-answer",
    "api:list_assessments",
    "api:read_assessment",
    "api:read_result",
    "api:explain_assessed",
    "api:create_assessment",
    "api:load_assessment",
    "api:step_assessment",
    "api:simulate_assessment",
)
