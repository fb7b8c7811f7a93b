"""Words of a VTL script (VTL 词法): tokens with their lines, and what every ruleset begins, ends
and says of a rule in the same way.
"""

from __future__ import annotations

import re
from typing import Any, Final, NoReturn

from hexi.statistics.checking.rules import Severity

__all__ = ["Stop", "Words"]

_TOKEN: Final = re.compile(
    r"""(?P<blank>\s+|/\*.*?\*/|//[^\n]*)
      | (?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<text>"[^"\n]*")
      | (?P<name>'[^'\n]+'|[A-Za-z_]\w*)
      | (?P<sign><=|>=|<>|\|\||:=|<-|[-+*/=<>(){},;:\[\]])""",
    re.VERBOSE | re.DOTALL,
)
_SEVERITIES: Final[dict[int, Severity]] = {3: "hard", 2: "explain", 1: "info"}


class Stop(Exception):
    """A place that cannot be read: line, expected in both languages, found."""


class Words:
    """The tokens of a script, and the place that has been reached."""

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

    @property
    def word(self) -> str:
        """The word here; a text is never taken for a word of the language."""
        kind, word, _ = self.tokens[self.here]
        return word.lower() if kind == "name" else word if kind == "sign" else ""

    @property
    def ended(self) -> bool:
        """True at the end of the script."""
        return self.tokens[self.here][0] == "end"

    def fail(self, zh: str, en: str) -> NoReturn:
        """Stop at this place."""
        _, word, line = self.tokens[self.here]
        raise Stop(line, zh, en, f"“{word}”" if word else "（结尾）")

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

    def name(self) -> str:
        """The name here, as it is written."""
        kind, word, _ = self.tokens[self.here]
        if kind != "name":
            self.fail("名称", "a name")
        self.here += 1
        return word

    def find(self, kind: str) -> str | None:
        """Go behind the head of the next ruleset of a kind; its name, None where there is none."""
        while not self.ended:
            if self.accept("define") and self.accept(kind) and self.accept("ruleset"):
                name = self.tokens[self.here][1]
                while not self.ended and not self.accept("is"):
                    self.here += 1
                return name
            self.here += 1
        return None

    def at_end_of_ruleset(self) -> bool:
        """True at ``end`` or at the end of the script."""
        return self.word == "end" or self.ended

    def skip_rule(self, start: int) -> None:
        """Go behind the rule that begins at a place."""
        self.here = start
        while not self.at_end_of_ruleset() and not self.accept(";"):
            self.here += 1

    def name_of_rule(self, number: int) -> str:
        """``name :`` at the beginning of a rule; a number where it has none."""
        if self.tokens[self.here][0] == "name" and self.tokens[self.here + 1][1] == ":":
            self.here += 2
            return self.tokens[self.here - 2][1]
        return f"V-{number}"

    def end_of_rule(self, form: str, name: str) -> dict[str, Any]:
        """``[errorcode t] [errorlevel n] [;]``: what of a rule's table does not depend on it."""
        code = self._after("errorcode", "text", "文字", "a text").strip('"')
        level = int(self._after("errorlevel", "number", "数", "a number").partition(".")[0] or 3)
        self.accept(";")
        ours = re.fullmatch(r"([\w.-]+)/([0-9]+)", code)
        return {
            "id": ours[1] if ours else name,
            "version": int(ours[2]) if ours else 1,
            "form": form,
            "severity": _SEVERITIES.get(level, "hard"),
            "name": name,
            "name_en": name,
            "message": f"不符合规则 {code or name}",
            "message_en": f"Does not keep rule {code or name}",
        }

    def _after(self, word: str, kind: str, zh: str, en: str) -> str:
        if not self.accept(word):
            return ""
        found, text, _ = self.tokens[self.here]
        if found != kind:
            self.fail(zh, en)
        self.here += 1
        return text
