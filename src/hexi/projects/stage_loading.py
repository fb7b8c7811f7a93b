"""Reading stages, kinds and lists of a pack (装载项目阶段): every fault with file, line and key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.catalogue.toml_keys import Keys
from hexi.catalogue.toml_lines import TomlFile, read_toml
from hexi.projects.stages import Choice, Gates, Group, Kind, Reason, Stage, StageBook, Tag

__all__ = ["FOLDER", "check_stages", "load_stages"]

FOLDER: Final = "projects"
_FILES: Final = ("stages.toml", "kinds.toml", "tags.toml", "sources.toml", "reasons.toml")
#: projectStatus of OC4IDS 0.9.5
_STATUSES: Final = (
    "identification", "preparation", "implementation", "completion", "maintenance",
    "decommissioning", "decommissioned", "cancelled",
)  # fmt: skip
#: projectType of OC4IDS 0.9.5
_TYPES: Final = (
    "construction", "maintenance", "rehabilitation", "replacement", "expansion", "decommissioning",
)  # fmt: skip
#: the fields of a record that a gate may ask for
_FIELDS: Final = (
    "state_code", "industry", "place", "plot", "investor", "investor_code", "origin", "total",
    "sources", "land_mu", "content", "capacity", "jobs", "output", "tax", "energy",
    "planned_start", "actual_start", "planned_end", "actual_end", "leader_name", "steward_name",
    "body",
)  # fmt: skip
_DAYS: Final = ("actual_start", "actual_end")

Noun = TypeVar("Noun", bound=Choice)


def load_stages(pack: str | Path = "gansu") -> StageBook:
    """The stages of a pack, read once for each state of its files.

    Raises:
        PackError: names every fault of the files.
    """
    root = pack_path(pack).resolve()
    paths = [root / FOLDER / name for name in _FILES]
    state = tuple((p.stat().st_mtime_ns, p.stat().st_size) if p.is_file() else () for p in paths)
    return _load(root, state)


def check_stages(pack: str | Path = "gansu") -> list[Fault]:
    """What is wrong with the stages of a pack; nothing where it has no projects."""
    if not (pack_path(pack) / FOLDER / _FILES[0]).is_file():
        return []
    try:
        load_stages(pack)
    except PackError as error:
        return error.faults
    return []


@lru_cache(maxsize=8)
def _load(root: Path, state: tuple[tuple[int, ...], ...]) -> StageBook:
    faults: list[Fault] = []
    files = {name: read_toml(root, f"{FOLDER}/{name}", faults) for name in _FILES}

    def read(file: str, name: str, noun: Callable[[Keys, int], Noun]) -> dict[str, Noun]:
        return _read(files[file], name, noun, faults)

    groups = read("stages.toml", "group", lambda keys, _at: Group(*_words(keys)))
    stages = read("stages.toml", "stage", lambda keys, at: _stage(keys, at, groups))
    book = StageBook(
        stages=stages,
        groups=groups,
        kinds=read("kinds.toml", "kind", lambda keys, _at: _kind(keys, stages)),
        tags=read("tags.toml", "tag", lambda keys, _at: _tag(keys)),
        sources=read("sources.toml", "source", lambda keys, _at: Choice(*_words(keys))),
        reasons=read("reasons.toml", "reason", lambda keys, _at: _reason(keys, stages, groups)),
        gates=_gates(files["stages.toml"], faults),
    )
    _whole(files["stages.toml"], stages, faults)
    if faults:
        raise PackError(root.name, faults)
    return book


def _read(
    toml: TomlFile | None, name: str, noun: Callable[[Keys, int], Noun], faults: list[Fault]
) -> dict[str, Noun]:
    found: dict[str, Noun] = {}
    if toml is None:
        return found
    for at, keys in enumerate(Keys.each(toml, name, faults)):
        one = noun(keys, at)
        keys.done()
        if one.id in found:
            keys.fault("id", "不重复的 id", one.id, "an id of its own")
        found[one.id] = one
    if not found:
        faults.append(Fault(toml.file, 0, name, f"至少一个 [[{name}]]", "没有", f"[[{name}]]"))
    return found


def _words(keys: Keys) -> tuple[str, str, str]:
    return (
        keys.text("id", required=True),
        keys.text("name", required=True),
        keys.text("name_en", required=True),
    )


def _stage(keys: Keys, order: int, groups: Iterable[str]) -> Stage:
    halts, ends = keys.flag("halts"), keys.flag("ends")
    status = keys.text("oc4ids")
    if status not in _STATUSES and not (halts and not status):
        listed = "、".join(_STATUSES)
        keys.fault("oc4ids", f"{listed} 之一", f"“{status}”", "a projectStatus of OC4IDS")
    sets = keys.text("sets")
    if sets and sets not in _DAYS:
        keys.fault("sets", "、".join(_DAYS) + " 之一", sets, "one of " + ", ".join(_DAYS))
    return Stage(
        *_words(keys),
        order=order,
        group=_one_of("group", keys, groups),
        oc4ids=status,
        needs=_some_of("needs", keys, _FIELDS),
        evidence=keys.flag("evidence"),
        sets=sets,
        back=keys.texts("back"),
        started=keys.flag("started"),
        completed=keys.flag("completed"),
        halts=halts,
        ends=ends,
        confidential=keys.flag("confidential"),
    )


def _kind(keys: Keys, stages: dict[str, Stage]) -> Kind:
    way = [id for id, stage in stages.items() if not stage.stops]
    passed = _some_of("stages", keys, way)
    if not passed:
        keys.fault("stages", "至少一个阶段", "没有", "at least one stage")
    if list(passed) != [id for id in way if id in passed]:
        keys.fault("stages", "阶段先后与 stages.toml 一致", "、".join(passed), "stages in order")
    skips = _some_of("skips", keys, passed)
    keys.text("note")
    keys.text("note_en")
    built = keys.text("oc4ids")
    if built and built not in _TYPES:
        keys.fault("oc4ids", "、".join(_TYPES) + " 之一", built, "a projectType of OC4IDS")
    return Kind(*_words(keys), stages=passed, skips=frozenset(skips), oc4ids=built)


def _tag(keys: Keys) -> Tag:
    keys.text("source", required=True)
    return Tag(*_words(keys), yearly=keys.flag("yearly"))


def _reason(keys: Keys, stages: dict[str, Stage], groups: dict[str, Group]) -> Reason:
    stops = [id for id, stage in stages.items() if stage.stops]
    of = _some_of("of", keys, stops)
    return Reason(
        *_words(keys),
        of=frozenset(of),
        groups=frozenset(_some_of("from", keys, groups) or groups),
    )


def _gates(toml: TomlFile | None, faults: list[Fault]) -> Gates:
    if toml is None:
        return Gates(0)
    keys = Keys(toml, ("gates",), toml.values.get("gates", {}), faults)
    made = Gates(back_entered_after=keys.number("back_entered_after", 0, 3650))
    keys.text("source", required=True)
    keys.text("note_en")
    keys.done()
    return made


def _whole(toml: TomlFile | None, stages: dict[str, Stage], faults: list[Fault]) -> None:
    """What holds between stages: one stop of each kind, and ways back that lead back."""
    if toml is None or not stages:
        return
    for flag in ("halts", "ends"):
        count = sum(getattr(stage, flag) for stage in stages.values())
        if count != 1:
            said = (f"恰有一个 {flag} 阶段", f"{count} 个", f"exactly one stage that {flag}")
            faults.append(Fault(toml.file, 0, f"stage.{flag}", *said))
    for at, stage in enumerate(stages.values()):
        for id in stage.back:
            earlier = stages.get(id)
            if earlier is None or earlier.stops or earlier.order >= stage.order:
                line = toml.line("stage", at, "back")
                said = ("排在前面的阶段", id, "an earlier stage")
                faults.append(Fault(toml.file, line, f"stage.{stage.id}.back", *said))


def _one_of(key: str, keys: Keys, known: Iterable[str]) -> str:
    word = keys.text(key, required=True)
    if word and word not in set(known):
        listed = list(known)
        keys.fault(key, "、".join(listed) + " 之一", word, "one of " + ", ".join(listed))
    return word


def _some_of(key: str, keys: Keys, known: Iterable[str]) -> tuple[str, ...]:
    words, listed = keys.texts(key), list(known)
    for word in words:
        if word not in listed:
            keys.fault(key, "、".join(listed) + " 之内", word, "among " + ", ".join(listed))
    return tuple(word for word in words if word in listed)
