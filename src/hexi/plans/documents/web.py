"""Web pages (网页): the article with its headings and tables, not the menus around it.

Plans are published as pages of official sites, often as GB18030 declared as gb2312, with the text
in nested layout tables. The part of the page that holds the running text is found by weight of
prose; blocks that are mostly links are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree, html

from hexi.plans.documents.building import Builder, TableCell
from hexi.plans.documents.document import Document
from hexi.plans.documents.encodings import decode, decode_declared
from hexi.plans.documents.errors import DocumentError
from hexi.plans.documents.limits import Deadline, Limits

__all__ = ["read_page"]

_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACE: Final = re.compile("[ \t\r\n\xa0]+")
_WIDE_BREAK: Final = re.compile("(?<=[^\x00-\xff])[ \t]*\r?\n\\s*(?=[^\x00-\xff])")
_PROSE: Final = re.compile("[。；，]")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_RAISED: Final = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_DROPPED: Final = frozenset(
    {
        *("script", "style", "noscript", "template", "head", "link", "meta", "map", "rt", "rp"),
        *("nav", "header", "footer", "aside"),
        *("form", "button", "select", "option", "textarea", "input"),
        *("iframe", "object", "embed", "svg", "canvas", "audio", "video"),
    }
)
_BLOCKS: Final = frozenset(
    {
        *("html", "body", "main", "article", "section", "summary", "details", "address"),
        *("div", "center", "blockquote", "fieldset", "figure", "figcaption", "hr", "p", "pre"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd", "ol", "ul", "li"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
    }
)
_LEVELS: Final = {f"h{level}": level for level in range(1, 7)}
#: how much of the page's prose a part must hold to stand for the whole
_HOLDS: Final = 0.85
_LONG_CELL: Final = 400


def read_page(data: bytes, name: str, digest: str, limits: Limits) -> Document:
    """Read an html file."""
    text = _XML_DECLARATION.sub("", _decoded(data, name), count=1).replace("\x00", "")
    try:
        # huge_tree off: the parser bounds depth and node size itself
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError("empty" if not text.strip() else "broken", name) from error
    builder = Builder(name, "html", digest, limits)
    _prune(root)
    weights = _Weights(root)
    article = weights.article()
    walk = _Walk(builder, weights, limits, Deadline(limits, name))
    title = _title(root, article)
    if title is not None:
        builder.paragraph(_flat(title.text_content()), level=1)
    walk.blocks(article, 0)
    page_title = root.findtext(".//title") or ""
    return builder.finish(title=_flat(page_title))


def _decoded(data: bytes, name: str) -> str:
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        declared = _CHARSET.search(data[:8192])
        if declared:
            text = decode_declared(data, declared.group(1).decode("ascii", "replace"))
            if text is not None:
                return text
    return decode(data, name)


def _prune(root: html.HtmlElement) -> None:
    """Take out what is never part of the text."""
    for element in list(root.iter()):
        tag = element.tag
        if not isinstance(tag, str) or tag == "title":
            continue
        hidden = _HIDDEN.search(element.get("style", "")) or element.get("hidden") is not None
        # scripts, forms and menus go; a header inside the article may hold its title
        drop = tag in _DROPPED and not (tag == "header" and element.find(".//h1") is not None)
        if (drop or hidden) and tag != "head" and element.getparent() is not None:
            element.drop_tree()


def _flat(text: str) -> str:
    return _SPACE.sub(" ", _WIDE_BREAK.sub("", text)).strip()


class _Weights:
    """How much prose and how much link text each element holds."""

    def __init__(self, root: html.HtmlElement) -> None:
        self._body = root.find("body") if root.find("body") is not None else root
        self._prose: dict[html.HtmlElement, float] = {}
        self._links: dict[html.HtmlElement, int] = {}
        self._length: dict[html.HtmlElement, int] = {}
        # children come after their parents in document order: add up from the end
        for element in reversed(list(self._body.iter())):
            self._weigh(element)

    def _weigh(self, element: html.HtmlElement) -> None:
        own = [element.text or "", *(child.tail or "" for child in element)]
        texts = [text.strip() for text in own]
        length = sum(map(len, texts))
        prose = sum(len(text) * (1.0 if _PROSE.search(text) else 0.1) for text in texts)
        if element.tag in {"td", "th"} and length <= 20:
            prose = float(length)
        links = length if element.tag == "a" else 0
        for child in element:
            prose += self._prose[child]
            length += self._length[child]
            links += self._links[child]
        if element.tag == "a":
            prose, links = 0.0, length
        self._prose[element], self._links[element] = prose, links
        self._length[element] = length

    def article(self) -> html.HtmlElement:
        """The smallest part that holds nearly all prose of the page."""
        here = self._body
        total = self._prose[here]
        while True:
            heaviest = max(here, key=lambda child: self._prose[child], default=None)
            if heaviest is None or self._prose[heaviest] < _HOLDS * total:
                return here
            if heaviest.tag not in _BLOCKS or heaviest.tag in {"p", "pre", *_LEVELS}:
                return here
            if heaviest.tag == "table" and not self.layout(heaviest):
                return here
            here = heaviest

    def mostly_links(self, element: html.HtmlElement) -> bool:
        """A menu, a breadcrumb, a list of related pages."""
        length = self._length.get(element, 0)
        return length > 0 and self._links[element] * 2 > length and self._links[element] > 6

    def layout(self, table: html.HtmlElement) -> bool:
        """A table that only places the page's parts: it holds tables or running text."""
        cells = [cell for cell in table.iter("td", "th")]
        if any(cell.find(".//table") is not None for cell in cells):
            return True
        rows = [row for row in table.iter("tr")]
        if all(len(row) <= 1 for row in rows):
            return True
        longest = max((self._length.get(cell, 0) for cell in cells), default=0)
        return longest > _LONG_CELL and longest * 5 > 3 * self._length.get(table, 1)


