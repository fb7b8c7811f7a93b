"""The audit report (核算报告): what a reader of the plan is told, before any file form.

The findings are put in the order in which a person should look at them (broken identities, then
passages that differ, then plausibility), each with the sentence its figures stand in. What was
checked and right follows: a report that lists faults alone does not say how much it looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hexi.plans.audit.finding import Evidence, Finding, Verdict
from hexi.plans.documents.document import Block, Document
from hexi.reports.check_names import CHECK_NAMES, RANK_NAMES, VERDICT_NAMES, check_name

__all__ = ["AuditReport", "Item", "Language", "Quote", "build_audit_report"]

Language = Literal["zh", "en"]

_RANKS = tuple(RANK_NAMES)
_CHECKS = tuple(CHECK_NAMES)
_STOPS = "。；！？"
_MOST = 160
_SPACES = re.compile(r"[\n\r\t ]+")
#: a line torn in two by the page; Latin words keep a space between them
_TEAR = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_WORDS_TORN = re.compile(r"(?<=[!-~])[ \t]*[\r\n]+[ \t]*(?=[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence (or table row) of the document with the figures in question marked in it."""

    doc: str
    #: place of the first of its figures
    start: int
    #: the sentence in order: (text, whether it is a figure in question)
    pieces: tuple[tuple[str, bool], ...]
    #: chapter and section it stands in, outermost first
    section: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return "".join(text for text, _ in self.pieces)

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures in question."""
        return tuple(text for text, figure in self.pieces if figure)

    @property
    def marked(self) -> str:
        """The sentence with its figures between brackets."""
        return "".join(f"【{text}】" if figure else text for text, figure in self.pieces)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the report: a finding in the reader's language, with its quotes."""

    finding: Finding
    name: str
    verdict: str
    rank: str
    title: str
    hypothesis: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything that the text, Word, Excel and Markdown forms show."""

    language: Language
    #: documents that were audited: (name, title, figures read)
    documents: tuple[tuple[str, str, int], ...]
    faults: tuple[Item, ...]
    right: tuple[Item, ...]

    def words(self, zh: str, en: str) -> str:
        """The reader's language out of a pair."""
        return en if self.language == "en" else zh

    @property
    def title(self) -> str:
        """Title of the report."""
        names = self.words("、", ", ").join(title or name for name, title, _ in self.documents)
        return self.words(f"{names}数字核算报告", f"Audit of the figures of {names}")

    @property
    def summary(self) -> str:
        """The whole answer in a sentence."""
        figures = sum(count for _, _, count in self.documents)
        lines = len(self.faults) + len(self.right)
        if not self.faults:
            return self.words(
                f"共读出 {figures} 个数字，核算 {lines} 项，未发现不符。",
                f"{figures} figures read, {lines} checks made, no fault found.",
            )
        ranks = Counter(item.finding.rank for item in self.faults)
        parts = [
            self.words(
                f"{RANK_NAMES[rank][0]} {ranks[rank]} 处", f"{RANK_NAMES[rank][1]}: {ranks[rank]}"
            )
            for rank in _RANKS
            if ranks[rank]
        ]
        return self.words(
            f"共读出 {figures} 个数字，核算 {lines} 项，"
            f"{len(self.faults)} 项待核（{'，'.join(parts)}），{len(self.right)} 项无误。",
            f"{figures} figures read, {lines} checks made: {len(self.faults)} to look at"
            f" ({', '.join(parts)}), {len(self.right)} right.",
        )

    def right_by_check(self) -> list[tuple[str, str, list[Item]]]:
        """What was checked and right: (check, name, lines), in the order of the checks."""
        groups: dict[str, list[Item]] = {}
        for item in self.right:
            groups.setdefault(item.finding.check, []).append(item)
        return [(c, self.words(*check_name(c)), groups[c]) for c in sorted(groups, key=_order)]


def build_audit_report(
    documents: Sequence[tuple[Document, int]],
    findings: Sequence[Finding],
    language: Language = "zh",
) -> AuditReport:
    """Put the findings in order and quote their sentences. Documents come with figure counts."""
    quoters = {document.name: _Quoter(document) for document, _ in documents}
    items = [_item(finding, quoters, language) for finding in findings]
    faults = [item for item in items if item.finding.is_fault]
    right = [item for item in items if not item.finding.is_fault]
    return AuditReport(
        language,
        tuple((document.name, document.title, count) for document, count in documents),
        tuple(sorted(faults, key=_urgency)),
        tuple(sorted(right, key=lambda item: (_order(item.finding.check), _place(item.finding)))),
    )


