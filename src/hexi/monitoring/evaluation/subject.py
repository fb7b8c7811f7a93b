"""What is evaluated (评估对象): a plan with its targets judged, its tasks and its projects.

A plan of a pack brings its targets as data; a document that was compiled brings tasks and projects
too, with the sentences they stand in. Both become one `Subject`, so that the report does not know
where a plan came from. Where the document is one of the pack's plans, the pack's targets are taken:
two readers went over them, and the plan before it is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hexi.catalogue import Pack
from hexi.catalogue.evidence import PackTarget, PlanRef
from hexi.monitoring.evaluation.nouns import Said
from hexi.monitoring.lamps import Rules
from hexi.monitoring.standing import Standing
from hexi.monitoring.verdicts import TargetVerdict
from hexi.monitoring.verdicts.judging import judge_one, ledger_of
from hexi.monitoring.verdicts.uploaded import judge_plan, known_plan
from hexi.monitoring.watch import watch_targets
from hexi.plans.register.plan import Plan
from hexi.plans.statements.statement import Statement

__all__ = [
    "Adjusted",
    "Assessed",
    "Matter",
    "Subject",
    "subject_of_document",
    "subject_of_pack_plan",
    "with_positions",
    "with_standings",
]

_CHAPTER = re.compile(r"(第[^章]{1,4}章)|([一二三四五六七八九十]+)(?=[(（])")


@dataclass(frozen=True, slots=True)
class Assessed:
    """A target with its verdict, who has to keep it, and the chapter that sets it."""

    verdict: TargetVerdict
    #: name of the unit; empty where the catalogue does not know it
    unit: Said
    chapter: str
    #: section, box, row, as evidence says it
    place: str
    #: name of the catalogue's indicator; the plan's own words are in the target
    indicator_en: str = ""
    #: the sentence of the document, where it is at hand
    sentence: str = ""
    #: position and forecast, where a sweep has them
    standing: Standing | None = None

    @property
    def target(self) -> PackTarget:
        """The target itself."""
        return self.verdict.target


@dataclass(frozen=True, slots=True)
class Matter:
    """A task or a project (任务、项目): what the plan says is to be done, and by whom."""

    key: str
    name: str
    chapter: str
    bodies: tuple[str, ...] = ()
    #: recorded state (进展), in people's words; None where nobody recorded one
    state: Said | None = None


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A target that was changed or withdrawn by act (目标调整、撤销): by whose decision, why."""

    target: str
    name: str
    before: str
    after: str
    day: date
    authority: str
    document: str
    reason: str
    #: it was withdrawn: nothing stands after
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """The plan under evaluation."""

    id: str
    title: Said
    owner: Said
    #: first and last year; None where the plan does not say
    start: int | None
    end: int | None
    targets: tuple[Assessed, ...]
    #: targets of the plan before, as this one reports them
    earlier: tuple[Assessed, ...] = ()
    earlier_title: Said | None = None
    tasks: tuple[Matter, ...] = ()
    projects: tuple[Matter, ...] = ()
    adjusted: tuple[Adjusted, ...] = ()
    #: False where only the pack's figures of the plan are at hand
    has_document: bool = False


def subject_of_pack_plan(pack: Pack, plan_id: str, at: date) -> Subject:
    """A plan of the pack as known on a day; ``KeyError`` for an unknown id."""
    reference = next((plan for plan in pack.plans if plan.id == plan_id), None)
    if reference is None:
        raise KeyError(plan_id)
    before = next((plan for plan in pack.plans if plan.reported_in == plan_id), None)
    return Subject(
        id=plan_id,
        title=Said(reference.title, reference.title_en or reference.title),
        owner=unit_name(pack, reference.owner),
        start=reference.start,
        end=reference.end,
        targets=_judged(pack, plan_id, at),
        earlier=_judged(pack, before.id, at) if before else (),
        earlier_title=_title(before) if before else None,
    )


