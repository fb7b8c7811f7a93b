"""Admission of projects (项目准入): dated rules as data, and what they say of a project."""

from hexi.admission.changes import Change
from hexi.admission.columns import ProjectError, ProjectFault, Projects
from hexi.admission.fields import Field, Space
from hexi.admission.loading import Rulebook, check_rulebook, load_rulebook
from hexi.admission.outcomes import Outcomes, screen_many
from hexi.admission.overrides import Override, OverrideError, overridden
from hexi.admission.screening import RuleOutcome, Screening, screen
from hexi.admission.tables import Row, Table, in_force

__all__ = [
    "Change",
    "Field",
    "Outcomes",
    "Override",
    "OverrideError",
    "ProjectError",
    "ProjectFault",
    "Projects",
    "Row",
    "RuleOutcome",
    "Rulebook",
    "Screening",
    "Space",
    "Table",
    "check_rulebook",
    "in_force",
    "load_rulebook",
    "overridden",
    "screen",
    "screen_many",
]
