"""Reading admission rules from a pack (装载准入规则): every fault with file, line and key.

``admission/fields.toml`` says what may be asked of a project; every other file of the folder holds
``[[table]]`` and ``[[row]]``, a row naming its table, so that an official can move a rule by
changing one word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from hexi.admission.conditions import Condition, Words, parse_spans
from hexi.admission.coverage import MOST_CELLS, coverage_faults
from hexi.admission.fields import FLAGS, KINDS, Field, Group, Space, industry_tree, unit_tree
from hexi.admission.tables import EFFECTS, POLICIES, SEVERITIES, Row, Table, in_force
from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import Pack, load_pack, pack_path
from hexi.catalogue.toml_keys import Keys
from hexi.catalogue.toml_lines import TomlFile, parse_toml, read_toml

__all__ = ["Rulebook", "Trial", "check_rulebook", "load_rulebook", "try_tables"]

FOLDER = "admission"
INDUSTRIES = "gbt4754-2017"
#: a file that somebody tries out is held to less than the pack's own: it is answered at once
TRIAL_ROWS, TRIAL_CELLS = 300, 50_000


@dataclass(frozen=True)
class Rulebook:
    """Admission rules of a pack: what may be asked, and every version of every table."""

    pack: Pack
    fields: Mapping[str, Field]
    groups: tuple[Group, ...]
    tables: tuple[Table, ...]
    #: digest of the files that it was read from: which rules a screening went by
    edition: str

    def space(self, on: date) -> Space:
        """The input space with the units as they belonged on a day."""
        return _space(self.pack, self.fields, on)

    def in_force(self, on: date) -> tuple[Table, ...]:
        """The tables in force on a day."""
        return in_force(self.tables, on)


def load_rulebook(pack: str | Path = "gansu") -> Rulebook:
    """The admission rules of a pack; `PackError` names every fault."""
    root = pack_path(pack).resolve()
    paths = sorted((root / FOLDER).glob("*.toml"))
    state = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in paths)
    return _load(root, state)


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a file of tables that was tried out: its tables, and every fault."""

    tables: tuple[Table, ...]
    faults: tuple[Fault, ...]


def try_tables(text: str, name: str, pack: str | Path = "gansu") -> Trial:
    """Read a file of tables as if it stood in the pack, in place of one of the same name."""
    book = load_rulebook(pack)
    file = f"{FOLDER}/{name}"
    faults: list[Fault] = []
    toml = parse_toml(file, text, faults)
    if toml is None:
        return Trial((), tuple(faults))
    rows = toml.values.get("row")
    if isinstance(rows, list) and len(rows) > TRIAL_ROWS:
        said = (f"至多 {TRIAL_ROWS} 行", f"{len(rows)} 行", f"at most {TRIAL_ROWS} rows")
        return Trial((), (Fault(file, toml.line("row", TRIAL_ROWS), "row", *said),))
    tables = _tables(toml, _Reading(book.pack, book.fields, faults, TRIAL_CELLS))
    if not tables and not faults:
        wanted = "[[table]]"
        faults.append(Fault(file, 1, "table", f"至少一张 {wanted}", "没有", f"a {wanted}"))
    _versions([*(table for table in book.tables if table.file != file), *tables], faults)
    return Trial(tuple(tables), tuple(sorted(set(faults))))


def check_rulebook(pack: str | Path = "gansu") -> list[Fault]:
    """What is wrong with the admission rules of a pack; nothing where it has none."""
    if not (pack_path(pack) / FOLDER).is_dir():
        return []
    try:
        load_rulebook(pack)
    except PackError as error:
        # Faults of the pack's own tables are told by the check of the pack.
        return [fault for fault in error.faults if fault.file.startswith(f"{FOLDER}/")]
    return []


@lru_cache(maxsize=8)
def _load(root: Path, state: tuple[tuple[str, int, int], ...]) -> Rulebook:
    pack = load_pack(root)
    faults: list[Fault] = []
    toml = read_toml(root, f"{FOLDER}/fields.toml", faults)
    groups = _groups(toml, faults) if toml else ()
    fields = _fields(toml, groups, faults) if toml else {}
    tables: list[Table] = []
    for name, _, _ in state:
        if name == "fields.toml":
            continue
        toml = read_toml(root, f"{FOLDER}/{name}", faults)
        if toml is not None:
            tables += _tables(toml, _Reading(pack, fields, faults))
    _versions(tables, faults)
    if faults:
        raise PackError(root.name, faults)
    return Rulebook(
        pack, fields, groups, tuple(tables), _edition(root, [name for name, *_ in state])
    )


