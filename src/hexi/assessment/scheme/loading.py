"""Reading schemes from a pack (装载考核办法): one TOML file a version, every fault with its line.

A file is flat: ``[[group]]`` and ``[[item]]`` name their parent, so that an official can move an
indicator by changing one word. What a scheme is stands in `nouns`; what makes one sound as a whole,
and against the other schemes of the pack, in `checking`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from hexi.assessment.scheme.checking import check_scheme, check_together
from hexi.assessment.scheme.nouns import (
    AGGREGATIONS,
    WEIGHTINGS,
    Group,
    Grouping,
    Item,
    Missing,
    Named,
    Points,
    Scheme,
    Source,
    Treatment,
    Veto,
)
from hexi.assessment.scheme.scorings import read_scoring
from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import load_pack, pack_path
from hexi.catalogue.toml_keys import Keys
from hexi.catalogue.toml_lines import TomlFile, read_toml

__all__ = ["Schemes", "check_schemes", "load_schemes", "read_scheme"]

FOLDER = "schemes"
_TABLES = frozenset(
    {"scheme", "source", "missing", "group", "item", "points", "veto", "grouping", "grade"}
)
_KINDS = ("zones", "parks", "departments", "posts", "counties")
_MISSING = ("refuse", "leave_out", "zero", "mean", "median", "group_mean", "latest", "linear")
_DIRECTIONS = ("up", "down")


@dataclass(frozen=True)
class Schemes:
    """The schemes of a pack, every version of each."""

    every: tuple[Scheme, ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the schemes, in the order of the files."""
        return tuple(dict.fromkeys(scheme.id for scheme in self.every))

    def of_kind(self, kind: str) -> tuple[Scheme, ...]:
        """Schemes that assess zones, parks, departments, posts or counties."""
        return tuple(scheme for scheme in self.every if scheme.kind == kind)

    def versions(self, scheme_id: str) -> tuple[Scheme, ...]:
        """Versions of a scheme, the earliest first."""
        found = (scheme for scheme in self.every if scheme.id == scheme_id)
        return tuple(sorted(found, key=lambda scheme: scheme.since))

    def version(self, scheme_id: str, version: str) -> Scheme:
        """One version; KeyError for an unknown one."""
        for scheme in self.versions(scheme_id):
            if scheme.version == version:
                return scheme
        raise KeyError((scheme_id, version))

    def in_force(self, scheme_id: str, year: int) -> Scheme:
        """The version that assesses a year; KeyError where there is none."""
        for scheme in self.versions(scheme_id):
            if scheme.since <= year <= (scheme.until or year):
                return scheme
        raise KeyError((scheme_id, year))


def load_schemes(pack: str | Path = "gansu") -> Schemes:
    """The schemes of a pack, read once a state of its files; `PackError` names every fault."""
    root = pack_path(pack).resolve()
    state = tuple(
        (path.name, path.stat().st_mtime_ns, path.stat().st_size)
        for path in sorted((root / FOLDER).glob("*.toml"))
    )
    return _load(root, state)


def check_schemes(pack: str | Path = "gansu") -> list[Fault]:
    """Every fault of a pack's schemes, in the order of files and lines; empty where sound."""
    try:
        load_schemes(pack)
    except PackError as error:
        return sorted(error.faults)
    return []


@lru_cache(maxsize=8)
def _load(root: Path, state: tuple[tuple[str, int, int], ...]) -> Schemes:
    catalogue = load_pack(root).catalogue
    faults: list[Fault] = []
    read: list[tuple[TomlFile, Scheme]] = []
    for name, _, _ in state:
        toml = read_toml(root, f"{FOLDER}/{name}", faults)
        if toml is None:
            continue
        before = len(faults)
        scheme = read_scheme(toml, faults)
        if scheme is not None and len(faults) == before:
            faults += check_scheme(scheme, toml, catalogue)
            read.append((toml, scheme))
    faults += check_together(read)
    if faults:
        raise PackError(root.name, faults)
    return Schemes(tuple(scheme for _, scheme in read))


