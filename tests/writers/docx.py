"""Writes docx packages part by part (Word 测试文件)."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: parts beside the main one, with their kind in types and relations
_SIDE_PARTS = (("styles", "styles"), ("numbering", "numbering"), ("footnotes", "footnotes"))


def run(text: str, properties: str = "") -> str:
    """A ``w:r`` with text; ``properties`` is raw XML inside ``w:rPr``."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="1" w:author="a">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    inner = f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r>'
    return f'<w:del w:id="2" w:author="a">{inner}</w:del>'


def moved_away(text: str) -> str:
    return f'<w:moveFrom w:id="3" w:author="a">{run(text)}</w:moveFrom>'


def bookmark(name: str) -> str:
    return f'<w:bookmarkStart w:id="9" w:name="{name}"/><w:bookmarkEnd w:id="9"/>'


def field_code(code: str, result: str) -> str:
    """A complex field: begin, code, separate, result, end."""

    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = f"<w:r><w:instrText>{escape(code)}</w:instrText></w:r>"
    return mark("begin") + instruction + mark("separate") + run(result) + mark("end")


def footnote(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def text_box(*paragraphs: str) -> str:
    """A drawing with a text box, given twice as Word does (new form and fallback)."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def paragraph(
    *content: str,
    style: str = "",
    list_id: str = "",
    list_level: int = 0,
    outline: int | None = None,
    mark_deleted: bool = False,
) -> str:
    """A ``w:p``; content pieces that are not XML become runs."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_id:
        properties += (
            f'<w:numPr><w:ilvl w:val="{list_level}"/><w:numId w:val="{list_id}"/></w:numPr>'
        )
    if outline is not None:
        properties += f'<w:outlineLvl w:val="{outline}"/>'
    if mark_deleted:
        properties += '<w:rPr><w:del w:id="4" w:author="a"/></w:rPr>'
    inner = "".join(piece if piece.startswith("<w:") else run(piece) for piece in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>" if properties else f"<w:p>{inner}</w:p>"


@dataclass
class TableCell:
    """A cell: paragraphs as XML or text, and its spans (``below`` continues the one above)."""

    content: str | Sequence[str] = ""
    across: int = 1
    begins_merge: bool = False
    below: bool = False


def table(*rows: Sequence[str | TableCell], head_rows: int = 0) -> str:
    """A ``w:tbl``."""
    out = []
    for at, row in enumerate(rows):
        cells = []
        for cell in row:
            if isinstance(cell, str):
                cell = TableCell(cell)
            properties = f'<w:tcW w:w="{1600 * cell.across}" w:type="dxa"/>'
            properties += f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
            if cell.begins_merge:
                properties += '<w:vMerge w:val="restart"/>'
            if cell.below:
                properties += "<w:vMerge/>"
            content = [cell.content] if isinstance(cell.content, str) else cell.content
            inner = "".join(c if c.startswith("<w:") else paragraph(c) for c in content)
            cells.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner or '<w:p/>'}</w:tc>")
        head = "<w:trPr><w:tblHeader/></w:trPr>" if at < head_rows else ""
        out.append(f"<w:tr>{head}{''.join(cells)}</w:tr>")
    width = max(sum(c.across if isinstance(c, TableCell) else 1 for c in row) for row in rows)
    columns = '<w:gridCol w:w="1600"/>' * width
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(out)}</w:tbl>"


def list_definition(
    number: str, *levels: tuple[str, str], start: int = 1, suffix: str = "nothing"
) -> str:
    """An abstract list and its instance; a level is (number format, template)."""
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{escape(template)}"/></w:lvl>'
        for at, (form, template) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>',
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>',
    )  # type: ignore[return-value]


@dataclass
class WordFile:
    """A docx file under construction."""

    body: list[str] = field(default_factory=list)
    lists: list[tuple[str, str]] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    footnotes: dict[int, str] = field(default_factory=dict)
    macros: bool = False
    #: raw XML put before the root element of the main part
    prolog: str = ""
    extra: dict[str, bytes] = field(default_factory=dict)

    def add(self, *pieces: str) -> WordFile:
        self.body.extend(p if p.startswith("<w:") else paragraph(p) for p in pieces)
        return self

    def heading_styles(self, *, numbered_by: str = "") -> WordFile:
        """Styles 1 to 3 as Word names them, optionally tied to a list."""
        for level in (1, 2, 3):
            tied = (
                f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{numbered_by}"/></w:numPr>'
                if numbered_by
                else ""
            )
            self.styles.append(
                f'<w:style w:type="paragraph" w:styleId="{level}"><w:name w:val="heading {level}"/>'
                f'<w:pPr>{tied}<w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
            )
        return self

    def parts(self) -> dict[str, bytes]:
        main = _MACRO_TYPE if self.macros else _MAIN_TYPE
        texts = {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="xml" ContentType="application/xml"/>'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
                'relationships+xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
                + "".join(
                    f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.'
                    f'openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
                    for name, kind in _SIDE_PARTS
                )
                + "</Types>"
            ),
            "word/_rels/document.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                'relationships">'
                + "".join(
                    f'<Relationship Id="s{at}" Type="{_RELATION}/{kind}" Target="{name}.xml"/>'
                    for at, (name, kind) in enumerate(_SIDE_PARTS)
                )
                + "</Relationships>"
            ),
            "_rels/.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                f'relationships"><Relationship Id="r1" Type="{_RELATION}/officeDocument" '
                'Target="word/document.xml"/></Relationships>'
            ),
            "word/document.xml": (
                f"{self.prolog}<w:document {_NAMESPACES}><w:body>{''.join(self.body)}"
                "<w:p/><w:sectPr/></w:body></w:document>"
            ),
            "word/styles.xml": f"<w:styles {_NAMESPACES}>{''.join(self.styles)}</w:styles>",
            "word/numbering.xml": (
                f"<w:numbering {_NAMESPACES}>{''.join(a for a, _ in self.lists)}"
                f"{''.join(n for _, n in self.lists)}</w:numbering>"
            ),
            "word/footnotes.xml": (
                f"<w:footnotes {_NAMESPACES}>"
                '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
                + "".join(
                    f'<w:footnote w:id="{key}">{paragraph(text)}</w:footnote>'
                    for key, text in self.footnotes.items()
                )
                + "</w:footnotes>"
            ),
            "word/header1.xml": f"<w:hdr {_NAMESPACES}>{paragraph('页眉文字')}</w:hdr>",
        }
        parts = {name: text.encode() for name, text in texts.items()}
        if self.macros:
            parts["word/vbaProject.bin"] = b"\x00" * 16
        return parts | self.extra

    def bytes(self) -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self.parts().items():
                package.writestr(name, data)
        return out.getvalue()
