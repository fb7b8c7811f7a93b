"""Reading what follows an admission (准入后续): what may be agreed, and when a site has stalled.

Both stand in ``admission/follow_up/`` of a pack, as data; every fault is told with file, line and
key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from hexi.admission.agreed import KINDS, MEASURES, AgreedItem
from hexi.admission.stalled import ANCHORS, LACKS, STEPS, StalledRule
from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.catalogue.toml_keys import Keys
from hexi.catalogue.toml_lines import TomlFile, read_toml

__all__ = ["FollowUp", "check_follow_up", "load_follow_up"]

FOLDER = "admission/follow_up"
_FILES = ("agreed.toml", "stalled.toml")
#: no rule waits longer: a wrong figure must not hide every case
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a pack says of the time after an admission."""

    items: tuple[AgreedItem, ...]
    rules: tuple[StalledRule, ...]

    def item(self, item_id: str) -> AgreedItem | None:
        """One item; None for one that the pack no longer has."""
        return next((one for one in self.items if one.id == item_id), None)

    def rule(self, rule_id: str) -> StalledRule | None:
        """One rule; None for one that the pack no longer has."""
        return next((one for one in self.rules if one.id == rule_id), None)


def load_follow_up(pack: str | Path = "gansu") -> FollowUp:
    """What may be agreed and when a site has stalled; `PackError` names every fault."""
    root = pack_path(pack).resolve()
    paths = [root / FOLDER / name for name in _FILES]
    state = tuple((path.stat().st_mtime_ns, path.stat().st_size) for path in paths if path.exists())
    return _load(root, state)


def check_follow_up(pack: str | Path = "gansu") -> list[Fault]:
    """What is wrong with it; nothing where the pack has none."""
    if not (pack_path(pack) / FOLDER).is_dir():
        return []
    try:
        load_follow_up(pack)
    except PackError as error:
        return error.faults
    return []


@lru_cache(maxsize=8)
def _load(root: Path, _state: tuple[tuple[int, int], ...]) -> FollowUp:
    faults: list[Fault] = []
    agreed = read_toml(root, f"{FOLDER}/agreed.toml", faults)
    stalled = read_toml(root, f"{FOLDER}/stalled.toml", faults)
    items = _items(agreed, faults) if agreed else ()
    rules = _rules(stalled, faults) if stalled else ()
    if faults:
        raise PackError(root.name, sorted(set(faults)))
    return FollowUp(items, rules)


def _items(toml: TomlFile, faults: list[Fault]) -> tuple[AgreedItem, ...]:
    found: dict[str, tuple[AgreedItem, Keys]] = {}
    for keys in Keys.each(toml, "item", faults):
        one = AgreedItem(
            id=keys.text("id", required=True),
            title=keys.text("title", required=True),
            title_en=keys.text("title_en", required=True),
            kind=keys.choice("kind", KINDS),
            measure=keys.choice("measure", MEASURES),
            per_mu=keys.flag("per_mu"),
            of=keys.text("of"),
            source=keys.choice("from", ("entered", "progress"), default="entered"),
            return_item=keys.text("return_item"),
        )
        keys.done()
        if one.id in found:
            keys.fault("id", "不重复的 id", one.id, "an id of its own")
        found[one.id] = one, keys
    for one, keys in found.values():
        base = found.get(one.of)
        if one.per_mu != bool(one.of) or (base and (base[0].of or base[0].measure != one.measure)):
            said = ("同一口径、不再相除的指标", "an undivided item of the same measure")
            keys.fault("of", said[0], f"“{one.of}”", said[1])
        elif one.of and base is None:
            keys.fault("of", "本文件的指标", f"“{one.of}”", "an item of this file")
    return tuple(one for one, _ in found.values())


def _rules(toml: TomlFile, faults: list[Fault]) -> tuple[StalledRule, ...]:
    found: list[StalledRule] = []
    for keys in Keys.each(toml, "rule", faults):
        one = StalledRule(
            id=keys.text("id", required=True),
            family=keys.text("family", required=True),
            title=keys.text("title", required=True),
            title_en=keys.text("title_en", required=True),
            anchor=keys.choice("from", ANCHORS),
            lacks=keys.choice("lacks", LACKS),
            months=keys.number("months", 1, _LONGEST),
            needs_land=keys.flag("needs_land"),
            invested_below=_share("invested_below", keys),
            built_below=_share("built_below", keys),
            step=keys.choice("step", STEPS),
            fee_share=_share("fee_share", keys),
            legal=keys.text("legal", required=True),
            assumed=keys.text("assumed"),
            assumed_en=keys.text("assumed_en"),
            since=_day("since", keys) or date.min,
            until=_day("until", keys) if keys.has("until") else None,
        )
        keys.done()
        if one.id in {other.id for other in found}:
            keys.fault("id", "不重复的 id", one.id, "an id of its own")
        if bool(one.assumed) != bool(one.assumed_en):
            keys.fault(
                "assumed_en", "中英文假定都写", "只有一种", "the assumption in both languages"
            )
        if one.until is not None and one.until <= one.since:
            keys.fault("until", f"晚于 {one.since} 的日期", f"{one.until}", "a day after since")
        found.append(one)
    return tuple(found)


def _share(key: str, keys: Keys) -> float:
    share = keys.amount(key, default=0.0)
    if not 0 <= share <= 1:
        keys.fault(key, "0 至 1 的数", f"{share:g}", "a number from 0 to 1")
    return share


def _day(key: str, keys: Keys) -> date | None:
    written = keys.written(key)
    if type(written) is date:
        return written
    keys.fault(key, "日期，如 2016-01-01（不加引号）", repr(written), "a day, as 2016-01-01")
    return None
