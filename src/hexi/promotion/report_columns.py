"""Columns of the promotion report (招商引资情况统计表): names, units, definitions, of the pack."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hexi.catalogue.faults import Fault
from hexi.catalogue.toml_keys import Keys
from hexi.catalogue.toml_lines import TomlFile
from hexi.promotion.dated_tables import fresh, read_tables

__all__ = ["ReportColumn", "ReportForm", "load_report_form"]


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column: what it counts and how that is defined."""

    id: str
    name: str
    name_en: str
    unit: str
    unit_en: str
    definition: str
    definition_en: str


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The table that is handed up."""

    title: str
    title_en: str
    source: str
    source_en: str
    columns: tuple[ReportColumn, ...]


def _load(root: Path) -> ReportForm:
    return read_tables(root, "report.toml", _read) or ReportForm("", "", "", "", ())


def _read(toml: TomlFile, faults: list[Fault]) -> ReportForm:
    head = Keys(toml, ("report",), toml.values.get("report", {}), faults)
    columns = []
    for keys in Keys.each(toml, "column", faults):
        columns.append(
            ReportColumn(
                *(
                    keys.text(name, required=True)
                    for name in (
                        "id", "name", "name_en", "unit", "unit_en", "definition", "definition_en",
                    )
                )
            )
        )  # fmt: skip
        keys.done()
    words = [head.text(n, required=True) for n in ("title", "title_en", "source", "source_en")]
    head.done()
    return ReportForm(words[0], words[1], words[2], words[3], tuple(columns))


#: the form of a pack, read again when its folder changes; `PackError` names every fault
load_report_form = fresh(_load)
