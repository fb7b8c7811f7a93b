"""Supervision orders and their replies in Word (督办单、督办回复): official papers, in Chinese.

The paper says at which level the order stands, what was found, what is asked for and by which day;
a day in a year whose holidays are not announced is marked as provisional.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from hexi.reports.official_letter import (
    addressed,
    chinese_day,
    letter_page,
    letter_table,
    red_head,
    signed,
)
from hexi.reports.official_page import (
    add_row,
    cell_text,
    date_line,
    heading,
    paragraph,
    save,
    title,
)

__all__ = ["LEVEL_NAMES", "OrderPaper", "ReplyPaper", "render", "render_reply"]

#: level → what the paper is called
LEVEL_NAMES = {"blue": "督办提醒单", "yellow": "督办预警单", "red": "督办约谈通知书"}
_COLOURS = {"blue": "蓝色提醒", "yellow": "黄色预警", "red": "红色约谈"}


@dataclass(frozen=True, slots=True)
class OrderPaper:
    """What an order says."""

    issuer: str
    number: str
    level: str
    addressee: str
    #: person named at the addressee; empty: the office
    person: str
    subject: str
    #: project or problem
    about: str
    grounds: str
    demand: str
    #: since when it stands at this level, and when it was first issued
    day: date
    first_day: date
    deadline: date | None
    announced: bool
    signed: str


@dataclass(frozen=True, slots=True)
class ReplyPaper:
    """What a reply says."""

    issuer: str
    number: str
    level_name: str
    subject: str
    addressee: str
    ordered: date
    text: str
    by_name: str
    day: date


def render(paper: OrderPaper, *, red: bool = True) -> bytes:
    """The order as docx; ``red``: with the issuer's red head."""
    name = LEVEL_NAMES[paper.level]
    page = letter_page(f"{name}：{paper.subject}")
    if red:
        red_head(page, paper.issuer, paper.number)
    title(page, name)
    if not red:
        date_line(page, paper.number)
    addressed(page, paper.addressee)
    grid = letter_table(page, (30, 126))
    for label, text in (
        ("督办事项", paper.subject),
        ("涉及项目", paper.about if paper.about != paper.subject else ""),
        ("督办层级", _level(paper)),
        ("承办单位", f"{paper.addressee}{f'（{paper.person}）' if paper.person else ''}"),
        ("回复期限", _deadline(paper)),
    ):
        if text:
            cells = add_row(grid)
            cell_text(cells[0], label, bold=True)
            cell_text(cells[1], text)
    parts = [part for part in (("存在问题", paper.grounds), ("督办要求", paper.demand)) if part[1]]
    for number, (label, text) in enumerate(parts):
        heading(page, f"{'一二'[number]}、{label}")
        for line in text.splitlines():
            if line.strip():
                paragraph(page, line.strip())
    paragraph(
        page,
        f"请于{_deadline(paper)}前书面回复办理情况；逾期未回复的，{_next(paper.level)}。",
    )
    paragraph(page, f"签发：{paper.signed}")
    signed(page, paper.issuer, paper.day)
    return save(page, datetime.combine(paper.day, time()))


def render_reply(paper: ReplyPaper) -> bytes:
    """The reply as docx."""
    subject = f"关于{paper.number}{paper.level_name}办理情况的回复"
    page = letter_page(subject)
    title(page, subject)
    addressed(page, paper.issuer)
    paragraph(
        page,
        f"{chinese_day(paper.ordered)}《{paper.level_name}》（{paper.number}）收悉。"
        f"现将“{paper.subject}”办理情况回复如下。",
    )
    for line in paper.text.splitlines():
        if line.strip():
            paragraph(page, line.strip())
    paragraph(page, f"联系人：{paper.by_name}")
    signed(page, paper.addressee, paper.day)
    return save(page, datetime.combine(paper.day, time()))


def _level(paper: OrderPaper) -> str:
    risen = paper.day != paper.first_day
    since = f"（{chinese_day(paper.first_day)}首次督办，升级至本级）" if risen else ""
    return f"{_COLOURS[paper.level]}{since}"


def _deadline(paper: OrderPaper) -> str:
    if paper.deadline is None:
        return "收到之日"
    mark = "" if paper.announced else "（该年节假日安排尚未公布，日期暂定）"
    return f"{chinese_day(paper.deadline)}{mark}"


def _next(level: str) -> str:
    return {"blue": "升级为黄色预警", "yellow": "升级为红色约谈"}.get(level, "按有关规定处理")