def _edition(root: Path, names: Sequence[str]) -> str:
    digest = sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + (root / FOLDER / name).read_bytes())
    return digest.hexdigest()[:12]


def _space(pack: Pack, fields: Mapping[str, Field], on: date) -> Space:
    units = pack.catalogue
    trees = {
        "industry": industry_tree(
            item for one in pack.classifications if one.id == INDUSTRIES for item in one.items
        ),
        "unit": unit_tree(units.units.values(), units.memberships, on),
    }
    return Space(fields, trees)


def _groups(toml: TomlFile, faults: list[Fault]) -> tuple[Group, ...]:
    found: list[Group] = []
    for keys in Keys.each(toml, "group", faults):
        one = Group(
            keys.text("id", required=True),
            keys.text("title", required=True),
            keys.text("title_en", required=True),
        )
        keys.done()
        if one.id in {other.id for other in found}:
            keys.fault("id", "不重复的 id", one.id, "an id of its own")
        found.append(one)
    return tuple(found)


def _fields(toml: TomlFile, groups: Sequence[Group], faults: list[Fault]) -> dict[str, Field]:
    found: dict[str, Field] = {}
    lines: dict[str, Keys] = {}
    known = tuple(group.id for group in groups)
    for keys in Keys.each(toml, "field", faults):
        one = Field(
            id=keys.text("id", required=True),
            title=keys.text("title", required=True),
            title_en=keys.text("title_en", required=True),
            kind=keys.choice("kind", KINDS),
            unit=keys.text("unit"),
            least=keys.amount("least", default=float("-inf")),
            most=keys.amount("most", default=float("inf")),
            values=keys.texts("values"),
            words=keys.texts("words"),
            words_en=keys.texts("words_en"),
            group=keys.choice("group", known) if known else keys.text("group"),
            ratio=keys.texts("ratio"),
            times=keys.amount("times", default=1.0),
            difference=keys.texts("difference"),
        )
        keys.done()
        if one.id in found:
            keys.fault("id", "不重复的 id", one.id, "an id of its own")
        if (one.kind == "choice") != bool(one.values):
            keys.fault("values", "仅 choice 类有可选词", f"{one.kind}", "words for a choice only")
        for key, words in (("words", one.words), ("words_en", one.words_en)):
            if len(words) != len(one.values):
                found_zh = f"{len(words)} 个"
                keys.fault(key, "与 values 同样多的词", found_zh, "as many words as values")
        found[one.id], lines[one.id] = one, keys
    for one in found.values():
        for key, parts in (("ratio", one.ratio), ("difference", one.difference)):
            if parts and (len(parts) != 2 or not all(_plain(found.get(part)) for part in parts)):
                said = ("两个直接填报的数字要素", "two given fields that are numbers")
                lines[one.id].fault(key, said[0], f"{list(parts)}", said[1])
    return found


def _plain(field: Field | None) -> bool:
    return field is not None and field.numeric and not field.parts


@dataclass(frozen=True, slots=True)
class _Reading:
    pack: Pack
    fields: Mapping[str, Field]
    faults: list[Fault]
    most_cells: int = MOST_CELLS


def _tables(toml: TomlFile, reading: _Reading) -> list[Table]:
    found: dict[str, Table] = {}
    places: dict[str, Keys] = {}
    for name in toml.values.keys() - {"table", "row"}:
        said = ("[[table]] 或 [[row]]", "未知的表", "[[table]] or [[row]]")
        reading.faults.append(Fault(toml.file, toml.line(name), name, *said))
    for keys in Keys.each(toml, "table", reading.faults):
        table = _table(toml.file, keys, reading)
        if table.id in found:
            keys.fault("id", "本文件内不重复的 id", table.id, "an id of its own in this file")
        found[table.id], places[table.id] = table, keys
    rows: dict[str, list[Row]] = {}
    for keys in Keys.each(toml, "row", reading.faults):
        home = found.get(keys.text("table", required=True))
        if home is None:
            keys.fault("table", "本文件内的表", keys.text("table"), "a table of this file")
        row = _row(keys, home, reading)
        if home is not None:
            if row.id in {other.id for other in rows.get(home.id, [])}:
                keys.fault("id", "表内不重复的 id", row.id, "an id of its own in the table")
            rows.setdefault(home.id, []).append(row)
    whole: list[Table] = []
    for table in found.values():
        if table.id not in rows:
            places[table.id].fault("id", "至少一行 [[row]]", "没有", "at least one [[row]]")
            continue
        whole.append(replace(table, rows=tuple(rows[table.id])))
        if not any(fault.file == toml.file for fault in reading.faults):
            _covered(whole[-1], reading)
    return whole


