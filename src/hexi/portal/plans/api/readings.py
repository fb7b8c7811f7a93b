"""Documents and readings in the API (文件与读取接口)."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from hexi.portal.api.errors import ERRORS, ErrorBody
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Id
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import one_visible, require
from hexi.portal.plans.acts.delete_plan import remove_document
from hexi.portal.plans.acts.reread_document import reread_document
from hexi.portal.plans.api.shapes import ReadingOut
from hexi.portal.plans.models import PlanDocument, Reading
from hexi.portal.plans.models.reading import ReadingState
from hexi.portal.plans.views.upload import receive

__all__ = ["document_out", "reading_out", "router"]

router = Router()


class UploadForm(Schema):
    """Where the files belong: a new plan of a unit, or an existing plan."""

    unit: str = ""
    plan: Id | None = None


class UploadReply(Schema):
    """Each file by itself."""

    readings: list[ReadingOut]
    refusals: list[ErrorBody]


@router.post(
    "/documents",
    response={201: UploadReply, **ERRORS},
    summary="上传文件 / Upload documents",
)
def upload(
    request: HttpRequest,
    form: Annotated[UploadForm, Form()],
    files: Annotated[list[UploadedFile] | None, File()] = None,
) -> Status[dict[str, Any]]:
    person = require(caller(request), Permission.UPLOAD)
    made, refusals = receive(request, person, unit=form.unit, plan=form.plan)
    if not made and refusals:
        raise refusals[0]
    return Status(
        201,
        {
            "readings": [reading_out(reading) for reading in made],
            "refusals": [refusal.as_record() for refusal in refusals],
        },
    )


@router.get(
    "/readings/{reading_id}", response={200: ReadingOut, **ERRORS}, summary="读取进度 / Progress"
)
def reading(request: HttpRequest, reading_id: Id) -> dict[str, Any]:
    rows = Reading.objects.select_related("document")
    return reading_out(one_visible(rows, caller(request), pk=reading_id))


@router.post(
    "/documents/{document_id}/reread",
    response={202: ReadingOut, **ERRORS},
    summary="重新读取 / Read again",
)
def reread(request: HttpRequest, document_id: Id) -> Status[dict[str, Any]]:
    made = reread_document(document_id, by=caller(request), at=timezone.now())
    return Status(202, reading_out(made))


@router.delete(
    "/documents/{document_id}", response={204: None, **ERRORS}, summary="移除文件 / Remove"
)
def remove(request: HttpRequest, document_id: Id, reason: str = "") -> Status[None]:
    remove_document(document_id, reason=reason, by=caller(request), at=timezone.now())
    return Status(204, None)


def reading_out(row: Reading) -> dict[str, Any]:
    """A reading as the API gives it."""
    return {
        "id": row.pk,
        "document": row.document_id,
        "plan": row.document.plan_id,
        "file": row.document.name,
        "state": row.state,
        "phase": row.phase,
        "done": row.done,
        "total": row.total,
        "statements": row.statement_count,
        "checks": row.check_count,
        "faults": row.fault_count,
        "error": row.error if row.state == ReadingState.FAILED else None,
        "queued_at": row.queued_at,
        "finished_at": row.finished_at,
    }


def document_out(row: PlanDocument) -> dict[str, Any]:
    """A file with its newest reading."""
    newest = row.readings.first()
    if newest is not None:
        newest.document = row
    return {
        "id": row.pk,
        "name": row.name,
        "format": row.format,
        "size": row.size,
        "digest": row.digest,
        "uploaded_at": row.uploaded_at,
        "uploaded_by": row.uploaded_by,
        "reading": reading_out(newest) if newest else None,
    }
