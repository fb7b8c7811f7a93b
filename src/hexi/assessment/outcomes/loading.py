"""Reading outcome rules from a pack (装载规则): one file a text, every fault with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from hexi.assessment.data.unit_facts import AskedFact
from hexi.assessment.outcomes.nouns import (
    ACTS,
    STATES,
    YEARS,
    Act,
    Ban,
    Effect,
    FactTest,
    OutcomeRule,
    Place,
    RuleSet,
    State,
)
from hexi.assessment.scheme.loading import load_schemes
from hexi.assessment.scheme.nouns import Named, Scheme, Source
from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.catalogue.toml_keys import Keys
from hexi.catalogue.toml_lines import TomlFile, read_toml

__all__ = ["asked_by", "check_outcomes", "load_outcomes", "rule_set", "rules_for"]

FOLDER = "outcomes"
_TABLES = ("set", "rule", "asked", "fact", "ban", "effect")
_FIRST, _LAST = 1990, 2100
_STATES: dict[str, State] = {state: state for state in STATES}
_ACTS: dict[str, Act] = {act: act for act in ACTS}


def load_outcomes(pack: str | Path = "gansu") -> tuple[RuleSet, ...]:
    """The rule sets of a pack by id; `PackError` names every fault."""
    root = pack_path(pack).resolve()
    sets, faults = _read(root, _state(root))
    if faults:
        raise PackError(root.name, list(faults))
    return sets


def check_outcomes(pack: str | Path = "gansu") -> tuple[Fault, ...]:
    """What is wrong with the outcome rules of a pack, and schemes that name none of them."""
    root = pack_path(pack).resolve()
    sets, faults = _read(root, _state(root))
    known = [one.id for one in sets]
    try:
        schemes = load_schemes(root).every
    except PackError:
        # told by the check of the schemes themselves
        schemes = ()
    unknown = [
        Fault(
            FOLDER,
            0,
            f"{scheme.id} {scheme.version}.outcomes",
            f"规则集的 id：{'、'.join(known)}",
            f"“{one}”",
            f"id of a rule set: {', '.join(known)}",
        )
        for scheme in schemes
        for one in scheme.outcomes
        if one not in known
    ]
    return (*faults, *unknown, *(one for some in sets for one in _unheld(some, schemes)))


def _unheld(rules: RuleSet, schemes: Sequence[Scheme]) -> list[Fault]:
    """Conditions that no unit is asked to report and no indicator of a scheme holds."""
    items = {item.id for one in schemes if rules.id in one.outcomes for item in one.items()}
    held = {YEARS, *items, *(one.id for one in rules.asked)}
    listed = "、".join(sorted({YEARS, *(one.id for one in rules.asked)}))
    return [
        Fault(
            FOLDER,
            0,
            f"{rules.id}.{rule.id}.fact",
            f"[[asked]] 的 id 或办法的指标：{listed}",
            f"“{test.fact}”",
            f"id of [[asked]] or of an item of the scheme: {listed}",
        )
        for rule in rules.rules
        for test in rule.facts
        if test.fact not in held
    ]


def rule_set(set_id: str, pack: str | Path = "gansu") -> RuleSet:
    """The rule set of that id; KeyError for an unknown one."""
    return {one.id: one for one in load_outcomes(pack)}[set_id]


def rules_for(scheme: Scheme, year: int, pack: str | Path = "gansu") -> tuple[RuleSet, ...]:
    """The rule sets that a scheme names and that are in force for the round of that year."""
    sets = {one.id: one for one in load_outcomes(pack)}
    named = [sets[one] for one in scheme.outcomes if one in sets]
    return tuple(one for one in named if one.in_force(year))


def asked_by(scheme: Scheme, year: int, pack: str | Path = "gansu") -> tuple[AskedFact, ...]:
    """Conditions that units report for the rules in force, each once."""
    every = [one for rules in rules_for(scheme, year, pack) for one in rules.asked]
    return tuple({one.id: one for one in reversed(every)}.values())[::-1]


def _state(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of every file: a changed pack is read again."""
    return tuple(
        (path.name, path.stat().st_mtime_ns, path.stat().st_size)
        for path in sorted((root / FOLDER).glob("*.toml"))
    )


