"""Register (规划登记): a read document becomes a typed plan with every part in its place."""

from hexi.plans.register.build import build_plan
from hexi.plans.register.plan import (
    Amount,
    Basis,
    Body,
    Chapter,
    Goal,
    Horizon,
    IndicatorTable,
    Park,
    Place,
    Plan,
    Project,
    ProjectBox,
    Target,
    Task,
)
from hexi.plans.register.twins import TwinKey

__all__ = [
    "Amount",
    "Basis",
    "Body",
    "Chapter",
    "Goal",
    "Horizon",
    "IndicatorTable",
    "Park",
    "Place",
    "Plan",
    "Project",
    "ProjectBox",
    "Target",
    "Task",
    "TwinKey",
    "build_plan",
]
