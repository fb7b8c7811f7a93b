"""Frames (语境): what a passage takes for granted and a figure therefore does not say.

The document frame knows the plan's horizon, the year it speaks in, its principal subject and short
forms; the section frame knows whether results are reviewed or aims are set, and whose section it
is. A figure without its own time, subject or modality takes them from here, and says so.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from hexi.plans.documents.document import Block, Document
from hexi.plans.statements.lexicon import alternatives, table, words
from hexi.plans.statements.names import Owners, ends_with, strip_lead
from hexi.plans.statements.times import Clock, Moment, time_pattern

__all__ = ["Catalogue", "DocumentFrame", "SectionFrame", "document_frame", "headline", "section_of"]


class Catalogue(Protocol):
    """What the grammar asks of a policy pack."""

    def find_indicator(self, name: str) -> object | None: ...

    def find_unit(self, name: str) -> object | None: ...


@dataclass(frozen=True, slots=True)
class DocumentFrame:
    """What holds for the whole document."""

    clock: Clock
    owners: Owners
    horizon: tuple[int, int] | None
    #: true for a plan (it has a horizon), false for a report or an article
    is_plan: bool
    catalogue: Catalogue | None = None
    #: the year that a report or bulletin is of, by its title; figures without a time are of it
    titled: Moment | None = None

    @property
    def review_year(self) -> int:
        """The last year that the document looks back on."""
        return self.horizon[0] - 1 if self.horizon else self.clock.year - 1

    def knows(self, name: str) -> bool:
        """The policy pack has an indicator of this name."""
        return self.catalogue is not None and self.catalogue.find_indicator(name) is not None

    def is_anchor(self, moment: Moment) -> bool:
        """Times that a passage may go on from: the end of the review, of the plan, this year.

        Other years are asides (自2014年开始…) and rule their own sentence only."""
        years = {self.review_year, self.clock.year}
        if self.horizon:
            years.add(self.horizon[1])
        return moment.last in years


@dataclass(frozen=True, slots=True)
class SectionFrame:
    """What holds under the headings above a block."""

    titles: tuple[str, ...] = ()
    #: review, outlook, aims, tasks or ""
    purpose: str = ""
    subject: str = ""
    #: levels at which numbering below this heading has started
    opened: frozenset[int] = frozenset()


_YEAR = re.compile(r"(?<![0-9])((?:19|20)\d\d)\s*年")
_SPAN = re.compile(r"((?:19|20)\d\d)\s*年?\s*(?:[-－—–~～至到]{1,2})\s*((?:19|20)\d\d)\s*年")
_TERM = re.compile(r"规划期限?(?:为|是|:|：)?")
_SHORT = re.compile(
    r"([^，。；：、（(“”《》\s]{2,30})[（(]以下(?:统称|简称)(?:为)?"
    r"[“\"]?([^”\"）)]{2,16})[”\"]?[）)]"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:省|自治区|市|自治州|县)")
_ZONE_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,20}?(?:经济技术开发区|高新技术产业开发区|产业开发区|经济开发区"
    r"|开发区|新区|园区|示范区|试验区|保税区|工业园)"
)
_NUMBERING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+[章节篇条]|[（(]?[一二三四五六七八九十]+[）)、.．]"
    r"|[（(]?\d+(?:\.\d+)*[）)、.．]?|专栏\s*\d*|附?表\s*\d*|图\s*\d*|#+|——)[\s　:：.．;；]*"
)
_ISSUED = re.compile(
    r"关于(?:印发|发布|公布|下达)[《〈]?([^》〉]{4,80}?)[》〉]?的(?:通知|公告|通告|决定)"
)
_TOPICS = re.compile(
    r"(?:发展规划纲要|发展规划|规划纲要|总体规划|专项规划|规划|纲要|计划|方案|意见)"
)


def headline(text: str) -> str:
    """A heading without its numbering."""
    return _NUMBERING.sub("", text.strip()).strip("　 。：:")


def document_frame(document: Document, catalogue: Catalogue | None = None) -> DocumentFrame:
    """Read the frame of a document from its title, its first pages and its definitions."""
    texts = [block.text for block in document.blocks if block.text]
    head = "\n".join(texts[:60])[:6000]
    title = _title(document, texts)
    horizon = _horizon(title, head)
    named = _YEAR.search(title) if horizon is None else None
    year = horizon[0] if horizon else int(named[1]) if named else _speaking_year(texts)
    report = named is not None and re.search(r"公报|概况|年鉴|统计|运行情况", title)
    titled = Moment(year, year) if report else None
    clock = Clock(year, horizon)
    return DocumentFrame(
        clock, _owners(title, texts), horizon, horizon is not None, catalogue, titled
    )


def _title(document: Document, texts: list[str]) -> str:
    """The title line: the document's own, or the first short line that names a plan.

    Of the notice that issues a plan (…关于印发…的通知), what it issues."""
    title = _title_line(document, texts)
    issued = _ISSUED.search(title)
    return issued[1] if issued else title


def _title_line(document: Document, texts: list[str]) -> str:
    if document.title:
        return document.title
    for text in texts[:25]:
        if (
            len(text) <= 60
            and _TOPICS.search(text)
            and not text.rstrip().endswith(("。", "：", "；"))
        ):
            return text.strip()
    return texts[0].strip() if texts and len(texts[0]) < 60 else ""


def _horizon(title: str, head: str) -> tuple[int, int] | None:
    for text in (title, *(head[m.end() : m.end() + 40] for m in _TERM.finditer(head))):
        span = _SPAN.search(text)
        if span:
            return int(span[1]), int(span[2])
    for match in time_pattern().finditer(title):
        if match.lastgroup in ("plan", "nthplan"):
            moment = Clock(2000).read(match)
            if moment:
                return moment.first, max(moment.last, moment.first + 4)
    if "规划" in title:
        named: Counter[tuple[int, int]] = Counter()
        for match in time_pattern().finditer(head):
            if match.lastgroup in ("plan", "nthplan"):
                moment = Clock(2000).read(match)
                if moment and moment.is_span:
                    named[(moment.first, moment.last)] += 1
        if named:
            return max(named, key=lambda span: (named[span], span))
    return None


def _speaking_year(texts: list[str]) -> int:
    years: Counter[int] = Counter()
    for text in texts[:400]:
        years.update(int(match[1]) for match in _YEAR.finditer(text))
    if not years:
        return 2000
    most = max(years.values())
    return max(year for year, count in years.items() if count * 2 >= most)


def _owners(title: str, texts: list[str]) -> Owners:
    zone = _zone(title)
    aliases = _short_forms(zone, texts[:200])
    place = _PLACE.search(title)
    local = place[0] if place else ""
    province = _province([title, *texts])
    principal = aliases.get(zone, zone) or _principal(title) or local or province
    return Owners(
        principal,
        aliases,
        province=province,
        city=_city(title),
        county=local if local.endswith(("县", "旗", "区")) else "",
        zone=principal if zone else "",
    )


def _short_forms(zone: str, texts: list[str]) -> dict[str, str]:
    """Short forms that the document defines (以下简称); each name leads to the form to show."""
    aliases: dict[str, str] = {}
    for text in texts:
        if "以下" not in text:
            continue
        for match in _SHORT.finditer(text):
            short, run = match[2].strip(), match[1]
            long = run[run.index(zone) :] if zone and zone in run else strip_lead(run)
            if ends_with("body", short):
                aliases[short] = aliases[long] = short
    return aliases


def _province(texts: list[str]) -> str:
    """The province that the title names, else the one that the text names most."""
    own = re.search(
        r"([\u4e00-\u9fff]{2,3}?省)(?=[“\"十人关国]|开放|外贸|商务|开发区|经济)", texts[0]
    )
    if own and not own[1].startswith(("全", "我", "本")):
        return own[1]
    head = "\n".join(texts[1:60])[:8000]
    named = {
        full: texts[0].count(short) * 1000 + head.count(short)
        for full, short in table("places")["provinces"]["names"]
    }
    most = max(named, key=lambda full: named[full])
    return most if named[most] else ""


def _city(title: str) -> str:
    match = re.search(r"[\u4e00-\u9fff]{2,4}(?:市|自治州)", title)
    return match[0] if match else ""


def _zone(title: str) -> str:
    match = _ZONE_NAME.search(re.sub(r"[“”\"]", "", title.split("“")[0]))
    return match[0] if match else ""


def _principal(title: str) -> str:
    """Territory of the title, with the kind of unit that the plan is about (甘肃省开发区)."""
    place = _PLACE.search(title)
    if not place:
        return ""
    topic = re.sub(r"[“\"]?十[一二三四五六七八九]?五[”\"]?(?:时期|期间)?", "", title[place.end() :])
    kind = re.match(
        r"(?:国家级|省级)?(?:开发区|园区|工业园区|高新区|经开区|产业园区)", topic.strip()
    )
    return place[0] + (kind[0] if kind else "")


@cache
def _purposes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    order = ("review", "outlook", "aims", "tasks")
    return tuple((name, re.compile(alternatives(words("sections", name)))) for name in order)


def section_of(parent: SectionFrame, level_titles: tuple[str, ...], block: Block) -> SectionFrame:
    """The frame below a heading; what the heading leaves open stays as its parent has it."""
    name = headline(block.text)
    purpose = next((key for key, pattern in _purposes() if pattern.search(name)), "")
    if parent.purpose and purpose != "aims":
        purpose = parent.purpose
    body = ends_with("body", name) or ends_with("place", name)
    if (
        2 < len(name) <= 24
        and body
        and not re.search(r"[+＋，、]|^[“\"]", name)
        and not _TOPICS.search(name)
    ):
        subject = name
    else:
        subject = parent.subject
    titles = (*level_titles, name)
    return replace(parent, titles=titles, opened=frozenset(), purpose=purpose, subject=subject)