@lru_cache(maxsize=8)
def _read(
    root: Path, state: tuple[tuple[str, int, int], ...]
) -> tuple[tuple[RuleSet, ...], tuple[Fault, ...]]:
    faults: list[Fault] = []
    sets: list[RuleSet] = []
    for name, _, _ in state:
        toml = read_toml(root, f"{FOLDER}/{name}", faults)
        if toml is None:
            continue
        found = _rule_set(toml, faults)
        if any(found.id == one.id for one in sets):
            line, mine = toml.line("set", "id"), "an id of its own"
            faults.append(Fault(toml.file, line, "set.id", "不重复的 id", found.id, mine))
        sets.append(found)
    return tuple(sorted(sets, key=lambda one: one.id)), tuple(sorted(faults))


def _rule_set(toml: TomlFile, faults: list[Fault]) -> RuleSet:
    head = Keys(toml, ("set",), toml.values.get("set", {}), faults)
    source = Source(
        title=head.text("source", required=True),
        number=head.text("number"),
        issuer=head.text("issuer"),
        assumed=head.text("assumed"),
        assumed_en=head.text("assumed_en"),
    )
    if bool(source.assumed) != bool(source.assumed_en):
        head.fault("assumed_en", "两种语言的说明", "只有一种", "the assumption in both languages")
    until = head.number("until", 0, _LAST, default=0)
    found = RuleSet(
        id=head.text("id", required=True),
        title=_named(head, "title"),
        since=head.number("since", _FIRST, _LAST),
        until=until or None,
        source=source,
        rules=_rules(toml, faults),
        bans=tuple(_ban(keys) for keys in Keys.each(toml, "ban", faults)),
        effects=tuple(_effect(keys) for keys in Keys.each(toml, "effect", faults)),
        asked=tuple(_asked(keys) for keys in Keys.each(toml, "asked", faults)),
    )
    if found.until is not None and found.until < found.since:
        head.fault("until", "不早于 since", str(found.until), "not before since")
    head.done()
    _known_tables(toml, faults)
    if not found.rules:
        head.fault("", "至少一条 [[rule]]", "没有规则", "at least one [[rule]]")
    return found


def _known_tables(toml: TomlFile, faults: list[Fault]) -> None:
    for name in toml.values:
        if name not in _TABLES:
            listed = ", ".join(_TABLES)
            faults.append(
                Fault(toml.file, toml.line(name), name, f"规定的表：{listed}", "未知的表", listed)
            )


def _rules(toml: TomlFile, faults: list[Fault]) -> tuple[OutcomeRule, ...]:
    """The rules of a file, with the facts that ``[[fact]]`` tables ask for."""
    facts: dict[str, list[FactTest]] = {}
    named: list[tuple[Keys, str]] = []
    for keys in Keys.each(toml, "fact", faults):
        rule = keys.text("rule", required=True)
        named.append((keys, rule))
        facts.setdefault(rule, []).append(_fact(keys))
    found: list[OutcomeRule] = []
    for keys in Keys.each(toml, "rule", faults):
        one = _rule(keys, facts)
        if any(one.id == other.id for other in found):
            keys.fault("id", "不重复的 id", f"“{one.id}”", "an id of its own")
        found.append(one)
    for keys, rule in named:
        if rule not in {one.id for one in found}:
            keys.fault("rule", "本文件中规则的 id", f"“{rule}”", "id of a rule of this file")
    return tuple(found)