def _item(finding: Finding, quoters: dict[str, _Quoter], language: Language) -> Item:
    side = 1 if language == "en" else 0
    return Item(
        finding,
        check_name(finding.check)[side],
        VERDICT_NAMES[finding.verdict][side],
        RANK_NAMES[finding.rank][side],
        (finding.title_en if side else finding.title) or finding.title,
        (finding.hypothesis_en if side else finding.hypothesis) or finding.hypothesis,
        tuple(_quotes(finding.evidence, quoters)),
    )


def _order(check: str) -> tuple[int, str]:
    return (_CHECKS.index(check) if check in _CHECKS else len(_CHECKS), check)


def _place(finding: Finding) -> tuple[str, int]:
    first = finding.evidence[0] if finding.evidence else Evidence("", 0, 0, "")
    return first.doc, first.start


def _urgency(item: Item) -> tuple[int, bool, tuple[str, int], str]:
    finding = item.finding
    return (
        _RANKS.index(finding.rank),
        finding.verdict is not Verdict.OUTSIDE,
        _place(finding),
        finding.check,
    )


def _quotes(evidence: Sequence[Evidence], quoters: dict[str, _Quoter]) -> Iterator[Quote]:
    """One quote a sentence, in the order of the evidence, however many figures it holds."""
    sentences: dict[tuple[str, int, int], list[Evidence]] = {}
    for item in evidence:
        low, high = quoters[item.doc].sentence(item) if item.doc in quoters else (item.start, -1)
        sentences.setdefault((item.doc, low, high), []).append(item)
    for (doc, low, high), items in sentences.items():
        if doc in quoters:
            yield quoters[doc].quote(low, high, items)
        else:
            yield Quote(doc, items[0].start, tuple((item.text, True) for item in items))


class _Quoter:
    """Finds the sentence and section of a place; blocks are searched by their start."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts = [block.start for block in document.blocks]
        self._sections = _sections(document.blocks)

    def sentence(self, evidence: Evidence) -> tuple[int, int]:
        """Canonical offsets of the sentence, or table row, that a figure stands in."""
        text, start, end = self._document.text, evidence.start, evidence.end
        block = self._block(start)
        low, high = (block.start, block.end) if block and start < block.end else (start, end)
        if block and block.kind == "table":
            low, high = _row(block, start, low, high)
        first = max((text.rfind(stop, low, start) for stop in _STOPS), default=-1) + 1
        lasts = [at + 1 for stop in _STOPS if (at := text.find(stop, end, high)) >= 0]
        return max(first, low), max(end, min([*lasts, high]))

    def quote(self, low: int, high: int, items: Sequence[Evidence]) -> Quote:
        """The sentence with its figures marked; a very long one is cut around them."""
        text = self._document.text
        places = sorted({(item.start, item.end) for item in items})
        index = bisect_right(self._starts, places[0][0]) - 1
        section = self._sections[index] if index >= 0 else ()
        row = index >= 0 and self._document.blocks[index].kind == "table"
        first, last = max(low, places[0][0] - _MOST), min(high, places[-1][1] + _MOST)
        pieces: list[tuple[str, bool]] = []
        at = first
        for start, end in places:
            pieces.append((_flat(text[at : max(at, start)], row), False))
            pieces.append((_flat(text[max(at, start) : end], row), True))
            at = max(at, end)
        pieces.append((_flat(text[at:last], row), False))
        if first > low:
            pieces.insert(0, ("…", False))
        if last < high:
            pieces.append(("…", False))
        kept = [(part, figure) for part, figure in pieces if part]
        kept[0] = (kept[0][0].lstrip(" \u3000"), kept[0][1])
        kept[-1] = (kept[-1][0].rstrip(" \u3000"), kept[-1][1])
        return Quote(self._document.name, items[0].start, tuple(kept), section)

    def _block(self, start: int) -> Block | None:
        index = bisect_right(self._starts, start) - 1
        return self._document.blocks[index] if index >= 0 else None


def _row(block: Block, start: int, low: int, high: int) -> tuple[int, int]:
    row = next((c.row for c in block.cells if c.start <= start < max(c.end, c.start + 1)), None)
    if row is None:
        return low, high
    cells = [c for c in block.cells if c.row == row]
    return min(c.start for c in cells), max(c.end for c in cells)


def _sections(blocks: Sequence[Block]) -> list[tuple[str, ...]]:
    path: list[tuple[int, str]] = []
    sections: list[tuple[str, ...]] = []
    for block in blocks:
        if block.kind == "heading":
            path = [(level, text) for level, text in path if level < block.level]
            path.append((block.level, block.text.strip()))
        sections.append(tuple(text for _, text in path))
    return sections


def _flat(text: str, row: bool) -> str:
    if not row:
        text = _TEAR.sub("", _WORDS_TORN.sub(" ", text))
    return _SPACES.sub(" ", text)
