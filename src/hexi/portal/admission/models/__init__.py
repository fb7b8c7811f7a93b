"""The nouns of the admission app (准入数据): one file a noun. Money is in yuan."""

from hexi.portal.admission.models.agreement import AgreedActual, AgreedFigure, Agreement
from hexi.portal.admission.models.land_grant import LandGrant
from hexi.portal.admission.models.override import RuleOverride
from hexi.portal.admission.models.screening import ScreeningRecord
from hexi.portal.admission.models.stalled_case import CaseState, CaseStep, Settlement, StalledCase

__all__ = [
    "AgreedActual",
    "AgreedFigure",
    "Agreement",
    "CaseState",
    "CaseStep",
    "LandGrant",
    "RuleOverride",
    "ScreeningRecord",
    "Settlement",
    "StalledCase",
]
