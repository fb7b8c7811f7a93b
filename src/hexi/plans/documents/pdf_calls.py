"""Calls into pdfium made once a character or a drawn object (逐字符、逐对象的调用).

The bindings convert every argument and make a pointer object of every handle; over the ten
thousand objects of a plan that takes longer than the calls themselves. Here the same functions
take plain addresses.
"""

from __future__ import annotations

import ctypes
from typing import Any, Final

import pypdfium2.raw as raw  # type: ignore[import-untyped]

__all__ = [
    "address",
    "bounds_of",
    "box_of_character",
    "count_of_segments",
    "font_size",
    "kind_of",
    "matrix_of_character",
    "object_at",
    "origin_of_character",
]

_HANDLE: Final = ctypes.c_void_p
_INT: Final = ctypes.c_int


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    """The same function of the library, taking addresses as integers."""
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


def address(handle: Any) -> int:
    """Where a handle of the bindings, or a structure of ctypes, stands."""
    if isinstance(handle, ctypes.Structure | ctypes._SimpleCData):
        return ctypes.addressof(handle)
    return ctypes.cast(handle, _HANDLE).value or 0


box_of_character: Final = _plain(raw.FPDFText_GetLooseCharBox, _INT, _HANDLE, _INT, _HANDLE)
font_size: Final = _plain(raw.FPDFText_GetFontSize, ctypes.c_double, _HANDLE, _INT)
matrix_of_character: Final = _plain(raw.FPDFText_GetMatrix, _INT, _HANDLE, _INT, _HANDLE)
origin_of_character: Final = _plain(
    raw.FPDFText_GetCharOrigin, _INT, _HANDLE, _INT, _HANDLE, _HANDLE
)
object_at: Final = _plain(raw.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
kind_of: Final = _plain(raw.FPDFPageObj_GetType, _INT, _HANDLE)
count_of_segments: Final = _plain(raw.FPDFPath_CountSegments, _INT, _HANDLE)
bounds_of: Final = _plain(
    raw.FPDFPageObj_GetBounds, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE
)