def _table_of(element: html.HtmlElement) -> html.HtmlElement:
    while element.tag != "table" and element.getparent() is not None:
        element = element.getparent()
    return element


def _title(root: html.HtmlElement, article: html.HtmlElement) -> html.HtmlElement | None:
    """The page's main heading where it stands before the article, outside it."""
    inside = set(article.iter("h1"))
    for heading in root.iter("h1"):
        if heading not in inside and _flat(heading.text_content()):
            return heading if not inside else None
    return None


class _Walk:
    """Reads the article in document order."""

    def __init__(
        self, builder: Builder, weights: _Weights, limits: Limits, deadline: Deadline
    ) -> None:
        self._builder = builder
        self._weights = weights
        self._limits = limits
        self._deadline = deadline
        self._line: list[str] = []
        #: the number of a list item, until the item's first text takes it
        self._number = ""

    def blocks(self, element: html.HtmlElement, depth: int, *, kind: str = "") -> None:
        """Paragraphs and tables of an element; text outside any block is a paragraph too."""
        if depth > 200:
            raise DocumentError("too_deep", self._builder.name)
        self._add(element.text)
        numbers = _numbers(element)
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                self._child(child, tag, depth, kind, next(numbers, ""))
            self._add(child.tail)
        if element.tag in _BLOCKS:
            self._flush(kind=kind)

    def _child(self, child: html.HtmlElement, tag: str, depth: int, kind: str, number: str) -> None:
        if tag == "br":
            self._flush(kind=kind)
        elif tag in {"sup", "sub"}:
            text = child.text_content()
            self._add(text.translate(_RAISED) if tag == "sup" and len(text) <= 3 else text)
        elif tag == "table":
            self._flush(kind=kind)
            self._table(child, depth)
        elif tag in _LEVELS:
            self._flush(kind=kind)
            text = self._numbered(_flat(child.text_content()))
            self._builder.paragraph(text, level=_LEVELS[tag])
        elif tag == "pre":
            self._flush(kind=kind)
            for line in child.text_content().splitlines():
                self._builder.paragraph(line)
        elif tag in _BLOCKS:
            self._flush(kind=kind)
            if not self._weights.mostly_links(child):
                self._number = number or self._number
                inner = "list" if tag in {"li", "dd"} else kind if tag in {"p", "div"} else ""
                self.blocks(child, depth + 1, kind=inner)
        else:
            self.blocks(child, depth + 1, kind=kind)

    def _add(self, text: str | None) -> None:
        if text:
            self._line.append(text)

    def _flush(self, *, kind: str = "") -> None:
        text = _flat("".join(self._line))
        self._line = []
        if text:
            self._builder.paragraph(self._numbered(text), kind=kind)

    def _numbered(self, text: str) -> str:
        number, self._number = self._number, ""
        return number + text

    # -- tables -----------------------------------------------------------------------------

    def _table(self, table: html.HtmlElement, depth: int) -> None:
        self._deadline.check()
        if self._weights.layout(table):
            for cell in table.iter("td", "th", "caption"):
                if _table_of(cell) is table and not self._weights.mostly_links(cell):
                    self.blocks(cell, depth + 1)
            return
        caption = table.find("caption")
        title = _flat(caption.text_content()) if caption is not None else ""
        if title:
            self._builder.paragraph(title, kind="note")
        cells = list(_grid(table, self._limits, self._builder.name))
        self._builder.table(cells, caption=title)


def _numbers(element: html.HtmlElement) -> Iterator[str]:
    """Numbers that a browser sets before the items of an ordered list."""
    if element.tag != "ol":
        return
    start = element.get("start", "1")
    number = int(start) if start.isdigit() and len(start) < 6 else 1
    for child in element:
        if child.tag == "li":
            yield f"{number}. "
            number += 1
        else:
            yield ""


def _grid(table: html.HtmlElement, limits: Limits, name: str) -> Iterator[TableCell]:
    """Cells with their places, spans taken into account as a browser does."""
    taken: dict[int, int] = {}
    count = 0
    for at, row in enumerate(table.iter("tr")):
        column = 0
        in_head = row.getparent() is not None and row.getparent().tag == "thead"
        for cell in row.iterchildren("td", "th"):
            while taken.get(column, 0) > at:
                column += 1
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for covered in range(column, column + width):
                taken[covered] = at + height
            count += width
            if count > limits.cells:
                raise DocumentError("too_large", name)
            head = in_head or (cell.tag == "th" and at == 0)
            yield TableCell(_lines(cell), at, column, height, width, head)
            column += width


def _span(cell: html.HtmlElement, attribute: str) -> int:
    value = (cell.get(attribute) or "1").strip()
    return max(1, min(int(value), 1000)) if value.isdigit() and len(value) < 6 else 1


def _lines(cell: html.HtmlElement) -> list[str]:
    """Lines of a cell: paragraphs and line breaks part them."""
    lines: list[str] = []
    current: list[str] = []

    def close() -> None:
        text = _flat("".join(current))
        current.clear()
        if text:
            lines.append(text)

    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if event == "start":
            if element.tag == "br" or (element.tag in _BLOCKS and element is not cell):
                close()
            raised = element.tag == "sup" and len(element.text or "") <= 3
            text = element.text or ""
            current.append(text.translate(_RAISED) if raised else text)
        else:
            if element.tag in _BLOCKS and element is not cell:
                close()
            if element is not cell:
                current.append(element.tail or "")
    close()
    return lines
