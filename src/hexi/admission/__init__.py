"""Admission of projects (项目准入): dated rules as data, and what they say of a project."""

from hexi.admission.agreed import AgreedItem, Kept, Promise, Seen, judge
from hexi.admission.changes import Change
from hexi.admission.columns import ProjectError, ProjectFault, Projects
from hexi.admission.fields import Field, Group, Space
from hexi.admission.follow_up import FollowUp, check_follow_up, load_follow_up
from hexi.admission.loading import Rulebook, Trial, check_rulebook, load_rulebook, try_tables
from hexi.admission.outcomes import Outcomes, screen_many
from hexi.admission.overrides import Override, OverrideError, overridden, result_of
from hexi.admission.screening import RuleOutcome, Screening, screen
from hexi.admission.stalled import Site, Stalled, StalledRule, stalled
from hexi.admission.tables import Row, Table, in_force

__all__ = [
    "AgreedItem",
    "Change",
    "Field",
    "FollowUp",
    "Group",
    "Kept",
    "Outcomes",
    "Override",
    "OverrideError",
    "ProjectError",
    "ProjectFault",
    "Projects",
    "Promise",
    "Row",
    "RuleOutcome",
    "Rulebook",
    "Screening",
    "Seen",
    "Site",
    "Space",
    "Stalled",
    "StalledRule",
    "Table",
    "Trial",
    "check_follow_up",
    "check_rulebook",
    "in_force",
    "judge",
    "load_follow_up",
    "load_rulebook",
    "overridden",
    "result_of",
    "screen",
    "screen_many",
    "stalled",
    "try_tables",
]
