"""Rules from VTL 2.1 (VTL 导入): data-point rulesets of others as rules in our own language.

Each rule of a ruleset becomes the table of a rule, as it would stand in a pack, to be read like
any other; what our language cannot say is told with its line. VTL binds ``not`` closer than
comparisons, so everything is put in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NoReturn

from hexi.catalogue.faults import Fault
from hexi.statistics.checking.rules import Severity

__all__ = ["Imported", "import_rules"]

_TOKEN: Final = re.compile(
    r"""(?P<blank>\s+|/\*.*?\*/|//[^\n]*)
      | (?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<text>"[^"\n]*")
      | (?P<name>'[^'\n]+'|[A-Za-z_]\w*)
      | (?P<sign><=|>=|<>|\|\||:=|<-|[-+*/=<>(){},;:])""",
    re.VERBOSE | re.DOTALL,
)
_SEVERITIES: Final[dict[int, Severity]] = {3: "hard", 2: "explain", 1: "info"}
_SHIFTS: Final = {"last": "last({})", "year_ago": "year_ago({})", "prior": "prior({})"}
_COMPARISONS: Final = {"=": "=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_DEEPEST: Final = 60


@dataclass(frozen=True)
class Imported:
    """Tables of rules, and what could not be taken over."""

    rules: tuple[dict[str, str | int], ...]
    faults: tuple[Fault, ...]


class _Stop(Exception):
    """A place that cannot be read: line, expected in both languages, found."""


def import_rules(text: str, form: str, file: str = "vtl") -> Imported:
    """The rules of every data-point ruleset in a VTL script, for a form.

    A rule that cannot be said is a fault; the others are taken.
    """
    faults: list[Fault] = []
    rules: list[dict[str, str | int]] = []
    reader = _Reader(text)
    while reader.find_ruleset():
        while not reader.at_end_of_ruleset():
            start = reader.here
            try:
                rules.append(reader.rule(form, len(rules) + 1))
            except _Stop as stop:
                line, zh, en, found = stop.args
                faults.append(Fault(file, line, "rule", zh, found, en))
                reader.skip_rule(start)
    if not rules and not faults:
        zh, en = "define datapoint ruleset", "define datapoint ruleset"
        faults.append(Fault(file, 0, "ruleset", zh, "没有", en))
    return Imported(tuple(rules), tuple(faults))


class _Reader:
    """One pass over the tokens of a script."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str, int]] = []
        at, line = 0, 1
        while at < len(text):
            match = _TOKEN.match(text, at)
            word = match[0] if match else text[at]
            kind = (match.lastgroup if match else "odd") or "odd"
            if kind != "blank":
                self.tokens.append((kind, word.strip("'") if kind == "name" else word, line))
            line += word.count("\n")
            at += len(word)
        self.tokens.append(("end", "", line))
        self.here = 0
        self._depth = 0

    @property
    def word(self) -> str:
        """The word here; a text is never taken for a word of the language."""
        kind, word, _ = self.tokens[self.here]
        return word.lower() if kind == "name" else word if kind == "sign" else ""

    def fail(self, zh: str, en: str) -> NoReturn:
        """Stop at this place."""
        _, word, line = self.tokens[self.here]
        raise _Stop(line, zh, en, f"“{word}”" if word else "（结尾）")

    def accept(self, *words: str) -> str:
        """The word here, where it is one of these."""
        word = self.word
        if word and word in words:
            self.here += 1
            return word
        return ""

    def expect(self, word: str) -> None:
        """Go past a word that has to be here."""
        if not self.accept(word):
            self.fail(f"“{word}”", f"“{word}”")

    def find_ruleset(self) -> bool:
        """Go behind the head of the next data-point ruleset."""
        while self.tokens[self.here][0] != "end":
            if self.accept("define") and self.accept("datapoint") and self.accept("ruleset"):
                while self.tokens[self.here][0] != "end" and not self.accept("is"):
                    self.here += 1
                return True
            self.here += 1
        return False

    def at_end_of_ruleset(self) -> bool:
        """True at ``end`` or at the end of the script."""
        return self.word == "end" or self.tokens[self.here][0] == "end"

    def skip_rule(self, start: int) -> None:
        """Go behind the rule that begins at a place."""
        self.here, self._depth = start, 0
        while not self.at_end_of_ruleset() and not self.accept(";"):
            self.here += 1

    def rule(self, form: str, number: int) -> dict[str, str | int]:
        """One rule: [name :] [when c then] c [errorcode t] [errorlevel n] [;]."""
        name = f"V-{number}"
        if self.tokens[self.here][0] == "name" and self.tokens[self.here + 1][1] == ":":
            name = self.tokens[self.here][1]
            self.here += 2
        when = ""
        if self.accept("when"):
            when = self.condition()
            self.expect("then")
        check = self.condition()
        code = self._text("errorcode")
        level = int(self._number("errorlevel") or 3)
        self.accept(";")
        ours = re.fullmatch(r"([\w.-]+)/([0-9]+)", code)
        found: dict[str, str | int] = {
            "id": ours[1] if ours else name,
            "version": int(ours[2]) if ours else 1,
            "form": form,
            "kind": "range",
            "severity": _SEVERITIES.get(level, "hard"),
            "name": name,
            "name_en": name,
            "check": check,
            "message": f"不符合规则 {code or name}",
            "message_en": f"Does not keep rule {code or name}",
        }
        return found | ({"when": when} if when else {})

    def _text(self, word: str) -> str:
        if not self.accept(word):
            return ""
        kind, text, _ = self.tokens[self.here]
        if kind != "text":
            self.fail("文字", "a text")
        self.here += 1
        return text[1:-1]

    def _number(self, word: str) -> str:
        if not self.accept(word):
            return ""
        kind, text, _ = self.tokens[self.here]
        if kind != "number":
            self.fail("数", "a number")
        self.here += 1
        return text.partition(".")[0]

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
