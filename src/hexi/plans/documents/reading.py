"""Reading any document (读取文件): the format is told from the content, never from the name.

One entry for the command line, the portal and the engine. Whatever happens inside, the caller
gets a whole ``Document`` or one ``DocumentError``.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Final

from hexi.plans.documents.characters import flags_of, simplify
from hexi.plans.documents.composition import compose
from hexi.plans.documents.document import Document
from hexi.plans.documents.encodings import decode
from hexi.plans.documents.errors import DocumentError
from hexi.plans.documents.formats import format_of
from hexi.plans.documents.legacy import to_docx
from hexi.plans.documents.limits import Limits
from hexi.plans.documents.passages import Passage
from hexi.plans.documents.pdf import read_pdf
from hexi.plans.documents.plain_text import passages_of_text
from hexi.plans.documents.recognition import read_image
from hexi.plans.documents.web import read_page
from hexi.plans.documents.word import read_word
from hexi.plans.documents.workbooks import read_workbook

__all__ = ["read_document", "read_text"]

_DEFAULT: Final = Limits()
_BLANK: Final = b"\x00 \t\r\n\xef\xbb\xbf"
#: which formats a file name's ending promises
_EXTENSIONS: Final[dict[str, frozenset[str]]] = {
    ".docx": frozenset({"docx"}),
    ".doc": frozenset({"doc"}),
    ".wps": frozenset({"doc"}),
    ".rtf": frozenset({"rtf"}),
    ".pdf": frozenset({"pdf"}),
    ".xlsx": frozenset({"xlsx"}),
    ".xls": frozenset({"xls"}),
    ".et": frozenset({"xls", "xlsx"}),
    ".html": frozenset({"html"}),
    ".htm": frozenset({"html"}),
    ".txt": frozenset({"txt", "md"}),
    ".md": frozenset({"txt", "md"}),
}


def read_text(
    text: str, *, name: str = "", digest: str = "", limits: Limits = _DEFAULT
) -> Document:
    """A document from text that is already decoded."""
    if len(text) > limits.characters:
        raise DocumentError("too_large", name)
    logical = simplify(text)
    items, usual_gap = passages_of_text(text, logical)
    if not items:
        raise DocumentError("empty", name)
    # only Markdown's own signs give a level before the text is composed
    form = "md" if any(isinstance(item, Passage) and item.level for item in items) else "txt"
    blocks, title = compose(items, usual_gap)
    return Document(
        name=name,
        format=form,
        text=text,
        title=title,
        blocks=blocks,
        flags=flags_of(text, logical),
        digest=digest,
    )


def read_document(
    source: Path | bytes, *, name: str = "", ocr: bool = False, limits: Limits = _DEFAULT
) -> Document:
    """Read a file into its canonical text and blocks."""
    data, name = _bytes_of(source, name, limits)
    try:
        return _named(_read(data, name, ocr=ocr, limits=limits))
    except RecursionError as error:
        raise DocumentError("too_deep", name) from error
    except MemoryError as error:
        raise DocumentError("too_large", name) from error


def _named(document: Document) -> Document:
    """Say so where the name promises another format than the one that was read."""
    promised = Path(document.name).suffix.lower()
    formats = _EXTENSIONS.get(promised)
    if formats is None or document.format in formats:
        return document
    notice = f"扩展名是 {promised}，内容是 {document.format}，已按内容读取"
    return replace(document, notices=(notice, *document.notices))


def _read(data: bytes, name: str, *, ocr: bool, limits: Limits) -> Document:
    digest = hashlib.sha256(data).hexdigest()
    form = format_of(data, name)
    if form == "docx":
        return read_word(data, name, digest, limits)
    if form in {"doc", "rtf"}:
        converted = to_docx(data, name, form, limits)
        return replace(read_word(converted, name, digest, limits), format=form)
    if form in {"xlsx", "xls"}:
        return read_workbook(data, name, digest, form, limits)
    if form == "pdf":
        return read_pdf(data, name, digest, ocr=ocr, limits=limits)
    if form == "image":
        return read_image(data, name, digest, limits)
    if form == "html":
        return read_page(data, name, digest, limits)
    return read_text(decode(data, name), name=name, digest=digest, limits=limits)


def _bytes_of(source: Path | bytes, name: str, limits: Limits) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        data = source
    else:
        name = name or source.name
        try:
            if source.stat().st_size > limits.file_bytes:
                raise DocumentError("too_large", name)
            data = source.read_bytes()
        except OSError as error:
            raise DocumentError("missing", name) from error
    if len(data) > limits.file_bytes:
        raise DocumentError("too_large", name)
    # the first bytes nearly always tell; stripping the whole copies the file
    if not data[:256].strip(_BLANK) and not data.strip(_BLANK):
        raise DocumentError("empty", name)
    return data, name
