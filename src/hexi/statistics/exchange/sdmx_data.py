"""The figures of a table as SDMX 3.0 data (SDMX-CSV 2.0, SDMX-JSON 2.0).

CSV is written column-wise, whatever its length; JSON groups observations into series, as the
standard has it, and is meant for a page's worth of figures.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import pyarrow as pa
import pyarrow.csv as arrow_csv

from hexi.statistics.exchange.published import STATUSES, TIME, Dimension, PublishedTable
from hexi.statistics.exchange.sdmx_structure import AGENCY, dataflow_of, message_id

__all__ = ["MEDIA_TYPES", "data_csv", "data_json"]

MEDIA_TYPES: Final = {
    "csv": "application/vnd.sdmx.data+csv;version=2.0.0",
    "json": "application/vnd.sdmx.data+json;version=2.0.0",
    "structure": "application/vnd.sdmx.structure+json;version=2.0.0",
}

_SCHEMA: Final = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/"
    "2.0.0/sdmx-json-data-schema.json"
)


def data_csv(table: PublishedTable) -> bytes:
    """SDMX-CSV 2.0: one line a figure, with the dataflow and action R (replace)."""
    rows = table.rows
    length = rows.num_rows
    columns: dict[str, pa.Array | pa.ChunkedArray] = {
        "STRUCTURE": pa.repeat(pa.scalar("dataflow"), length),
        "STRUCTURE_ID": pa.repeat(pa.scalar(dataflow_of(table)), length),
        "ACTION": pa.repeat(pa.scalar("R"), length),
        **{name: rows[name] for name in table.columns},
        "OBS_VALUE": rows["value"].cast(pa.string()),
        "OBS_STATUS": rows["status"],
        "UNIT_MEASURE": rows["unit"],
    }
    out = io.BytesIO()
    options = arrow_csv.WriteOptions(quoting_style="needed")
    arrow_csv.write_csv(pa.table(columns), out, options)
    return out.getvalue()


def data_json(table: PublishedTable, prepared: datetime) -> str:
    """SDMX-JSON 2.0 data message, series by series with time inside."""
    series_of = [d for d in table.dimensions if d.id != TIME]
    time = next(d for d in table.dimensions if d.id == TIME)
    columns = {name: table.rows[name].to_pylist() for name in table.rows.column_names}
    values = {d.id: _values(d, columns[d.id]) for d in table.dimensions}
    places = {key: {v["id"]: at for at, v in enumerate(found)} for key, found in values.items()}
    statuses = [{"id": k, "name": n, "names": {"zh": n, "en": e}} for k, (n, e) in STATUSES.items()]
    units = sorted(set(columns["unit"]))
    status_at = {key: at for at, key in enumerate(STATUSES)}
    unit_at = {unit: at for at, unit in enumerate(units)}
    series: dict[str, dict[str, Any]] = {}
    for row in range(table.rows.num_rows):
        key = ":".join(str(places[d.id][columns[d.id][row]]) for d in series_of)
        value = columns["value"][row]
        observed = series.setdefault(key, {"observations": {}})["observations"]
        observed[str(places[TIME][columns[TIME][row]])] = [
            None if value is None else str(value),
            status_at[columns["status"][row]],
            unit_at[columns["unit"][row]],
        ]
    structure = {
        "links": [{"rel": "dataflow", "urn": _urn(table)}],
        "dimensions": {
            "series": [_described(d, values[d.id], at) for at, d in enumerate(series_of)],
            "observation": [_described(time, values[TIME], len(series_of))],
        },
        "measures": {"observation": [{"id": "OBS_VALUE", "name": "数值"}]},
        "attributes": {
            "observation": [
                {"id": "OBS_STATUS", "name": "数据状态", "values": statuses},
                {"id": "UNIT_MEASURE", "name": "计量单位", "values": [{"id": u} for u in units]},
            ]
        },
        "dataSets": [0],
    }
    message = {
        "meta": {
            "schema": _SCHEMA,
            "id": message_id(table),
            "prepared": prepared.isoformat(),
            "contentLanguages": ["zh", "en"],
            "sender": {"id": AGENCY},
        },
        "data": {
            "structures": [structure],
            "dataSets": [{"structure": 0, "action": "Replace", "series": series}],
        },
    }
    return json.dumps(message, ensure_ascii=False)


def _urn(table: PublishedTable) -> str:
    return f"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={dataflow_of(table)}"


def _values(dimension: Dimension, said: Sequence[str]) -> list[dict[str, Any]]:
    """The codes that the data use, in the order of their list; periods in their own."""
    used = set(said)
    if not dimension.codes:
        return [{"id": value} for value in sorted(used)]
    return [
        {"id": code.id, "name": code.name, "names": {"zh": code.name, "en": code.name_en}}
        for code in dimension.codes
        if code.id in used
    ]


def _described(dimension: Dimension, values: list[dict[str, Any]], position: int) -> dict[str, Any]:
    return {
        "id": dimension.id,
        "name": dimension.name,
        "names": {"zh": dimension.name, "en": dimension.name_en},
        "keyPosition": position,
        "values": values,
    }
