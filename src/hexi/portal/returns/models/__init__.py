"""The nouns of the returns app (报表数据): one file a noun."""

from hexi.portal.returns.models.batch import Batch, BatchLine, BatchState, LineState
from hexi.portal.returns.models.enterprise import Enterprise, Spell
from hexi.portal.returns.models.excuse import Excuse
from hexi.portal.returns.models.explanation import Explanation
from hexi.portal.returns.models.form_return import Return, ReturnState
from hexi.portal.returns.models.period_lock import PeriodLock
from hexi.portal.returns.models.project import Project
from hexi.portal.returns.models.register_import import ImportState, RegisterImport
from hexi.portal.returns.models.reminder import Reminder
from hexi.portal.returns.models.reporter import Filler, Reporter, ReporterKind
from hexi.portal.returns.models.step import ReturnStep, Verb
from hexi.portal.returns.models.submission import Submission
from hexi.portal.returns.models.warehouse_key import WarehouseKey

__all__ = [
    "Batch",
    "BatchLine",
    "BatchState",
    "Enterprise",
    "Excuse",
    "Explanation",
    "Filler",
    "ImportState",
    "LineState",
    "PeriodLock",
    "Project",
    "RegisterImport",
    "Reminder",
    "Reporter",
    "ReporterKind",
    "Return",
    "ReturnState",
    "ReturnStep",
    "Spell",
    "Submission",
    "Verb",
    "WarehouseKey",
]
