"""Word documents (docx): the reader walks the XML itself and loses nothing a person sees.

Numbering that Word counts, merged cells, text boxes, notes and tracked insertions are read;
deletions, hidden text, field codes and bookmarks stay out. A table of one column is a box (专栏).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from lxml import etree

from hexi.plans.documents.building import Builder, TableCell
from hexi.plans.documents.document import Document
from hexi.plans.documents.errors import DocumentError
from hexi.plans.documents.limits import Deadline, Limits
from hexi.plans.documents.markers import opens_block
from hexi.plans.documents.numbering import Numbering
from hexi.plans.documents.packages import Package, Shorten
from hexi.plans.documents.word_styles import (
    Style,
    Styles,
    W,
    list_place,
    outline_level,
    paragraph_styles_only,
)
from hexi.plans.documents.word_text import (
    ParagraphText,
    Special,
    paragraph_text,
    plain_text,
    special_parts,
)
from hexi.plans.documents.wrapping import ends_sentence

__all__ = ["read_word"]

_VAL: Final = W + "val"
_P: Final = W + "p"
_PPR: Final = W + "pPr"
_PSTYLE: Final = W + "pStyle"
_NUMPR: Final = W + "numPr"
_OUTLINE: Final = W + "outlineLvl"
_TBL: Final = W + "tbl"
_TR: Final = W + "tr"
_TC: Final = W + "tc"
_TCPR: Final = W + "tcPr"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CONTROL: Final = W + "sdt"
_ALTERNATIVES: Final = _MC + "AlternateContent"
_WRAPPERS: Final = frozenset(
    {W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag", W + "body"}
)
#: what nearly all children are
_OPEN: Final = frozenset({_P, _TBL, _TR, _TC})


def read_word(data: bytes, name: str, digest: str, limits: Limits) -> Document:
    """Read a docx file."""
    package = Package(data, name, limits)
    deadline = Deadline(limits, name)
    part = _main_part(package, name)
    beside = _parts_beside(package, part)
    root = package.xml(part)
    body = root.find(W + "body")
    if body is None:
        raise DocumentError("broken", name, part)
    walk = _Walk(
        Builder(name, "docx", digest, limits),
        Styles(beside("styles", paragraph_styles_only)),
        Numbering.of(beside("numbering")),
        {kind: _notes(beside(f"{kind}s"), kind) for kind in ("footnote", "endnote")},
        special_parts(body),
        limits,
        deadline,
    )
    walk.blocks(body, box=False, depth=0)
    walk.flush()
    return walk.builder.finish()


def _main_part(package: Package, name: str) -> str:
    """Path of the main document inside the package."""
    types = package.read("[Content_Types].xml") if "[Content_Types].xml" in package.names else b""
    if b"macroEnabled" in types:
        raise DocumentError("macros", name, "[Content_Types].xml")
    relations = package.xml_if_present("_rels/.rels")
    if relations is not None:
        for relation in relations.iter(_RELATIONS):
            if relation.get("Type", "").endswith("/officeDocument"):
                target = relation.get("Target", "").lstrip("/")
                if target in package.names:
                    return target
    if "word/document.xml" not in package.names:
        raise DocumentError("broken", name, "word/document.xml")
    return "word/document.xml"


def _parts_beside(package: Package, part: str) -> Callable[..., etree._Element | None]:
    """The parts that the main document refers to, by their kind."""
    folder, _, name = part.rpartition("/")
    relations = package.xml_if_present(f"{folder}/_rels/{name}.rels")
    targets: dict[str, str] = {}
    for relation in relations.iter(_RELATIONS) if relations is not None else ():
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        targets.setdefault(relation.get("Type", "").rpartition("/")[2], path)

    def beside(kind: str, shorten: Shorten | None = None) -> etree._Element | None:
        return package.xml_if_present(targets.get(kind, f"{folder}/{kind}.xml"), shorten)

    return beside


def _notes(root: etree._Element | None, kind: str) -> dict[str, list[str]]:
    """Foot- or endnotes by id, without the separators Word keeps among them."""
    notes: dict[str, list[str]] = {}
    if root is None:
        return notes
    for note in root.iter(W + kind):
        if note.get(W + "type", "normal") == "normal":
            texts = [paragraph_text(p).text for p in note.iter(_P)]
            notes[note.get(W + "id", "")] = [text for text in texts if text.strip()]
    return notes


def _children(element: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Children with content controls, insertions and alternatives opened."""
    for child in element:
        tag = child.tag
        if tag in _OPEN:
            yield child
        elif tag == _CONTROL:
            gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            if gallery is not None and gallery.get(_VAL) == "Table of Contents":
                continue
            content = child.find(W + "sdtContent")
            if content is not None:
                yield from _children(content)
        elif tag in _WRAPPERS:
            yield from _children(child)
        elif tag == _ALTERNATIVES:
            chosen = child.find(_MC + "Choice")
            if chosen is not None:
                yield from _children(chosen)
        else:
            yield child


