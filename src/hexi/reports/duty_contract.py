"""A contract of target responsibility in Word (目标责任书): tasks, weights, points, signatures.

Before the close it is the contract itself; with scores it is also the sheet of its assessment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from docx.document import Document

from hexi.assessment.duty.contracts import Contract
from hexi.assessment.scheme.nouns import Scheme
from hexi.reports.official_page import add_row, heading, new_page, paragraph, save, table, title

__all__ = ["Reached", "render"]

_LINE = "＿" * 10


@dataclass(frozen=True, slots=True)
class Reached:
    """What came of a task; NaN or empty where nothing is known."""

    actual: float
    score: float
    points: float


def render(
    contract: Contract,
    issuer: str,
    *,
    rules: Scheme | None = None,
    signed: date | None = None,
    reached: Mapping[str, Reached] | None = None,
    matters: Sequence[tuple[str, str]] = (),
    total: str = "",
    assumed: str = "",
) -> bytes:
    """The document as docx. ``reached``: by id of the task; ``matters``: (matter, evidence);
    ``total``: score, grade and rank in words, once the year is closed; ``assumed``: what of the
    scoring this system sets."""
    subject = f"{contract.name}{contract.year}年度目标责任书"
    page = new_page(subject)
    title(page, subject)
    paragraph(
        page,
        f"为落实{contract.year}年度目标任务，{issuer}与{contract.name}签订本责任书。",
    )
    heading(page, "一、目标任务")
    _tasks(page, contract, reached or {})
    heading(page, "二、计分办法")
    paragraph(
        page, "各项任务按完成率计分，完成目标得满分，乘以权重后相加；未报告或无数据的不得分。"
    )
    if rules is not None:
        _rules(page, rules)
    if assumed:
        paragraph(page, f"说明：{assumed}。")
    if matters:
        heading(page, "三、加减分和否决事项")
        for number, (matter, evidence) in enumerate(matters, 1):
            paragraph(page, f"{number}. {matter}（{evidence}）")
    if total:
        heading(page, "四、考核结果" if matters else "三、考核结果")
        paragraph(page, total)
    page.add_paragraph()
    _signatures(page, issuer, contract.name, signed)
    return save(page, datetime.combine(signed, time()) if signed else None)


def _tasks(page: Document, contract: Contract, reached: Mapping[str, Reached]) -> None:
    heads = ["序号", "任务", "目标值", "权重"]
    widths = [12.0, 74.0, 44.0, 26.0]
    if reached:
        heads += ["完成值", "得分"]
        widths = [12.0, 58.0, 34.0, 16.0, 20.0, 16.0]
    grid = table(page, widths, heads)
    for number, task in enumerate(contract.tasks, 1):
        way = "不高于" if task.direction < 0 else "不低于"
        cells = [
            f"{number}",
            task.title,
            f"{way}{_figure(task.target)}{task.unit}",
            f"{task.weight:g}",
        ]
        if reached:
            one = reached[task.id]
            cells += [_figure(one.actual), "—" if one.points != one.points else f"{one.points:.2f}"]
        add_row(grid, *cells)


def _figure(value: float) -> str:
    return "未报" if value != value else f"{value:,.6g}"


def _rules(page: Document, rules: Scheme) -> None:
    for one in rules.points:
        cap = "" if one.cap is None else f"，最多{one.cap:g}分"
        paragraph(page, f"{one.name.zh}：每次{one.each:+g}分{cap}。")
    for veto in rules.vetoes:
        said = {
            "unrated": "不予评定",
            "lowest": "定为最低等次",
            "capped": f"得分不高于{veto.cap:g}分" if veto.cap is not None else "得分封顶",
        }[veto.effect]
        paragraph(page, f"{veto.name.zh}：一票否决，{said}。")
    if rules.grades:
        grades = "，".join(
            f"{name.zh}{least:g}分以上" if least > -1e8 else f"其余{name.zh}"
            for name, least in rules.grades
        )
        paragraph(page, f"等次：{grades}。")
    for text in rules.assumed:
        paragraph(page, f"说明：{text}。")


def _signatures(page: Document, issuer: str, holder: str, signed: date | None) -> None:
    grid = table(page, (78.0, 78.0))
    day = f"{signed.year}年{signed.month}月{signed.day}日" if signed else _LINE
    add_row(grid, f"{issuer}（盖章）", f"{holder}（盖章）")
    add_row(grid, f"负责人：{_LINE}", f"负责人：{_LINE}")
    add_row(grid, day, day)
