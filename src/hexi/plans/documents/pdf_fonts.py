"""A stand-in for fonts that a pdf names but does not carry (未嵌入字体的替身).

pdfium takes such a font from the machine, and the glyphs it finds there change what it reads: a
wide one moves the edge of a word, and where the machine has none two equal lines under each other
are taken for one and the second is lost. One small font of boxes answers for all of them, so a
document reads the same on every machine; widths and places come from the file itself.
"""

from __future__ import annotations

import ctypes
from importlib.resources import files
from typing import Any, Final

import pypdfium2.raw as raw  # type: ignore[import-untyped]

__all__ = ["stand_in_for_fonts"]

_FONT: Final = (files(__package__) / "stand_in.ttf").read_bytes()
_NAME: Final = b"Hexi Stand-in\0"
#: any number but nought: the one font that there is
_HANDLE: Final = 1

#: pdfium's own numbers for character sets of East Asia; others keep the fonts it is built with
_EAST_ASIAN: Final = frozenset({128, 129, 130, 134, 136})

_kept: list[Any] = []


def stand_in_for_fonts() -> None:
    """Have pdfium ask for fonts here, once in a process and before a file is opened."""
    if _kept:
        return
    info = raw.FPDF_SYSFONTINFO()
    info.version = 1
    for field, function in (
        ("MapFont", _map_font), ("GetFontData", _font_data), ("GetFaceName", _face_name),
    ):  # fmt: skip
        setattr(info, field, dict(info._fields_)[field](function))
    _kept.append(info)
    raw.FPDF_SetSystemFontInfo(ctypes.byref(info))


def _map_font(
    _info: Any, _weight: int, _italic: int, charset: int, _pitch: int, _face: Any, _exact: Any
) -> int:
    return _HANDLE if charset in _EAST_ASIAN else 0


def _font_data(_info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
    """The whole font; ``table`` asks for one of its tables only where it is not nought."""
    if table:
        return 0
    return _given(_FONT, buffer, size)


def _face_name(_info: Any, _font: Any, buffer: Any, size: int) -> int:
    return _given(_NAME, buffer, size)


def _given(content: bytes, buffer: Any, size: int) -> int:
    if buffer and size >= len(content):
        ctypes.memmove(buffer, content, len(content))
    return len(content)
