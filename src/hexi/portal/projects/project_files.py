"""Files of a project on their way in (项目附件收件): what they are, checked while they are kept.

What a file is follows from its first bytes and its name together, not from what a browser says.
The bytes are kept before the row: bytes without a row are harmless, a row without bytes is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.files import keep
from hexi.portal.core.models import Person
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.plans.acts.upload_document import clean_name
from hexi.portal.plans.upload_limit import too_large
from hexi.portal.projects.models import ProjectFile, ProjectRecord

__all__ = ["SHELF", "TYPES", "KeptBytes", "add_files", "take_in"]

#: folder of the home in which the bytes lie
SHELF: Final = "projects"
#: files of one project; more is no evidence but an archive
MOST: Final = 2000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: ending of the name to media type and what the bytes begin with
TYPES: Final[dict[str, tuple[str, bytes]]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "docx": (_WORD, _ZIP),
    "xlsx": (_EXCEL, _ZIP),
    "ofd": ("application/ofd", _ZIP),
    "doc": ("application/msword", _OLE),
    "xls": ("application/vnd.ms-excel", _OLE),
}
_HEAD: Final = 16


@dataclass(frozen=True, slots=True)
class KeptBytes:
    """A file whose bytes are in the store."""

    name: str
    media_type: str
    digest: str
    size: int


def take_in(upload: Any) -> KeptBytes:
    """Check and keep an uploaded file (it has a name and chunks)."""
    name = clean_name(str(upload.name or ""))
    known = TYPES.get(PurePath(name).suffix.lower().removeprefix("."))
    if known is None:
        raise _other_type(name)
    digest, size = keep(_checked(upload, name, known[1]), SHELF)
    return KeptBytes(name, known[0], digest, size)


def add_files(
    row: ProjectRecord,
    of: str,
    files: Sequence[KeptBytes],
    *,
    by: Person | None,
    at: datetime,
) -> list[ProjectFile]:
    """Rows for kept bytes; the very same file for the same thing is found again."""
    mine = ProjectFile.objects.filter(project=row)
    if mine.count() + len(files) > MOST:
        raise Refusal(
            "too_many_files",
            gapped(_("The project has %(n)d files already."), n=MOST),
            _("Put several papers into one file."),
            place="file",
        )
    rows = []
    for file in files:
        found = mine.filter(of=of, digest=file.digest).first()
        rows.append(
            found
            or ProjectFile.objects.create(
                project=row,
                of=of,
                name=file.name,
                media_type=file.media_type,
                digest=file.digest,
                size=file.size,
                by_name=by.name if by else "",
                at=at,
            )
        )
    return rows


def _checked(upload: Any, name: str, begins: bytes) -> Iterator[bytes]:
    """The bytes, as long as they are what the name says and not too many."""
    seen, head = 0, b""
    for chunk in upload.chunks():
        seen += len(chunk)
        if seen > settings.UPLOAD_BYTES:
            raise too_large(name)
        if len(head) < _HEAD:
            head += chunk[:_HEAD]
            if len(head) >= _HEAD and not head.startswith(begins):
                raise _other_type(name)
        yield chunk
    if not seen:
        message, remedy = _("The file is empty."), _("Make sure it is the right file.")
        raise Refusal("empty", message, remedy, file=name, place="file")
    if not head.startswith(begins):
        raise _other_type(name)


def _other_type(name: str) -> Refusal:
    return Refusal(
        "type_wrong",
        gapped(_("“%(name)s” is not a file of a kind that is kept."), name=name),
        gapped(_("Kept are: %(listed)s; the name must say what it is."), listed="、".join(TYPES)),
        file=name,
        place="file",
    )
