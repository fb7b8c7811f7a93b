"""Table cells (表格): a figure whose name, unit, time and purpose stand in heads and labels.

The row label names the indicator (with its unit in brackets or in a unit column), the column heads
say the year, the purpose (目标, 实际) and the measure (年均增速). Square brackets hold a second
figure whose meaning the head or the note below the table gives: a cumulative total or a change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from hexi.plans.documents.document import Block, Cell
from hexi.plans.documents.tables import TableView, table_view
from hexi.plans.statements.frames import DocumentFrame, SectionFrame
from hexi.plans.statements.heads import Head, head_of, is_total, moment_in, rows_are_owners
from hexi.plans.statements.lexicon import alternatives, words
from hexi.plans.statements.meaning import bound_of, measure_of, modality_of, period_of, value_of
from hexi.plans.statements.names import ends_with, indicator_name, starts_with
from hexi.plans.statements.prose import read_paragraph
from hexi.plans.statements.reading import Memory
from hexi.plans.statements.statement import Bound, Measure, Modality
from hexi.plans.statements.times import Moment
from hexi.quantities import numerals, units

__all__ = ["CellReading", "read_table"]

_NUMBER = re.compile(
    r"^[^\d\[［【〔\-－—–]*?(?P<num>[-－—–]?\s*\d[\d,，]*(?:[.．\ue000-\uf8ff]\d+)?)\s*(?P<unit>[^\d\[［【〔\s]*)\s*(?:[\[［【〔](?P<in>[-－]?\d[\d,]*(?:[.．]\d+)?)[%％]?[\]］】〕])?\s*(?P<tail>以上|以下|左右|以内)?$"
)
_ALONE = re.compile(r"^[\[［【〔](?P<in>[-－]?\d[\d,]*(?:[.．]\d+)?)[%％]?[\]］】〕]$")
_BRACKETED = re.compile(r"[（(]([^）)]*)[）)]\s*$")
_UNIT_HEAD = re.compile(r"^(?:计量)?单\s*位$")
_UNIT_LINE = re.compile(r"单\s*位\s*[:：]\s*([^\s，。；）)]+)")
_GROWTH = re.compile(r"增速|增长|增幅|递增")
_DECLINE = re.compile(r"(?:降低|下降|减少)(?:率|幅度)?$")
_BOUNDS: dict[str, Bound] = {
    **dict.fromkeys(("以上", "≥", ">", "＞", "不低于"), "ge"),
    **dict.fromkeys(("以下", "≤", "<", "＜", "以内", "不超过"), "le"),
    **dict.fromkeys(("左右", "约"), "approx"),
}
_RATIO_UNITS = frozenset({"%", "‰", "个百分点"})


@dataclass(frozen=True, slots=True)
class CellReading:
    """A figure of a table with its fields; offsets count in the cell's logical text."""

    cell: int
    start: int
    end: int
    printed: str
    value: Decimal
    unit: str
    indicator: str
    subject: str
    measure: Measure
    period: str | None
    modality: Modality
    bound: Bound
    flags: tuple[str, ...] = ()


def read_table(
    block: Block, frame: DocumentFrame, section: SectionFrame, note: str = ""
) -> list[CellReading]:
    """Readings of all figures of a table. ``note`` is the text of the note that follows it."""
    view = table_view(block)
    caption = block.caption
    around = moment_in(caption, frame)
    subject = _caption_subject(caption, frame, section)
    unit_line = _UNIT_LINE.search(caption)
    table_unit = unit_line[1] if unit_line else ""
    unit_columns = _unit_columns(block)
    heads: dict[int, Head] = {}
    owners = rows_are_owners(block, view)
    row_units = {
        cell.row: cell.text.replace("　", "").strip()
        for cell in block.cells
        if cell.column in unit_columns and not cell.header
    }
    readings: list[CellReading] = []
    for index, cell in enumerate(block.cells):
        if cell.row >= view.head_rows and _tells(view, cell):
            whose = _owner_of(view, cell) if owners else ""
            readings.extend(_told(index, cell, frame, section, whose or subject, works=owners))
            continue
        if cell.header or cell.column in unit_columns or not any(c.isdigit() for c in cell.text):
            continue
        label = view.row_label(cell)
        if not label or label.strip().isdigit():
            continue
        head = heads.get(cell.column)
        if head is None:
            before = heads[max(heads)].name if heads else ""
            head = heads[cell.column] = head_of(view.header_path(cell), frame, before)
        name, label_unit = _name_and_unit(label)
        unit = _unit_or_none(row_units.get(cell.row, "")) or label_unit or head.unit or table_unit
        whose = subject
        if owners:
            if not head.name:
                continue
            name = _owner_of(view, cell) or name
            whose, name = (subject if is_total(name) else name), indicator_name(head.name)
        place = _Place(name, whose, unit, around, head)
        readings.extend(_read_cell(index, cell, place, frame))
    return readings


