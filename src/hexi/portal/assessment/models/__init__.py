"""The nouns of assessments (考核数据): one file a noun."""

from hexi.portal.assessment.models.assessed import Assessed
from hexi.portal.assessment.models.correction import Correction
from hexi.portal.assessment.models.duty_contract import DutyContract
from hexi.portal.assessment.models.duty_matter import DutyMatter
from hexi.portal.assessment.models.duty_task import DutyTask
from hexi.portal.assessment.models.duty_year import DutyKind, DutyYear
from hexi.portal.assessment.models.objection import Objection, ObjectionState
from hexi.portal.assessment.models.outcome_case import CaseStage, OutcomeCase
from hexi.portal.assessment.models.outcome_step import OutcomeStep, StepKind
from hexi.portal.assessment.models.run import (
    IN_FORCE,
    PUBLIC,
    TOLD,
    AssessmentRun,
    RunKind,
    RunState,
)

__all__ = [
    "IN_FORCE",
    "PUBLIC",
    "TOLD",
    "Assessed",
    "AssessmentRun",
    "CaseStage",
    "Correction",
    "DutyContract",
    "DutyKind",
    "DutyMatter",
    "DutyTask",
    "DutyYear",
    "Objection",
    "ObjectionState",
    "OutcomeCase",
    "OutcomeStep",
    "RunKind",
    "RunState",
    "StepKind",
]
