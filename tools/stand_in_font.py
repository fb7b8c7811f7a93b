"""Writes the stand-in font of the pdf reader (替身字体): one small box for every character.

Run it from the project's root after a change; the font it writes is kept beside the reader.
"""

from __future__ import annotations

import struct
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

TARGET = Path("src/hexi/plans/documents/stand_in.ttf")
#: every character of the text planes but control characters and blanks
FIRST, LAST = 0x21, 0x3FFFF


def main() -> None:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    pen = TTGlyphPen(None)
    # narrower than any advance: it must never widen the place that the file gives a character
    for at, point in enumerate(((50, 0), (250, 0), (250, 700), (50, 700))):
        (pen.lineTo if at else pen.moveTo)(point)
    pen.closePath()
    box = pen.glyph()
    builder.setupCharacterMap({FIRST: "box"})
    builder.setupGlyf({".notdef": box, "box": box})
    builder.setupHorizontalMetrics({".notdef": (500, 50), "box": (500, 50)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Hexi Stand-in", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost(keepGlyphNames=False)
    table = builder.font["cmap"]
    table.tables = [_many_to_one(platform, encoding) for platform, encoding in ((0, 6), (3, 10))]
    builder.font.recalcTimestamp = False
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.save(TARGET)


def _many_to_one(platform: int, encoding: int) -> CmapSubtable:
    """A character map of format 13: one glyph for a whole range."""
    subtable = CmapSubtable.newSubtable(13)
    subtable.platformID, subtable.platEncID, subtable.language = platform, encoding, 0
    group = struct.pack(">LLL", FIRST, LAST, 1)
    data = struct.pack(">HHLLL", 13, 0, 16 + len(group), 0, 1) + group
    subtable.cmap = {FIRST: "box"}  # for the summary in OS/2
    subtable.compile = lambda font: data
    return subtable


if __name__ == "__main__":
    main()
