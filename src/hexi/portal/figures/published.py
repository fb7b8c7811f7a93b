"""Figures as an exchangeable table (可交换的统计表): cells with the code lists that explain them.

One projection for a release and for the download of a view: dimensions unit, indicator, view and
time, as SDMX, CSVW and DCAT want them. Codes of units may have signs that the standard forbids;
they are spelt out, always the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from hexi.portal.figures.books.nouns import Cell, Key, Measure
from hexi.portal.figures.forest import Forest
from hexi.portal.figures.space import MARK
from hexi.statistics.exchange import Code, Dimension, PublishedTable
from hexi.statistics.exchange.published import TIME

__all__ = ["About", "exchange_code", "table_of"]

_FORBIDDEN: Final = re.compile(r"[^A-Za-z0-9_@$-]")
_STATUS: Final = {"A": "A", "P": "P", "Q": "Q"}
_VIEWS: Final = (
    ("period", "PERIOD", "本期", "Of the period"),
    ("ytd", "YTD", "累计", "Year to date"),
    ("growth", "GROWTH", "同比增长", "Growth on the year before"),
    ("ytd_growth", "YTD_GROWTH", "累计同比增长", "Growth of the year to date"),
)
_VIEW_CODES: Final = {view: code for view, code, _zh, _en in _VIEWS}


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a table as a whole."""

    id: str
    title: str
    title_en: str
    issued: str
    publisher: str
    description: str = ""
    description_en: str = ""
    version: str = "1.0"
    practice: bool = False
    #: names of the indicators in both languages
    indicators: Mapping[str, tuple[str, str]] | None = None


def exchange_code(code: str) -> str:
    """A code of the register as identifiers of SDMX allow it; two codes never become one."""
    return _FORBIDDEN.sub(lambda match: f"${ord(match[0]):X}$", code)


def table_of(
    about: About,
    cells: Iterable[tuple[Key, Cell]],
    forest: Forest,
    measures: Sequence[Measure],
) -> PublishedTable:
    """The table of some cells; a figure that is confidential leaves its status and nothing else."""
    units: dict[tuple[str, str], str] = {(m.indicator, m.view): m.unit for m in measures}
    rows = [(key, cell) for key, cell in cells if (key[1], key[2]) in units]
    columns = {
        "UNIT": [exchange_code(key[0]) for key, _cell in rows],
        "INDICATOR": [key[1] for key, _cell in rows],
        "VIEW": [_VIEW_CODES[key[2]] for key, _cell in rows],
        TIME: [key[3] for key, _cell in rows],
        "value": [_text(cell) for _key, cell in rows],
        "status": [_STATUS.get(cell.status, "M") for _key, cell in rows],
        "unit": [units[key[1], key[2]] for key, _cell in rows],
    }
    used = {key[0] for key, _cell in rows}

    def marked(text: str, mark: str) -> str:
        return text if not about.practice or mark in text else f"{mark}{text}"

    mark, mark_en = f"【{MARK}】", "[Practice data] "
    return PublishedTable(
        id=about.id,
        title=marked(about.title, mark),
        title_en=marked(about.title_en, mark_en),
        dimensions=(
            Dimension("UNIT", "单位", "Unit of account", tuple(_unit_codes(forest, used))),
            Dimension("INDICATOR", "指标", "Indicator", tuple(_names(about, measures))),
            Dimension("VIEW", "口径", "View", tuple(Code(c, zh, en) for _v, c, zh, en in _VIEWS)),
            Dimension(TIME, "时期", "Period"),
        ),
        rows=pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}),
        issued=about.issued,
        publisher=marked(about.publisher, mark),
        description=marked(about.description, mark),
        description_en=marked(about.description_en, mark_en),
        version=about.version,
        keywords=(MARK,) if about.practice else (),
    )


def _text(cell: Cell) -> str | None:
    return str(cell.value) if cell.value is not None and cell.status in ("A", "P") else None


def _unit_codes(forest: Forest, used: set[str]) -> Iterable[Code]:
    for code in sorted(used, key=list(forest.nodes).index):
        node = forest.nodes[code]
        above = forest.parent.get(code, "")
        parent = exchange_code(above) if above in used else ""
        yield Code(exchange_code(code), node.name, node.name_en, parent)


def _names(about: About, measures: Sequence[Measure]) -> Iterable[Code]:
    both = about.indicators or {}
    for name, shown in dict.fromkeys((m.indicator, m.name) for m in measures):
        zh, en = both.get(name, (shown, ""))
        yield Code(name, zh, en)
