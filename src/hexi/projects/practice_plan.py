"""What practice records are to add up to (演练项目设定): read from the pack, each fault named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.catalogue.toml_keys import Keys
from hexi.catalogue.toml_lines import TomlFile, read_toml
from hexi.projects.stage_loading import FOLDER, load_stages

__all__ = [
    "STEP",
    "BatchPlan",
    "Field",
    "PracticePlan",
    "SetPlan",
    "check_practice",
    "load_practice_plan",
]

_FILE: Final = f"{FOLDER}/practice.toml"
#: yuan in the smallest part of a sum: amounts of practice records are whole millions
STEP: Final = 10**6
_YI: Final = 100


@dataclass(frozen=True, slots=True)
class Field:
    """A field of work: industries of GB/T 4754, and what its projects are called after."""

    id: str
    kind: str
    industries: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetPlan:
    """Projects of a list, and their figures on a day; sums in steps of a million yuan."""

    id: str
    tag: str
    kind: str
    number: int
    before: int
    since: date
    day: date
    started: int
    producing: int
    invested: int
    total: int
    plan_before: int
    plan: int
    #: share of the plan in these fields; 1.0 and all fields where nothing is said of it
    share: float
    share_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """Projects that start together; sums in steps of a million yuan."""

    id: str
    name: str
    day: date
    number: int
    planned: int
    provincial: int
    provincial_planned: int


@dataclass(frozen=True, slots=True)
class PracticePlan:
    """All sets and batches; the second set is the provincial list that batches start parts of."""

    seed: int
    places: tuple[str, ...]
    sets: dict[str, SetPlan]
    batches: tuple[BatchPlan, ...]
    fields: dict[str, Field]

    @property
    def size(self) -> int:
        """Records of all sets, and what starts with a batch and stands on no list."""
        beside = sum(batch.number - batch.provincial for batch in self.batches)
        return sum(one.number for one in self.sets.values()) + beside


def load_practice_plan(pack: str | Path = "gansu") -> PracticePlan:
    """What the pack's practice records are to add up to.

    Raises:
        PackError: names every fault of the file.
    """
    root = pack_path(pack).resolve()
    path = root / _FILE
    state = (path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else ()
    return _load(root, state)


def check_practice(pack: str | Path = "gansu") -> list[Fault]:
    """What is wrong with the file; nothing where the pack has no practice records."""
    if not (pack_path(pack) / _FILE).is_file():
        return []
    try:
        load_practice_plan(pack)
    except PackError as error:
        return [fault for fault in error.faults if fault.file == _FILE]
    return []


@lru_cache(maxsize=4)
def _load(root: Path, state: tuple[int, ...]) -> PracticePlan:
    faults: list[Fault] = []
    toml = read_toml(root, _FILE, faults)
    if toml is None:
        raise PackError(root.name, faults)
    book = load_stages(root)
    head = Keys(toml, ("practice",), toml.values.get("practice", {}), faults)
    seed, places = head.number("seed", 0, 2**31), head.texts("places")
    head.text("source", required=True)
    head.done()
    fields = {one.id: one for one in _fields(toml, faults, book.kinds)}
    made = PracticePlan(
        seed=seed,
        places=places,
        sets={one.id: one for one in _sets(toml, faults, book.tags, fields)},
        batches=tuple(_batches(toml, faults)),
        fields=fields,
    )
    if not (places and made.sets and made.fields):
        faults.append(Fault(_FILE, 0, "", "places、[[set]]、[[field]]", "缺少", "all three"))
    if faults:
        raise PackError(root.name, faults)
    return made


def _fields(toml: TomlFile, faults: list[Fault], kinds: object) -> list[Field]:
    found = []
    for keys in Keys.each(toml, "field", faults):
        found.append(
            Field(
                id=keys.text("id", required=True),
                kind=_known("kind", keys, kinds),
                industries=keys.texts("industries"),
                words=keys.texts("words"),
            )
        )
        if not (found[-1].industries and found[-1].words):
            keys.fault("industries", "行业与名称用词", "空", "industries and words")
        keys.done()
    return found


def _sets(
    toml: TomlFile, faults: list[Fault], tags: object, fields: dict[str, Field]
) -> list[SetPlan]:
    found = []
    for keys in Keys.each(toml, "set", faults):
        number = keys.number("number", 1, 100_000)
        started = keys.number("started", 0, number)
        found.append(
            SetPlan(
                id=keys.text("id", required=True),
                tag=_known("tag", keys, tags),
                kind=keys.text("kind"),
                number=number,
                before=keys.number("before", 0, number),
                since=_day("since", keys),
                day=_day("day", keys),
                started=started,
                producing=keys.number("producing", 0, started, default=0),
                invested=_steps("invested", keys),
                total=_steps("total", keys),
                plan_before=_steps("plan_before", keys),
                plan=_steps("plan", keys),
                share=keys.amount("share", default=1.0),
                share_fields=keys.texts("share_fields") or tuple(fields),
            )
        )
        _remarks(keys)
    return found


def _batches(toml: TomlFile, faults: list[Fault]) -> list[BatchPlan]:
    found = []
    for keys in Keys.each(toml, "batch", faults):
        number = keys.number("number", 1, 100_000)
        found.append(
            BatchPlan(
                id=keys.text("id", required=True),
                name=keys.text("name", required=True),
                day=_day("day", keys),
                number=number,
                planned=_steps("planned", keys),
                provincial=keys.number("provincial", 0, number),
                provincial_planned=_steps("provincial_planned", keys),
            )
        )
        _remarks(keys)
    return found


def _remarks(keys: Keys) -> None:
    keys.text("assumed")
    keys.text("assumed_en")
    keys.done()


def _known(key: str, keys: Keys, known: object) -> str:
    word = keys.text(key, required=True)
    if word and isinstance(known, dict) and word not in known:
        keys.fault(key, "、".join(known) + " 之一", word, "one of " + ", ".join(known))
    return word


def _day(key: str, keys: Keys) -> date:
    written = keys.written(key)
    if type(written) is date:
        return written
    keys.fault(key, "日期，如 2023-01-31（不加引号）", repr(written), "a day, as 2023-01-31")
    return date.min


def _steps(key: str, keys: Keys) -> int:
    """A sum in 亿元, as whole millions of yuan."""
    return round(keys.amount(key) * _YI)
