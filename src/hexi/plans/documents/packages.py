"""Opening an Office package (docx, xlsx) safely (安全打开压缩包).

A package is a zip archive of XML parts. Sizes are checked before and while unpacking, macros and
entity declarations are refused, and nothing outside the archive is ever fetched.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from io import BytesIO
from typing import Final

from lxml import etree

from hexi.plans.documents.errors import DocumentError
from hexi.plans.documents.limits import Limits

__all__ = ["Package", "Shorten", "parse_xml"]

#: how much is unpacked at a time: what is thrown away at once should not need memory of its own
_PIECE: Final = 1 << 16
#: takes out of a part, as it is unpacked, what the reader has no use for
Shorten = Callable[[Iterable[bytes]], bytes]
#: namespaces of the strict variant of the standard, as the common variant writes them
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip


@cache
def _parser() -> etree.XMLParser:
    # blank text is white space that programs put between elements, never part of the words
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def parse_xml(data: bytes, file: str, place: str) -> etree._Element:
    """The root element of an XML part; no DTD, no entities, no network."""
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError("broken", file, place) from error
    info = root.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        raise DocumentError("entities", file, place)
    return root


class Package:
    """A zip package whose parts are read within limits."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise DocumentError("broken", name) from error
        total = sum(info.file_size for info in infos)
        if total > limits.unpacked_bytes or total > limits.expansion * max(len(data), 50_000):
            raise DocumentError("expands", name)
        if any(info.flag_bits & 0x1 for info in infos):
            raise DocumentError("encrypted", name)
        self.names = {info.filename for info in infos}
        for part in sorted(self.names):
            if part.lower().endswith("vbaproject.bin"):
                raise DocumentError("macros", name, part)

    def read(self, part: str) -> bytes:
        """A part's bytes."""
        return b"".join(self._pieces(part))

    def _pieces(self, part: str) -> Iterator[bytes]:
        """A part piece by piece; the sizes that the archive declares are not trusted."""
        try:
            with self._zip.open(part) as stream:
                while piece := stream.read(_PIECE):
                    self._unpacked += len(piece)
                    if self._unpacked > self._limits.unpacked_bytes:
                        raise DocumentError("expands", self._name, part)
                    yield piece
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError,
                NotImplementedError, RuntimeError) as error:  # fmt: skip
            raise DocumentError("broken", self._name, part) from error

    def xml(self, part: str, shorten: Shorten | None = None) -> etree._Element:
        """A part as XML."""
        if shorten is not None:
            try:
                return self._parsed(shorten(self._pieces(part)), part)
            except DocumentError:
                pass  # cut in a place that is no end of an element: the whole part decides
        return self._parsed(self.read(part), part)

    def _parsed(self, data: bytes, part: str) -> etree._Element:
        if len(data) > self._limits.xml_bytes:
            raise DocumentError("too_large", self._name, part)
        if b"purl.oclc.org" in data[:4000]:
            for strict, common in _STRICT:
                data = data.replace(strict, common)
        return parse_xml(data, self._name, part)

    def xml_if_present(self, part: str, shorten: Shorten | None = None) -> etree._Element | None:
        """A part as XML where the package has it."""
        return self.xml(part, shorten) if part in self.names else None
