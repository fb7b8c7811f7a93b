"""Prose (正文): the sentences of a paragraph become readings, figure by figure.

A clause is read from left to right with a small memory: the last subject, indicator, time and aim
said in the sentence, and in the paragraph. ``grammar.py`` tells the shape of each figure's
surroundings; here each shape is given its roles (who, what, of what), and ``meaning.py`` turns the
roles into the fields of a statement.
"""

from __future__ import annotations

import re

from hexi.plans.statements.figures import Figure, find_figures
from hexi.plans.statements.frames import DocumentFrame, SectionFrame, headline
from hexi.plans.statements.names import ends_with
from hexi.plans.statements.reader import SentenceReader
from hexi.plans.statements.reading import Memory, Reading
from hexi.plans.statements.times import Moment, has_time, time_pattern
from hexi.plans.statements.tokens import tokenize

__all__ = ["read_paragraph"]

#: a year without 年 in the line above a passage (部署2024)
_BARE_YEAR = re.compile(r"(?<!\d)20\d\d(?![\d年])")
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]?[”）]?")


def read_paragraph(
    text: str, frame: DocumentFrame, section: SectionFrame, memory: Memory
) -> list[Reading]:
    """All readings of one logical text (paragraph, list item, run-in heading)."""
    figures = find_figures(text)
    if not figures:
        _remember_time(text, frame, memory)
        return []
    readings: list[Reading] = []
    memory.place = _opening_place(text)
    if memory.place and ends_with_works(memory.place):
        memory.works = memory.place
    at = 0
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        if start == end:
            continue
        mine: list[Figure] = []
        while at < len(figures) and figures[at].start < end:
            mine.append(figures[at])
            at += 1
        if not mine:
            _pass_over(text, start, end, frame, memory)
            continue
        opening = _NUMBERED.match(text) if start == 0 else None
        begin = opening.end() if opening and opening.end() <= mine[0].start else start
        tokens = tokenize(text, begin, end, mine, frame.clock)
        reader = SentenceReader(text, tokens, (start, end), frame, section, memory)
        readings.extend(reader.read())
    return readings


#: the number that a paragraph or article opens with
_NUMBERED = re.compile(
    r"[\s　]*(?:第[一二三四五六七八九十百\d]{1,4}[条款][\s　：:]*"
    r"|[（([一二三四五六七八九十\d]{1,3}[）)]"
    r"|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．](?!\d))"
)
#: a longer paragraph does not merely announce the list below it
_LEADS_A_LIST = 160
#: where a clause opens: at the beginning or after a mark
_CLAUSE = re.compile(r"(?:\A|[，,；;：:。！？\n（(]|(?<=[。！？]))[　 \t\r]*")


#: names of works, and what is told of them (总投资, 占地)
_WORKS_NAME = re.compile(
    r"(?:项目|工程|基地|生产线|产业园|园|厂|电站|枢纽|中心|期|港|码头|机场|公路|铁路|管网|仓库)$"
)
_OF_WORKS = re.compile(
    r"总投资|计划投资|概算|估算|投资\d|占地|用地|建设规模|建设内容|建筑面积|年产|达产|日处理|装机|全长"
)
_ANY_WORKS = ("重点", "重大", "建设", "主要", "项目", "一批", "产业项目")


#: 3.甲公司年产5万吨乙项目，总投资…: a numbered item that opens with the name of works
_ITEM_OF_WORKS = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[-—●•◆①-⑳])\s*([^，,。；;：:、]{4,40}?)(?:[（(][^）)]{0,30}[）)])?[，,：:。]"
)


def ends_with_works(name: str) -> bool:
    """A name of works of their own, not a kind of them (重点项目)."""
    return bool(_WORKS_NAME.search(name)) and not name.startswith(_ANY_WORKS)


def _opening_place(text: str) -> str:
    """城东工业园。规划面积…: a paragraph that opens with nothing but a body is about it."""
    head = re.split(r"[。：:]", text[:30], maxsplit=1)[0]
    name = headline(head)
    if _WORKS_NAME.search(name) and _OF_WORKS.search(text) and not name.startswith(_ANY_WORKS):
        return name if 4 < len(name) < 24 and "、" not in name else ""
    item = _ITEM_OF_WORKS.match(text)
    if item and ends_with_works(item[1]) and _OF_WORKS.search(text, item.end(1)):
        return item[1]
    named = ends_with("body", name) or ends_with("place", name)
    return name if len(head) < 20 and len(name) > 2 and named and "、" not in name else ""


def _pass_over(text: str, start: int, end: int, frame: DocumentFrame, memory: Memory) -> None:
    """A sentence without figures: only a time that opens a clause says something of the next."""
    if not has_time(text, start, end):
        return
    for opening in _CLAUSE.finditer(text, max(0, start - 1), end):
        match = time_pattern().match(text, opening.end(), end)
        moment = frame.clock.read(match, memory.anchor) if match else None
        if moment is not None and moment.way != "asof" and frame.is_anchor(moment):
            memory.anchor = moment


def _remember_time(text: str, frame: DocumentFrame, memory: Memory) -> None:
    """A paragraph without figures may still say the time of the next (今年，…)."""
    if frame.is_plan:
        if len(text) < _LEADS_A_LIST:
            _pass_over(text, 0, len(text), frame, memory)
        return
    for match in time_pattern().finditer(text):
        moment = frame.clock.read(match)
        if moment is not None and moment.way != "asof" and frame.is_anchor(moment):
            memory.anchor = moment
    bare = _BARE_YEAR.search(text) if len(text) < 30 else None
    if bare and frame.is_anchor(Moment(int(bare[0]), int(bare[0]))):
        memory.anchor = Moment(int(bare[0]), int(bare[0]))