def _covered(table: Table, reading: _Reading) -> None:
    space = _space(reading.pack, reading.fields, table.since)
    for fault in coverage_faults(table, space, reading.most_cells):
        line = fault.row.line if fault.row else table.line
        key = f"{table.id}.{fault.row.id}" if fault.row else table.id
        reading.faults.append(
            Fault(table.file, line, key, fault.expected, fault.found, fault.expected_en)
        )


def _table(file: str, keys: Keys, reading: _Reading) -> Table:
    table = Table(
        id=keys.text("id", required=True),
        title=keys.text("title", required=True),
        title_en=keys.text("title_en", required=True),
        policy=keys.choice("policy", POLICIES),
        severity=keys.choice("severity", SEVERITIES),
        scope=_conditions("scope", keys, reading),
        otherwise_free=keys.choice("otherwise", ("", "free"), default="") == "free",
        since=_day("since", keys) or date.min,
        until=_day("until", keys) if keys.has("until") else None,
        legal=keys.text("legal", required=True),
        assumed=keys.text("assumed"),
        assumed_en=keys.text("assumed_en"),
        overridable=keys.flag("overridable"),
        rows=(),
        file=file,
        line=keys.line(),
    )
    keys.done()
    if table.until is not None and table.until <= table.since:
        keys.fault("until", f"晚于 {table.since} 的日期", f"{table.until}", "a day after since")
    if bool(table.assumed) != bool(table.assumed_en):
        keys.fault("assumed_en", "中英文假定都写", "只有一种", "the assumption in both languages")
    return table


def _row(keys: Keys, home: Table | None, reading: _Reading) -> Row:
    title, title_en = (home.title, home.title_en) if home else ("", "")
    row = Row(
        id=keys.text("id", required=True),
        title=keys.text("title", default=title),
        title_en=keys.text("title_en", default=title_en),
        when=_conditions("when", keys, reading),
        need=_conditions("need", keys, reading),
        effect=keys.choice("effect", EFFECTS, default="need"),
        source=keys.text("source"),
        line=keys.line(),
    )
    keys.done()
    # what was written and cannot be read has its own fault
    if (row.effect == "need") != bool(keys.written("need")):
        keys.fault("need", "要求（或 effect 写 allow、refuse）", "空白", "a demand, or an effect")
    return row


def _day(key: str, keys: Keys) -> date | None:
    written = keys.written(key)
    if type(written) is date:
        return written
    keys.fault(key, "日期，如 2016-01-01（不加引号）", repr(written), "a day, as 2016-01-01")
    return None


def _conditions(key: str, keys: Keys, reading: _Reading) -> dict[str, Condition]:
    inner = keys.table(key)
    found: dict[str, Condition] = {}
    if inner is None:
        return found
    for field in reading.fields.values():
        if inner.has(field.id):
            written = inner.written(field.id)
            made = parse_spans(written) if field.numeric else _words(field, written, reading)
            if made is None:
                inner.fault(field.id, *_wanted(field, written))
            else:
                found[field.id] = made
    inner.done()
    return found


def _wanted(field: Field, written: Any) -> tuple[str, str, str]:
    if field.numeric:
        return "条件，如 >= 300 或 [0.5, 1)", repr(written), "a condition, as >= 300 or [0.5, 1)"
    if field.kind == "flag":
        return "true 或 false", repr(written), "true or false"
    return f"{field.title}已有的词", repr(written), f"known words of {field.id}"


def _words(field: Field, written: Any, reading: _Reading) -> Words | None:
    if field.kind == "flag":
        return Words(frozenset({FLAGS[written]})) if isinstance(written, bool) else None
    negated = isinstance(written, dict) and set(written) == {"not"}
    listed = written["not"] if negated else written
    if not isinstance(listed, list) or not listed:
        return None
    space = _space(reading.pack, {field.id: field}, date.max)
    if not all(isinstance(word, str) and space.line(field.id, word) for word in listed):
        return None
    return Words(frozenset(listed), negated)


def _versions(tables: Sequence[Table], faults: list[Fault]) -> None:
    """Versions of a table follow one another: on no day are two of them in force."""
    by_id: dict[str, list[Table]] = {}
    for table in tables:
        by_id.setdefault(table.id, []).append(table)
    for same in by_id.values():
        same.sort(key=lambda table: table.since)
        for before, after in pairwise(same):
            if before.until is None or before.until > after.since:
                said = (f"{before.until} 之后的版本", f"与 {before.file} 的版本同时有效")
                faults.append(
                    Fault(after.file, after.line, f"{after.id}.since", *said, "versions in turn")
                )
