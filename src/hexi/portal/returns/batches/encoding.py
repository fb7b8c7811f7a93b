"""How the text of a table is written down (文字编码): UTF-8, GB18030 of old programs, or UTF-16.

Excel saves "Unicode text" as UTF-16 and plain "CSV" in the system's own encoding, which in Chinese
is GBK, a part of GB18030.
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

__all__ = ["decoded", "lines_in"]

_WIDE: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_PIECE: Final = 1 << 16


def decoded(data: bytes) -> str | None:
    """The text without its mark of order; None where it is in none of the encodings."""
    wide = _wide(data[:400])
    for encoding in (wide,) if wide else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).removeprefix("\ufeff").replace("\0", "")
        except UnicodeDecodeError:
            continue
    return None


def lines_in(path: Path) -> int:
    """How many lines a file has, without reading it whole."""
    with path.open("rb") as file:
        wide = _wide(file.read(400))
    if wide:
        # a byte that looks like a line's end is half of many a Chinese character
        with path.open(encoding=wide, errors="replace") as text:
            return sum(1 for _ in text)
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(_PIECE), b""))


def _wide(head: bytes) -> str:
    """UTF-16 by its mark, or by the zero bytes of the letters and digits in it."""
    if head[:2] in _WIDE:
        return _WIDE[head[:2]]
    low, high = head[1::2].count(0), head[0::2].count(0)
    if max(low, high) * 6 < len(head) or not head:
        return ""
    return "utf-16-le" if low > high else "utf-16-be"
