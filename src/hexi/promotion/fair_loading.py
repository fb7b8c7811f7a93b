"""Reading the rules of the fair-competition check (装载公平竞争审查规则) from a pack."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from hexi.catalogue.faults import Fault
from hexi.catalogue.toml_keys import Keys
from hexi.catalogue.toml_lines import TomlFile
from hexi.promotion.dated_tables import fresh, read_tables, span_of
from hexi.promotion.fair_competition import (
    WHOLE,
    ClauseKind,
    Exemption,
    FairRule,
    FairRules,
)

__all__ = ["load_fair_rules"]

_GROUPS = ("access", "flow", "cost", "conduct")

T = TypeVar("T", ClauseKind, Exemption)


def _load(root: Path) -> FairRules:
    empty = FairRules(MappingProxyType({}), (), MappingProxyType({}))
    return read_tables(root, "fair-competition.toml", _read) or empty


def _read(toml: TomlFile, faults: list[Fault]) -> FairRules:
    kinds = [_kind(keys) for keys in Keys.each(toml, "clause", faults)]
    exemptions = [_exemption(keys) for keys in Keys.each(toml, "exception", faults)]
    clauses, grounds = {kind.id for kind in kinds}, {one.id for one in exemptions}
    rules = [_rule(keys, clauses, grounds) for keys in Keys.each(toml, "rule", faults)]
    return FairRules(_by_id(kinds), tuple(rules), _by_id(exemptions))


def _by_id(found: Iterable[T]) -> MappingProxyType[str, T]:
    return MappingProxyType({one.id: one for one in found})


def _kind(keys: Keys) -> ClauseKind:
    made = ClauseKind(
        keys.text("id", required=True),
        keys.text("name", required=True),
        keys.text("name_en", required=True),
        keys.text("note"),
        keys.texts("words"),
    )
    keys.done()
    return made


def _exemption(keys: Keys) -> Exemption:
    made = Exemption(
        keys.text("id", required=True),
        keys.text("name", required=True),
        keys.text("name_en", required=True),
        keys.text("article", required=True),
        keys.text("article_en", required=True),
        keys.flag("bounded"),
    )
    keys.done()
    return made


def _rule(keys: Keys, clauses: set[str], grounds: set[str]) -> FairRule:
    made = FairRule(
        keys.text("id", required=True),
        span_of(keys),
        keys.text("article", required=True),
        keys.text("article_en", required=True),
        keys.choice("group", _GROUPS),
        keys.texts("clauses"),
        keys.text("asks", required=True),
        keys.text("asks_en", required=True),
        keys.text("says", required=True),
        keys.text("says_en", required=True),
        keys.texts("exceptions"),
        keys.text("source", required=True),
    )
    for key, given, known in (
        ("clauses", made.clauses, clauses | {WHOLE}),
        ("exceptions", made.exceptions, grounds),
    ):
        for one in given:
            if one not in known:
                keys.fault(key, "本文件中的代码", f"“{one}”", "a code of this file")
    keys.done()
    return made


#: the rules of a pack, read again when its folder changes; `PackError` names every fault
load_fair_rules = fresh(_load)
