"""Minutes of a coordination meeting in Word (协调会会议纪要): an official paper, in Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from hexi.reports.official_letter import chinese_day, flush, letter_page, letter_table, signed
from hexi.reports.official_numbering import numeral
from hexi.reports.official_page import (
    add_row,
    date_line,
    heading,
    paragraph,
    save,
    title,
)

__all__ = ["MinutesPaper", "Resolved", "SaidPoint", "render"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who does what by when."""

    what: str
    who: str
    due: date


@dataclass(frozen=True, slots=True)
class SaidPoint:
    """One point with its minutes."""

    title: str
    minutes: str
    resolved: tuple[Resolved, ...]


@dataclass(frozen=True, slots=True)
class MinutesPaper:
    """What the minutes say; before the meeting is held it is the agenda."""

    unit: str
    title: str
    day: date
    place: str
    chair: str
    attended: str
    points: tuple[SaidPoint, ...]
    held: bool


def render(paper: MinutesPaper) -> bytes:
    """The minutes, or the agenda, as docx."""
    name = "会议纪要" if paper.held else "会议议程"
    page = letter_page(f"{paper.title}{name}")
    title(page, f"{paper.title}{name}")
    date_line(page, chinese_day(paper.day))
    for label, text in (
        ("地点", paper.place),
        ("主持", paper.chair),
        ("参加", "、".join(paper.attended.split("\n"))),
    ):
        if text:
            flush(page, f"{label}：{text}")
    if not paper.held:
        for number, point in enumerate(paper.points, 1):
            paragraph(page, f"{number}. {point.title}")
        signed(page, paper.unit, paper.day)
        return save(page, datetime.combine(paper.day, time()))
    for number, point in enumerate(paper.points, 1):
        heading(page, f"{numeral(number)}、{point.title}")
        for line in point.minutes.splitlines():
            if line.strip():
                paragraph(page, line.strip())
        for place, one in enumerate(point.resolved, 1):
            paragraph(page, f"{place}. {one.what}（{one.who}，{chinese_day(one.due)}前）")
    resolved = [one for point in paper.points for one in point.resolved]
    if resolved:
        heading(page, f"{numeral(len(paper.points) + 1)}、任务清单")
        grid = letter_table(page, (18, 60, 42, 36), ("序号", "议定事项", "责任单位", "完成时限"))
        for number, one in enumerate(resolved, 1):
            add_row(grid, str(number), one.what, one.who, one.due.isoformat())
    signed(page, paper.unit, paper.day)
    return save(page, datetime.combine(paper.day, time()))
