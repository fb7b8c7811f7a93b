"""What plan it is (规划概况): title, kind, level, owner, region, horizon, documents it rests on.

All of it is said in the title and the first passages. Names of places are told by their endings
(省, 市, 新区, 开发区); a catalogue, where given, says more surely who the owner is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from hexi import calendar
from hexi.catalogue import Catalogue
from hexi.plans.documents.document import Document
from hexi.plans.register.lexicon import alternatives, one_of, words
from hexi.plans.register.places import place_of
from hexi.plans.register.plan import Basis, Horizon, Level, PlanKind
from hexi.quantities import numerals

__all__ = ["Identity", "basis_of", "horizon_of", "identify"]

_QUOTED = re.compile(r"《([^《》]{4,60})》(?:[（(]([^（）()]{3,40}号)[）)])?")
_PLAN_NAME = re.compile(
    r"(?<![〇零一二三四五六七八九十])([一二三四五六七八九十]{1,3}五)(?=时期|期间|规划)"
)
_QUOTED_PLAN = re.compile(r"[“\"]([一二三四五六七八九十]{1,3}五)[”\"]")
_ISSUED = re.compile(
    r".{0,40}?(?:关于)?(?:印发|发布|批转|转发)《?(.{4,80}?)》?(?:的(?:通知|公告|决定|批复))?"
)
_YEARS = re.compile(r"(20\d\d|19\d\d)\s*年?\s*(?:[-—–~～－至到]|——)+\s*(20\d\d|19\d\d)\s*年?")
_SINGLE_YEAR = re.compile(r"(20\d\d|19\d\d)\s*年(?!\d|[-—–~～－至]|[度]?版|修订)")
_PERIOD_SAID = re.compile(r"规划(?:期限|期|时限|年限|范围期)(?:限)?\s*(?:为|是|：|:)?[^。；]{0,40}")
_YEAR = r"(20\d\d|二[〇零○]\S\S)\s*年"
_OUTLOOK = re.compile(rf"(?:展望(?:到|至)?|远期(?:展望)?(?:到|至|为)?)\s*{_YEAR}|{_YEAR}远景")
#: at one length 新区 says more than 区, so zones are tried first
_INNER: tuple[Level, ...] = ("zone", "park", "county")
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
    issued = _ISSUED.fullmatch(title)
    return issued[1].strip() if issued is not None else title.strip()


@cache
def _part(level: str, least: int = 2) -> re.Pattern[str]:
    """A name of that level: at least so many characters before its ending."""
    most = 8 if level in ("province", "city") else 14
    endings = alternatives("levels", level)
    if level == "county":
        endings += "|" + alternatives("levels", "district")
    return re.compile(rf"[\u4e00-\u9fff（）]{{{least},{most}}}?(?:{endings})")


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
    inner = _inner(title, at)
    if inner is not None:
        name, level, at = inner
        further = _inner(title, at, 0) if level == "zone" else None
        if further is not None and further[1] != "county":
            # 兰州新区综合保税区: a zone within a zone goes by both names
            name, level = name + further[0], further[1]
        found.append((name, level))
    return found


def _inner(title: str, at: int, least: int = 2) -> tuple[str, Level, int] | None:
    """County, zone or park that begins at a place of the title: the shortest reading."""
    read: list[tuple[int, str, Level]] = []
    for level in _INNER:
        match = _part(level, least).match(title, at)
        if match is not None and not _runs_on(match[0]):
            read.append((match.end(), match[0], level))
    if not read:
        return None
    end, name, level = min(read, key=lambda one: one[0])
    return name, level, end


@cache
def _content() -> re.Pattern[str]:
    """Words of a plan's matter: a name that runs over them is no place."""
    return re.compile(r"发展|规划|建设|关于|经济社会|国民经济|五年|产业(?!园|开发)|方案|行动")


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


_CITED = re.compile(r"《[^》]*》")


def horizon_of(document: Document, title: str) -> Horizon:
    """Years of the plan: a span that the title names, else as the text states them."""
    opening = _opening(document)
    outlook = _outlook(title, opening)
    found = _years_of_title(title)
    stated = _stated(document)
    if stated is not None:
        years, said = stated
        spans = found is not None and found.start != found.end
        first, last = (found.start, found.end) if found is not None and spans else years
        return Horizon(first, last, outlook, said, years)
    found = found or _plan_named(opening)
    return Horizon(None, None, outlook) if found is None else replace(found, outlook=outlook)


def _stated(document: Document) -> tuple[tuple[int, int], str] | None:
    """Years of the sentence that states them (规划期为2016-2020年), with its words."""
    for block in document.blocks:
        said = _PERIOD_SAID.search(block.text) if "规划" in block.text else None
        years = _YEARS.search(said[0]) if said is not None else None
        if said is not None and years is not None:
            return (int(years[1]), int(years[2])), said[0].strip()
    return None


def _years_of_title(title: str) -> Horizon | None:
    """“十三五”, 第十四个五年规划, （2021—2025年） or a single year in the title."""
    named = _QUOTED_PLAN.search(title) or _PLAN_NAME.search(title)
    long_name = title[title.find("第") :] if "个五年" in title else ""
    number = calendar.plan_number(long_name or (named[1] if named is not None else ""))
    if number is not None:
        period = calendar.plan_period(number)
        said = named[0] if named is not None else title
        return Horizon(period.first_year, period.last_year, said=said)
    years = _YEARS.search(title)
    if years is not None:
        return Horizon(int(years[1]), int(years[2]), said=years[0])
    single = _SINGLE_YEAR.search(title)
    return None if single is None else Horizon(int(single[1]), int(single[1]), said=single[0])


def _plan_named(texts: list[str]) -> Horizon | None:
    """The first five-year plan that the opening passages name in quotation marks."""
    for text in texts:
        named = _QUOTED_PLAN.search(text)
        number = calendar.plan_number(named[1]) if named is not None else None
        if named is not None and number is not None:
            period = calendar.plan_period(number)
            return Horizon(period.first_year, period.last_year, said=named[0])
    return None


def _opening(document: Document) -> list[str]:
    return [b.text for b in document.blocks[:_OPENING] if b.kind in ("paragraph", "heading")]


def _outlook(title: str, opening: list[str]) -> int | None:
    # a plan that is cited has an outlook of its own
    for text in (title, *(_CITED.sub("", passage) for passage in opening)):
        match = _OUTLOOK.search(text)
        year = numerals.read(match[1] or match[2]) if match is not None else None
        if year is not None:
            return int(year.value)
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
