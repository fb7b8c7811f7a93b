"""The yearly plan as an official A4 document (年度计划): targets, quarters, parts, duties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from docx.document import Document

from hexi.reports.official_numbering import numeral
from hexi.reports.official_page import (
    add_row,
    cell_text,
    date_line,
    heading,
    new_page,
    page_break,
    paragraph,
    save,
    table,
    title,
)
from hexi.reports.yearly_plan import NO_FIGURE, Duty, YearlyPlan, figure

__all__ = ["render"]


def render(plan: YearlyPlan, *, at: datetime | None = None) -> bytes:
    """The plan as docx; chapters that would be empty are left out and the numbers close up."""
    page = new_page(plan.title)
    title(page, plan.title)
    made = plan.words("河西编制", "Drawn up by Hexi")
    date_line(page, f"{_day(at.date(), plan)}　{made}" if at else made)
    chapters = _Chapters(page, plan)
    chapters.head("编制依据", "Basis")
    paragraph(page, plan.basis)
    paragraph(page, plan.summary)
    chapters.head("年度目标", "Targets of the year")
    _targets(page, plan)
    if any(duty.quarters for duty in plan.duties):
        chapters.head("季度进度要求", "Progress by quarter")
        _quarters(page, plan)
    if any(duty.parts for duty in plan.duties):
        chapters.head("分解落实", "Parts of the units below")
        _parts(page, plan)
    if any(_has_duty(duty) for duty in plan.duties):
        chapters.head("责任与措施", "Duties and measures")
        _duties(page, plan)
    pending = list(_pending(plan))
    if pending:
        chapters.head("尚未确定的事项", "Not settled yet")
        for number, text in enumerate(pending, 1):
            paragraph(page, f"{number}. {text}")
    _sources(page, plan)
    return save(page, at)


class _Chapters:
    """Headings of the first level, numbered as they are written."""

    def __init__(self, page: Document, plan: YearlyPlan) -> None:
        self.page, self.plan, self.number = page, plan, 0

    def head(self, zh: str, en: str) -> None:
        """The next chapter."""
        self.number += 1
        numbered = self.plan.words(f"{numeral(self.number)}、{zh}", f"{self.number}. {en}")
        heading(self.page, numbered)


def _day(day: date, plan: YearlyPlan) -> str:
    return plan.words(f"{day.year}年{day.month}月{day.day}日", day.isoformat())


def _targets(page: Document, plan: YearlyPlan) -> None:
    w = plan.words
    if not plan.duties:
        paragraph(page, w("尚无已认领的目标。", "No target has been accepted yet."))
        return
    head: tuple[str, ...] = (
        w("序号", "No."),
        w("指标", "Indicator"),
        w("计量单位", "Unit"),
        w("基期值", "Base"),
        w(f"{plan.year - 1}年实际", f"{plan.year - 1} actual"),
        w(f"{plan.year}年目标", f"{plan.year} target"),
        w("规划目标", "Plan target"),
        w("责任单位、责任人", "Answers for it"),
    )
    # where all targets are of one nature, the summary has said which
    mixed = len({duty.nature for duty in plan.duties}) > 1
    widths = [9, 27, 13, 20, 16, 21, 21, 16, 13] if mixed else [9, 33, 14, 21, 17, 22, 22, 18]
    if mixed:
        head = (*head, w("属性", "Nature"))
    grid = table(page, widths, head)
    for number, duty in enumerate(plan.duties, 1):
        cells = add_row(
            grid,
            str(number),
            duty.indicator,
            duty.measure_unit or NO_FIGURE,
            figure(duty.base),
            figure(duty.last),
            plan.aim(duty, duty.value),
            plan.aim(duty, duty.final),
            plan.answerable(duty),
            *([plan.nature(duty)] if mixed else []),
        )
        # a figure and its year stand under each other: a narrow column breaks neither
        for cell, text, period in (
            (cells[3], duty.base, duty.base_period),
            (cells[6], duty.final, duty.final_period),
        ):
            if text and period:
                cell_text(cell, period)


def _quarters(page: Document, plan: YearlyPlan) -> None:
    w = plan.words
    head = (
        w("指标", "Indicator"),
        w("计量单位", "Unit"),
        *(w(f"{name}季度末", f"End of Q{n}") for n, name in enumerate("一二三四", 1)),
    )
    grid = table(page, (44, 20, 23, 23, 23, 23), head)
    for duty in plan.duties:
        if duty.quarters:
            name = duty.indicator
            if duty.cumulative:
                name += w("（累计）", " (year to date)")
            add_row(grid, name, duty.measure_unit, *map(figure, duty.quarters))


def _parts(page: Document, plan: YearlyPlan) -> None:
    w = plan.words
    head = (
        w("单位", "Unit"),
        w(f"{plan.year}年指标值", f"Figure of {plan.year}"),
        w("状态", "State"),
    )
    for number, duty in enumerate((d for d in plan.duties if d.parts), 1):
        named = f"{duty.indicator} {duty.measure_unit}".strip()
        heading(page, w(f"（{numeral(number)}）{named}", f"({number}) {named}"), 3)
        grid = table(page, (70, 46, 40), head)
        for part in duty.parts:
            add_row(grid, part.unit, figure(part.value), part.state)
        if duty.parts_check:
            paragraph(page, duty.parts_check)


def _has_duty(duty: Duty) -> bool:
    return bool(duty.requirement or duty.measures or duty.projects)


def _duties(page: Document, plan: YearlyPlan) -> None:
    w = plan.words
    for number, duty in enumerate((d for d in plan.duties if _has_duty(d)), 1):
        heading(
            page, w(f"（{numeral(number)}）{duty.indicator}", f"({number}) {duty.indicator}"), 3
        )
        grid = table(page, (28, 128))
        for label, lines in (
            (w("责任", "Answers for it"), (plan.answerable(duty),)),
            (w("进度要求", "Requirement"), (duty.requirement,)),
            (w("措施", "Measures"), duty.measures),
            (w("项目", "Projects"), duty.projects),
        ):
            said = [line for line in lines if line]
            if not said:
                continue
            cells = add_row(grid)
            cell_text(cells[0], label, bold=True)
            for place, line in enumerate(said, 1):
                cell_text(cells[1], f"{place}. {line}" if len(said) > 1 else line)


def _pending(plan: YearlyPlan) -> Iterator[str]:
    """What has no figure of the year, and what was not accepted, each in words."""
    colon = plan.words("：", ": ")
    for duty in plan.duties:
        if duty.reason:
            yield f"{duty.indicator}{colon}{duty.reason}"
    for line in plan.open:
        yield f"{line.indicator}{colon}{line.words}"


def _sources(page: Document, plan: YearlyPlan) -> None:
    w = plan.words
    if not any(duty.source for duty in plan.duties):
        return
    page_break(page)
    heading(page, w("附件　目标出处", "Annex: where the targets stand"))
    grid = table(
        page, (12, 50, 94), (w("序号", "No."), w("指标", "Indicator"), w("出处", "Source"))
    )
    for number, duty in enumerate(plan.duties, 1):
        add_row(grid, str(number), duty.indicator, duty.source or NO_FIGURE)
