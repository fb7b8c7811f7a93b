"""Makes a font of plain boxes (测试字体): enough for a pdf that carries its own font.

A real plan's pdf embeds the type it is set in and says in a table (ToUnicode) which character each
glyph stands for. Text extraction reads that table only, so the glyphs may be boxes.
"""

from __future__ import annotations

from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

__all__ = ["box_font", "to_unicode"]


def box_font(characters: str) -> bytes:
    """A TrueType font whose glyph n + 1 is a box for ``characters[n]``."""
    names = [".notdef", *(f"g{at}" for at in range(len(characters)))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"g{at}" for at, c in enumerate(characters)})
    widths = [1000, *(500 if c < "\x7f" else 1000 for c in characters)]
    boxes = {}
    for width in (500, 1000):
        pen = TTGlyphPen(None)
        pen.moveTo((40, 0))
        for point in ((width - 40, 0), (width - 40, 800), (40, 800)):
            pen.lineTo(point)
        pen.closePath()
        boxes[width] = pen.glyph()
    builder.setupGlyf({name: boxes[width] for name, width in zip(names, widths, strict=True)})
    builder.setupHorizontalMetrics(
        {name: (width, 40) for name, width in zip(names, widths, strict=True)}
    )
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def to_unicode(characters: str) -> bytes:
    """The table that says which character each glyph of ``box_font`` stands for."""
    lines = []
    for at in range(0, len(characters), 100):
        part = characters[at : at + 100]
        lines.append(f"{len(part)} beginbfchar")
        lines.extend(
            f"<{at + n + 1:04x}> <{c.encode('utf-16-be').hex()}>" for n, c in enumerate(part)
        )
        lines.append("endbfchar")
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /T def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        + "\n".join(lines)
        + "\nendcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode()
