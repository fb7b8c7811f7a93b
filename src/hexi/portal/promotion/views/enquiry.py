"""One enquiry (线索页): its clock, its steps, and the step that is next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import as_day, as_number, done
from hexi.portal.promotion.acts.judge_enquiry import judge_enquiry
from hexi.portal.promotion.acts.take_step import take_step
from hexi.portal.promotion.models import Enquiry
from hexi.portal.promotion.queries.enquiry_page import STEP_FORMS, enquiry_facts
from hexi.portal.promotion.views.tabs import crumbs, reader

__all__ = ["judge", "page", "step"]


@require_GET
def page(request: HttpRequest, enquiry_id: int) -> HttpResponse:
    """Everything that is known of it."""
    return _show(request, enquiry_id, [])


def _show(
    request: HttpRequest, enquiry_id: int, faults: list[dict[str, str]], tried: str = ""
) -> HttpResponse:
    person, today = reader(request), timezone.localdate()
    rows = Enquiry.objects.visible_to(person).select_related(
        "unit", "project", "activity", "agent", "wanted"
    )
    row = rows.filter(pk=enquiry_id).first()
    if row is None:
        raise NotFound
    history = Event.objects.filter(object_type="enquiry", object_id=str(row.pk))
    context = {
        "title": row.firm,
        "crumbs": crumbs((row.number, "")),
        **enquiry_facts(row, person, today),
        "today": today.isoformat(),
        "history": event_lines(history[:20]),
        "faults": faults,
        "tried": tried,
        "sent": request.POST,
    }
    return render(request, "hexi/promotion/enquiries/enquiry.html", context)


@require_POST
def step(request: HttpRequest, enquiry_id: int, kind: str) -> HttpResponse:
    """Answer, ask experts, feed back, follow up or close."""
    sent = request.POST
    return done(
        request,
        lambda: take_step(
            enquiry_id, kind, sent.get("text", ""), day=as_day(sent.get("day", "")),
            by=viewer(request), at=timezone.now(),
        ),
        STEP_FORMS[kind].said if kind in STEP_FORMS else "",
        lambda faults: _show(request, enquiry_id, faults, kind),
        "enquiry",
        enquiry_id,
    )  # fmt: skip


@require_POST
def judge(request: HttpRequest, enquiry_id: int) -> HttpResponse:
    """Accept into a new record or the one that was asked for, or refuse."""
    sent = request.POST
    return done(
        request,
        lambda: judge_enquiry(
            enquiry_id, sent.get("result", ""), sent.get("text", ""),
            day=as_day(sent.get("day", "")), name=sent.get("name", ""),
            kind=sent.get("kind", "") or "promoted",
            project=as_number(sent.get("project")),
            by=viewer(request), at=timezone.now(),
        ),
        STEP_FORMS["judge"].said,
        lambda faults: _show(request, enquiry_id, faults, "judge"),
        "enquiry",
        enquiry_id,
    )  # fmt: skip
