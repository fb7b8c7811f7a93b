"""A small PDF file (便携文档): pages of text and rules in the standard Chinese font.

The font STSong-Light is one of the Adobe CJK fonts that a PDF may name without carrying it, so
the file is small and no typeface is passed on. Text goes in as UCS-2 through the predefined map
``UniGB-UCS2-H``; a ToUnicode map lets every reader copy it out again. Nothing in the file depends
on time or machine: the same pages give the same bytes.
"""

from __future__ import annotations

import zlib

__all__ = ["HEIGHT", "WIDTH", "Page", "char_width", "text_width", "write_file"]

WIDTH, HEIGHT = 595.28, 841.89


def char_width(char: str, size: float) -> float:
    """Advance of a character: Han and full-width signs are one em, ASCII half of it."""
    return size * (0.5 if char.isascii() else 1.0)


def text_width(text: str, size: float) -> float:
    """Advance of a run of text."""
    return sum(char_width(char, size) for char in text)


class Page:
    """The content of one page; y runs from the bottom, in points."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def text(self, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
        """One run of text; bold is drawn with a thin outline, as the font has one weight."""
        mode = f"2 Tr {size * 0.015:.3f} w" if bold else "0 Tr"
        code = text.encode("utf-16-be").hex().upper()
        self._parts.append(f"BT /F1 {size:g} Tf {mode} {x:.2f} {y:.2f} Td <{code}> Tj ET")

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A thin line."""
        self._parts.append(f"0.5 w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def content(self) -> bytes:
        """The page's drawing commands."""
        return ("\n".join(self._parts) + "\n").encode("ascii")


def write_file(pages: list[Page], title: str) -> bytes:
    """The whole file."""
    objects = _Objects()
    catalog, tree, font, info = (objects.reserve() for _ in range(4))
    kids = []
    for page in pages:
        content = objects.add(_stream(page.content()))
        kids.append(
            objects.add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}]"
                f" /Resources << /Font << /F1 {font} 0 R >> >> /Contents {content} 0 R >>".encode()
            )
        )
    references = " ".join(f"{kid} 0 R" for kid in kids)
    objects.fill(catalog, f"<< /Type /Catalog /Pages {tree} 0 R /Lang (zh-CN) >>".encode())
    objects.fill(tree, f"<< /Type /Pages /Kids [{references}] /Count {len(kids)} >>".encode())
    _font(objects, font)
    name = ("\ufeff" + title).encode("utf-16-be").hex().upper()
    objects.fill(info, f"<< /Title <{name}> /Producer (Hexi) >>".encode())
    return objects.file(catalog, info)


def _font(objects: _Objects, number: int) -> None:
    descriptor = objects.add(
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
        b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    # character codes 1 to 95 of Adobe-GB1 are ASCII
    descendant = objects.add(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
        b" /FontDescriptor %d 0 R /DW 1000 /W [1 95 500] >>" % descriptor
    )
    unicode_map = objects.add(_stream(_to_unicode()))
    objects.fill(
        number,
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H"
        b" /Encoding /UniGB-UCS2-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>"
        % (descendant, unicode_map),
    )


def _to_unicode() -> bytes:
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
    blocks = [
        f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange"
        for part in (ranges[i : i + 100] for i in range(0, 256, 100))
    ]
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Hexi-UCS2 def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode("ascii")


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return (
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream"
    )


class _Objects:
    """Numbered objects of the file, and the table that finds them."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def reserve(self) -> int:
        self._bodies.append(b"")
        return len(self._bodies)

    def add(self, body: bytes) -> int:
        self._bodies.append(body)
        return len(self._bodies)

    def fill(self, number: int, body: bytes) -> None:
        self._bodies[number - 1] = body

    def file(self, catalog: int, info: int) -> bytes:
        out = bytearray(b"%PDF-1.5\n%\xe4\xba\x91\xe5\xb2\xad\n")
        places = []
        for number, body in enumerate(self._bodies, 1):
            places.append(len(out))
            out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\n" % (
            len(places) + 1,
            catalog,
            info,
        )
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)
