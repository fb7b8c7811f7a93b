"""Heads of a table (表头): what a column says of every figure below it.

Time, purpose (目标, 实际), measure (年均增速), unit, and, where the rows name owners (园区, 项目),
the indicator itself. A growth column without a name of its own speaks of the column to its left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hexi.plans.documents.document import Block
from hexi.plans.documents.tables import TableView
from hexi.plans.statements.frames import DocumentFrame
from hexi.plans.statements.lexicon import alternatives, words
from hexi.plans.statements.names import ends_with
from hexi.plans.statements.statement import Modality
from hexi.plans.statements.times import Moment, time_pattern
from hexi.quantities import units

__all__ = ["Head", "head_of", "is_total", "moment_in", "rows_are_owners"]

_GROWTH = re.compile(r"增速|增长|增幅|递增")
_ANNUAL = re.compile(r"年均|年平均|时期|期间|平均")
_TARGET = re.compile(r"目标|规划(?!面积|用地)|预期|计划")
_ACTUAL = re.compile(r"实际(?!利用|使用|到位)|完成|基值|基期|基数|现状|实绩|已")
#: 年度计划投资: of the year that the paper is of
_OF_YEAR = re.compile(r"年度|当年|本年|全年")
_WORDLESS = re.compile(
    r"[（(\[〔【][^）)\]〕】]*[）)\]〕】]|目标值?|规划(?!面积|用地)|预期值?|计划(?!总)|实际(?!利用|使用|到位)|完成(?:情况|值|数)?|基值|基期|基数|现状"
    r"|年均|年平均|平均|增速|增长率?|增幅|递增|[%％\s/]|指标值?|数值|金额|时期"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the heads of a column say."""

    text: str
    moment: Moment | None
    modality: Modality | None
    growth: bool
    annual: bool
    unit: str
    #: what the column is about, bare of time, purpose and unit
    name: str


def head_of(path: tuple[str, ...], frame: DocumentFrame, before: str = "") -> Head:
    """The head of a column from the texts above it; ``before`` is the name left of it."""
    text = " ".join(path)
    last = path[-1] if path else ""
    growth = bool(_GROWTH.search(last))
    bracket = re.search(r"[（(]([^）)]+)[）)]", last)
    unit = bracket[1] if bracket and units.is_unit(bracket[1]) else ""
    name = _WORDLESS.sub("", time_pattern().sub("", text))
    moment = moment_in(text, frame)
    if moment is None and frame.titled is not None and _OF_YEAR.search(text):
        moment = Moment(frame.titled.last, frame.titled.last)
    return Head(
        text, moment, _first_purpose(text), growth,
        bool(_ANNUAL.search(text)), unit, name or (before if growth else ""),
    )  # fmt: skip


def _first_purpose(text: str) -> Modality | None:
    target, actual = _TARGET.search(text), _ACTUAL.search(text)
    if target and (not actual or target.start() < actual.start()):
        return "target"
    return "actual" if actual else None


def moment_in(text: str, frame: DocumentFrame) -> Moment | None:
    """The first time that the text names."""
    for match in time_pattern().finditer(text):
        moment = frame.clock.read(match)
        if moment:
            return moment
    return None


def rows_are_owners(block: Block, view: TableView) -> bool:
    """Whether the rows name bodies or works, and the columns the indicators."""
    first = [cell for cell in block.cells if cell.header and cell.column == 0]
    heads = [cell.text for cell in first if cell.row < view.head_rows]
    if any(_owner_head().search(text.replace("　", "").replace(" ", "")) for text in heads):
        return True
    labels = [cell.text for cell in first if cell.row >= view.head_rows and cell.text]
    named = sum(ends_with("body", text) or ends_with("works", text) for text in labels)
    return len(labels) > 1 and named * 2 > len(labels)


def _owner_head() -> re.Pattern[str]:
    return re.compile(rf"^(?:{alternatives(words('names', 'row_owner'))})(?:名称)?$")


def is_total(label: str) -> bool:
    """合计, 总计: the row of the whole."""
    return bool(
        re.fullmatch(r"(?:合\s*计|总\s*计|小\s*计|共\s*计|全[区市省县]|总量)", label.strip())
    )
