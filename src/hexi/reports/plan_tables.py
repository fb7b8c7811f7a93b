"""A registered plan as tables (规划登记表): one description for Excel, CSV and Markdown.

Each table has its columns (heading, width, whether numbers) and its rows; figures stay exact
decimals, so that every writer shows the digits that the document printed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hexi.plans.audit.finding import Finding
from hexi.plans.register import Amount, Plan
from hexi.plans.statements.statement import Statement
from hexi.reports.audit_report import Language
from hexi.reports.check_names import RANK_NAMES, VERDICT_NAMES, check_name
from hexi.reports.plan_words import (
    BOUNDS,
    KINDS,
    LEVELS,
    MEASURES,
    MODALITIES,
    NATURES,
    figure,
    horizon,
)

__all__ = ["Column", "Table", "Value", "plan_tables"]

Value = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading and width in characters."""

    head: str
    width: int = 12


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the export."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


Words = Callable[[str, str], str]


def plan_tables(
    plan: Plan,
    statements: Sequence[Statement] = (),
    findings: Sequence[Finding] = (),
    language: Language = "zh",
) -> tuple[Table, ...]:
    """Overview, targets, statements, projects, tasks, parks and findings, in this order."""

    def words(zh: str, en: str) -> str:
        return en if language == "en" else zh

    return (
        _overview(plan, words, language),
        _targets(plan, statements, words),
        _statements(statements, words),
        _projects(plan, words),
        _tasks(plan, words),
        _parks(plan, words, language),
        _findings(findings, words),
    )


def _overview(plan: Plan, words: Words, language: Language) -> Table:
    index = 1 if language == "en" else 0
    lines: list[tuple[Value, ...]] = [
        (words("名称", "Title"), plan.title),
        (words("类别", "Kind"), KINDS[plan.kind][index]),
        (words("层级", "Level"), LEVELS[plan.level][index]),
        (words("责任主体", "Owner"), plan.owner),
        (words("规划期", "Horizon"), horizon(plan)),
        (words("文件", "File"), plan.doc),
        (words("目标数", "Targets"), len(plan.targets)),
        (words("项目数", "Projects"), len(plan.projects)),
        (words("任务数", "Tasks"), len(plan.tasks)),
    ]
    for basis in plan.basis:
        label = words("上位规划", "Upper plan") if basis.upper else words("编制依据", "Basis")
        lines.append((label, f"{basis.name}{f'（{basis.number}）' if basis.number else ''}"))
    for goal in plan.goals:
        lines.append((words("发展目标", "Goal"), f"{goal.title}：{goal.text}"))
    columns = (Column(words("项目", "Item"), 14), Column(words("内容", "Content"), 90))
    return Table("overview", words("概况", "Overview"), columns, tuple(lines))


def _targets(plan: Plan, statements: Sequence[Statement], words: Words) -> Table:
    columns = (
        Column(words("序号", "No."), 6),
        Column(words("责任主体", "Subject"), 20),
        Column(words("指标", "Indicator"), 34),
        Column(words("分面", "Facets"), 12),
        Column(words("属性", "Nature"), 9),
        Column(words("计量", "Measure"), 12),
        Column(words("基期", "Base year"), 9),
        Column(words("基期值", "Base"), 12),
        Column(words("目标年", "Due"), 9),
        Column(words("目标值", "Target"), 12),
        Column(words("上限", "Ceiling"), 10),
        Column(words("界限", "Bound"), 8),
        Column(words("单位", "Unit"), 12),
        Column(words("年均增速（%）", "Growth a year (%)"), 14),
        Column(words("累计", "Cumulative"), 14),
        Column(words("期间变化", "Change"), 14),
        Column(words("前期目标", "Past"), 9),
        Column(words("位置", "Place"), 22),
        Column(words("不一致", "Differs"), 22),
    )
    rows: list[tuple[Value, ...]] = []
    for number, target in enumerate(plan.targets, 1):
        base, aim = target.base, target.target
        lead = aim or target.cumulative or target.annual_growth or target.total_growth
        rows.append(
            (
                number,
                target.subject,
                target.indicator,
                "、".join(target.facets),
                words(*NATURES[target.nature]),
                words(*MEASURES[target.measure]),
                base.period if base is not None else None,
                base.value if base is not None else None,
                target.due,
                aim.value if aim is not None else None,
                target.ceiling.value if target.ceiling is not None else None,
                words(*BOUNDS[target.bound]),
                lead.unit if lead is not None else "",
                _percent(target.annual_growth),
                figure(target.cumulative),
                figure(target.total_growth),
                words("是", "yes") if target.past else "",
                _places(statements, target.evidence),
                _places(statements, target.conflicts),
            )
        )
    return Table("targets", words("目标", "Targets"), columns, tuple(rows))


def _percent(growth: Amount | None) -> Value:
    """The number where it is a percentage, else the figure in words."""
    if growth is None:
        return None
    return growth.value if growth.unit == "%" else figure(growth)


