"""What lies in an upload (批次内容): the workbooks of a zip, bounded in size, number and depth.

A zip comes from outside: what it claims of its sizes is not believed, an inner zip is not opened,
and one bad entry does not stop the others.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.returns.batches.encoding import lines_in

__all__ = ["MOST_FILES", "MOST_ROWS", "Entry", "count_of", "entries_of", "kind_of", "read_entry"]

MOST_FILES: Final = 500
#: returns in one table
MOST_ROWS: Final = 5000
#: bytes of one workbook, and of all together once unpacked
_ONE: Final = 8_000_000
_ALL: Final = 600_000_000
#: unpacked over packed; a workbook is packed itself and hardly shrinks again
_EXPANSION: Final = 200
_PIECE: Final = 1 << 16
#: how an old workbook (xls) begins, and one that is locked by a password
_OLD: Final = b"\xd0\xcf\x11\xe0"
#: what systems of files leave behind
_LITTER: Final = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an upload."""

    number: int
    name: str
    #: name inside the zip as it is stored; empty for an upload that is the file itself
    stored: str = ""
    #: why it is not read, where that is plain from its name or size
    refused: str = ""


def kind_of(path: Path, name: str) -> str:
    """zip, xlsx or csv: by what the file is, not by its name alone."""
    with path.open("rb") as file:
        head = file.read(4)
    if head in (b"PK\x03\x04", b"PK\x05\x06"):
        try:
            with zipfile.ZipFile(path) as packed:
                inside = set(packed.namelist())
        except (zipfile.BadZipFile, OSError, ValueError):
            raise _broken(name) from None
        if "[Content_Types].xml" not in inside:
            if "mimetype" in inside and "content.xml" in inside:
                raise _other_program(name)
            return "zip"
        if "xl/workbook.xml" in inside:
            return "xlsx"
        raise _unknown(name)
    if head == _OLD:
        raise _other_program(name)
    if name.lower().endswith((".csv", ".txt", ".tsv")):
        return "csv"
    if name.lower().endswith((".zip", ".xlsx")):
        raise _broken(name)
    raise _unknown(name)


def entries_of(path: Path, name: str) -> list[Entry]:
    """The files of an upload in their order.

    Raises:
        Refusal: where the zip as a whole cannot be taken.
    """
    if kind_of(path, name) != "zip":
        return [Entry(1, name)]
    try:
        with zipfile.ZipFile(path) as packed:
            infos = [info for info in packed.infolist() if not _litter(info)]
    except (zipfile.BadZipFile, OSError, ValueError):
        raise _broken(name) from None
    total = sum(info.file_size for info in infos)
    if total > _ALL or total > _EXPANSION * max(path.stat().st_size, 50_000):
        raise Refusal(
            "expands",
            _("The zip unfolds to more than is allowed."),
            _("Zip the workbooks afresh; put no other files into it."),
            file=name,
        )
    if len(infos) > MOST_FILES:
        raise Refusal(
            "too_many",
            gapped(
                _("The zip holds %(n)d files; at most %(most)d are taken at once."),
                n=len(infos),
                most=MOST_FILES,
            ),
            _("Split it into several zips."),
            file=name,
        )
    if not infos:
        raise Refusal("empty", _("The zip is empty."), _("Check the file."), file=name)
    return [_entry(number, info) for number, info in enumerate(infos, 1)]


def count_of(path: Path, name: str) -> int:
    """How many returns an upload can have: for progress, and as a bound.

    Raises:
        Refusal: where nothing of it can be taken.
    """
    if kind_of(path, name) != "csv":
        return len(entries_of(path, name))
    rows = lines_in(path)
    if rows > MOST_ROWS + 1:
        raise Refusal(
            "too_many",
            gapped(
                _("The table has %(n)d rows; at most %(most)d are taken at once."),
                n=rows,
                most=MOST_ROWS,
            ),
            _("Split it into several tables."),
            file=name,
        )
    return max(1, rows)


def read_entry(path: Path, entry: Entry) -> bytes | None:
    """The bytes of one file; None where they cannot be read or are too many."""
    if not entry.stored:
        return path.read_bytes() if path.stat().st_size <= _ONE else None
    try:
        with zipfile.ZipFile(path) as packed, packed.open(entry.stored) as stream:
            return _bounded(iter(lambda: stream.read(_PIECE), b""))
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError,
            RuntimeError, NotImplementedError):  # fmt: skip
        return b""


def _bounded(pieces: Iterator[bytes]) -> bytes | None:
    found = bytearray()
    for piece in pieces:
        found += piece
        if len(found) > _ONE:
            return None
    return bytes(found)


def _entry(number: int, info: zipfile.ZipInfo) -> Entry:
    name = _name(info)
    suffix = PurePosixPath(name).suffix.lower()
    refused = "nested" if suffix in (".zip", ".rar", ".7z") else ""
    if not refused and suffix not in (".xlsx", ".xlsm"):
        refused = "other_file"
    if info.file_size > _ONE:
        refused = "too_large"
    return Entry(number, name, info.filename, refused)


def _name(info: zipfile.ZipInfo) -> str:
    """The name as a person gave it: Chinese systems pack it in GBK without saying so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = info.filename
    shown = "".join(letter for letter in name.replace("\\", "/") if letter.isprintable())
    return shown[-255:]


def _litter(info: zipfile.ZipInfo) -> bool:
    parts = info.filename.replace("\\", "/").split("/")
    return info.is_dir() or parts[-1].startswith(("~$", "._")) or bool({*parts} & {*_LITTER})


def _unknown(name: str) -> Refusal:
    return Refusal(
        "unknown_format",
        _("This kind of file cannot be taken."),
        _("Upload a workbook (xlsx), a zip of workbooks, or a table (csv)."),
        file=name,
    )


def _other_program(name: str) -> Refusal:
    return Refusal(
        "other_workbook",
        _("The workbook is of another kind (xls, ods), or a password locks it."),
        _("Open it, take the password away, and save it as an Excel workbook (xlsx)."),
        file=name,
    )


def _broken(name: str) -> Refusal:
    return Refusal(
        "broken",
        _("The file is damaged or was not uploaded to its end."),
        _("Pack it again and upload it once more."),
        file=name,
    )
