"""The text of one Word paragraph (段落文字): what a person sees, and nothing else.

Tracked insertions belong to the text, deletions and moved-away text do not. Field codes,
bookmarks, comments and hidden text never enter; text boxes and notes are handed out beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from lxml import etree

from hexi.plans.documents.word_styles import W

__all__ = ["ParagraphText", "Special", "paragraph_text", "plain_text", "special_parts"]

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VAL: Final = W + "val"

_P: Final = W + "p"
_TAB: Final = W + "tab"
_TR: Final = W + "tr"
_DEL: Final = W + "del"
_T: Final = W + "t"
_R: Final = W + "r"
_BOX: Final = W + "txbxContent"
_CHOICE: Final = _MC + "AlternateContent"
_DROPPED: Final = frozenset(
    {_DEL, W + "moveFrom", W + "pPr", W + "rPr", W + "instrText", W + "delText",
     W + "delInstrText", W + "sdtPr", W + "rt", W + "commentReference", W + "annotationRef"}
)  # fmt: skip
_NOTES: Final = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_BREAKS: Final = frozenset({W + "br", W + "cr"})
#: any of these makes a paragraph more than plain runs of text
_SPECIAL: Final = frozenset({
    _CHOICE, _BOX, W + "drawing", W + "pict", W + "object", W + "ruby", _M + "t",
    W + "moveFrom", W + "delText", W + "instrText", W + "delInstrText", W + "fldData",
    W + "vertAlign", W + "vanish", W + "br", W + "cr", W + "tab", W + "noBreakHyphen", W + "sym",
    W + "footnoteReference", W + "endnoteReference",
})  # fmt: skip
#: any of these makes a table row more than cells of paragraphs side by side
_KNOTS: Final = frozenset(
    {_CHOICE, _BOX, _DEL, W + "moveFrom", W + "tbl", W + "docPartGallery",
     W + "gridSpan", W + "vMerge", W + "gridBefore", W + "tblHeader"}
)  # fmt: skip
_LOOKED_FOR: Final = _SPECIAL | _KNOTS
_RAISED: Final = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")


@dataclass(slots=True)
class ParagraphText:
    """A paragraph's visible text, its notes and the text boxes that hang on it."""

    text: str = ""
    #: (kind, id) of the foot- and endnotes it refers to
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


@dataclass(slots=True)
class Special:
    """What in a document cannot be read the plain and fast way."""

    #: paragraphs that hold more than runs of text
    paragraphs: set[etree._Element] = field(default_factory=set)
    #: table rows with merged or wrapped cells, tables inside, or head and deletion marks
    rows: set[etree._Element] = field(default_factory=set)
    #: something was deleted, and the deletion is tracked
    tracked: bool = False


def special_parts(root: etree._Element) -> Special:
    """All that is special, found in one pass over the document."""
    special = Special()
    for element in root.iter(*_LOOKED_FOR):
        tag, parent = element.tag, element.getparent()
        if tag == _TAB and (parent is None or parent.tag != _R):
            continue  # a tab stop among the properties, not a tab in the text
        special.tracked = special.tracked or tag == _DEL
        knots = tag in _KNOTS
        speaks = tag in _SPECIAL
        while parent is not None:
            if speaks and parent.tag == _P:
                special.paragraphs.add(parent)
            elif knots and parent.tag == _TR:
                special.rows.add(parent)
            parent = parent.getparent()
    return special


#: The text of a paragraph that is not special. Such a paragraph has no text but that of its runs
#: (the package is read without the white space that some programs put between elements), so the
#: parser can write it out at once.
plain_text: Final[Callable[[etree._Element], str]] = partial(
    etree.tostring, encoding="unicode", method="text", with_tail=False
)


def paragraph_text(paragraph: etree._Element) -> ParagraphText:
    """Read a ``w:p`` element of any content."""
    parts: list[str] = []
    found = ParagraphText()
    _walk(paragraph, parts, found)
    found.text = "".join(parts)
    return found


def _walk(element: etree._Element, parts: list[str], found: ParagraphText) -> None:
    for child in element:
        tag = child.tag
        if tag in _DROPPED or not isinstance(tag, str):
            continue
        if tag == _R:
            _run(child, parts, found)
        elif tag == _T or tag == _M + "t":
            parts.append(child.text or "")
        elif tag == _CHOICE:
            chosen = _chosen(child)
            if chosen is not None:
                _walk(chosen, parts, found)
        elif tag == _BOX:
            found.boxes.append(child)
        else:
            _leaf(child, parts, found)


def _leaf(child: etree._Element, parts: list[str], found: ParagraphText) -> None:
    tag = child.tag
    if tag in _BREAKS:
        parts.append("\n")
    elif tag == _TAB:
        parts.append("\t")
    elif tag == W + "noBreakHyphen":
        parts.append("-")
    elif tag == W + "sym":
        parts.append("□")
    elif tag in _NOTES:
        found.notes.append((_NOTES[tag], child.get(W + "id", "")))
    else:
        _walk(child, parts, found)


def _run(run: etree._Element, parts: list[str], found: ParagraphText) -> None:
    properties = run.find(W + "rPr")
    if properties is None:
        _walk(run, parts, found)
        return
    hidden = properties.find(W + "vanish")
    if hidden is not None and hidden.get(_VAL, "1") not in {"0", "false"}:
        return
    raised = properties.find(W + "vertAlign")
    if raised is None or raised.get(_VAL) != "superscript":
        _walk(run, parts, found)
        return
    own: list[str] = []
    _walk(run, own, found)
    text = "".join(own)
    # a raised [1] refers to a source and is no part of the figure before it
    if not (text[:1] in "[［〔①" and len(text) <= 6):
        parts.append(text.translate(_RAISED))


def _chosen(element: etree._Element) -> etree._Element | None:
    """One of the alternatives only: both carry the same text box."""
    choice = element.find(_MC + "Choice")
    return choice if choice is not None else element.find(_MC + "Fallback")
