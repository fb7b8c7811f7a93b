"""Upload a batch (上传批次): the file is kept and its reading is queued, nothing more.

The very same file again is the very same batch: it is found again and not counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.files import keep
from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.returns.models import Batch, BatchState

__all__ = ["SHELF", "upload_batch"]

#: folder of the home in which the bytes of uploads lie
SHELF = "batches"


def upload_batch(
    chunks: Iterable[bytes],
    name: str,
    *,
    by: Person | None,
    at: datetime,
    at_once: bool = False,
    submit: bool = False,
) -> Batch:
    """Keep the file; a batch that was read and not applied is read afresh."""
    person = require(by, Permission.FILL)
    name = _clean(name)
    digest, size = keep(_counted(chunks, name), SHELF)
    with transaction.atomic():
        batch, made = Batch.objects.select_for_update().get_or_create(
            person=person,
            digest=digest,
            defaults={"name": name, "size": size, "uploaded_at": at,
                      "at_once": at_once, "submit": submit},
        )  # fmt: skip
        if not made and batch.state not in (BatchState.READ, BatchState.FAILED):
            return batch
        if not made:
            batch.lines.all().delete()
            batch.state, batch.done, batch.attempts = BatchState.QUEUED, 0, 0
            batch.at_once, batch.submit, batch.error = at_once, submit, {}
            batch.save()
        record(
            "upload_batch",
            batch,
            by=by,
            at=at,
            after={"name": name, "size": size, "digest": digest},
        )
    return batch


def _clean(name: str) -> str:
    bare = PurePath(name.replace("\\", "/")).name
    bare = "".join(letter for letter in bare if letter.isprintable()).strip() or "upload"
    return bare[-255:]


def _counted(chunks: Iterable[bytes], name: str) -> Iterable[bytes]:
    seen = 0
    for chunk in chunks:
        seen += len(chunk)
        if seen > settings.UPLOAD_BYTES:
            raise Refusal(
                "too_large",
                gapped(_("The file is larger than %(n)d MB."), n=settings.UPLOAD_BYTES >> 20),
                _("Split it into several zips."),
                file=name,
                status=413,
            )
        yield chunk
    if not seen:
        raise Refusal(
            "empty",
            _("The file is empty."),
            _("Make sure it is the right file and save it again."),
            file=name,
        )
