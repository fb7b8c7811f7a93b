"""Which format a file is in (文件格式): told from its first bytes and its parts, never its name."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Final

from hexi.plans.documents.errors import DocumentError

__all__ = ["format_of"]

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
#: archives and programs: bytes that are no document whatever the name says
_FOREIGN: Final = (
    b"\x7fELF", b"MZ", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"SQLite",
)  # fmt: skip
_HTML: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|div|meta|p|h[1-6]|title)\b", re.IGNORECASE
)
_HTML_TEXT: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def _package_format(data: bytes, name: str) -> str:
    try:
        names = set(zipfile.ZipFile(BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DocumentError("broken", name) from error
    if any(part.startswith("word/") for part in names):
        return "docx"
    if any(part.startswith("xl/") for part in names):
        return "xlsx"
    if {"_rels/.rels", "[Content_Types].xml"} <= names and not any(
        part.startswith(("ppt/", "visio/")) for part in names
    ):
        return "docx"
    raise DocumentError("unknown_format", name)


def _ole_format(data: bytes, name: str) -> str:
    """An old binary Office file, or a new one behind a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise DocumentError("encrypted", name)
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    if any(part.encode("utf-16-le") in data for part in ("Workbook", "Book\x00")):
        return "xls"
    raise DocumentError("legacy_excel", name)


def format_of(data: bytes, name: str = "") -> str:
    """docx, xlsx, xls, doc, rtf, pdf, image, html or text."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _package_format(data, name)
    if data.startswith(_OLE):
        return _ole_format(data, name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image"
    if data.startswith(_IMAGES) and b"\x00" in data[:4096]:
        return "image"
    if data.startswith(_FOREIGN) and b"\x00" in data[:4096]:
        raise DocumentError("unknown_format", name)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        wide = data[: 4096 // 2 * 2].decode("utf-16", "replace").lstrip()
        return "html" if _HTML_TEXT.match(wide) else "text"
    opening = _HTML.search(start)
    if opening is not None and start.startswith(b"<"):
        return "html"
    return "text"
