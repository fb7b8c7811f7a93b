"""What plan it is (规划概况): title, kind, level, owner, region, horizon, documents it rests on.

All of it is said in the title and the first passages. Names of places are told by their endings
(省, 市, 新区, 开发区); a catalogue, where given, says more surely who the owner is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hexi import calendar
from hexi.catalogue import Catalogue
from hexi.plans.documents.document import Document
from hexi.plans.register.lexicon import alternatives, one_of, words
from hexi.plans.register.places import place_of
from hexi.plans.register.plan import Basis, Horizon, Level, PlanKind

__all__ = ["Identity", "basis_of", "horizon_of", "identify"]

_QUOTED = re.compile(r"《([^《》]{4,60})》(?:[（(]([^（）()]{3,40}号)[）)])?")
_PLAN_NAME = re.compile(
    r"[“\"]?([一二三四五六七八九十]{1,3}五)[”\"]?(?=时期|期间|规划|[\u4e00-\u9fff“”])"
)
_QUOTED_PLAN = re.compile(r"[“\"]([一二三四五六七八九十]{1,3}五)[”\"]")
_YEARS = re.compile(r"(20\d\d|19\d\d)\s*年?\s*(?:[-—–~～－至到]|——)+\s*(20\d\d|19\d\d)\s*年?")
_SINGLE_YEAR = re.compile(r"(20\d\d|19\d\d)\s*年(?!\d|[-—–~～－至])")
_PERIOD_SAID = re.compile(r"规划(?:期限|期|时限|年限|范围期)(?:限)?\s*(?:为|是|：|:)?[^。；]{0,40}")
_OUTLOOK = re.compile(
    r"(?:展望(?:到|至)?|远期(?:到|至|为)?)\s*(20\d\d)\s*年|(20\d\d)\s*年(?:远景目标|远景)"
)
_LEVELS: tuple[Level, ...] = ("province", "city", "county", "zone", "park")
#: passages that may say what the plan is
_OPENING = 30


@dataclass(frozen=True, slots=True)
class Identity:
    """Title and owner of a plan."""

    title: str
    kind: PlanKind
    level: Level
    owner: str
    owner_id: str
    region: str


def identify(document: Document, catalogue: Catalogue | None = None) -> Identity:
    """Title, kind, level, owner and region."""
    title = _title(document)
    chain = _chain(title)
    owner, level = _owner(chain)
    owner_id = ""
    if catalogue is not None:
        known = catalogue.find_unit(owner) if owner else None
        if known is None:
            known = next((u for start, _, u in catalogue.units_in(title) if start == 0), None)
        if known is not None:
            owner, owner_id = known.name, known.id
            level = _LEVEL_OF_UNIT.get(known.kind, level)
    region = next((name for name, kind in chain if kind in ("province", "city", "county")), "")
    return Identity(title, _kind(title, level), level, owner, owner_id, region or owner)


_LEVEL_OF_UNIT: dict[str, Level] = {
    "province": "province",
    "city": "city",
    "county": "county",
    "zone": "zone",
    "park": "park",
}


def _title(document: Document) -> str:
    title = document.title or next(
        (b.text for b in document.blocks[:_OPENING] if b.kind == "heading"), document.name
    )
    inner = _QUOTED.search(title)
    return inner[1] if inner and "关于" in title[: inner.start()] else title.strip()


@cache
def _part(level: str) -> re.Pattern[str]:
    reach = "{2,8}?" if level in ("province", "city") else "{2,14}?"
    endings = alternatives("levels", level)
    if level == "county":
        endings += "|" + alternatives("levels", "district")
    return re.compile(rf"[\u4e00-\u9fff（）]{reach}(?:{endings})")


def _chain(title: str) -> list[tuple[str, Level]]:
    """Places at the head of the title, outermost first: 甘肃省, 兰州市, 兰州新区."""
    if re.match(alternatives("levels", "national"), title):
        return [("国家", "national")]
    found: list[tuple[str, Level]] = []
    at = 0
    for level in ("province", "city"):
        match = _part(level).match(title, at)
        if match is not None and not _runs_on(match[0]):
            found.append((match[0], "province" if level == "province" else "city"))
            at = match.end()
    inner = [
        (m, level) for level in ("zone", "park", "county") if (m := _part(level).match(title, at))
    ]
    inner = [(m, level) for m, level in inner if not _runs_on(m[0])]
    if inner:
        # the shortest reading is a place; at one length 新区 says more than 区
        match, level = min(inner, key=lambda pair: pair[0].end())
        found.append(
            (match[0], "zone" if level == "zone" else "park" if level == "park" else "county")
        )
    return found


@cache
def _content() -> re.Pattern[str]:
    """Words of a plan's matter: a name that runs over them is no place."""
    return re.compile(r"发展|规划|建设|关于|经济社会|国民经济|五年|产业[^园]|方案|行动")