def subject_of_document(
    plan: Plan, statements: Sequence[Statement], pack: Pack, at: date
) -> Subject:
    """A compiled document as known on a day."""
    known = known_plan(plan.title, pack)
    if known is not None:
        base = subject_of_pack_plan(pack, known.id, at)
    else:
        judged = tuple(
            _of_document(verdict, target.evidence, statements, pack)
            for verdict, target in zip(judge_plan(plan, pack, at), plan.targets, strict=True)
        )
        past = {place for place, target in enumerate(plan.targets) if target.past}
        base = Subject(
            id=plan.digest or plan.doc,
            title=Said(plan.title, plan.title),
            owner=unit_name(pack, plan.owner_id, plan.owner),
            start=plan.horizon.start,
            end=plan.horizon.end,
            targets=tuple(one for place, one in enumerate(judged) if place not in past),
            earlier=tuple(one for place, one in enumerate(judged) if place in past),
            earlier_title=Said("上一规划期", "the plan before"),
        )
    return Subject(
        base.id,
        base.title,
        base.owner,
        base.start,
        base.end,
        base.targets,
        base.earlier,
        base.earlier_title,
        tasks=_tasks(plan),
        projects=_projects(plan),
        has_document=True,
    )


def with_standings(subject: Subject, standings: Mapping[str, Standing]) -> Subject:
    """The subject with the positions of a sweep, by id of the target."""
    targets = tuple(replace(one, standing=standings.get(one.target.id)) for one in subject.targets)
    return replace(subject, targets=targets)


def with_positions(subject: Subject, pack: Pack, rules: Rules, at: date) -> Subject:
    """The subject with positions and forecasts by the pack's own observations."""
    reference = next((plan for plan in pack.plans if plan.id == subject.id), None)
    targets = [one.target for one in subject.targets if one.target.unit and one.target.indicator]
    watch = watch_targets(targets, pack, at=at, rules=rules, plan=reference)
    return with_standings(subject, {one.goal: one for one in watch.standings})


def unit_name(pack: Pack, unit_id: str, otherwise: str = "") -> Said:
    """Name of a unit in both languages."""
    unit = pack.catalogue.unit(unit_id)
    if unit is None:
        return Said(otherwise or unit_id, otherwise or unit_id)
    return Said(unit.name, unit.name_en or unit.name)


def _judged(pack: Pack, plan_id: str, at: date) -> tuple[Assessed, ...]:
    ledger = ledger_of(pack, at)
    return tuple(
        Assessed(
            judge_one(target, ledger, at),
            unit_name(pack, target.unit),
            _chapter(target.place),
            "，".join(text for text in (target.place, target.row) if text),
            _english(target, pack),
        )
        for target in pack.targets
        if target.plan == plan_id
    )


def _english(target: PackTarget, pack: Pack) -> str:
    indicator = pack.catalogue.indicator(target.indicator)
    return indicator.name_en if indicator else ""


def _title(reference: PlanRef) -> Said:
    return Said(reference.title, reference.title_en or reference.title)


def _chapter(place: str) -> str:
    """The outermost part of a place: 三(四)1 is in part 三; a box only without a chapter."""
    parts = re.split("[；;]", place)
    for part in parts:
        found = _CHAPTER.match(part.strip())
        if found:
            return found[1] or f"第{found[2]}部分"
    return parts[0].strip()


def _of_document(
    verdict: TargetVerdict, evidence: Sequence[int], statements: Sequence[Statement], pack: Pack
) -> Assessed:
    first = statements[evidence[0]] if evidence else None
    sections = first.section if first else ()
    said = first.subject if first else ""
    return Assessed(
        verdict,
        unit_name(pack, verdict.target.unit, said),
        sections[0] if sections else "",
        " › ".join(sections),
        _english(verdict.target, pack),
        first.text if first else "",
    )


def _tasks(plan: Plan) -> tuple[Matter, ...]:
    """The outermost tasks of each chapter: one line a task is what a leader reads."""
    return tuple(
        Matter(
            f"task.{chapter_number}.{number}",
            task.title or task.text[:40],
            chapter.title,
            tuple(dict.fromkeys(plan.bodies[body].name for body in task.bodies)),
        )
        for chapter_number, chapter in enumerate(plan.chapters, 1)
        for number, task in enumerate(chapter.tasks, 1)
        if task.depth == 1
    )


def _projects(plan: Plan) -> tuple[Matter, ...]:
    return tuple(
        Matter(
            f"project.{box_number}.{number}",
            project.name,
            box.title,
            tuple(dict.fromkeys(plan.bodies[body].name for body in project.bodies)),
        )
        for box_number, box in enumerate(plan.boxes, 1)
        for number, project in enumerate(box.projects, 1)
    )
