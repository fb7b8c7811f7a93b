"""Twin keys (同一指标判定): which statements speak of the same thing.

The key is the subject after the document's aliases, the indicator (by catalogue id, else by its
name without words of amount), and the facets that keep figures of one indicator apart.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from hexi.catalogue import Catalogue
from hexi.plans.register.identity import Identity
from hexi.plans.register.lexicon import alternatives, synonyms, words
from hexi.plans.statements.statement import Statement

__all__ = ["Names", "TwinKey", "indicator_key", "subject_key"]

#: the subject is the plan's own area
SELF = "本地区"

_BRACKETS = re.compile(r"[（(\[【][^（()）\]】]*[）)\]】]")
_MARKS = re.compile(r"[\s“”\"'‘’「」《》·、，,：:；;—\-的]")
_SHORT_FORM = re.compile(
    r"[（(]以下(?:统称|简称)[：:]?[“\"「‘]?([\u4e00-\u9fff]{2,15})[”\"」’]?[）)]"
)
_HAN_END = re.compile(r"[\u4e00-\u9fff“”]{4,30}$")


class TwinKey(NamedTuple):
    """Statements with one key are of one thing; period, measure and modality still differ."""

    subject: str
    indicator: str
    facets: tuple[str, ...]


@cache
def _counted() -> re.Pattern[str]:
    heads, ranks = alternatives("names", "subject_heads"), alternatives("names", "subject_ranks")
    return re.compile(rf"^(?:{heads})?(?:\d+(?:个|家|户|项))?(?:(?:{ranks})(?=..))?")


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"^(?:{alternatives('names', 'heads')})(?=..)")


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(rf"(?<=..)(?:{alternatives('names', 'tails')})$")


@lru_cache(maxsize=65536)
def subject_key(subject: str, own: tuple[str, ...] = ()) -> str:
    """The subject without counting words and without the plan's own area (``own``) in front."""
    text = _MARKS.sub("", _BRACKETS.sub("", subject) or subject)
    text = _counted().sub("", text) or text
    for name in own:
        if text.startswith(name):
            rest = text.removeprefix(name)
            return _counted().sub("", rest) or rest or SELF
    return text


@lru_cache(maxsize=65536)
def indicator_key(name: str) -> str:
    """The indicator without verbs, words of amount, brackets and marks."""
    text = _MARKS.sub("", _BRACKETS.sub("", name) or name)
    previous = ""
    while previous != text and text not in synonyms():
        previous = text
        text = _tails().sub("", _heads().sub("", text))
    return synonyms().get(text, text)


def _long_form(before: str, short: str) -> str:
    """The long form that a short form stands for: it begins with the same characters."""
    start = before.rfind(short[:2])
    return before[start if start >= 0 else max(0, before.rfind(short[0])) :]


def _shortens(short: str, name: str) -> bool:
    """True where the short form keeps some characters of the name in their order."""
    rest = iter(name)
    return all(character in rest for character in short)


#: what a plan of each level calls its own area
_OWN_ENDINGS: dict[str, str] = {
    "national": "国",
    "province": "省区市",
    "city": "市州盟",
    "county": "县区市旗",
    "zone": "区",
    "park": "区",
}


class Names:
    """Keys of the statements of one document."""

    def __init__(self, text: str, identity: Identity, catalogue: Catalogue | None) -> None:
        self._catalogue = catalogue
        self._indicators: dict[str, str] = {}
        endings = _OWN_ENDINGS.get(identity.level, "")
        own = [w for w in words("names", "subject_regions") if not endings or w[-1] in endings]
        if identity.owner:
            own += [_MARKS.sub("", identity.owner)]
        self._own = tuple(own)
        self._aliases: dict[str, str] = {}
        for match in _SHORT_FORM.finditer(text):
            before = _HAN_END.search(text, max(0, match.start() - 30), match.start())
            if before is not None:
                self._alias(before[0], match[1], identity.owner)

    def _alias(self, before: str, short: str, owner: str) -> None:
        if owner and _shortens(short, owner) and owner in before:
            self._aliases[short] = SELF
        elif not set(short) - set(before):
            key = subject_key(_long_form(before, short), self._own)
            self._aliases[subject_key(short, self._own)] = key

    def key(self, statement: Statement) -> TwinKey:
        """The twin key of a statement."""
        subject = statement.subject_id or subject_key(statement.subject, self._own)
        return TwinKey(
            self._aliases.get(subject, subject),
            statement.indicator_id or self._indicator(statement.indicator),
            tuple(sorted(statement.facets)),
        )

    def _indicator(self, name: str) -> str:
        known = self._indicators.get(name)
        if known is None:
            found = self._catalogue.find_indicator(name, near=False) if self._catalogue else None
            known = found.id if found is not None else indicator_key(name)
            self._indicators[name] = known
        return known
