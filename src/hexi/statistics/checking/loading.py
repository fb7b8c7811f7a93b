"""Loading the rules of a pack (装载审核规则): ``rules/*.toml``, bound to every version of a form.

    [[rule]]
    id, version, form, versions, rows, kind, severity, name, name_en, since, until
    when, check, window, missing | missing_left, missing_right, tolerance, tolerance_relative
    message, message_en

Faults carry file, line and key, and for an expression the column and what was expected there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.catalogue.toml_lines import TomlFile, read_toml
from hexi.statistics.checking.building import Built, Slack, build_check, kind_fault
from hexi.statistics.checking.meaning import Absent, Nothing, Number, Read
from hexi.statistics.checking.message import Message, read_message
from hexi.statistics.checking.resolving import RuleError, Scope, condition_of, number_of
from hexi.statistics.checking.rules import (
    KINDS,
    MISSING,
    SEVERITIES,
    Kind,
    Missing,
    Rule,
    RuleBook,
    Severity,
)
from hexi.statistics.checking.sources import SHIFTS, Shift
from hexi.statistics.forms import Form, Forms, load_forms
from hexi.statistics.forms.toml_keys import FormKeys
from hexi.statistics.language import Expression, ExpressionError, nodes, parse

__all__ = ["check_rules", "drafted_rules", "load_rules", "read_rules"]

_ALWAYS = 999912

T = TypeVar("T")


def load_rules(path_or_name: str | Path = "gansu") -> RuleBook:
    """The rules of a pack, read once for each state of its files.

    Raises:
        PackError: with every fault of the pack, its forms or its rules.
    """
    forms = load_forms(path_or_name)
    root = pack_path(path_or_name).resolve()
    stats = [(path, path.stat()) for path in sorted((root / "rules").glob("*.toml"))]
    return _load(root, tuple((p.name, s.st_mtime_ns, s.st_size) for p, s in stats), _Same(forms))


def check_rules(path_or_name: str | Path = "gansu") -> list[Fault]:
    """Every fault of the rules of a pack, in the order of files and lines."""
    try:
        load_rules(path_or_name)
    except PackError as error:
        return error.faults
    return []


class _Same:
    """Forms as part of a cache key: the same object, whatever is in it."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.forms is other.forms

    def __hash__(self) -> int:
        return id(self.forms)


@lru_cache(maxsize=8)
def _load(root: Path, files: tuple[tuple[str, int, int], ...], same: _Same) -> RuleBook:
    faults: list[Fault] = []
    tomls = [read_toml(root, f"rules/{name}", faults) for name, _, _ in files]
    book = read_rules([toml for toml in tomls if toml], same.forms, faults)
    if faults:
        raise PackError(root.name, sorted(set(faults)))
    return book


def read_rules(files: list[TomlFile], forms: Forms, faults: list[Fault]) -> RuleBook:
    """The rules of several files; what is wrong is added to ``faults``."""
    seen: dict[str, str] = {}
    by_form: dict[tuple[str, str], list[Rule]] = {}
    for toml in files:
        for name in toml.values:
            if name != "rule":
                line = toml.line(name)
                faults.append(Fault(toml.file, line, name, "[[rule]]", "未知的表", "[[rule]]"))
        for keys in FormKeys.each(toml, "rule", faults):
            for rule in _read_rule(keys, forms):
                by_form.setdefault((rule.form, rule.form_version), []).append(rule)
            rule_id = keys.text("id")
            place = f"{toml.file}:{keys.line('id')}"
            if seen.setdefault(rule_id, place) != place:
                zh, found = "未用过的标识", f"“{rule_id}” 已见于 {seen[rule_id]}"
                keys.fault("id", zh, found, "an id not used before")
    return RuleBook({key: tuple(rules) for key, rules in by_form.items()})


def drafted_rules(
    values: Mapping[str, str | int | Sequence[str]], forms: Forms
) -> tuple[tuple[Rule, ...], list[Fault]]:
    """A rule that is being written (拟订规则), bound to each version of its form.

    Args:
        values: what would stand in the ``[[rule]]`` table, by key.
        forms: the forms of the pack.

    Returns:
        The bound rules and what is wrong; with faults there may be no rule.
    """
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    toml = TomlFile("rule", "\n".join(["[[rule]]", *lines, ""]))
    faults: list[Fault] = []
    book = read_rules([toml], forms, faults)
    return tuple(rule for rules in book.by_form.values() for rule in rules), sorted(set(faults))


def _read_rule(keys: FormKeys, forms: Forms) -> list[Rule]:
    """The rule of one table, bound to each version of its form that it names."""
    form_id = keys.choice("form", forms.ids)
    asked = keys.texts("versions")
    known = [form for form in forms.versions if form.id == form_id]
    bound = [form for form in known if not asked or form.version in asked]
    for version in asked:
        if version not in {form.version for form in known}:
            listed = "、".join(form.version for form in known)
            keys.fault("versions", f"版本 {listed}", f"“{version}”", f"one of {listed}")
    rows = keys.text("rows")
    if rows and any(rows not in form.row_items for form in bound):
        listed = "、".join(dict.fromkeys(code for form in bound for code in form.row_items))
        keys.fault("rows", f"动态分组：{listed or '（无）'}", f"“{rows}”", f"one of {listed}")
        rows = ""
    head = _Head(keys)
    found = [_bind(keys, head, form, forms, rows) for form in bound]
    keys.done()
    return [rule for rule in found if rule is not None]


