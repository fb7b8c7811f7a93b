"""The nouns of the plans app (规划数据): one file a noun."""

from hexi.portal.plans.models.correction import CorrectionRow
from hexi.portal.plans.models.document import PlanDocument
from hexi.portal.plans.models.finding import FindingDecision, FindingRow
from hexi.portal.plans.models.plan import PlanRegister, PlanRow
from hexi.portal.plans.models.reading import Reading, ReadingBody, ReadingState
from hexi.portal.plans.models.statement import StatementRow
from hexi.portal.plans.models.target import TargetRow

__all__ = [
    "CorrectionRow",
    "FindingDecision",
    "FindingRow",
    "PlanDocument",
    "PlanRegister",
    "PlanRow",
    "Reading",
    "ReadingBody",
    "ReadingState",
    "StatementRow",
    "TargetRow",
]
