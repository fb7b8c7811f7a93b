"""Rules from VTL 2.1 (VTL 导入): rulesets of others as rules in our own language.

Each rule of a ruleset becomes the table of a rule, as it would stand in a pack, to be read like
any other; what our language cannot say is told with its line. VTL binds ``not`` closer than
comparisons, so everything is put in brackets. Hierarchical rulesets are read by `vtl_trees`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from hexi.catalogue.faults import Fault
from hexi.statistics.checking.vtl_trees import read_trees
from hexi.statistics.checking.vtl_words import Stop, Words

__all__ = ["Imported", "import_rules"]

_SHIFTS: Final = {"last": "last({})", "year_ago": "year_ago({})", "prior": "prior({})"}
_COMPARISONS: Final = {"=": "=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_DEEPEST: Final = 60


@dataclass(frozen=True)
class Imported:
    """Tables of rules, and what could not be taken over."""

    rules: tuple[dict[str, Any], ...]
    faults: tuple[Fault, ...]


def import_rules(text: str, form: str, file: str = "vtl") -> Imported:
    """The rules of every ruleset in a VTL script, for a form.

    A rule that cannot be said is a fault; the others are taken.
    """
    faults: list[Fault] = []
    rules: list[dict[str, Any]] = []
    reader = _Reader(text)
    while reader.find("datapoint") is not None:
        while not reader.at_end_of_ruleset():
            start = reader.here
            try:
                rules.append(reader.rule(form, len(rules) + 1))
            except Stop as stop:
                line, zh, en, found = stop.args
                faults.append(Fault(file, line, "rule", zh, found, en))
                reader.skip_rule(start)
    read_trees(text, form, file, rules, faults)
    if not rules and not faults:
        zh, en = (
            "define datapoint | hierarchical ruleset",
            "define datapoint | hierarchical ruleset",
        )
        faults.append(Fault(file, 0, "ruleset", zh, "没有", en))
    return Imported(tuple(rules), tuple(faults))


class _Reader(Words):
    """One pass over the data-point rulesets of a script."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def skip_rule(self, start: int) -> None:
        """Go behind the rule that begins at a place."""
        self._depth = 0
        super().skip_rule(start)

    def rule(self, form: str, number: int) -> dict[str, Any]:
        """One rule: [name :] [when c then] c [errorcode t] [errorlevel n] [;]."""
        name = self.name_of_rule(number)
        when = ""
        if self.accept("when"):
            when = self.condition()
            self.expect("then")
        check = self.condition()
        found = {**self.end_of_rule(form, name), "kind": "range", "check": check}
        return found | ({"when": when} if when else {})

    def condition(self) -> str:
        """Conditions and values alike: VTL's ladder of operators, loosest first."""
        self._depth += 1
        if self._depth > _DEEPEST:
            self.fail("较浅的嵌套", "less depth")
        if self.accept("if"):
            test = self.condition()
            self.expect("then")
            then = self.condition()
            self.expect("else")
            found = f"(if {test} then {then} else {self.condition()})"
        else:
            found = self._conjunction()
            while word := self.accept("or", "xor"):
                right = self._conjunction()
                either = f"(({found} and not {right}) or (not {found} and {right}))"
                found = f"({found} or {right})" if word == "or" else either
        self._depth -= 1
        return found

    def _conjunction(self) -> str:
        found = self._comparison()
        while self.accept("and"):
            found = f"({found} and {self._comparison()})"
        return found

    def _comparison(self) -> str:
        if part := self._beginning():
            return part
        left = self._sum()
        if sign := self.accept(*_COMPARISONS):
            return f"({left} {_COMPARISONS[sign]} {self._sum()})"
        if word := self.accept("in", "not_in"):
            self.expect("{")
            options = [self._sum()]
            while self.accept(","):
                options.append(self._sum())
            self.expect("}")
            found = f"({left} in ({', '.join(options)}))"
            return found if word == "in" else f"(not {found})"
        return left

    def _beginning(self) -> str:
        """``substr(x, 1, n) = "text"`` of n letters is our ``starts``."""
        kinds = [kind for kind, _, _ in self.tokens[self.here : self.here + 10]]
        words = [word for _, word, _ in self.tokens[self.here : self.here + 10]]
        if len(words) < 10 or kinds[9] != "text" or words[0].lower() != "substr":
            return ""
        marks = (words[1], words[3], words[4], words[5], words[7], words[8])
        if marks != ("(", ",", "1", ",", ")", "=") or words[6] != str(len(words[9]) - 2):
            return ""
        self.here += 10
        return f"starts({_ours(words[2])}, {words[9]})"

    def _sum(self) -> str:
        found = self._product()
        while sign := self.accept("+", "-"):
            found = f"({found} {sign} {self._product()})"
        return found

    def _product(self) -> str:
        found = self._unary()
        while sign := self.accept("*", "/"):
            found = f"({found} {sign} {self._unary()})"
        return found

    def _unary(self) -> str:
        if self.accept("not"):
            return f"(not {self._unary()})"
        if sign := self.accept("-", "+"):
            return f"(-{self._unary()})" if sign == "-" else self._unary()
        return self._atom()

    def _atom(self) -> str:
        kind, word, _ = self.tokens[self.here]
        if self.accept("("):
            found = self.condition()
            self.expect(")")
            return found
        if kind in ("number", "text"):
            self.here += 1
            return word
        if kind != "name" or self.word in ("null", "true", "false", "end"):
            self.fail("数、文字或组件", "a number, a text or a component")
        self.here += 1
        return self._call(word.lower()) if self.accept("(") else _ours(word)

    def _call(self, function: str) -> str:
        arguments = [self.condition()]
        while self.accept(","):
            arguments.append(self.condition())
        self.expect(")")
        match function, arguments:
            case "isnull", [value]:
                return f"({value} is missing)"
            case "abs", [value]:
                return f"abs({value})"
            case "nvl", [value, "0"]:
                return f"zero({value})"
            case "between", [value, low, high]:
                return f"({value} between {low} and {high})"
            case _:
                self.here -= 1
                zh = f"isnull、abs、nvl(x, 0)、between，而非 {function}"
                self.fail(zh, f"isnull, abs, nvl(x, 0) or between, not {function}")


def _ours(name: str) -> str:
    """A component in our language: ``output__last`` is ``last(output)``."""
    head, mark, tail = name.partition("__")
    if not mark:
        return name
    if head in ("cover", "reporter"):
        return f"{head}.{tail}"
    return _SHIFTS.get(tail, "{}").format(head) if tail in _SHIFTS else name
