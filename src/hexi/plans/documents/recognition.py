"""Scanned pages and images (文字识别): read by the optional recognition extra, always flagged.

A recognised figure may be wrong in any digit, so every stretch that comes from recognition carries
the flag ``ocr`` and a person is asked to compare it with the page.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from io import BytesIO
from statistics import median
from typing import Any, Final

from hexi.plans.documents.building import Builder
from hexi.plans.documents.document import Document
from hexi.plans.documents.errors import DocumentError
from hexi.plans.documents.limits import Deadline, Limits
from hexi.plans.documents.page_fragments import Fragment
from hexi.plans.documents.page_layout import Page, lay_out

__all__ = ["available", "read_image", "recognised_page"]

#: pictures are rendered at 200 dots an inch
_SCALE: Final = 200 / 72
_MOST_PIXELS: Final = 60_000_000


def available() -> bool:
    """Whether the recognition extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR()


def _fragments(picture: Any, scale: float) -> list[Fragment]:
    """Recognised lines in reading order."""
    result = _engine()(picture)
    boxes, texts = getattr(result, "boxes", None), getattr(result, "txts", None)
    if boxes is None or texts is None:
        return []
    found: list[Fragment] = []
    for box, text in zip(boxes, texts, strict=True):
        xs = [float(point[0]) / scale for point in box]
        ys = [float(point[1]) / scale for point in box]
        if text.strip():
            height = max(ys) - min(ys)
            found.append(Fragment(text.strip(), min(xs), max(xs), min(ys), max(ys), height))
    return _in_reading_order(_evened(found))


def _evened(fragments: list[Fragment]) -> list[Fragment]:
    """Boxes around recognised lines differ by a few dots: near the usual height all are equal."""
    if not fragments:
        return fragments
    usual = median(fragment.size for fragment in fragments)
    return [f._replace(size=usual) if 0.75 * usual < f.size < 1.3 * usual else f for f in fragments]


def _in_reading_order(fragments: list[Fragment]) -> list[Fragment]:
    """Top to bottom, and left to right where they stand on one height."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: (f.top + f.bottom) / 2):
        middle = (fragment.top + fragment.bottom) / 2
        if rows and rows[-1][0].top < middle < rows[-1][0].bottom:
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [fragment for row in rows for fragment in sorted(row, key=lambda f: f.left)]


def recognised_page(page: Any, number: int) -> Page | None:
    """A pdf page without text, read from its picture."""
    width, height = page.get_size()
    if width * height * _SCALE**2 > _MOST_PIXELS:
        return None
    picture = page.render(scale=_SCALE).to_numpy()
    fragments = _fragments(picture, _SCALE)
    if not fragments:
        return None
    return Page(number, width, height, fragments, recognised=True)


def read_image(data: bytes, name: str, digest: str, limits: Limits) -> Document:
    """Read a picture of a page."""
    if not available():
        raise DocumentError("no_ocr", name)
    deadline = Deadline(limits, name)
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise DocumentError("too_large", name)
            width, height = picture.size
            picture.verify()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise DocumentError("broken", name) from error
    fragments = _fragments(data, 1.0)
    if not fragments:
        raise DocumentError("empty", name)
    builder = Builder(name, "image", digest, limits)
    builder.notices.append("内容由文字识别读出，请核对数字")
    lay_out([Page(1, width, height, fragments, recognised=True)], builder, deadline)
    return builder.finish()
