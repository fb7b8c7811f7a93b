"""Reads an expression (表达式的语法) into nodes, or says where it cannot and what was expected.

    choice     = "if" choice "then" choice "else" choice | disjunction
    disjunction= conjunction {"or" conjunction}
    conjunction= inversion {"and" inversion}
    inversion  = "not" inversion | comparison
    comparison = sum [("=" | "!=" | "<" | "<=" | ">" | ">=") sum
                     | "between" sum "and" sum | "in" "(" sum {"," sum} ")"
                     | "is" ["not"] "missing"]
    sum        = product {("+" | "-") product}
    product    = sign {("*" | "/") sign}
    sign       = "-" sign | atom
    atom       = number ["%"] | text | "(" choice ")" | name ["(" [argument {"," argument}] ")"]
    argument   = choice | name ":" sum

Full-width signs of an input method read as their plain ones. Depth and length are bounded, since
rules come from people.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final, Literal, NoReturn, cast

from hexi.statistics.language.nodes import (
    Arithmetic,
    Binary,
    Call,
    Choice,
    Compare,
    Comparison,
    Expression,
    IsMissing,
    Logic,
    Member,
    Name,
    Negation,
    Not,
    Number,
    Text,
)

__all__ = ["KEYWORDS", "ExpressionError", "parse"]

KEYWORDS: Final = frozenset(
    {"if", "then", "else", "or", "and", "not", "between", "in", "is", "missing"}
)

_LONGEST: Final = 4000
_DEEPEST: Final = 50
_PLAIN: Final = str.maketrans(
    "（），：＋－＊／×÷＝＜＞％“”　０１２３４５６７８９．", '(),:+-*/*/=<>%"" 0123456789.'
)
_SIGNS: Final = {"≤": "<=", "≥": ">=", "≠": "!=", "==": "=", "<>": "!="}
_TOKEN: Final = re.compile(
    r"""(?P<blank>\s+|\#[^\n]*)
      | (?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<text>"[^"\n]*")
      | (?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
      | (?P<sign><=|>=|!=|==|<>|[-+*/=<>≤≥≠%(),:])""",
    re.VERBOSE,
)

_COMPARISONS: Final = ("=", "!=", "<", "<=", ">", ">=")


class ExpressionError(ValueError):
    """An expression that cannot be read: where, and what was expected there."""

    def __init__(self, source: str, at: int, expected: str) -> None:
        self.source, self.at, self.expected = source, at, expected
        found = source[at : at + 12] or "the end"
        super().__init__(f"column {at + 1}: expected {expected}, found {found!r}")


def parse(source: str) -> Expression:
    """Read one expression.

    Raises:
        ExpressionError: where the text is no expression, too long or too deep.
    """
    return _Parser(source).whole()


#: kind, word, place
_Token = tuple[str, str, int]


class _Parser:
    """One pass over the tokens of one expression, by recursive descent."""

    def __init__(self, source: str) -> None:
        self.source = source
        if len(source) > _LONGEST:
            self._fail(_LONGEST, f"at most {_LONGEST} characters")
        self._tokens = self._read_tokens(source.translate(_PLAIN))
        self._here = 0
        self._depth = 0

    def whole(self) -> Expression:
        found = self._choice()
        if self._kind != "end":
            self._fail(self._at, "an operator or the end")
        return found

    def _read_tokens(self, text: str) -> list[_Token]:
        tokens: list[_Token] = []
        at = 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                self._fail(at, "a name, a number or an operator")
            kind = match.lastgroup or ""
            word = match[0]
            if kind == "name" and word in KEYWORDS:
                kind = "word"
            if kind != "blank":
                tokens.append((kind, _SIGNS.get(word, word), at))
            at = match.end()
        tokens.append(("end", "", len(text)))
        return tokens

    @property
    def _kind(self) -> str:
        return self._tokens[self._here][0]

    @property
    def _word(self) -> str:
        kind, word, _ = self._tokens[self._here]
        return word if kind in ("sign", "word") else ""

    @property
    def _at(self) -> int:
        return self._tokens[self._here][2]

    def _take(self) -> tuple[str, int]:
        _, word, at = self._tokens[self._here]
        self._here += 1
        return word, at

    def _accept(self, *words: str) -> str:
        return self._take()[0] if self._word in words and self._word else ""

    def _expect(self, word: str) -> None:
        if not self._accept(word):
            self._fail(self._at, f"“{word}”")

    def _fail(self, at: int, expected: str) -> NoReturn:
        raise ExpressionError(self.source, at, expected)

    def _choice(self) -> Expression:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._fail(self._at, f"at most {_DEEPEST} levels")
        at = self._at
        if self._accept("if"):
            condition = self._choice()
            self._expect("then")
            then = self._choice()
            self._expect("else")
            found: Expression = Choice(condition, then, self._choice(), at)
        else:
            found = self._joined("or", lambda: self._joined("and", self._inversion))
        self._depth -= 1
        return found

    def _joined(
        self, operator: Literal["and", "or"], operand: Callable[[], Expression]
    ) -> Expression:
        at = self._at
        operands = [operand()]
        while self._accept(operator):
            operands.append(operand())
        return operands[0] if len(operands) == 1 else Logic(operator, tuple(operands), at)

    def _inversion(self) -> Expression:
        at = self._at
        turns = 0
        while self._accept("not"):
            turns += 1
        found = self._comparison()
        return Not(found, at) if turns % 2 else found

    def _comparison(self) -> Expression:
        left, at = self._sum(), self._at
        if operator := self._accept(*_COMPARISONS):
            return Compare(cast(Comparison, operator), left, self._sum(), at)
        if self._accept("between"):
            low = self._sum()
            self._expect("and")
            bounds = Compare(">=", left, low, at), Compare("<=", left, self._sum(), at)
            return Logic("and", bounds, at)
        if self._accept("in"):
            self._expect("(")
            options = [self._sum()]
            while self._accept(","):
                options.append(self._sum())
            self._expect(")")
            return Member(left, tuple(options), at)
        if self._accept("is"):
            turned = self._accept("not")
            self._expect("missing")
            found = IsMissing(left, at)
            return Not(found, at) if turned else found
        return left

    def _sum(self) -> Expression:
        return self._chain(("+", "-"), lambda: self._chain(("*", "/"), self._sign))

    def _chain(self, operators: tuple[str, str], operand: Callable[[], Expression]) -> Expression:
        found = operand()
        while self._word in operators:
            operator, at = self._take()
            found = Binary(cast(Arithmetic, operator), found, operand(), at)
        return found

    def _sign(self) -> Expression:
        at = self._at
        turns = 0
        while self._accept("-"):
            turns += 1
        found = self._atom()
        return Negation(found, at) if turns % 2 else found

    def _atom(self) -> Expression:
        kind, at = self._kind, self._at
        if kind == "number":
            value = Decimal(self._take()[0])
            return Number(value / 100 if self._accept("%") else value, at)
        if kind == "text":
            return Text(self._take()[0][1:-1], at)
        if kind == "name":
            name = self._take()[0]
            return self._call(name, at) if self._accept("(") else Name(name, at)
        if self._accept("("):
            found = self._choice()
            self._expect(")")
            return found
        self._fail(at, "a value")

    def _call(self, function: str, at: int) -> Call:
        arguments: list[Expression] = []
        keywords: list[tuple[str, Expression]] = []
        while not self._accept(")"):
            if arguments or keywords:
                self._expect(",")
            if self._kind == "name" and self._tokens[self._here + 1][1] == ":":
                keyword = self._take()[0]
                self._take()
                keywords.append((keyword, self._sum()))
            elif keywords:
                self._fail(self._at, "a named argument")
            else:
                arguments.append(self._choice())
        return Call(function, tuple(arguments), tuple(keywords), at)