class _Head:
    """What of a rule does not depend on the version of the form."""

    def __init__(self, keys: FormKeys) -> None:
        self.id = keys.text("id", required=True)
        self.version = keys.number("version", 1, 9999)
        self.kind = cast(Kind, keys.choice("kind", KINDS))
        self.severity = cast(Severity, keys.choice("severity", SEVERITIES))
        self.name = keys.text("name", required=True)
        self.name_en = keys.text("name_en", required=True)
        self.since = keys.month("since", default=0)
        self.until = keys.month("until", default=_ALWAYS)
        self.window = cast(Shift, keys.choice("window", SHIFTS) if keys.has("window") else "")
        both = keys.choice("missing", MISSING, default="skip_any")
        self.missing = (
            cast(Missing, keys.choice("missing_left", MISSING, default=both)),
            cast(Missing, keys.choice("missing_right", MISSING, default=both)),
        )
        self.slack = Slack(_amount(keys, "tolerance"), _amount(keys, "tolerance_relative"))
        self.when = keys.expression("when")
        self.check = keys.expression("check", required=True)
        self.message = keys.text("message", required=True)
        self.message_en = keys.text("message_en", required=True)


def _amount(keys: FormKeys, key: str) -> Decimal:
    found = keys.expression(key)
    if isinstance(found, nodes.Number):
        return found.value
    if found is not None:
        keys.fault(key, "不小于 0 的数，如 0.5 或 1%", keys.text(key), "a number such as 0.5 or 1%")
    return Decimal(0)


def _bind(keys: FormKeys, head: _Head, form: Form, forms: Forms, rows: str) -> Rule | None:
    scope = Scope(form, forms, rows)
    built = _meant(keys, "check", head.check, lambda e: _checked(head, e, scope))
    when = _meant(keys, "when", head.when, lambda e: condition_of(e, scope))
    if built is None or (head.when is not None and when is None):
        return None
    wrong = kind_fault(head.kind, built)
    if wrong:
        zh, en = f"{head.kind} 规则须读 {wrong[0]}", f"a rule of kind {head.kind} reads {wrong[1]}"
        keys.fault("kind", zh, keys.text("check"), en)
    sides = {"left": built.left, "right": built.right}
    known = {name: side for name, side in sides.items() if side is not None}
    return Rule(
        id=head.id,
        version=head.version,
        form=form.id,
        form_version=form.version,
        rows=rows,
        kind=head.kind,
        severity=head.severity,
        name=head.name,
        name_en=head.name_en,
        when=when,
        check=built.check,
        left=built.left,
        right=built.right,
        operator=built.operator,
        message=_message(keys, "message", head.message, known, scope),
        message_en=_message(keys, "message_en", head.message_en, known, scope),
        since=head.since,
        until=head.until,
        check_source=keys.text("check"),
        when_source=keys.text("when"),
        file=keys.file,
        line=keys.line(),
    )


def _checked(head: _Head, expression: Expression, scope: Scope) -> Built:
    return build_check(expression, scope, head.missing, head.slack, head.window)


def _meant(
    keys: FormKeys, key: str, expression: Expression | None, mean: Callable[[Expression], T]
) -> T | None:
    """What an expression means; where it means nothing, a fault with its column."""
    if expression is None:
        return None
    try:
        return mean(expression)
    except RuleError as error:
        source = keys.text(key)
        found = source[error.at : error.at + 12] or "（结尾）"
        zh = f"{error.zh}（第 {error.at + 1} 列）"
        keys.fault(key, zh, f"“{found}”", f"{error.en} (column {error.at + 1})")
        return None


def _message(
    keys: FormKeys, key: str, text: str, sides: dict[str, Number], scope: Scope
) -> Message:
    def number(source: str, at: int) -> Number:
        try:
            expression = parse(source)
            if isinstance(expression, nodes.Name) and "." in expression.name:
                return _text_slot(expression, scope)
            return number_of(expression, scope)
        except (ExpressionError, RuleError) as error:
            zh = error.zh if isinstance(error, RuleError) else f"可读的表达式：{error.expected}"
            en = error.en if isinstance(error, RuleError) else error.expected
            column = at + error.at + 1
            keys.fault(key, f"{zh}（第 {column} 列）", f"“{source}”", f"{en} (column {column})")
            return Nothing()

    return read_message(text, sides, number)


def _text_slot(name: nodes.Name, scope: Scope) -> Number:
    """A field of the cover or the register in a message: printed as it stands."""
    compared = condition_of(nodes.IsMissing(name, name.at), scope)
    if isinstance(compared, Absent) and isinstance(compared.operand, Read):
        return compared.operand
    raise RuleError(name.at, "封面或名录字段", "a field of the cover or the register")
