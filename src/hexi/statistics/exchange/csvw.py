"""A table for the web (CSVW, W3C 2015): plain CSV for people, and a sidecar that explains it.

The CSV opens in a spreadsheet as it is: names beside codes, the figure, its unit and its status.
The JSON beside it says what every column is, in both languages.
"""

from __future__ import annotations

import io
import json
from typing import Any, Final

import pyarrow as pa
import pyarrow.csv as arrow_csv

from hexi.statistics.exchange.published import STATUSES, TIME, Dimension, PublishedTable

__all__ = ["plain_csv", "sidecar"]

#: Excel takes a file without this mark for the system's own encoding
_MARK: Final = b"\xef\xbb\xbf"
_LAST: Final = (
    ("value", "数值", "Value", "decimal"),
    ("unit", "计量单位", "Unit of measure", "string"),
    ("status", "数据状态", "Status", "string"),
)


def plain_csv(table: PublishedTable) -> bytes:
    """UTF-8 with a mark; a column of codes and one of names for each dimension that has a list."""
    columns: dict[str, pa.Array | pa.ChunkedArray] = {}
    for dimension in table.dimensions:
        codes = table.rows[dimension.id]
        columns[dimension.id] = codes
        if dimension.codes:
            columns[f"{dimension.id}_name"] = _named(dimension, codes)
    columns["value"] = table.rows["value"].cast(pa.string())
    columns["unit"] = table.rows["unit"]
    columns["status"] = table.rows["status"]
    out = io.BytesIO()
    out.write(_MARK)
    arrow_csv.write_csv(pa.table(columns), out, arrow_csv.WriteOptions(quoting_style="needed"))
    return out.getvalue()


def _named(dimension: Dimension, codes: pa.ChunkedArray) -> pa.Array:
    names = {code.id: code.name for code in dimension.codes}
    encoded = codes.combine_chunks().dictionary_encode()
    said = pa.array([names[key] for key in encoded.dictionary.to_pylist()], pa.string())
    return said.take(encoded.indices)


def sidecar(table: PublishedTable, csv_name: str) -> str:
    """``NAME-metadata.json`` of CSVW for the CSV of that name."""
    metadata: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": csv_name,
        "dc:title": _both(table.title, table.title_en),
        "dc:description": _both(table.description, table.description_en),
        "dc:issued": {"@value": table.issued, "@type": "xsd:date"},
        "dc:publisher": _both(table.publisher, table.publisher_en),
        "dc:license": {"@id": table.license} if table.license else None,
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {
            "columns": [column for d in table.dimensions for column in _columns(d)]
            + [
                {
                    "name": name,
                    "titles": {"zh": [zh, name], "en": [en]},
                    "datatype": datatype,
                    **(_statuses() if name == "status" else {}),
                }
                for name, zh, en, datatype in _LAST
            ],
            "primaryKey": table.columns,
        },
    }
    kept = {key: value for key, value in metadata.items() if value}
    return json.dumps(kept, ensure_ascii=False, indent=1)


def _columns(dimension: Dimension) -> list[dict[str, Any]]:
    column: dict[str, Any] = {
        "name": dimension.id,
        "titles": {"zh": [dimension.name, dimension.id], "en": [dimension.name_en]},
        "datatype": "string",
        "required": True,
    }
    if dimension.id == TIME:
        column["dc:description"] = "YYYY, YYYY-Qn, YYYY-MM, YYYY-01/MM"
    if not dimension.codes:
        return [column]
    named = {
        "name": f"{dimension.id}_name",
        "titles": {"zh": [f"{dimension.name}名称", f"{dimension.id}_name"]},
        "datatype": "string",
    }
    return [column, named]


def _statuses() -> dict[str, Any]:
    shown = "; ".join(f"{key} {zh} {en}" for key, (zh, en) in STATUSES.items())
    return {"dc:description": shown}


def _both(zh: str, en: str) -> list[dict[str, str]]:
    said = (("zh", zh), ("en", en))
    return [{"@value": text, "@language": language} for language, text in said if text]
