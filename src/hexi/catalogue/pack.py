"""Loading a policy pack (装载数据包): all tables read and checked, then one frozen `Pack`.

A pack is refused as a whole: an office must not work with half of a set of targets. What is wrong
is reported in one go, however many places there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from hexi.catalogue import schema
from hexi.catalogue.crosscheck import Sheets, crosscheck
from hexi.catalogue.evidence import Observation, PackTarget, PlanRef, Source
from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.lookup import Catalogue
from hexi.catalogue.nouns import (
    Classification,
    ClassItem,
    Indicator,
    Membership,
    Method,
    SeriesBreak,
    Unit,
)
from hexi.catalogue.plan_figures import FIGURES, PlanFigure, check_figures
from hexi.catalogue.tables import Row, Table, read_table
from hexi.catalogue.toml_lines import TomlFile, read_toml
from hexi.catalogue.valuecheck import valuecheck

__all__ = ["Pack", "check_pack", "load_pack", "pack_path"]

PACKS = Path(__file__).parent.parent / "packs"

Noun = TypeVar("Noun")


@dataclass(frozen=True)
class Pack:
    """A policy pack as the rest of the house uses it."""

    id: str
    name: str
    name_en: str
    version: str
    licence: str
    #: id of the unit that the pack is about
    region: str
    note: str
    note_en: str
    methods: tuple[Method, ...]
    indicators: tuple[Indicator, ...]
    units: tuple[Unit, ...]
    memberships: tuple[Membership, ...]
    classifications: tuple[Classification, ...]
    plans: tuple[PlanRef, ...]
    targets: tuple[PackTarget, ...]
    sources: tuple[Source, ...]
    observations: tuple[Observation, ...]
    breaks: tuple[SeriesBreak, ...]
    #: every figure of the plan documents, in reading order
    figures: tuple[PlanFigure, ...] = ()

    @cached_property
    def catalogue(self) -> Catalogue:
        """Names of the pack."""
        return Catalogue(self.indicators, self.units, self.memberships)

    @cached_property
    def _plans(self) -> dict[str, PlanRef]:
        return {plan.id: plan for plan in self.plans}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    def plan(self, plan_id: str) -> PlanRef:
        """The plan of an id."""
        return self._plans[plan_id]

    @cached_property
    def _figures(self) -> dict[str, list[PlanFigure]]:
        found: dict[str, list[PlanFigure]] = {}
        for figure in self.figures:
            found.setdefault(figure.plan, []).append(figure)
        return found

    def figures_of(self, plan_id: str) -> Sequence[PlanFigure]:
        """The figures of a plan's document, in reading order; none where it was not at hand."""
        return self._figures.get(plan_id, ())

    def source(self, source_id: str) -> Source:
        """The source of an id."""
        return self._sources[source_id]


def pack_path(path_or_name: str | Path) -> Path:
    """Directory of a pack: one that ships with Hexi, by name, or any directory."""
    shipped = PACKS / str(path_or_name)
    if isinstance(path_or_name, str) and path_or_name.isidentifier() and shipped.is_dir():
        return shipped
    return Path(path_or_name)


def load_pack(path_or_name: str | Path = "gansu") -> Pack:
    """The pack, read once for each state of its files; `PackError` names every fault."""
    root = pack_path(path_or_name).resolve()
    if not root.is_dir():
        missing = Fault(str(path_or_name), 0, "", "数据包目录", "没有此目录", "a pack directory")
        raise PackError(str(path_or_name), [missing])
    return _load(root, _state(root))


def check_pack(path_or_name: str | Path = "gansu") -> list[Fault]:
    """Every fault of a pack, in the order of files and lines; empty where it is sound."""
    try:
        load_pack(path_or_name)
    except PackError as error:
        return error.faults
    return []


