"""The nouns of evaluations (评估数据): one file a noun."""

from hexi.portal.evaluations.models.report import EvaluationReport, ReportKind, ReportState
from hexi.portal.evaluations.models.wording import Wording

__all__ = ["EvaluationReport", "ReportKind", "ReportState", "Wording"]
