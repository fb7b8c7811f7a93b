"""Lines that a pdf page draws (页面线条): the rules of its tables, as lines or thin rectangles."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import islice, repeat
from typing import Any, Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from hexi.plans.documents.page_rules import Rule
from hexi.plans.documents.pdf_calls import (
    address,
    bounds_of,
    count_of_segments,
    kind_of,
    object_at,
)

__all__ = ["drawn_rules"]

_MOST_PATHS: Final = 20_000
_MOST_OBJECTS: Final = 200_000
_MOST_SEGMENTS: Final = 4_000
#: thickness up to which a rectangle is a drawn line
_THIN: Final = 3.0
_TEXT: Final = int(raw.FPDF_PAGEOBJ_TEXT)
_PATH: Final = int(raw.FPDF_PAGEOBJ_PATH)
_FORM: Final = int(raw.FPDF_PAGEOBJ_FORM)


def drawn_rules(page: pdfium.PdfPage, width: float, height: float) -> Iterator[Rule]:
    """Straight lines and edges of rectangles that the page draws."""
    edges = [ctypes.c_float() for _ in range(4)]
    places = list(map(address, edges))
    left, bottom, right, top = edges
    drawn = address(page.raw)
    count = min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    items = list(map(object_at, repeat(drawn, count), range(count)))
    for at, kind in enumerate(map(kind_of, items)):
        if kind == _TEXT:
            continue
        if kind == _FORM:
            yield from _rules_of_forms(page, height)
            return
        if kind != _PATH:
            continue
        item = items[at]
        if count_of_segments(item) > 5:
            yield from _segments(raw.FPDFPage_GetObject(page.raw, at), height)
        elif bounds_of(item, *places):
            yield from _edges(
                left.value, right.value, height - top.value, height - bottom.value, width, height
            )


def _rules_of_forms(page: pdfium.PdfPage, height: float) -> Iterator[Rule]:
    """The same where drawings are nested in forms, which have places of their own."""
    objects = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4)
    for item in islice(objects, _MOST_PATHS):
        matrix = item.get_matrix()
        form = item.container
        while form is not None:
            matrix = matrix.multiply(form.get_matrix())
            form = form.container
        yield from _segments(item.raw, height, matrix)


def _edges(
    left: float, right: float, top: float, bottom: float, width: float, height: float
) -> Iterator[Rule]:
    across, down = right - left, bottom - top
    if across > 0.97 * width and down > 0.97 * height:
        return
    if down <= _THIN < across:
        yield Rule(True, (top + bottom) / 2, left, right)
    elif across <= _THIN < down:
        yield Rule(False, (left + right) / 2, top, bottom)
    elif across > _THIN and down > _THIN:
        yield Rule(True, top, left, right)
        yield Rule(True, bottom, left, right)
        yield Rule(False, left, top, bottom)
        yield Rule(False, right, top, bottom)


def _segments(item: Any, height: float, matrix: Any = None) -> Iterator[Rule]:
    """Lines of a path, drawn one by one or as a whole grid at once."""
    if matrix is None:
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(item, own)
        matrix = pdfium.PdfMatrix.from_raw(own)
    x, y = ctypes.c_float(), ctypes.c_float()
    last: tuple[float, float] | None = None
    for at in range(min(raw.FPDFPath_CountSegments(item), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, at)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        px, py = matrix.on_point(x.value, y.value)
        here = (px, height - py)
        line = raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO
        if last is not None and line:
            (x0, y0), (x1, y1) = last, here
            if abs(y0 - y1) < 0.5 and abs(x0 - x1) > _THIN:
                yield Rule(True, y0, min(x0, x1), max(x0, x1))
            elif abs(x0 - x1) < 0.5 and abs(y0 - y1) > _THIN:
                yield Rule(False, x0, min(y0, y1), max(y0, y1))
        last = here
