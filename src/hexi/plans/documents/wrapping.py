"""Torn lines (断行): telling hard-wrapped text from text with one line a paragraph, and mending it.

Text taken out of a pdf ends each line where the page ended it, in the middle of a sentence or a
word, with or without blank lines between. Such lines crowd at one or two widths and mostly end
without a sentence mark; the file's own widths decide, never a fixed number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from hexi.plans.documents.lines import Line, display_width
from hexi.plans.documents.markers import mark_of, opens_block

__all__ = ["Wrapping", "furniture", "measure"]

#: a line that ends so has ended its sentence or its announcement
_TERMINAL: Final = frozenset("。！？；：!?;:…")
_CLOSING: Final = frozenset("”’」』）)》】〉")
_INNER: Final = re.compile("[，。；,]")
_MARKS: Final = re.compile("[，。；、：,;:]")
_PAGE_NUMBER: Final = re.compile(
    r"(?:[-—–－一~·\s]+\d{1,4}[-—–－一~·\s]+|第\s*\d{1,4}\s*页(?:\s*[/共，, ]*\s*\d{1,4}\s*页)?"
    r"|[Pp]age\s+\d{1,4}(?:\s+of\s+\d{1,4})?|\d{1,4}\s*/\s*\d{1,4})"
)
_BARE_NUMBER: Final = re.compile(r"\d{1,4}")
_FIRST_TOKEN: Final = re.compile(r"[A-Za-z0-9.%,+\-]+|.")
#: page numbers and lines of a table of contents end so
_FURNITURE_END: Final = re.compile(r"[\d\s页—–－一~·-]$")
_LEADER: Final = re.compile(r"(?:[.．…·・]{4,}|…{2,}|\t)\s*\d{1,4}$")


def ends_sentence(text: str) -> bool:
    """Whether a line ends with a mark that closes a sentence."""
    for character in reversed(text):
        if character in _TERMINAL:
            return True
        if character not in _CLOSING:
            return False
    return False


class Wrapping:
    """How the lines of one text are wrapped."""

    def __init__(self, widths: Sequence[int], torn: bool, indented: bool, usual_gap: int) -> None:
        #: the widths at which torn lines crowd
        self.widths = tuple(widths)
        self.torn = torn
        #: paragraphs are marked by an indent of their first line
        self.indented = indented
        self.usual_gap = usual_gap

    def _full(self, line: Line, following: Line, slack: int = 4) -> bool:
        """Whether the next line's first word would not have fitted on this line."""
        width = display_width(line.text) + display_width(line.indent)
        token = _FIRST_TOKEN.match(following.text)
        slack += display_width(token.group()) - 2 if token else 0
        return any(mode - slack <= width <= mode + 4 for mode in self.widths)

    def continues(self, line: Line, following: Line) -> bool:
        """Whether ``following`` is the rest of the paragraph that ``line`` belongs to."""
        if line.hard or "\t" in following.indent or opens_block(following.text):
            return False
        if self.torn:
            return self._torn_continues(line, following)
        if following.gap not in (0, self.usual_gap) or following.indent:
            return False
        return _breaks_off(line.text) and _carries_on(following.text)

    def _torn_continues(self, line: Line, following: Line) -> bool:
        deep = display_width(following.indent) >= 2
        if self.indented and deep and display_width(line.indent) < display_width(following.indent):
            return False
        if self.usual_gap == 0 and following.gap > 1 and not following.new_page:
            return False
        if not ends_sentence(line.text):
            return self._full(line, following, 6)
        if not self._full(line, following, 1):
            return False
        if self.indented:
            return not deep
        # the indent was lost: a first line is narrower by the two characters it had
        return self._full(following, following, 2) or ends_sentence(following.text)


def _breaks_off(text: str) -> bool:
    """A long line of prose that stops in mid-sentence."""
    if len(text) < 20 or ends_sentence(text) or text[-1] in _CLOSING:
        return False
    mark = mark_of(text)
    if mark is not None and mark.kind in {"part", "chapter", "section", "box", "caption", "hash"}:
        return False
    return _INNER.search(text) is not None