def _unit_or_none(text: str) -> str:
    return "" if re.fullmatch(r"[-—–－/\\…·.]{1,4}|无", text) else text


@cache
def _content() -> re.Pattern[str]:
    return re.compile(alternatives(words("names", "content")))


def _tells(view: TableView, cell: Cell) -> bool:
    """A cell of a column that tells in words what is done (建设内容)."""
    path = view.header_path(cell)
    return bool(path) and bool(_content().search(path[-1])) and any(c.isdigit() for c in cell.text)


def _owner_of(view: TableView, cell: Cell) -> str:
    """The name that opens the row, after its running number."""
    labels = [label for label in view.row(cell.row) if label.column < cell.column]
    named = [
        label.text.strip() for label in labels if not re.fullmatch(r"[\d.、（）()\s]*", label.text)
    ]
    return indicator_name(named[0]) if named else ""


def _told(
    index: int, cell: Cell, frame: DocumentFrame, section: SectionFrame, whose: str, *, works: bool
) -> list[CellReading]:
    """The figures of a cell of prose; what works are to hold is neither result nor aim."""
    inside = replace(section, subject=whose)
    readings: list[CellReading] = []
    for reading in read_paragraph(cell.text, frame, inside, Memory()):
        modality = modality_of(reading, frame, inside)
        if works and reading.moment is None and modality in ("actual", "target"):
            modality = "other"
        measure = measure_of(reading, modality)
        figure = reading.figure
        readings.append(
            CellReading(
                index, figure.start, figure.end, figure.printed, value_of(reading), figure.unit,
                reading.indicator, reading.subject or whose, measure,
                period_of(reading, measure, modality, frame), modality, bound_of(reading),
                figure.flags,
            )
        )  # fmt: skip
    return readings


@dataclass(frozen=True, slots=True)
class _Place:
    """Everything around a cell."""

    name: str
    subject: str
    unit: str
    around: Moment | None
    head: Head


def _read_cell(index: int, cell: Cell, place: _Place, frame: DocumentFrame) -> list[CellReading]:
    text = cell.text.strip()
    offset = cell.text.index(text) if text else 0
    alone = _ALONE.match(text)
    match = alone or _NUMBER.match(text)
    if not match:
        return []
    readings: list[CellReading] = []
    if not alone and match["num"]:
        own = match["unit"] or ""
        bound = _bound(own + (match["tail"] or "")) or _bound(text[: match.start("num")])
        own = re.sub(r"以上|以下|左右|以内", "", own)
        if own and not units.is_unit(own) and own not in _RATIO_UNITS and own not in ("％",):
            return []
        end = match.end("unit") if own else match.end("num")
        if own and match["tail"] is None and len(own) != len(match["unit"]):
            end = match.start("unit") + len(own)
        one = _figure(
            index, offset + match.start("num"), offset + end, match["num"], own, bound, place, frame
        )
        readings.extend([one] if one else [])
    if match["in"]:
        inner = _bracketed(index, offset + match.start("in"), match["in"], place, frame)
        readings.extend([inner] if inner else [])
    return readings


def _figure(
    index: int, start: int, end: int, printed: str, own: str, bound: Bound | None,
    place: _Place, frame: DocumentFrame,
) -> CellReading | None:  # fmt: skip
    numeral = numerals.read(re.sub(r"^[－—–]", "-", printed.replace(" ", "")))
    if numeral is None:
        return None
    head = place.head
    unit = own.replace("％", "%") or place.unit
    modality = _modality(head, place, frame)
    if head.growth:
        measure: Measure = "growth_annual" if head.annual or place.around else "growth_yoy"
        unit = "%" if not own else unit
        period = _growth_period(head, place, modality, frame)
    else:
        measure = _level_measure(unit, place.name)
        if _GROWTH.search(place.name) and unit in _RATIO_UNITS:
            measure = "growth_annual" if "年均" in place.name else "growth_yoy"
        period = None if modality == "other" else _level_period(head, place, frame)
    if not unit and not place.name.endswith(words("figures", "unitless")):
        return None
    return CellReading(
        index, start, end, printed, Decimal(numeral.value), unit, place.name, place.subject,
        measure, period, modality, bound or "eq",
        ("lost_point",) if numeral.lost_point else (),
    )  # fmt: skip


