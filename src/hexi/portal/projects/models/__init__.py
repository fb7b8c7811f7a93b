"""The nouns of the projects app (项目数据): one file a noun. Money is in yuan, whole."""

from hexi.portal.projects.models.change_mark import ChangeMark
from hexi.portal.projects.models.lamp_month import LampMonth
from hexi.portal.projects.models.lamp_run import LampRun
from hexi.portal.projects.models.practice_job import PracticeJob, PracticeKind, PracticeState
from hexi.portal.projects.models.progress import Progress
from hexi.portal.projects.models.project_file import ProjectFile
from hexi.portal.projects.models.project_record import ProjectRecord
from hexi.portal.projects.models.project_tag import ProjectTag
from hexi.portal.projects.models.record_merge import RecordMerge
from hexi.portal.projects.models.stage_spell import StageSpell
from hexi.portal.projects.models.start_batch import StartBatch
from hexi.portal.projects.models.year_plan import YearPlan

__all__ = [
    "ChangeMark",
    "LampMonth",
    "LampRun",
    "PracticeJob",
    "PracticeKind",
    "PracticeState",
    "Progress",
    "ProjectFile",
    "ProjectRecord",
    "ProjectTag",
    "RecordMerge",
    "StageSpell",
    "StartBatch",
    "YearPlan",
]