#: text, style, heading level, and notes and boxes where there are any
_Read = tuple[str, Style, int, ParagraphText | None]


class _Walk:
    """One pass over the body in reading order."""

    def __init__(
        self,
        builder: Builder,
        styles: Styles,
        numbering: Numbering,
        notes: dict[str, dict[str, list[str]]],
        special: Special,
        limits: Limits,
        deadline: Deadline,
    ) -> None:
        self.builder = builder
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._special = special.paragraphs
        self._special_rows = special.rows
        self._tracked = special.tracked
        self._limits = limits
        self._deadline = deadline
        #: notes met inside the block that is being read
        self._pending: list[tuple[str, str]] = []
        self._carried = ""

    def blocks(self, container: etree._Element, *, box: bool, depth: int) -> None:
        """Paragraphs and tables of a body, a text box or the cell of a box."""
        if depth > self._limits.table_depth:
            raise DocumentError("too_deep", self.builder.name)
        for element in container:
            if element.tag == _P:
                self._paragraph(element, box=box, depth=depth)
                continue
            for child in _children((element,)):
                if child.tag == _P:
                    self._paragraph(child, box=box, depth=depth)
                elif child.tag == _TBL:
                    self._deadline.check()
                    self._table(child, box=box, depth=depth + 1)

    # -- paragraphs -------------------------------------------------------------------------

    def _text(self, paragraph: etree._Element) -> _Read:
        """Text with its number, style, heading level, and what hangs on it."""
        extra = paragraph_text(paragraph) if paragraph in self._special else None
        text = plain_text(paragraph) if extra is None else extra.text
        if not len(paragraph) or (first := paragraph[0]).tag != _PPR:
            return text, self._styles.get(""), 0, extra
        key, own_id, own_level, outline = "", None, None, None
        for setting in first:
            tag = setting.tag
            if tag == _PSTYLE:
                key = setting.get(_VAL, "")
            elif tag == _NUMPR:
                own_id, own_level = list_place(setting)
            elif tag == _OUTLINE:
                outline = outline_level(setting)
        style = self._styles.get(key)
        list_id = own_id if own_id is not None else style.list_id
        if list_id and list_id != "0" and text.strip():
            # a deleted or empty paragraph is not counted
            level = own_level if own_level is not None else style.list_level
            number = self._numbering.next(list_id, level)
            text = number + text.lstrip(" \t\u3000") if number else text
        return text, style, style.level if outline is None else outline, extra

    def _paragraph(self, paragraph: etree._Element, *, box: bool, depth: int) -> None:
        text, style, level, extra = self._text(paragraph)
        if not style.contents:
            text = self._carried + text
            self._carried = ""
            if self._tracked and _mark_deleted(paragraph):
                self._carried = text
            else:
                self._emit(text, level, box=box)
            if extra is not None:
                self._pending.extend(extra.notes)
        if self._pending:
            self._emit_notes()
        if extra is not None:
            for content in extra.boxes:
                self.blocks(content, box=box, depth=depth + 1)

    def flush(self) -> None:
        """Text whose paragraph end was deleted at the very end of the document."""
        self._emit(self._carried, 0, box=False)
        self._carried = ""

    def _emit(self, text: str, level: int, *, box: bool) -> None:
        if "\n" not in text:
            self.builder.paragraph(text, level=level, box=box)
            return
        lines: list[str] = []
        for line in text.split("\n"):
            # a line break by hand parts paragraphs where the sentence had ended
            new = bool(lines) and (ends_sentence(lines[-1].strip()) or opens_block(line.strip()))
            if new and not level:
                self.builder.torn_paragraph(lines, box=box)
                lines = []
            if line.strip():
                lines.append(line)
        self.builder.torn_paragraph(lines, level=level, box=box)

    def _emit_notes(self) -> None:
        for kind, key in self._pending:
            for text in self._notes[kind].get(key, ()):
                self.builder.paragraph(text, kind="note")
        self._pending = []

    # -- tables -----------------------------------------------------------------------------

    def _table(self, table: etree._Element, *, box: bool, depth: int) -> None:
        if depth > self._limits.table_depth:
            raise DocumentError("too_deep", self.builder.name)
        rows = [row for row in _children(table) if row.tag == _TR]
        if self._tracked:
            rows = [row for row in rows if not _row_deleted(row)]
        if all(_single(row) for row in rows):
            for row in rows:
                for cell in _children(row):
                    if cell.tag == _TC:
                        self.blocks(cell, box=True, depth=depth)
            return
        cells: list[TableCell] = []
        tops: dict[int, TableCell] = {}
        nested: list[etree._Element] = []
        for at, row in enumerate(rows):
            special = row in self._special_rows
            read = self._row(row, at, tops, nested) if special else self._plain_row(row, at)
            for placed in read:
                tops[placed.column] = placed
                cells.append(placed)
            if len(cells) > self._limits.cells:
                raise DocumentError("too_large", self.builder.name)
        self.builder.table(cells, box=box)
        self._emit_notes()
        for inner in nested:
            self._table(inner, box=box, depth=depth + 1)

    def _plain_row(self, row: etree._Element, at: int) -> list[TableCell]:
        """A row of cells side by side that hold nothing but paragraphs: nearly every row."""
        cells: list[TableCell] = []
        paragraphs: list[str] = []
        special = self._special
        for element in row.iter(_TC, _P):
            if element.tag == _TC:
                paragraphs = []
                cells.append(TableCell(paragraphs, at, len(cells)))
            elif element in special or not len(element) or element[0].tag == _PPR:
                self._cell_paragraph(element, paragraphs)
            else:
                # nothing but runs: no number, no style that matters in a cell
                paragraphs.append(plain_text(element))
        return cells

    def _row(
        self,
        row: etree._Element,
        at: int,
        tops: dict[int, TableCell],
        nested: list[etree._Element],
    ) -> Iterator[TableCell]:
        """Cells of one row; ``tops`` holds the cell last begun in each column."""
        properties = next(row.iterchildren(W + "trPr"), None)
        head, column = False, 0
        if properties is not None:
            head = properties.find(W + "tblHeader") is not None
            column = _number(properties.find(W + "gridBefore"))
        for element in _children(row):
            if element.tag != _TC:
                continue
            content = list(element)
            span, merged = 1, None
            if content and content[0].tag == _TCPR:
                for setting in content[0]:
                    if setting.tag == W + "gridSpan":
                        span = max(1, _number(setting, 1))
                    elif setting.tag == W + "vMerge":
                        merged = setting
            if merged is not None and merged.get(_VAL, "continue") == "continue":
                above = tops.get(column)
                if above is not None and above.row + above.row_span == at:
                    above.row_span = at - above.row + 1
                    column += span
                    continue
            paragraphs = self._cell(content, nested)
            yield TableCell(paragraphs, at, column, 1, span, head)
            column += span

    def _cell(self, content: Iterable[etree._Element], nested: list[etree._Element]) -> list[str]:
        """Paragraphs of a cell; tables in it are put aside."""
        paragraphs: list[str] = []
        for child in content:
            tag = child.tag
            if tag == _P:
                self._cell_paragraph(child, paragraphs)
            elif tag == _TBL:
                nested.append(child)
            elif tag != _TCPR:
                # a content control, an insertion or the like around the content
                opened = [inner for inner in _children((child,)) if inner is not child]
                paragraphs.extend(self._cell(opened, nested))
        return paragraphs

    def _cell_paragraph(self, paragraph: etree._Element, paragraphs: list[str]) -> None:
        text, _, _, extra = self._text(paragraph)
        paragraphs.extend(text.split("\n"))
        if extra is None:
            return
        self._pending.extend(extra.notes)
        for content in extra.boxes:
            paragraphs.extend(paragraph_text(p).text for p in content.iter(_P))


def _single(row: etree._Element) -> bool:
    """A row of one cell."""
    count = sum(1 for cell in row.iterchildren(_TC))
    return count <= 1 and (count == len(row) or sum(c.tag == _TC for c in _children(row)) <= 1)


def _number(element: etree._Element | None, default: int = 0) -> int:
    value = element.get(_VAL, "") if element is not None else ""
    return min(int(value), 1000) if value.isdigit() else default


def _row_deleted(row: etree._Element) -> bool:
    properties = next(row.iterchildren(W + "trPr"), None)
    return properties is not None and properties.find(W + "del") is not None


def _mark_deleted(paragraph: etree._Element) -> bool:
    """The end of the paragraph is a tracked deletion: the next one goes on in it."""
    properties = next(paragraph.iterchildren(_PPR), None)
    mark = properties.find(W + "rPr") if properties is not None else None
    return mark is not None and mark.find(W + "del") is not None