def _bracketed(
    index: int, start: int, printed: str, place: _Place, frame: DocumentFrame
) -> CellReading | None:
    """The figure in square brackets: a total over the plan, or the change of a ratio."""
    numeral = numerals.read(printed.replace("－", "-"))
    if numeral is None:
        return None
    modality = _modality(place.head, place, frame)
    span = _span(place, modality, frame)
    value = Decimal(numeral.value)
    if place.unit in _RATIO_UNITS:
        measure: Measure = "growth_total"
        value = -value if _DECLINE.search(place.name) else value
        period = f"{span[0] - 1}-{span[1]}" if span else None
    else:
        measure = "cumulative"
        period = f"{span[0]}-{span[1]}" if span else None
    return CellReading(
        index, start, start + len(printed), printed, value, place.unit,
        place.name, place.subject, measure, period, modality, "eq", ("bracketed",),
    )  # fmt: skip


def _unit_columns(block: Block) -> set[int]:
    return {
        cell.column
        for cell in block.cells
        if cell.header and _UNIT_HEAD.match(cell.text.replace("　", "").strip())
    }


def _name_and_unit(label: str) -> tuple[str, str]:
    """地区生产总值（亿元） -> name and unit; other brackets stay in the name."""
    label = re.sub(r"^\s*(?:\d+[.、．]?|[（(]\d+[）)])\s*", "", label.strip())
    match = _BRACKETED.search(label)
    if match and units.is_unit(match[1].strip()):
        return indicator_name(label[: match.start()]), match[1].strip()
    return indicator_name(label), ""


def _modality(head: Head, place: _Place, frame: DocumentFrame) -> Modality:
    if ends_with("extent", place.name) or ends_with("volume", place.name):
        return "other"
    if head.modality:
        return head.modality
    moment = head.moment or place.around
    last = moment.last if moment else None
    if last is None:
        return "target" if frame.is_plan else "actual"
    start = frame.horizon[0] if frame.horizon else frame.clock.year + 1
    return "target" if last >= start else "actual"


def _span(place: _Place, modality: Modality, frame: DocumentFrame) -> tuple[int, int] | None:
    for moment in (place.head.moment, place.around):
        if moment is not None and moment.is_span:
            return moment.first, moment.last
    if frame.horizon is None:
        return None
    first, last = frame.horizon
    if modality == "actual":
        return 2 * first - last - 1, first - 1
    return first, last


def _growth_period(
    head: Head, place: _Place, modality: Modality, frame: DocumentFrame
) -> str | None:
    if head.moment is not None and not head.moment.is_span:
        return head.moment.period
    span = _span(place, modality, frame)
    return f"{span[0]}-{span[1]}" if span else None


def _level_period(head: Head, place: _Place, frame: DocumentFrame) -> str | None:
    moment = head.moment or place.around
    if moment is None:
        return None
    return str(moment.last) if moment.is_span or not moment.part else moment.period


def _level_measure(unit: str, name: str) -> Measure:
    if unit in _RATIO_UNITS:
        return "share"
    if _is_count(unit) and not starts_with("per", name):
        return "count"
    return "cumulative" if name.startswith("累计") else "level"


def _is_count(unit: str) -> bool:
    try:
        return units.parse(unit).counts
    except (units.UnknownUnit, AttributeError):
        return False


def _caption_subject(caption: str, frame: DocumentFrame, section: SectionFrame) -> str:
    """Whose table it is: a body named in the caption, else the section's or the document's."""
    plain = re.sub(r"^(?:专栏|附?表)\s*[\d一二三四五六七八九十-]*[\s　:：;；.]*", "", caption)
    plain = re.sub(r"[“\"]?十[一二三四五六七八九]?五[”\"]?(?:时期|期间)?", "", plain).strip()
    owner, _ = ("", "") if plain.startswith("各") else frame.owners.split(plain)
    return owner or section.subject or frame.owners.principal


def _bound(text: str) -> Bound | None:
    return next((bound for word, bound in _BOUNDS.items() if word in text), None)
