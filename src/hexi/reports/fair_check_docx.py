"""The record of a fair-competition check in Word (公平竞争审查表), as it is put on file.

Every clause with what it was asked, what was found, on what ground it stands, and the article where
it does not; then who was heard, the conclusion, and who drafted and who checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from docx.document import Document

from hexi.reports.official_numbering import numeral
from hexi.reports.official_page import (
    add_row,
    date_line,
    heading,
    new_page,
    paragraph,
    save,
    table,
    title,
)

__all__ = ["CheckPaper", "PaperClause", "PaperFinding", "render"]

_RESULTS: Final = {
    "passed": "不违反《公平竞争审查条例》第八条至第十一条，可以签订",
    "excepted": "含有应当审查的内容，但具有规定的依据或者符合例外规定，可以签订",
    "refused": "违反《公平竞争审查条例》，不得签订",
}


@dataclass(frozen=True, slots=True)
class PaperFinding:
    """A question with its answer, as the checker gave it."""

    article: str
    asks: str
    contains: bool
    #: clear, excepted, forbidden
    verdict: str
    #: the exception in words with its article; empty where none was claimed
    ground: str = ""
    basis: str = ""
    milder: str = ""
    until: str = ""
    #: what the regulation says, where the clause breaks it
    says: str = ""


@dataclass(frozen=True, slots=True)
class PaperClause:
    """A clause and what was found; number 0 is the agreement as a whole."""

    number: int
    kind: str
    text: str
    findings: tuple[PaperFinding, ...]


@dataclass(frozen=True, slots=True)
class CheckPaper:
    """Everything that the record says."""

    agreement: str
    number: str
    project: str
    unit: str
    parties: str
    version: int
    result: str
    clauses: Sequence[PaperClause]
    heard: str
    conclusion: str
    drafter: str
    checker: str
    day: date


def render(paper: CheckPaper) -> bytes:
    """The record as docx; official documents are Chinese."""
    subject = "公平竞争审查表"
    page = new_page(f"{subject}：{paper.agreement}")
    title(page, subject)
    date_line(page, f"{paper.unit}　{paper.day.year}年{paper.day.month}月{paper.day.day}日")
    _head(page, paper)
    heading(page, "一、逐条审查")
    for clause in paper.clauses:
        _clause(page, clause)
    for number, (label, text) in enumerate(
        (("听取意见情况", paper.heard), ("审查结论", paper.conclusion)), 2
    ):
        heading(page, f"{numeral(number)}、{label}")
        paragraph(page, text)
    paragraph(page, f"审查结果：{_RESULTS[paper.result]}。")
    paragraph(page, f"起草人：{paper.drafter}　　审查人：{paper.checker}")
    return save(page, datetime.combine(paper.day, time()))


def _head(page: Document, paper: CheckPaper) -> None:
    grid = table(page, [36, 120])
    for label, text in (
        ("协议名称", f"{paper.agreement}（第{paper.version}稿）"),
        ("协议编号", paper.number or "—"),
        ("项目", paper.project),
        ("当事人", paper.parties),
        ("审查依据", "公平竞争审查条例（国务院令第783号）第八条至第十二条、第十六条至第十八条"),
    ):
        add_row(grid, label, text)


def _clause(page: Document, clause: PaperClause) -> None:
    label = f"第{clause.number}条　{clause.kind}" if clause.number else "协议整体"
    heading(page, label, level=2)
    if clause.text:
        paragraph(page, clause.text)
    grid = table(page, [30, 62, 64], ["条款", "审查内容", "审查情况"])
    for finding in clause.findings:
        add_row(grid, finding.article, finding.asks, _found(finding))


def _found(finding: PaperFinding) -> str:
    if not finding.contains:
        return "否"
    parts = ["是"]
    if finding.ground:
        parts.append(f"主张：{finding.ground}")
    if finding.basis:
        parts.append(f"依据：{finding.basis}")
    if finding.milder:
        parts.append(f"无影响更小的替代方案：{finding.milder}")
    if finding.until:
        parts.append(f"实施期限至{finding.until}")
    if finding.verdict == "forbidden":
        parts.append(f"不符合规定：{finding.says}")
    return "。".join(parts)
