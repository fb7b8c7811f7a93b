"""Open data: the standard's own library reads it back, and nothing suppressed leaks."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from pysdmx.io import read_sdmx
from pysdmx.model import Codelist, Dataflow, DataStructureDefinition

from hexi.statistics.exchange import (
    Code,
    Dimension,
    Distribution,
    PublishedTable,
    TableError,
    catalogue,
    data_csv,
    data_json,
    plain_csv,
    sidecar,
    structure_message,
)

AT = datetime(2026, 2, 1, tzinfo=UTC)
UNITS = Dimension(
    "REF_AREA",
    "单位",
    "Unit",
    (Code("gs", "甘肃省", "Gansu"), Code("lz", "兰州市", "Lanzhou", parent="gs")),
)
INDICATORS = Dimension("INDICATOR", "指标", "Indicator", (Code("output", "总产值", "Output"),))
TIME = Dimension("TIME_PERIOD", "时期", "Period")


def table(**changed: Any) -> PublishedTable:
    rows = {
        "REF_AREA": ["gs", "gs", "lz"],
        "INDICATOR": ["output"] * 3,
        "TIME_PERIOD": ["2025", "2024", "2025"],
        "value": ["120.50", "98.00", None],
        "status": ["A", "P", "Q"],
        "unit": ["亿元"] * 3,
        **changed,
    }
    return PublishedTable(
        "ZONES", "开发区统计", "Statistics of zones", (UNITS, INDICATORS, TIME), pa.table(rows),
        issued="2026-02-01", publisher="商务厅", license="https://example.org/licence",
        keywords=("开发区",),
    )  # fmt: skip


def test_the_structure_is_read_back_with_its_lists() -> None:
    message = read_sdmx(structure_message(table(), AT))
    structures = message.structures or []
    units = next(s for s in structures if isinstance(s, Codelist) and s.id == "CL_REF_AREA")
    assert [code.id for code in units] == ["gs", "lz"]
    [definition] = [s for s in structures if isinstance(s, DataStructureDefinition)]
    assert [d.id for d in definition.components.dimensions] == [
        "REF_AREA", "INDICATOR", "TIME_PERIOD",
    ]  # fmt: skip
    assert [s.id for s in structures if isinstance(s, Dataflow)] == ["ZONES"]


def test_the_structure_has_both_languages_and_the_tree() -> None:
    lists = json.loads(structure_message(table(), AT))["data"]["codelists"]
    lanzhou = lists[0]["codes"][1]
    assert lanzhou["names"] == {"zh": "兰州市", "en": "Lanzhou"}
    assert lanzhou["parent"] == "gs"


def test_every_coded_dimension_names_its_list() -> None:
    [definition] = json.loads(structure_message(table(), AT))["data"]["dataStructures"]
    dimensions = definition["dataStructureComponents"]["dimensionList"]["dimensions"]
    assert [d["localRepresentation"]["enumeration"].rpartition(":")[2] for d in dimensions] == [
        "CL_REF_AREA(1.0)", "CL_INDICATOR(1.0)",
    ]  # fmt: skip


def test_sdmx_csv_keeps_figures_as_printed() -> None:
    rows = list(csv.DictReader(io.StringIO(data_csv(table()).decode())))
    assert [row["OBS_VALUE"] for row in rows] == ["120.50", "98.00", ""]
    assert rows[0]["STRUCTURE_ID"] == "HEXI:ZONES(1.0)"
    assert rows[2]["OBS_STATUS"] == "Q"


def test_sdmx_json_places_each_figure_by_its_codes() -> None:
    message = json.loads(data_json(table(), AT))
    [structure] = message["data"]["structures"]
    [areas, indicators] = structure["dimensions"]["series"]
    [periods] = structure["dimensions"]["observation"]
    [dataset] = message["data"]["dataSets"]
    seen = {}
    for key, series in dataset["series"].items():
        at = [int(place) for place in key.split(":")]
        area, indicator = areas["values"][at[0]]["id"], indicators["values"][at[1]]["id"]
        for place, observation in series["observations"].items():
            seen[area, indicator, periods["values"][int(place)]["id"]] = observation[0]
    assert seen == {
        ("gs", "output", "2025"): "120.50",
        ("gs", "output", "2024"): "98.00",
        ("lz", "output", "2025"): None,
    }


def test_plain_csv_opens_in_a_spreadsheet_with_names_beside_codes() -> None:
    text = plain_csv(table())
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert rows[2] == {
        "REF_AREA": "lz", "REF_AREA_name": "兰州市", "INDICATOR": "output",
        "INDICATOR_name": "总产值", "TIME_PERIOD": "2025", "value": "", "unit": "亿元",
        "status": "Q",
    }  # fmt: skip


def test_the_sidecar_describes_the_columns_that_are_there() -> None:
    metadata = json.loads(sidecar(table(), "zones.csv"))
    named = [column["name"] for column in metadata["tableSchema"]["columns"]]
    head = plain_csv(table()).decode("utf-8-sig").splitlines()[0]
    assert named == head.replace('"', "").split(",")
    assert metadata["url"] == "zones.csv"


def test_the_catalogue_lists_each_form_of_a_table() -> None:
    form = Distribution("https://example.org/zones.csv", "text/csv", "CSV")
    said = json.loads(
        catalogue("https://example.org/", {"zh": "数据目录"}, {"zh": "厅"}, [(table(), [form])])
    )
    [dataset] = said["dcat:dataset"]
    assert dataset["dct:temporal"]["dct:description"] == "2024 – 2025"
    assert dataset["dcat:distribution"][0]["dcat:downloadURL"] == {"@id": form.address}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"REF_AREA": ["gs", "gs", "xx"]}, "REF_AREA has codes that its list does not: xx"),
        ({"TIME_PERIOD": ["2025", "2025", "2025"]}, "1 cells are given twice"),
        ({"value": ["1", "2", "3"]}, "a suppressed cell has a value"),
        ({"status": ["A", "A", "Z"]}, "status has codes that its list does not: Z"),
    ],
)
def test_a_table_with_a_fault_is_not_published(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(TableError, match=said):
        table(**changed)


def test_sdmx_csv_is_read_by_the_library_of_the_standard() -> None:
    [dataset] = read_sdmx(data_csv(table()).decode()).data or []
    frame = dataset.data
    assert dataset.short_urn == "Dataflow=HEXI:ZONES(1.0)"
    assert list(frame["OBS_VALUE"])[:2] == ["120.50", "98.00"]
