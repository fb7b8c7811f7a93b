"""The structure message of a table (SDMX 3.0 结构消息): code lists, concepts, definition, dataflow.

Built of the model of the Bank for International Settlements' own library and written by it as
SDMX-JSON 2.0. That model keeps one name an item, so names in the second language and the parents
of a tree are added to the message that it writes, where the standard has them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.model import (
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    Dataflow,
    DataStructureDefinition,
    DataType,
    Organisation,
    Role,
)
from pysdmx.model.message import Header

from hexi.statistics.exchange.published import STATUSES, TIME, Dimension, PublishedTable
from hexi.statistics.exchange.published import Code as PublishedCode

__all__ = ["AGENCY", "dataflow_of", "message_id", "structure_message"]

AGENCY: Final = "HEXI"

_CONCEPTS: Final = "CS_HEXI"
_URN: Final = "urn:sdmx:org.sdmx.infomodel"
_STATUS: Final = Dimension(
    "OBS_STATUS",
    "数据状态",
    "Observation status",
    tuple(PublishedCode(key, *names) for key, names in STATUSES.items()),
)
_MEASURE: Final = Dimension("OBS_VALUE", "数值", "Value")
_UNIT: Final = Dimension("UNIT_MEASURE", "计量单位", "Unit of measure")


def dataflow_of(table: PublishedTable) -> str:
    """``AGENCY:ID(version)``, by which the data of a table name their structure."""
    return f"{AGENCY}:{table.id}({table.version})"


def message_id(table: PublishedTable) -> str:
    """Identifier of the messages of a release; the standard allows no points in it."""
    return f"{table.id}-{table.version.replace('.', '-')}"


def structure_message(table: PublishedTable, prepared: datetime) -> str:
    """SDMX-JSON 2.0 structure message of a table."""
    listed = [d for d in (*table.dimensions, _STATUS) if d.codes]
    codelists = [_codelist(dimension, table.version) for dimension in listed]
    concepts = [*table.dimensions, _MEASURE, _STATUS, _UNIT]
    scheme = ConceptScheme(
        _CONCEPTS,
        agency=AGENCY,
        version=table.version,
        name="概念",
        items=[Concept(c.id, name=c.name) for c in concepts],
    )
    definition = DataStructureDefinition(
        f"DSD_{table.id}",
        agency=AGENCY,
        version=table.version,
        name=table.title,
        components=Components(_components(table)),
    )
    flow = Dataflow(
        table.id,
        agency=AGENCY,
        version=table.version,
        name=table.title,
        description=table.description or None,
        structure=definition,
    )
    header = Header(
        id=message_id(table),
        test=False,
        prepared=prepared,
        sender=Organisation(AGENCY),
    )
    written = write_sdmx(
        [*codelists, scheme, definition, flow], Format.STRUCTURE_SDMX_JSON_2_0_0, header=header
    )
    return _with_both_names(json.loads(written or "{}"), table, listed, concepts)


def _codelist(dimension: Dimension, version: str) -> Codelist:
    return Codelist(
        f"CL_{dimension.id}",
        agency=AGENCY,
        version=version,
        name=dimension.name,
        items=[Code(code.id, name=code.name) for code in dimension.codes],
    )


def _components(table: PublishedTable) -> list[Component]:
    def component(one: Dimension, role: Role, dtype: DataType, **more: Any) -> Component:
        urn = f"{_URN}.conceptscheme.Concept={AGENCY}:{_CONCEPTS}({table.version}).{one.id}"
        codes = f"{_URN}.codelist.Codelist={AGENCY}:CL_{one.id}({table.version})"
        return Component(
            one.id,
            required=role is Role.DIMENSION,
            role=role,
            concept=Concept(one.id, urn=urn),
            local_dtype=dtype,
            local_enum_ref=codes if one.codes else None,
            **more,
        )

    dimensions = [
        component(one, Role.DIMENSION, DataType.PERIOD if one.id == TIME else DataType.STRING)
        for one in table.dimensions
    ]
    return [
        *dimensions,
        component(_MEASURE, Role.MEASURE, DataType.DECIMAL),
        component(_STATUS, Role.ATTRIBUTE, DataType.STRING, attachment_level="O"),
        component(_UNIT, Role.ATTRIBUTE, DataType.STRING, attachment_level="O"),
    ]


def _with_both_names(
    message: dict[str, Any],
    table: PublishedTable,
    listed: Sequence[Dimension],
    concepts: Sequence[Dimension],
) -> str:
    message["meta"]["contentLanguages"] = ["zh", "en"]
    data = message["data"]
    for codelist, dimension in zip(data["codelists"], listed, strict=True):
        _name(codelist, dimension.name, dimension.name_en)
        codes = {code.id: code for code in dimension.codes}
        for item in codelist["codes"]:
            code = codes[item["id"]]
            _name(item, code.name, code.name_en)
            if code.parent in codes:
                item["parent"] = code.parent
    for item, concept in zip(data["conceptSchemes"][0]["concepts"], concepts, strict=True):
        _name(item, concept.name, concept.name_en)
    for item in (*data["dataStructures"], *data["dataflows"]):
        _name(item, table.title, table.title_en)
    [definition] = data["dataStructures"]
    # the library writes the groups that there are none of, which the schema refuses
    definition["dataStructureComponents"].pop("groups", None)
    return json.dumps(message, ensure_ascii=False, indent=1)


def _name(item: dict[str, Any], name: str, name_en: str) -> None:
    names: Mapping[str, str] = {"zh": name, "en": name_en}
    item["names"] = {language: said for language, said in names.items() if said}