def _carries_on(text: str) -> bool:
    """A line of prose that may be the rest of a sentence."""
    return ends_sentence(text) or (len(text) >= 20 and _INNER.search(text) is not None)


def _modes(widths: Counter[int], total: int) -> list[int]:
    """Widths at which torn lines crowd: sharp peaks, the body's first, a box's after it."""
    modes: list[int] = []
    for width, count in sorted(widths.items(), key=lambda item: -item[1]):
        crowd = sum(widths.get(width + step, 0) for step in range(-2, 3))
        near = any(abs(width - mode) <= 5 for mode in modes)
        if count >= max(3, total / 30) and crowd >= max(4, total / 25) and not near:
            modes.append(width)
        if len(modes) == 3:
            break
    return modes


def measure(lines: Sequence[Line]) -> Wrapping:
    """Read off the wrapping of a text from its own lines."""
    gaps = Counter(line.gap for line in lines[1:])
    usual = gaps.most_common(1)[0][0] if gaps else 0
    long, open_ended = 0, Counter[int]()
    indented = 0
    for line in lines:
        if len(line.text) < 12 or len(line.text) > 120:
            long += len(line.text) > 120
            continue
        if "\t" in line.text or "|" in line.text:
            continue
        long += 1
        if not ends_sentence(line.text) and mark_of(line.text) is None:
            open_ended[display_width(line.text) + display_width(line.indent)] += 1
        indented += display_width(line.indent) >= 2 and not line.indent.startswith("\t")
    total = sum(open_ended.values())
    modes = _modes(open_ended, total)
    crowded = sum(n for width, n in open_ended.items() if any(abs(width - m) <= 4 for m in modes))
    torn = total >= 8 and total >= 0.3 * long and crowded >= 0.5 * total and max(modes) >= 30
    # hardly a line is wider than the page: where many are, the short ones are headings and cells
    if torn:
        widest = max(modes) + 12
        wider = sum(1 for line in lines if len(line.text) * 2 > widest < display_width(line.text))
        torn = wider * 10 <= long
    marked = 0.03 * long <= indented <= 0.7 * long
    return Wrapping(modes if torn else (), torn, torn and marked, usual)


def furniture(lines: Sequence[Line], wrapping: Wrapping) -> set[int]:
    """Indices of page numbers, running heads and lines of a table of contents."""
    dropped: set[int] = set()
    counts = Counter(line.text for line in lines if len(line.text) <= 40)
    paged = wrapping.torn or any(line.new_page for line in lines)
    for at, line in enumerate(lines):
        text = line.text
        if len(text) > 120:
            continue
        if not _FURNITURE_END.search(text) and counts.get(text, 0) < 3:
            continue
        page_number = len(text) <= 20 and _PAGE_NUMBER.fullmatch(text) is not None
        # a running head is a title: never full of marks, never as wide as a torn line
        title = counts.get(text, 0) >= 3 and _MARKS.search(text) is None
        width = display_width(text)
        title = title and not any(abs(width - mode) <= 6 for mode in wrapping.widths)
        running = _BARE_NUMBER.fullmatch(text) is not None or title
        contents = _LEADER.search(text) is not None and mark_of(text) is not None
        if page_number or contents or (paged and running and _between_pages(lines, at)):
            dropped.add(at)
    return dropped


def _between_pages(lines: Sequence[Line], at: int) -> bool:
    """A line at a page break, or cut into a sentence that goes on after it."""
    if lines[at].new_page or (at + 1 < len(lines) and lines[at + 1].new_page):
        return True
    if 0 < at < len(lines) - 1:
        before, after = lines[at - 1].text, lines[at + 1].text
        return len(before) >= 12 and not ends_sentence(before) and not opens_block(after)
    return False