def _rule(keys: Keys, facts: Mapping[str, Sequence[FactTest]]) -> OutcomeRule:
    attribute, values = keys.text("for_attribute"), keys.texts("for_values")
    rule_id = keys.text("id", required=True)
    if bool(attribute) != bool(values):
        keys.fault("for_values", "与 for_attribute 同时填写", "只有一个", "both or neither")
    found = OutcomeRule(
        id=rule_id,
        state=_STATES[keys.choice("state", tuple(_STATES))],
        title=_named(keys, "title"),
        proposes=_named(keys, "proposes"),
        article=keys.text("article"),
        place=_place(keys),
        score_below=_optional(keys, "score_below"),
        score_from=_optional(keys, "score_from"),
        unrated=keys.flag("unrated"),
        times=keys.number("times", 1, 20, default=1),
        window=keys.number("window", 1, 20, default=1),
        running=keys.flag("running"),
        applies={attribute: values} if attribute else {},
        facts=tuple(facts.get(rule_id, ())),
        by_mean_score=keys.flag("by_mean_score"),
        acts=_acts(keys),
    )
    conditions = (found.place, found.score_below, found.score_from)
    if not found.unrated and all(one is None for one in conditions):
        keys.fault("", "名次、得分或未评定条件", "没有条件", "a place, a score or unrated")
    if not found.running and found.window < found.times:
        keys.fault("window", f"不小于 times（{found.times}）", str(found.window), "times or more")
    keys.done()
    return found


def _place(keys: Keys) -> Place | None:
    inner = keys.table("place")
    if inner is None:
        return None
    found = Place(
        end="top" if inner.choice("end", ("bottom", "top")) == "top" else "bottom",
        count=inner.number("count", 0, 10_000, default=0),
        share=inner.amount("share", default=0.0),
        within=inner.texts("within") or ("all",),
        least_units=inner.number("least_units", 0, 10_000, default=0),
    )
    if bool(found.count) == bool(found.share):
        inner.fault("count", "count 与 share 恰有一个", "两个或没有", "either count or share")
    if not 0 <= found.share < 1:
        inner.fault("share", "0 与 1 之间", str(found.share), "between 0 and 1")
    inner.done()
    return found


def _fact(keys: Keys) -> FactTest:
    found = FactTest(
        fact=keys.text("fact", required=True),
        name=_named(keys, "name"),
        at_least=_optional(keys, "at_least"),
        at_most=_optional(keys, "at_most"),
    )
    if found.at_least is None and found.at_most is None:
        keys.fault("at_least", "at_least 或 at_most", "没有界限", "at_least or at_most")
    keys.done()
    return found


def _asked(keys: Keys) -> AskedFact:
    found = AskedFact(
        id=keys.text("id", required=True),
        name=_named(keys, "name"),
        measure=Named(keys.text("unit"), keys.text("unit_en") or keys.text("unit")),
        least=_optional(keys, "least"),
        most=_optional(keys, "most"),
    )
    if found.least is not None and found.most is not None and found.least > found.most:
        keys.fault("most", "不小于 least", f"{found.most:g}", "least or more")
    keys.done()
    return found


def _acts(keys: Keys) -> tuple[Act, ...]:
    """The chain of acts, in its order; proposal, decision and notice where none is named."""
    named = keys.texts("acts")
    for one in named:
        if one not in _ACTS:
            listed = ", ".join(ACTS)
            keys.fault("acts", listed, f"“{one}”", listed)
    return tuple(act for act in ACTS if act in (named or ("proposal", "decision", "notice")))


def _named(keys: Keys, key: str) -> Named:
    return Named(keys.text(key, required=True), keys.text(f"{key}_en", required=True))


def _optional(keys: Keys, key: str) -> float | None:
    return keys.amount(key) if keys.has(key) else None


def _ban(keys: Keys) -> Ban:
    withheld = keys.texts("withholds")
    found = Ban(
        after=_STATES[keys.choice("after", tuple(_STATES))],
        attribute=keys.text("attribute", required=True),
        years=keys.number("years", 1, 20),
        withholds=tuple(_STATES[one] for one in withheld if one in _STATES),
        title=_named(keys, "title"),
    )
    if not withheld or any(one not in _STATES for one in withheld):
        keys.fault(
            "withholds", "、".join(_STATES), repr(list(withheld)), "one of " + ", ".join(_STATES)
        )
    keys.done()
    return found


def _effect(keys: Keys) -> Effect:
    found = Effect(
        after=_STATES[keys.choice("after", tuple(_STATES))],
        effect="unrated" if keys.choice("effect", ("left", "unrated")) == "unrated" else "left",
        title=_named(keys, "title"),
        years=keys.number("years", 0, 20, default=0),
    )
    keys.done()
    return found
