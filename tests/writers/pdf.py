"""Writes pdf files object by object (pdf 测试文件).

By default text is set in a standard Chinese font that is named, not embedded, so no font needs to
be on the machine: a pdf reader knows its character code, which is all that text extraction uses.
With ``embedded`` the file carries a font of its own, as office programs make it.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from tests.writers import fonts

WIDTH, HEIGHT = 595.0, 842.0


def columns(text: str) -> float:
    """Width of a text in units of the type size."""
    return sum(0.5 if character < "\x7f" else 1.0 for character in text)


def wrapped(text: str, room: float) -> list[str]:
    """Hard-wrapped lines; closing marks stay on the line before, as a printer sets them."""
    lines, line = [], ""
    for character in text:
        if columns(line + character) > room and character not in "，。；：、）》”！？%":
            lines.append(line)
            line = ""
        line += character
    return [*lines, line] if line else lines


@dataclass
class PdfFile:
    """A pdf file under construction; y runs down the page."""

    pages: list[list[str]] = field(default_factory=list)
    margin: float = 90.0
    size: float = 14.0
    head: str = ""
    numbers: bool = True
    embedded: bool = False
    #: with an embedded font: characters that its table gives as others (radicals, private ones)
    disguised: dict[str, str] = field(default_factory=dict)
    _glyphs: dict[str, int] = field(default_factory=dict)
    _y: float = 0.0

    def page(self) -> PdfFile:
        self.pages.append([])
        self._y = 90.0
        if self.head:
            self.text(self.margin, 50.0, self.head, 9.0)
        if self.numbers:
            self.text(WIDTH / 2 - 14, HEIGHT - 40, f"— {len(self.pages)} —", 10.0)
        return self

    def text(self, x: float, y: float, text: str, size: float = 0.0) -> PdfFile:
        """Set a text with its baseline at y."""
        size = size or self.size
        code = text.encode("utf-16-be").hex()
        if self.embedded:
            glyphs = (self._glyphs.setdefault(c, len(self._glyphs) + 1) for c in text)
            code = "".join(f"{glyph:04x}" for glyph in glyphs)
        self.pages[-1].append(f"BT /F1 {size} Tf {x:.2f} {HEIGHT - y:.2f} Td <{code}> Tj ET")
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> PdfFile:
        self.pages[-1].append(f"0.5 w {x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S")
        return self

    def _room(self, lines: float = 1.0) -> None:
        if not self.pages or self._y + lines * self.size * 1.6 > HEIGHT - 90:
            self.page()

    def heading(self, text: str, size: float = 16.0) -> PdfFile:
        self._room(2)
        self._y += size * 0.8
        x = (WIDTH - columns(text) * size) / 2
        self.text(x, self._y, text, size)
        self._y += size * 1.8
        return self

    def paragraph(self, text: str, *, indent: int = 2) -> PdfFile:
        """Hard-wrapped over lines and pages, first line indented by Han characters."""
        room = (WIDTH - 2 * self.margin) / self.size
        lines = wrapped("　" * indent + text, room)
        for at, line in enumerate(lines):
            self._room()
            shift = indent * self.size if at == 0 else 0.0
            self.text(self.margin + shift, self._y, line.lstrip("　"))
            self._y += self.size * 1.6
        return self

    def table(
        self,
        rows: list[list[str]],
        widths: list[float],
        *,
        ruled: bool = True,
        spans: dict[tuple[int, int], tuple[int, int]] | None = None,
    ) -> PdfFile:
        """A table; ``spans`` gives (rows, columns) of merged cells by their first place."""
        spans = spans or {}
        height = self.size * 1.8
        self._room(len(rows) * 1.2)
        top, left = self._y, self.margin
        edges = [left]
        for width in widths:
            edges.append(edges[-1] + width)
        covered = {
            (r + i, c + j)
            for (r, c), (down, across) in spans.items()
            for i in range(down)
            for j in range(across)
            if (i, j) != (0, 0)
        }
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if (r, c) in covered:
                    continue
                down, across = spans.get((r, c), (1, 1))
                y0, y1 = top + r * height, top + (r + down) * height
                x0, x1 = edges[c], edges[c + across]
                if ruled:
                    self.rule(x0, y0, x1, y0).rule(x0, y1, x1, y1)
                    self.rule(x0, y0, x0, y1).rule(x1, y0, x1, y1)
                if text:
                    self.text(x0 + 4, (y0 + y1) / 2 + self.size * 0.35, text, self.size - 2)
        self._y = top + len(rows) * height + self.size * 1.5
        return self

    def _font(self) -> list[bytes]:
        """Objects 3 and following: the font that pages call F1."""
        if not self.embedded:
            return [
                b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light "
                b"/Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
                b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
                b"/W [1 95 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
                b"/Supplement 2 >> /FontDescriptor 5 0 R >>",
                b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /Ascent 880 "
                b"/Descent -120 /CapHeight 880 /StemV 93 /ItalicAngle 0 "
                b"/FontBBox [-25 -254 1000 880] >>",
            ]
        characters = "".join(self._glyphs)
        shown = "".join(self.disguised.get(c, c) for c in characters)
        narrow = b" ".join(b"%d [500]" % glyph for c, glyph in self._glyphs.items() if c < "\x7f")
        return [
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Boxes /Encoding /Identity-H "
            b"/DescendantFonts [4 0 R] /ToUnicode 7 0 R >>",
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Boxes /DW 1000 /W [%s] "
            b"/CIDToGIDMap /Identity /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
            b"/Supplement 0 >> /FontDescriptor 5 0 R >>" % narrow,
            b"<< /Type /FontDescriptor /FontName /Boxes /Flags 4 /Ascent 880 /Descent -120 "
            b"/CapHeight 880 /StemV 93 /ItalicAngle 0 /FontBBox [0 -120 1000 880] "
            b"/FontFile2 6 0 R >>",
            _stream(fonts.box_font(characters)),
            _stream(fonts.to_unicode(shown)),
        ]

    def bytes(self, *, encrypt: bool = False) -> bytes:
        """The file; ``encrypt`` declares a password handler that no reader can open."""
        objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *self._font()]
        kids = []
        for page in self.pages:
            objects.append(_stream("\n".join(page).encode()))
            stream = len(objects)
            objects.append(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                b"/Resources << /Font << /F1 3 0 R >> >> >>" % stream
            )
            kids.append(b"%d 0 R" % len(objects))
        objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
        return _assembled(objects, encrypt=encrypt)


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (
        len(packed), packed,
    )  # fmt: skip


def _assembled(objects: list[bytes], *, encrypt: bool) -> bytes:
    trailer = b"/Root 1 0 R"
    if encrypt:
        objects.append(
            b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >>"
            % (b"ab" * 32, b"cd" * 32)
        )
        trailer += b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects), b"00" * 16, b"00" * 16)
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, start,
    )  # fmt: skip
    return bytes(out)
