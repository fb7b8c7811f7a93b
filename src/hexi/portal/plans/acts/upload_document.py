"""Upload a document (上传文件): the file is kept and its reading is queued, nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.plans.files import keep
from hexi.portal.plans.models import PlanDocument, PlanRow, Reading, ReadingState
from hexi.portal.plans.models.plan import Source
from hexi.portal.plans.upload_limit import too_large

__all__ = ["upload_document"]


def upload_document(
    chunks: Iterable[bytes],
    name: str,
    *,
    unit: str = "",
    plan: int | None = None,
    by: Person | None,
    at: datetime,
    source: str = Source.UPLOAD,
) -> Reading:
    """Keep one file, as a new plan of a unit or as a document of an existing plan.

    The kept bytes come first and the rows after them in one transaction: bytes without a row are
    harmless, a row without bytes is not.
    """
    name = clean_name(name)
    require(by, Permission.UPLOAD)
    owner = None if plan else _unit_of(unit, by)
    digest, size = keep(_counted(chunks, name))
    with transaction.atomic():
        row = _existing(plan, by) if plan else _new_plan(name, owner, by, at, source)
        if row.documents.filter(digest=digest).exists():
            raise Refusal(
                "uploaded_already",
                _("This plan has the very same file already."),
                _("Open the plan and ask for a new reading."),
                file=name,
                status=409,
            )
        document = PlanDocument.objects.create(
            plan=row,
            name=name,
            digest=digest,
            size=size,
            uploaded_at=at,
            uploaded_by=by.name if by else "",
        )
        reading = Reading.objects.create(document=document, state=ReadingState.QUEUED, queued_at=at)
        row.updated_at = at
        row.save(update_fields=["updated_at"])
        record(
            "upload_document",
            document,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={"plan": row.pk, "name": name, "size": size, "digest": digest},
        )
    return reading


def clean_name(name: str) -> str:
    """The bare file name: no folders, no control characters, no longer than its column."""
    bare = PurePath(name.replace("\\", "/")).name
    bare = "".join(letter for letter in bare if letter.isprintable()).strip() or "document"
    stem, dot, suffix = bare.rpartition(".")
    return f"{stem[:180]}{dot}{suffix[:20]}" if dot and stem else bare[:200]


def _counted(chunks: Iterable[bytes], name: str) -> Iterable[bytes]:
    seen = 0
    for chunk in chunks:
        seen += len(chunk)
        if seen > settings.UPLOAD_BYTES:
            raise too_large(name)
        yield chunk
    if not seen:
        raise Refusal(
            "empty",
            _("The file is empty."),
            _("Make sure it is the right file and save it again."),
            file=name,
        )


def _existing(plan: int, by: Person | None) -> PlanRow:
    row: PlanRow = one_visible(PlanRow.objects.select_related("unit"), by, pk=plan)
    require(by, Permission.UPLOAD, row.unit_path)
    return row


def _unit_of(code: str, by: Person | None) -> Unit | None:
    person = require(by, Permission.UPLOAD)
    if not code:
        # an administrator's plan gets its unit when the document has said whose plan it is
        mine = person.scope_units()
        return mine[0] if mine else None
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise NotFound
    require(person, Permission.UPLOAD, unit.path)
    return unit


def _new_plan(
    name: str, unit: Unit | None, by: Person | None, at: datetime, source: str
) -> PlanRow:
    row: PlanRow = PlanRow.objects.create(
        title=PurePath(name).stem[:300],
        unit=unit,
        source=source,
        created_at=at,
        updated_at=at,
    )
    return row
