"""Lists against the count that announces them (数目与列举, T3): A、B、C和D等四项, 六大工程（…）.

The count may follow its list or lead it. A list marked 等 may be shorter than its count but not
longer; 和 may join the last two items or stand inside one, and an inner 等 ties items together, so
a list has a lowest and a highest reading and only a count outside both is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from hexi.plans.audit.check_line import check_line
from hexi.plans.audit.clauses import closing_bracket
from hexi.plans.audit.docket import Docket
from hexi.plans.audit.finding import Evidence, Finding, Verdict
from hexi.plans.documents.document import Block, Cell, Document
from hexi.quantities import numerals

__all__ = ["check_lists"]

#: one or two digits or up to three Chinese numerals. The class comes first so that the search can
#: skip to the next numeral; what may follow it depends on which of the two it was.
_COUNT = r"(?P<n>[\d两二三四五六七八九十](?:(?<=\d)\d?|(?<!\d)[两二三四五六七八九十]{0,2}))\s?"
_KIND = r"(?:大|个|项|家|条|类|种|所|处|座|省|县|方面|张|只|根|组)"
#: A、B和C等五大… : the list stands right before the count
_AFTER = re.compile(rf"{_COUNT}{_KIND}(?![、年月])")
#: 六大…（A、B、C） 划分为六大片区，包括A、B、C。
_BEFORE = re.compile(
    rf"{_COUNT}{_KIND}(?P<noun>[\u4e00-\u9fff“”]{{2,14}}?)(?P<lead>[（(]|[:：]|[，,](?:包括|即|分别为|分别是)[:：]?)"
)
_START = re.compile(r"[，。；;：:（(！？\n]|包括|分别为|分别是|即(?=.{2})")
_INNER = re.compile(r"[（(][^（()）]*[）)]")
_JOIN = re.compile(r"以及|[和及与]")
_ITEM_VERBS = re.compile(
    r"(?:打造|建设|形成|实施|推进|构建|开展|完成|提升|建成|设立|建立|培育|新建|改造|共|达到|增至|"
    r"发展|实现|抓好|突出|加快|布局|引进|创建|争取|新增|入驻|组织|联合)$"
)
#: marks that open a quotation before the count (“四个…”)
_QUOTES = frozenset("“「‘")
_CLASSES = frozenset("第十百千万亿两二三四五六七八九0123456789.．-—")


def check_lists(docket: Docket) -> Iterator[Finding]:
    """T3 over all running text."""
    for source, _, holder, text in docket.texts:
        if "、" not in text:
            continue
        document = docket.book.documents[source]
        yield from _lists_before(document, holder, text)
        yield from _lists_after(document, holder, text)


def _lists_before(document: Document, holder: Block | Cell, text: str) -> Iterator[Finding]:
    for match in _AFTER.finditer(text):
        begin = match.start()
        if text[begin - 1 : begin] in _QUOTES:
            begin -= 1
        etc = text[begin - 1 : begin] == "等"
        if etc:
            begin -= 1
        before = text[begin - 1] if begin else ""
        if not before or before in _CLASSES or before in "、，。；：（(和及与" or before.isspace():
            continue
        count = _number(match["n"])
        if count is None or count < 2:
            continue
        segment_start = _segment_start(text, begin)
        segment = text[segment_start:begin]
        if "、" not in segment or len(segment) > 300:
            continue
        low, high = _items(segment)
        verdict: Verdict | None = _with_etc(count, low, high)
        if not etc:
            verdict = _plain(count, low, high, segment)
        if verdict is not None:
            end = match.end()
            yield _line(document, holder, text, (segment_start, end), (count, low, high), verdict)


def _lists_after(document: Document, holder: Block | Cell, text: str) -> Iterator[Finding]:
    for match in _BEFORE.finditer(text):
        before = text[match.start() - 1] if match.start() else ""
        if before in _CLASSES and before:
            continue
        count = _number(match["n"])
        if count is None or count < 2:
            continue
        start = match.end()
        end = _list_end(text, start, match["lead"])
        segment = _INNER.sub("", text[start:end])
        if "、" not in segment or "，" in segment or "；" in segment or len(segment) > 300:
            continue
        listed, etc, _ = segment.rpartition("、")[2].partition("等")
        low, high = _items(segment[: len(segment) - len(segment.rpartition("、")[2])] + listed)
        # 和 before the last item says that the list is finished
        finished = not etc and _JOIN.search(listed, 1) is not None
        partial = etc or "包括" in match["lead"] or (match["lead"] in ":：" and not finished)
        outcome = _with_etc(count, low, high)
        if outcome is Verdict.OPEN and not partial:
            outcome = Verdict.SUSPECT
        yield _line(document, holder, text, (match.start(), end), (count, low, high), outcome)


def _list_end(text: str, start: int, lead: str) -> int:
    if lead not in "（(":
        marks = "。；，" if lead[0] in "，," else "。；"
        ends = [e for mark in marks if (e := text.find(mark, start)) >= 0]
        return min(ends, default=len(text))
    return max(start, closing_bracket(text, start))


def _segment_start(text: str, end: int) -> int:
    """Where the list begins: after the last mark outside brackets."""
    window = text[max(0, end - 320) : end]
    # brackets inside items are blanked so that their commas do not cut the list
    blank = _INNER.sub(lambda m: "〇" * len(m[0]), window)
    cut = 0
    for match in _START.finditer(blank):
        cut = match.end()
    return max(0, end - 320) + cut


def _items(segment: str) -> tuple[int, int]:
    """Lowest and highest number of items that the list can be read to have."""
    plain = _INNER.sub("", segment)
    pieces = plain.split("、")
    high = len(pieces)
    low = high
    if _JOIN.search(pieces[-1], 1):
        high += len(_JOIN.findall(pieces[-1][1:]))
    for number, piece in enumerate(pieces[:-1]):
        # 农产品、中药材等种植加工: an inner 等 closes a list inside an item
        if "等" in piece and number:
            low -= number
            break
    return max(low, 1), high


def _with_etc(count: int, low: int, high: int) -> Verdict:
    if low <= count <= high:
        return Verdict.EQUAL if count == high else Verdict.PASS
    return Verdict.OUTSIDE if low > count else Verdict.OPEN


def _plain(count: int, low: int, high: int, segment: str) -> Verdict | None:
    """Without 等 only a list of bare names right before its count can be held against it."""
    if low <= count <= high:
        return Verdict.EQUAL if count == high else Verdict.PASS
    last = segment.rsplit("、", 1)[1]
    bare = not _ITEM_VERBS.search(last) and all(len(p) <= 12 for p in segment.split("、"))
    if bare and high >= 3 and abs(count - high) == 1:
        return Verdict.SUSPECT
    return None


@lru_cache(maxsize=1024)
def _number(text: str) -> int | None:
    numeral = numerals.read(text)
    return int(numeral.value) if numeral is not None else None


def _line(
    document: Document,
    holder: Block | Cell,
    text: str,
    span: tuple[int, int],
    counted: tuple[int, int, int],
    verdict: Verdict,
) -> Finding:
    count, low, high = counted
    start, end = holder.place(*span)
    listed = str(high) if low == high else f"{low}–{high}"
    shown = text[span[0] : span[1]]
    return check_line(
        "T3",
        "identity" if verdict is not Verdict.SUSPECT else "plausibility",
        verdict,
        shown if len(shown) <= 30 else f"{shown[:14]}…{shown[-14:]}",
        (),
        f"列出 {listed} 项；原文 {count}",
        listed,
        evidence=(Evidence(document.name, start, end, document.text[start:end]),),
    )
