"""Addresses of the evaluations (评估地址表); who may come there is tested beside this file."""

from __future__ import annotations

EVALUATIONS = (
    "evaluations",
    "evaluation",
    "evaluation-word",
    "evaluation-renew",
    "evaluation-issue",
    "evaluation-drop",
    "evaluation-document",
    "api:list_evaluations",
    "api:read_evaluation",
    "api:create_evaluation",
    "api:renew",
    "api:put_words",
    "api:issue",
)