def read_scheme(toml: TomlFile, faults: list[Fault]) -> Scheme | None:
    """The scheme of one file; None, with faults, where it has no tree."""
    before = len(faults)
    for name in toml.values:
        if name not in _TABLES:
            listed = ", ".join(sorted(_TABLES))
            faults.append(
                Fault(
                    toml.file,
                    toml.line(name) or toml.line(name, 0),
                    name,
                    f"规定的表：{listed}",
                    "未知的表",
                    listed,
                )
            )
    head = Keys(toml, ("scheme",), toml.values.get("scheme"), faults)
    scheme_id, version = head.text("id", required=True), head.text("version", required=True)
    title = _named(head, "title")
    kind = head.choice("kind", _KINDS)
    since = head.number("since", 1984, 2200)
    until = head.number("until", since, 2200) if head.has("until") else None
    class_by = head.text("class_by")
    decimals = head.number("decimals", 0, 8, default=2)
    least_years = head.number("least_years", 0, 50, default=0)
    outcomes = head.texts("outcomes")
    root_head = _GroupHead(head, scheme_id, title)
    head.done()
    source = _whole_source(Keys(toml, ("source",), toml.values.get("source", {}), faults))
    missing = Missing()
    if "missing" in toml.values:
        keys = Keys(toml, ("missing",), toml.values["missing"], faults)
        missing = _missing(keys)
    tree = _Tree(toml, faults, root_head)
    points, vetoes = _points(toml, faults), _vetoes(toml, faults)
    groupings, grades = _groupings(toml, faults), _grades(toml, faults)
    if len(faults) > before:
        return None
    return Scheme(
        scheme_id, version, title, kind, since, until, source, tree.root(),  # type: ignore[arg-type]
        class_by=class_by, missing=missing, points=points, vetoes=vetoes, groupings=groupings,
        grades=grades, decimals=decimals, least_years=least_years, outcomes=outcomes,
    )  # fmt: skip


class _GroupHead:
    """What a group says of itself; its members come from what names it as parent."""

    def __init__(self, keys: Keys, group_id: str, name: Named) -> None:
        self.id, self.name = group_id, name
        self.aggregation = keys.choice("aggregation", AGGREGATIONS, default="arithmetic")
        self.weighting = keys.choice("weighting", WEIGHTINGS, default="given")
        self.total = keys.amount("total", default=100.0)
        self.judgements = keys.rows("judgements")
        bounds = keys.amounts("bounds")
        self.bounds = (bounds.get("least", 0.5), bounds.get("most", 1.5))
        self.weight, self.by_class = 1.0, dict[str, float]()
        self.source: Source | None = None

    def with_members(self, members: tuple[Group | Item, ...]) -> Group:
        return Group(
            self.id, self.name, self.weight, members, self.by_class,
            self.aggregation, self.weighting, self.total,  # type: ignore[arg-type]
            self.judgements, self.bounds, self.source,
        )  # fmt: skip


class _Tree:
    """The flat tables of a file, put together by their parents."""

    def __init__(self, toml: TomlFile, faults: list[Fault], root: _GroupHead) -> None:
        self._top = root
        self._heads: dict[str, _GroupHead] = {root.id: root}
        self._members: dict[str, list[_GroupHead | Item]] = {root.id: []}
        waiting: list[tuple[Keys, str, _GroupHead | Item]] = []
        for keys in Keys.each(toml, "group", faults):
            parent = keys.text("parent", default=root.id)
            head = _GroupHead(keys, keys.text("id", required=True), _named(keys, "name"))
            head.weight, head.by_class = _weights(keys)
            head.source = _source(keys)
            keys.done()
            self._enter(keys, head.id)
            self._heads.setdefault(head.id, head)
            self._members.setdefault(head.id, [])
            waiting.append((keys, parent, head))
        for keys in Keys.each(toml, "item", faults):
            parent = keys.text("parent", default=root.id)
            item = _item(keys)
            keys.done()
            self._enter(keys, item.id)
            waiting.append((keys, parent, item))
        for keys, parent, member in waiting:
            if parent not in self._heads:
                keys.fault("parent", "本文件中组的 id", f"“{parent}”", "id of a group of this file")
            else:
                self._members[parent].append(member)
        for keys, _, member in waiting:
            if isinstance(member, _GroupHead) and self._loops(member.id, waiting):
                keys.fault(
                    "parent", "不绕回自身的上级", "绕回自身", "a parent that is not inside it"
                )

    def _enter(self, keys: Keys, node: str) -> None:
        self._seen = getattr(self, "_seen", {self._top.id})
        if node and node in self._seen:
            keys.fault("id", "不重复的 id", f"“{node}”", "an id of its own")
        self._seen.add(node)

    def _loops(self, node: str, waiting: list[tuple[Keys, str, _GroupHead | Item]]) -> bool:
        above = {member.id: parent for _, parent, member in waiting}
        seen, at = set[str](), above.get(node, "")
        while at in above and at not in seen:
            if at == node:
                return True
            seen.add(at)
            at = above[at]
        return at == node

    def root(self) -> Group:
        """The tree; groups come before items where both stand in one."""
        return self._built(self._top)

    def _built(self, head: _GroupHead) -> Group:
        return head.with_members(
            tuple(
                self._built(member) if isinstance(member, _GroupHead) else member
                for member in self._members[head.id]
            )
        )


