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
from hexi.plans.statements.kinds import Kind, kind_of, reports, settled, speaking_year, year_of
from hexi.plans.statements.lexicon import alternatives, words
from hexi.plans.statements.names import Owners, ends_with
from hexi.plans.statements.principals import owners_of
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
    #: what kind of paper it is where it is no plan
    kind: Kind = ""
    #: the year that a report or yearly plan is of; figures without a time are of it
    titled: Moment | None = None
    #: the years that an account of results tells of
    told: tuple[int, int] | None = None
    #: it is about the works of a year: investment that it tells without an owner is theirs
    of_works: bool = False

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
    #: it is about conditions and support, whatever the document is
    rules: bool = False
    #: levels at which numbering below this heading has started
    opened: frozenset[int] = frozenset()


_SPAN = re.compile(r"((?:19|20)\d\d)\s*年?\s*(?:[-－—–~～至到]{1,2})\s*((?:19|20)\d\d)\s*年")
_TERM = re.compile(r"规划期限?(?:为|是|:|：)?")
_NUMBERING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+[章节篇条]|[（(]?[一二三四五六七八九十]+[）)、.．]"
    r"|[（(]?\d+(?:\.\d+)*[）)、.．]?|专栏\s*\d*|附?表\s*\d*|图\s*\d*|#+|——)[\s　:：.．;；]*"
)
_ISSUED = re.compile(
    r"关于(?:印发|发布|公布|下达)[《〈]?([^》〉]{4,80}?)[》〉]?的(?:通知|公告|通告|决定)"
)
_OF_WORKS = re.compile(r"项目(?!化)|重点工程|重大工程")
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
    account = _accounted(title, horizon, texts)
    told = horizon if account else None
    if account:
        horizon = None
    kind: Kind = "results" if account else kind_of(title) if horizon is None else ""
    titled = account or year_of(kind, title, texts)
    kind = settled(kind, titled, texts)
    year = horizon[0] if horizon else titled.last if titled else speaking_year(title, texts)
    clock = Clock(year, horizon, closed=kind == "results" and titled is not None)
    return DocumentFrame(
        clock,
        owners_of(title, texts),
        horizon,
        horizon is not None,
        catalogue,
        kind,
        titled,
        told,
        of_works=bool(_OF_WORKS.search(title)) and horizon is None,
    )


def _accounted(title: str, horizon: tuple[int, int] | None, texts: list[str]) -> Moment | None:
    """The last of the years that an account of results names in its title; an account of how a
    plan is carried out is of the year that its text names often."""
    if horizon is None or not reports(title):
        return None
    year = horizon[1]
    if _TOPICS.search(title):
        year = min(year, speaking_year("", texts))
    return Moment(year, year)


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


@cache
def _purposes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    order = ("review", "outlook", "aims", "tasks")
    return tuple((name, re.compile(alternatives(words("sections", name)))) for name in order)


@cache
def _rules() -> re.Pattern[str]:
    return re.compile(alternatives(words("sections", "rules")))


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
    rules = parent.rules or bool(_rules().search(name))
    return replace(
        parent, titles=titles, opened=frozenset(), purpose=purpose, subject=subject, rules=rules
    )
