"""The form of a pack (数据包格式): which files it has and what each column or key must hold."""

from __future__ import annotations

from dataclasses import dataclass

from hexi.catalogue import evidence, nouns
from hexi.catalogue.tables import Column, Table

__all__ = [
    "BREAK",
    "CLASS_ITEMS",
    "FORMAT",
    "INDICATORS",
    "MEMBERSHIPS",
    "METHODS",
    "OBSERVATIONS",
    "PACK",
    "PLAN",
    "SOURCES",
    "TARGETS",
    "UNITS",
    "Key",
]

#: version of this form; a pack says which one it is written in
FORMAT = 1

_NAME = (Column("name", required=True), Column("name_en", required=True))

METHODS = Table(
    "methods.csv",
    (
        Column("id", "id", required=True),
        Column("title", required=True),
        Column("title_en", required=True),
        Column("issuer", required=True),
    ),
)

INDICATORS = Table(
    "indicators.csv",
    (
        Column("id", "id", required=True),
        Column("domain", "id", required=True),
        *_NAME,
        Column("aliases", "many"),
        Column("near", "many"),
        Column("unit"),
        Column("alt_units", "many"),
        Column("kind", required=True, choices=nouns.KINDS),
        Column("direction", required=True, choices=nouns.DIRECTIONS),
        Column("agg", required=True, choices=nouns.AGGREGATIONS),
        Column("numerator"),
        Column("denominator"),
        Column("time_agg", required=True, choices=nouns.TIME_AGGREGATIONS),
        Column("growth", required=True, choices=nouns.GROWTHS),
        Column("nature", required=True, choices=nouns.NATURES),
        Column("facets", "many"),
        Column("method", "id", required=True),
        Column("part_of", "id"),
        Column("confused_with", "id"),
        Column("definition", required=True),
        Column("note"),
    ),
)

UNITS = Table(
    "units.csv",
    (
        Column("id", "id", required=True),
        Column("kind", required=True, choices=nouns.UNIT_KINDS),
        *_NAME,
        Column("aliases", "many"),
        Column("code"),
        Column("level", choices=("national", "provincial", "city", "county", "planned")),
        Column("zone_type"),
        Column("region"),
        Column("region_basis", choices=("named", "by_city")),
        Column("industries", "many"),
        Column("source"),
        Column("note"),
    ),
    optional=True,
)

MEMBERSHIPS = Table(
    "memberships.csv",
    (
        Column("unit", "id", required=True),
        Column("parent", "id", required=True),
        Column("since", "date"),
        Column("until", "date"),
        Column("relation", required=True, choices=("governs", "located", "counts")),
        Column("source"),
    ),
    optional=True,
)

CLASS_ITEMS = (
    Column("code", required=True),
    Column("name", required=True),
    Column("name_en"),
    Column("parent"),
    Column("level", required=True),
    Column("since", "date"),
    Column("until", "date"),
    Column("successor"),
)

TARGETS = Table(
    "targets.csv",
    (
        Column("id", "id", required=True),
        Column("plan", "id", required=True),
        Column("unit", "id", required=True),
        Column("indicator", "id", required=True),
        Column("name", required=True),
        Column("facets", "many"),
        Column("measure", required=True, choices=evidence.MEASURES),
        Column("value", "figure", required=True, field="figure"),
        Column("measure_unit"),
        Column("bound", required=True, choices=evidence.BOUNDS),
        Column("period", "period"),
        Column("base", "figure"),
        Column("base_period", "period"),
        Column("growth", "figure"),
        Column("growth_bound", choices=evidence.BOUNDS),
        Column("nature", required=True, choices=nouns.NATURES),
        Column("place", required=True),
        Column("row"),
        Column("note"),
    ),
    optional=True,
)

SOURCES = Table(
    "sources.csv",
    (
        Column("id", "id", required=True),
        Column("title", required=True),
        Column("plan", "id"),
    ),
    optional=True,
)

OBSERVATIONS = Table(
    "observations.csv",
    (
        Column("id", "id", required=True),
        Column("unit", "id", required=True),
        Column("indicator", "id", required=True),
        Column("facets", "many"),
        Column("period", "period", required=True),
        Column("value", "figure", required=True, field="figure"),
        Column("measure_unit", required=True),
        Column("basis", required=True, choices=evidence.BASES),
        Column("bound", required=True, choices=evidence.BOUNDS),
        Column("source", "id", required=True),
        Column("confidence", required=True, choices=evidence.CONFIDENCES),
        Column("vintage", "id"),
        Column("definition", "id"),
        Column("note"),
    ),
    optional=True,
)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a TOML table: its type, and whether it must be there."""

    name: str
    type: type
    required: bool = False
    choices: tuple[str, ...] = ()


PACK = (
    Key("id", str, required=True),
    Key("name", str, required=True),
    Key("name_en", str, required=True),
    Key("version", str, required=True),
    Key("format", int, required=True),
    Key("region", str),
    Key("licence", str, required=True),
    Key("note", str),
    Key("note_en", str),
)

PLAN = (
    Key("id", str, required=True),
    Key("title", str, required=True),
    Key("title_en", str, required=True),
    Key("level", str, required=True, choices=evidence.PLAN_LEVELS),
    Key("kind", str, required=True, choices=("general", "special", "annual")),
    Key("owner", str, required=True),
    Key("start", int, required=True),
    Key("end", int, required=True),
    Key("base", int, required=True),
    Key("issued", str),
    Key("number", str),
    Key("issuer", str),
    Key("upper", list),
    Key("basis", list),
    Key("reported_in", str),
    Key("status", str, required=True, choices=("issued", "draft", "reported")),
    Key("note", str),
)

BREAK = (
    Key("id", str, required=True),
    Key("indicator", str, required=True),
    Key("units", list),
    Key("period", str, required=True),
    Key("kind", str, required=True, choices=nouns.BREAK_KINDS),
    Key("before", str),
    Key("after", str),
    Key("note", str, required=True),
    Key("note_en", str, required=True),
    Key("link", str),
    Key("link_source", str),
)