def _item(keys: Keys) -> Item:
    weight, by_class = _weights(keys)
    scoring = keys.table("scoring")
    treatment, missing = keys.table("treatment"), keys.table("missing")
    return Item(
        id=keys.text("id", required=True),
        name=_named(keys, "name"),
        indicator=keys.text("indicator"),
        unit=keys.text("unit"),
        direction=-1 if keys.choice("direction", _DIRECTIONS, default="up") == "down" else 1,
        scoring=read_scoring(scoring),
        weight=weight,
        by_class=by_class,
        per=keys.text("per"),
        treatment=_treatment(treatment) if treatment else Treatment(),
        missing=_missing(missing) if missing else None,
        source=_source(keys),
    )


def _named(keys: Keys, key: str) -> Named:
    return Named(keys.text(key, required=True), keys.text(f"{key}_en", required=True))


def _weights(keys: Keys) -> tuple[float, dict[str, float]]:
    """One weight for all, or one for each class of units."""
    by_class = keys.amounts("weights")
    weight = keys.amount("weight", default=0.0 if by_class else None)
    for name, value in [("", weight), *by_class.items()]:
        if value < 0:
            keys.fault("weights" if name else "weight", "不小于零", f"{value:g}", "zero or more")
    return weight, by_class


def _source(keys: Keys) -> Source | None:
    """Where a part of the scheme differs from the whole in its source or in what is assumed."""
    title, assumed = keys.text("source"), keys.text("assumed")
    assumed_en = keys.text("assumed_en", required=bool(assumed))
    return Source(title, assumed=assumed, assumed_en=assumed_en) if title or assumed else None


def _whole_source(keys: Keys) -> Source:
    assumed = keys.text("assumed")
    found = Source(
        keys.text("title", required=True),
        keys.text("number"),
        keys.text("issuer"),
        assumed,
        keys.text("assumed_en", required=bool(assumed)),
    )
    keys.done()
    return found


def _missing(keys: Keys) -> Missing:
    rule = keys.choice("rule", _MISSING, default="refuse")
    share = keys.amount("least_share", default=0.0)
    if not 0 <= share <= 1:
        keys.fault("least_share", "0 至 1", f"{share:g}", "from 0 to 1")
    keys.done()
    return Missing(rule, share)  # type: ignore[arg-type]


def _treatment(keys: Keys) -> Treatment:
    found = Treatment(
        keys.number("winsorise", 0, 1000, default=0),
        keys.choice("transform", ("none", "log", "boxcox"), default="none").replace("none", ""),  # type: ignore[arg-type]
        keys.amount("skew", default=2.0),
        keys.amount("kurtosis", default=3.5),
    )
    keys.done()
    return found


def _points(toml: TomlFile, faults: list[Fault]) -> tuple[Points, ...]:
    found = []
    for keys in Keys.each(toml, "points", faults):
        cap = keys.amount("cap") if keys.has("cap") else None
        if cap is not None and cap < 0:
            keys.fault("cap", "不小于零", f"{cap:g}", "zero or more")
        each = keys.amount("each")
        name = _named(keys, "name")
        found.append(Points(keys.text("id", required=True), name, each, cap, _source(keys)))
        keys.done()
    return tuple(found)


def _vetoes(toml: TomlFile, faults: list[Fault]) -> tuple[Veto, ...]:
    found = []
    for keys in Keys.each(toml, "veto", faults):
        effect = keys.choice("effect", ("unrated", "lowest", "capped"))
        cap = keys.amount("cap") if effect == "capped" else None
        name = _named(keys, "name")
        found.append(Veto(keys.text("id", required=True), name, effect, cap, _source(keys)))  # type: ignore[arg-type]
        keys.done()
    return tuple(found)


def _groupings(toml: TomlFile, faults: list[Fault]) -> tuple[Grouping, ...]:
    found = []
    for keys in Keys.each(toml, "grouping", faults):
        attribute, name = keys.text("attribute", required=True), _named(keys, "name")
        zh, en = keys.texts("classes"), keys.texts("classes_en")
        if len(zh) != len(en):
            keys.fault("classes_en", f"{len(zh)}个英文名", f"{len(en)}个", f"{len(zh)} names")
        classes = tuple(Named(*pair) for pair in zip(zh, en, strict=False))
        found.append(Grouping(attribute, name, classes))
        keys.done()
    return tuple(found)


def _grades(toml: TomlFile, faults: list[Fault]) -> tuple[tuple[Named, float], ...]:
    found: list[tuple[Named, float]] = []
    for keys in Keys.each(toml, "grade", faults):
        least = keys.amount("least")
        if found and least >= found[-1][1]:
            keys.fault("least", "由高到低", f"{least:g}", "from the best down")
        found.append((_named(keys, "name"), least))
        keys.done()
    return tuple(found)
