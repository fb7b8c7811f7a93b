"""My tasks as JSON (待办接口)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from hexi.portal.api.errors import ERRORS
from hexi.portal.api.identity import caller
from hexi.portal.api.slices import Page, Slice, page_of, sliced
from hexi.portal.breakdown.views.tasks import chosen
from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.tasks import tasks_of

__all__ = ["router"]

router = Router()


class TaskOut(Schema):
    """One thing to do, or done."""

    kind: str
    kind_label: str
    what: str
    where: str
    url: str
    due: date | None
    done: bool
    overdue: bool
    state: str


class Tasks(Schema):
    page: Page
    items: list[TaskOut]


class Asked(Slice):
    """Which tasks."""

    show: Literal["open", "done", "all"] = "open"
    kind: str = ""
    q: str = ""


@router.get("/tasks", response={200: Tasks, **ERRORS}, summary="我的待办 / My tasks")
def tasks(request: HttpRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    person = caller(request)
    if person is None:
        raise NotPermitted
    found = chosen(tasks_of(person, timezone.localdate()), asked.dict())
    return {"page": page_of(len(found), asked), "items": sliced(found, asked)}
