"""The typed plan (规划登记): what a plan says, as data, each part with its place in the text.

A plan has a horizon, a level and an owner, documents it rests on, goals, tables of indicators,
targets, parks, projects by box, and tasks and safeguards by chapter with the bodies responsible
for them. Figures are never copied without the statements they come from: ``evidence`` and
``statements`` are positions in the list of statements that the plan was built from.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from hexi.plans.register.record import as_record
from hexi.plans.statements.statement import Bound, Measure

__all__ = [
    "Amount",
    "Basis",
    "Body",
    "BodyRole",
    "Chapter",
    "Goal",
    "Horizon",
    "IndicatorTable",
    "Level",
    "Nature",
    "Park",
    "Place",
    "Plan",
    "PlanKind",
    "Project",
    "ProjectBox",
    "Target",
    "Task",
    "TaskKind",
]

PlanKind = Literal["general", "special", "zone", "trade", "spatial", "action"]
Level = Literal["national", "province", "city", "county", "zone", "park", ""]
Nature = Literal["binding", "expected", ""]
TaskKind = Literal["task", "safeguard"]
BodyRole = Literal["lead", "support"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where it stands: index of the block, and canonical offsets."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Horizon:
    """Years of the plan (规划期), and the year it looks out to (展望)."""

    start: int | None = None
    end: int | None = None
    outlook: int | None = None
    #: the words that say so; empty where the years follow from the targets
    said: str = ""
    #: first and last year as the text states them, which may not be those of the title
    stated: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that the plan says it rests on (编制依据)."""

    name: str
    #: document number in brackets after it
    number: str
    #: a plan above this one (上位规划)
    upper: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Goal:
    """A passage under the headings of goals (发展目标)."""

    title: str
    text: str
    place: Place
    statements: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure of a target, with the statement that gives it."""

    value: Decimal
    unit: str
    period: str | None
    bound: Bound
    #: digits as printed, for the interval it stands for
    printed: str
    statement: int


@dataclass(frozen=True, slots=True)
class Target:
    """A target (目标): base, aim, growth and cumulative figures of one subject and indicator."""

    key: str
    subject: str
    subject_id: str
    indicator: str
    indicator_id: str
    facets: tuple[str, ...]
    #: of the aim; growth_annual or cumulative where no level is set
    measure: Measure
    due: int | None
    bound: Bound
    nature: Nature
    base: Amount | None = None
    target: Amount | None = None
    #: upper end where the aim is a range (2—3个)
    ceiling: Amount | None = None
    annual_growth: Amount | None = None
    total_growth: Amount | None = None
    cumulative: Amount | None = None
    #: due before the horizon begins: a target of the plan before, quoted in a review
    past: bool = False
    #: statements it is joined from, in text order
    evidence: tuple[int, ...] = ()
    #: statements of the same figure that give another value
    conflicts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """A table of indicators (指标表): the targets of its rows, as positions in ``targets``."""

    title: str
    place: Place
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Park:
    """A park or zone that the plan lays out (二级园区)."""

    name: str
    #: type or section it is listed under
    group: str
    area: Amount | None
    industries: tuple[str, ...]
    place: Place
    #: targets whose subject it is, as positions in ``targets``
    targets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A named project or programme (重点项目、工程)."""

    name: str
    category: str
    text: str
    investment: str
    term: str
    place: Place
    bodies: tuple[int, ...] = ()
    statements: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectBox:
    """A box, table or section that lists projects (专栏), with its heading."""

    title: str
    place: Place
    projects: tuple[Project, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A numbered or marked item of work (任务、举措)."""

    number: str
    title: str
    text: str
    #: 1 for the items of a chapter, 2 for theirs …
    depth: int
    place: Place
    bodies: tuple[int, ...] = ()
    statements: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of tasks or of safeguards (主要任务、保障措施)."""

    kind: TaskKind
    title: str
    place: Place
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A body responsible for something (责任单位), once for each place that names it."""

    name: str
    role: BodyRole
    #: title of the task or project it is responsible for
    matter: str
    place: Place


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as registered."""

    doc: str
    digest: str
    title: str
    kind: PlanKind
    level: Level
    owner: str
    owner_id: str
    region: str
    horizon: Horizon
    basis: tuple[Basis, ...] = ()
    goals: tuple[Goal, ...] = ()
    tables: tuple[IndicatorTable, ...] = ()
    targets: tuple[Target, ...] = ()
    parks: tuple[Park, ...] = ()
    boxes: tuple[ProjectBox, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    bodies: tuple[Body, ...] = ()

    @property
    def projects(self) -> tuple[Project, ...]:
        """All projects of all boxes."""
        return tuple(project for box in self.boxes for project in box.projects)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Tasks without the safeguards."""
        return tuple(t for c in self.chapters if c.kind == "task" for t in c.tasks)

    @property
    def safeguards(self) -> tuple[Task, ...]:
        """Safeguards (保障措施)."""
        return tuple(t for c in self.chapters if c.kind == "safeguard" for t in c.tasks)

    def as_record(self) -> dict[str, Any]:
        """JSON-ready record, described by ``schema/plan.schema.json``."""
        record: dict[str, Any] = as_record(self)
        return record