def _places(statements: Sequence[Statement], positions: Sequence[int]) -> str:
    return "、".join(str(statements[i].start) for i in positions if i < len(statements))


def _statements(statements: Sequence[Statement], words: Words) -> Table:
    columns = (
        Column(words("位置", "Start"), 9),
        Column(words("原文", "Text"), 16),
        Column(words("主体", "Subject"), 20),
        Column(words("指标", "Indicator"), 34),
        Column(words("计量", "Measure"), 12),
        Column(words("数值", "Value"), 12),
        Column(words("单位", "Unit"), 12),
        Column(words("时期", "Period"), 12),
        Column(words("性质", "Modality"), 9),
        Column(words("界限", "Bound"), 9),
        Column(words("表内", "In table"), 8),
        Column(words("章节", "Section"), 40),
        Column(words("把握", "Confidence"), 8),
    )
    rows = tuple(
        (
            said.start,
            said.text,
            said.subject,
            said.indicator,
            words(*MEASURES[said.measure]),
            said.value,
            said.unit,
            said.period or "",
            words(*MODALITIES[said.modality]),
            words(*BOUNDS[said.bound]),
            words("是", "yes") if said.table else "",
            " / ".join(said.section),
            Decimal(f"{said.confidence:.2f}"),
        )
        for said in statements
    )
    return Table("statements", words("数量陈述", "Statements"), columns, rows)


def _bodies(plan: Plan, positions: Sequence[int]) -> str:
    return "、".join(plan.bodies[i].name for i in positions)


def _projects(plan: Plan, words: Words) -> Table:
    columns = (
        Column(words("专栏", "Box"), 28),
        Column(words("类别", "Category"), 18),
        Column(words("名称", "Name"), 44),
        Column(words("内容", "Content"), 60),
        Column(words("投资", "Investment"), 12),
        Column(words("年限", "Term"), 12),
        Column(words("责任单位", "Bodies"), 24),
        Column(words("位置", "Place"), 9),
    )
    rows = tuple(
        (
            box.title,
            project.category,
            project.name,
            project.text,
            project.investment,
            project.term,
            _bodies(plan, project.bodies),
            project.place.start,
        )
        for box in plan.boxes
        for project in box.projects
    )
    return Table("projects", words("重点项目", "Projects"), columns, rows)


def _tasks(plan: Plan, words: Words) -> Table:
    columns = (
        Column(words("类", "Kind"), 9),
        Column(words("章", "Chapter"), 30),
        Column(words("层次", "Depth"), 7),
        Column(words("序号", "No."), 8),
        Column(words("任务", "Task"), 36),
        Column(words("内容", "Content"), 80),
        Column(words("责任单位", "Bodies"), 28),
        Column(words("位置", "Place"), 9),
    )
    kinds = {"task": words("任务", "task"), "safeguard": words("保障", "safeguard")}
    rows = tuple(
        (
            kinds[chapter.kind],
            chapter.title,
            task.depth,
            task.number,
            task.title,
            task.text,
            _bodies(plan, task.bodies),
            task.place.start,
        )
        for chapter in plan.chapters
        for task in chapter.tasks
    )
    return Table("tasks", words("任务与保障", "Tasks"), columns, rows)


def _parks(plan: Plan, words: Words, language: Language) -> Table:
    columns = (
        Column(words("园区", "Park"), 30),
        Column(words("类型", "Group"), 30),
        Column(words("面积", "Area"), 16),
        Column(words("产业", "Industries"), 50),
        Column(words("目标数", "Targets"), 9),
    )
    rows = tuple(
        (
            park.name,
            park.group,
            figure(park.area, language),
            "、".join(park.industries),
            len(park.targets),
        )
        for park in plan.parks
    )
    return Table("parks", words("园区", "Parks"), columns, rows)


def _findings(findings: Sequence[Finding], words: Words) -> Table:
    columns = (
        Column(words("核算", "Check"), 8),
        Column(words("名称", "Name"), 22),
        Column(words("结论", "Verdict"), 12),
        Column(words("类别", "Rank"), 14),
        Column(words("问题", "What"), 50),
        Column(words("算式", "Sum"), 44),
        Column(words("应为", "Expected"), 26),
        Column(words("可能", "Perhaps"), 34),
        Column(words("位置", "Place"), 22),
    )
    rows = tuple(
        (
            found.check,
            words(*check_name(found.check)),
            words(*VERDICT_NAMES[found.verdict]),
            words(*RANK_NAMES[found.rank]),
            words(found.title, found.title_en),
            found.arithmetic,
            found.expected,
            words(found.hypothesis, found.hypothesis_en),
            "、".join(f"{e.doc}:{e.start}" for e in found.evidence),
        )
        for found in sorted(findings, key=lambda found: not found.is_fault)
    )
    return Table("findings", words("核算", "Audit"), columns, rows)