def _state(root: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells one state of the files from another."""
    files = sorted(path for path in root.rglob("*") if path.suffix in (".csv", ".toml"))
    stats = [(str(path), path.stat()) for path in files]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@lru_cache(maxsize=8)
def _load(root: Path, _files: tuple[tuple[str, int, int], ...]) -> Pack:
    faults: list[Fault] = []
    head = _toml(root, "pack.toml", faults)
    about = _one(head, ("pack",), schema.PACK, faults) if head else {}
    if about.get("format", schema.FORMAT) != schema.FORMAT and head:
        faults.append(
            Fault(
                "pack.toml",
                head.line("pack", "format"),
                "pack.format",
                f"{schema.FORMAT}",
                f"{about['format']}",
            )
        )
    sheets = _sheets(root, head, faults)
    faults += crosscheck(sheets, str(about.get("region", "")))
    faults += valuecheck(sheets)
    figures = read_table(root, FIGURES, faults)
    faults += check_figures(figures, {str(row.cells["id"]) for row in sheets.plans})
    if faults:
        raise PackError(str(root.name), faults)
    return _pack(about, sheets, figures)


def _sheets(root: Path, head: TomlFile | None, faults: list[Fault]) -> Sheets:
    """All tables of the pack, checked cell by cell."""

    def rows(table: Table) -> list[Row]:
        return read_table(root, table, faults)

    plans = _toml(root, "plans.toml", faults) if (root / "plans.toml").exists() else None
    breaks = _toml(root, "breaks.toml", faults) if (root / "breaks.toml").exists() else None
    return Sheets(
        methods=rows(schema.METHODS),
        indicators=rows(schema.INDICATORS),
        units=rows(schema.UNITS),
        memberships=rows(schema.MEMBERSHIPS),
        targets=rows(schema.TARGETS),
        sources=rows(schema.SOURCES),
        observations=rows(schema.OBSERVATIONS),
        plans=_each(plans, "plan", schema.PLAN, faults),
        breaks=_each(breaks, "break", schema.BREAK, faults),
        classifications=_classifications(root, head, faults),
    )


def _classifications(
    root: Path, head: TomlFile | None, faults: list[Fault]
) -> list[tuple[Row, str, list[Row]]]:
    keys = tuple(
        schema.Key(name, str, required=name in ("id", "title", "title_en", "file"))
        for name in ("id", "title", "title_en", "file", "source", "licence", "note")
    )
    found: list[tuple[Row, str, list[Row]]] = []
    for row in _each(head, "classification", keys, faults):
        file = str(row.cells.get("file", ""))
        items = read_table(root, Table(file, schema.CLASS_ITEMS), faults) if file else []
        found.append((row, file, items))
    return found


def _toml(root: Path, file: str, faults: list[Fault]) -> TomlFile | None:
    return read_toml(root, file, faults)


def _each(
    toml: TomlFile | None, name: str, keys: Sequence[schema.Key], faults: list[Fault]
) -> list[Row]:
    """The tables of an array of tables, checked key by key."""
    if toml is None:
        return []
    listed = toml.values.get(name, [])
    if not isinstance(listed, list):
        faults.append(
            Fault(toml.file, toml.line(name), name, f"[[{name}]] 表组", "其他写法", f"[[{name}]]")
        )
        return []
    rows: list[Row] = []
    for index in range(len(listed)):
        before = len(faults)
        values = _one(toml, (name, index), keys, faults)
        rows.append(Row(toml.line(name, index), values, len(faults) == before))
    return rows


_TYPES = {
    str: ("文字", "text"),
    int: ("整数", "a whole number"),
    list: ("文字列表", "a list of text"),
}


def _one(
    toml: TomlFile, path: tuple[str | int, ...], keys: Sequence[schema.Key], faults: list[Fault]
) -> dict[str, Any]:
    """One TOML table against its keys; keys left out get an empty value."""
    values: Any = toml.values
    for step in path:
        values = values.get(step, {}) if isinstance(values, dict) else values[step]
    dotted = ".".join(str(step) for step in path)
    known = {key.name for key in keys}
    for name in values:
        if name not in known:
            faults.append(
                Fault(
                    toml.file,
                    toml.line(*path, name),
                    f"{dotted}.{name}",
                    "规定的键：" + "、".join(sorted(known)),
                    "未知的键",
                    "one of " + ", ".join(sorted(known)),
                )
            )
    return {key.name: _value(toml, path, dotted, key, values, faults) for key in keys}


def _value(
    toml: TomlFile,
    path: tuple[str | int, ...],
    dotted: str,
    key: schema.Key,
    values: dict[str, Any],
    faults: list[Fault],
) -> Any:
    place = (toml.line(*path, key.name), f"{dotted}.{key.name}")
    if key.name not in values:
        if key.required:
            faults.append(Fault(toml.file, *place, "必填内容", "缺少此键", "a value"))
        return () if key.type is list else key.type()
    value = values[key.name]
    right = isinstance(value, key.type) and not isinstance(value, bool)
    if right and key.type is list:
        right = all(isinstance(item, str) for item in value)
        value = tuple(value)
    if not right:
        zh, en = _TYPES[key.type]
        faults.append(Fault(toml.file, *place, zh, f"{values[key.name]!r}", en))
        return () if key.type is list else key.type()
    if key.choices and value not in key.choices:
        zh, en = "、".join(key.choices), ", ".join(key.choices)
        faults.append(Fault(toml.file, *place, f"{zh} 之一", f"“{value}”", f"one of {en}"))
    return value


def _pack(about: dict[str, Any], sheets: Sheets, figures: list[Row]) -> Pack:
    def nouns(noun: type[Noun], rows: list[Row]) -> tuple[Noun, ...]:
        return tuple(noun(**row.cells) for row in rows)

    classifications = []
    for row, _file, items in sheets.classifications:
        cells = {name: value for name, value in row.cells.items() if name != "file"}
        classifications.append(Classification(**cells, items=nouns(ClassItem, items)))
    observations = tuple(Observation(**row.cells, line=row.line) for row in sheets.observations)
    return Pack(
        **{name: value for name, value in about.items() if name != "format"},
        methods=nouns(Method, sheets.methods),
        indicators=nouns(Indicator, sheets.indicators),
        units=nouns(Unit, sheets.units),
        memberships=nouns(Membership, sheets.memberships),
        classifications=tuple(classifications),
        plans=nouns(PlanRef, sheets.plans),
        targets=nouns(PackTarget, sheets.targets),
        sources=nouns(Source, sheets.sources),
        observations=observations,
        breaks=nouns(SeriesBreak, sheets.breaks),
        figures=nouns(PlanFigure, figures),
    )