def _runs_on(name: str) -> bool:
    return _content().search(name) is not None


def _owner(chain: list[tuple[str, Level]]) -> tuple[str, Level]:
    return chain[-1] if chain else ("", "")


def _kind(title: str, level: Level) -> PlanKind:
    for name in ("general", "action", "trade", "spatial"):
        if one_of("kinds", name).search(title):
            return _KINDS[name]
    return "zone" if level in ("zone", "park") else "special"


_KINDS: dict[str, PlanKind] = {
    "general": "general",
    "action": "action",
    "trade": "trade",
    "spatial": "spatial",
}


def horizon_of(document: Document, title: str) -> Horizon:
    """Years of the plan: as the text states them, else as the title's plan name implies."""
    opening = _opening(document)
    outlook = _outlook(title, opening)
    for block in document.blocks:
        stated = _PERIOD_SAID.search(block.text) if "规划" in block.text else None
        years = _YEARS.search(stated[0]) if stated is not None else None
        if stated is not None and years is not None:
            return Horizon(int(years[1]), int(years[2]), outlook, stated[0].strip())
    for text in (title, *opening):
        years = _YEARS.search(text)
        named = _QUOTED_PLAN.search(text) or (_PLAN_NAME.search(text) if text is title else None)
        if named is not None:
            number = calendar.plan_number(named[1])
            if number is not None:
                period = calendar.plan_period(number)
                return Horizon(period.first_year, period.last_year, outlook, named[0])
        if years is not None and text is title:
            return Horizon(int(years[1]), int(years[2]), outlook, years[0])
    long_name = calendar.plan_number(title[title.find("第") :]) if "个五年" in title else None
    if long_name is not None:
        period = calendar.plan_period(long_name)
        return Horizon(period.first_year, period.last_year, outlook, title)
    single = _SINGLE_YEAR.search(title)
    if single is not None:
        return Horizon(int(single[1]), int(single[1]), outlook, single[0])
    return Horizon(None, None, outlook)


def _opening(document: Document) -> list[str]:
    return [b.text for b in document.blocks[:_OPENING] if b.kind in ("paragraph", "heading")]


def _outlook(title: str, opening: list[str]) -> int | None:
    for text in (title, *opening):
        match = _OUTLOOK.search(text)
        if match is not None:
            return int(match[1] or match[2])
    return None


def basis_of(document: Document, title: str) -> tuple[Basis, ...]:
    """Documents in 《》 that the plan says it is drawn up on, each once."""
    found: dict[str, Basis] = {}
    for index, sentence_start, sentence in _basis_sentences(document):
        for match in _QUOTED.finditer(sentence):
            name = match[1]
            if name == title or name in found:
                continue
            start = sentence_start + match.start()
            place = place_of(document, index, start, sentence_start + match.end())
            found[name] = Basis(name, match[2] or "", _is_upper(name, title), place)
    return tuple(found.values())


def _basis_sentences(document: Document) -> Iterator[tuple[int, int, str]]:
    """Sentences that name documents as the plan's basis."""
    listing = False
    for index, block in enumerate(document.blocks):
        if block.kind == "heading":
            listing = bool(re.search("编制依据|规划依据", block.text))
        if "《" not in block.text:
            continue
        start = 0
        for match in re.finditer(r"[^。！？]*[。！？]?", block.text):
            sentence, start = match[0], match.start()
            if "《" in sentence and (listing or _says_basis(sentence, index)):
                yield index, start, sentence


def _says_basis(sentence: str, index: int) -> bool:
    cue = one_of("titles", "basis_cues").search(sentence) is not None
    closed = one_of("titles", "basis_closers").search(sentence) is not None
    return cue and (closed or (index < 6 and "规划" in sentence and "制" in sentence))


def _is_upper(name: str, title: str) -> bool:
    """A plan or outline that the plan carries out, not a rule or a method."""
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", name)
    if re.search(r"办法|条例|规定|标准|细则|法$", bare):
        return False
    return any(word in bare for word in words("titles", "upper")) and bare != title
