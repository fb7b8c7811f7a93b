"""Keep a file of a project (项目附件): what proves a stage, a month or a payment; photos too.

What a file is follows from its first bytes and its name together, not from what a browser says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.files import keep
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.plans.acts.upload_document import clean_name
from hexi.portal.plans.upload_limit import too_large
from hexi.portal.projects.models import ProjectFile, ProjectRecord
from hexi.portal.projects.record_book import held

__all__ = ["SHELF", "TYPES", "keep_file"]

#: folder of the home in which the bytes lie
SHELF: Final = "projects"
#: files of one project; more is no evidence but an archive
MOST: Final = 2000
#: ending of the name to (media type, what its bytes begin with)
TYPES: Final[dict[str, tuple[str, tuple[bytes, ...]]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (b"PK\x03\x04",),
    ),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",)),
    "ofd": ("application/ofd", (b"PK\x03\x04",)),
    "doc": ("application/msword", (b"\xd0\xcf\x11\xe0",)),
    "xls": ("application/vnd.ms-excel", (b"\xd0\xcf\x11\xe0",)),
}


def keep_file(
    project: ProjectRecord | int,
    of: str,
    upload: Any,
    *,
    by: Person | None,
    at: datetime,
    permission: Permission = Permission.KEEP_PROJECTS,
) -> ProjectFile:
    """Keep an uploaded file (name, chunks) for what it proves: ``stage:signed``, ``month:202611``.

    The bytes come first and the row after them: bytes without a row are harmless, a row without
    bytes is not. The very same file for the same thing is kept once and found again.
    """
    require(by, permission)
    name = clean_name(str(upload.name or ""))
    digest, size = keep(_checked(upload, name), SHELF)
    with transaction.atomic():
        row = held(project if isinstance(project, int) else project.pk, by, permission)
        files = ProjectFile.objects.filter(project=row)
        found: ProjectFile | None = files.filter(of=of, digest=digest).first()
        if found is not None:
            return found
        if files.count() >= MOST:
            raise Refusal(
                "too_many_files",
                gapped(_("The project has %(n)d files already."), n=MOST),
                _("Put several papers into one file."),
                file=name,
            )
        made = ProjectFile.objects.create(
            project=row,
            of=of,
            name=name,
            media_type=TYPES[_ending(name)][0],
            digest=digest,
            size=size,
            by_name=by.name if by else "",
            at=at,
        )
        record(
            "keep_project_file",
            made,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={"project": row.name, "of": of, "file": name, "size": size, "digest": digest},
        )
    return made


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")


def _checked(upload: Any, name: str) -> Iterator[bytes]:
    """The bytes, as long as they are what the name says and not too many."""
    known = TYPES.get(_ending(name))
    if known is None:
        raise _other_type(name)
    seen, head, checked = 0, b"", False
    for chunk in upload.chunks():
        seen += len(chunk)
        if seen > settings.UPLOAD_BYTES:
            raise too_large(name)
        if not checked:
            head += chunk
            checked = len(head) >= 16
            if checked and not head.startswith(known[1]):
                raise _other_type(name)
        yield chunk
    if not seen:
        raise Refusal(
            "empty", _("The file is empty."), _("Make sure it is the right file."), file=name
        )
    if not checked and not head.startswith(known[1]):
        raise _other_type(name)


def _other_type(name: str) -> Refusal:
    listed = "、".join(dict.fromkeys(TYPES))
    return Refusal(
        "type_wrong",
        gapped(_("“%(name)s” is not a file of a kind that is kept."), name=name),
        gapped(_("Kept are: %(listed)s; the name must say what the file is."), listed=listed),
        file=name,
        place="file",
    )
