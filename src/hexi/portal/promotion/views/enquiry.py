"""One enquiry (线索页): its clock, its steps, and the step that is next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.models import Event
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import viewer
from hexi.portal.core.views.steps import as_day, done
from hexi.portal.promotion.acts.answer_enquiry import answer_enquiry
from hexi.portal.promotion.acts.ask_experts import ask_experts
from hexi.portal.promotion.acts.close_enquiry import close_enquiry
from hexi.portal.promotion.acts.follow_up_enquiry import follow_up_enquiry
from hexi.portal.promotion.acts.give_feedback import give_feedback
from hexi.portal.promotion.acts.judge_enquiry import judge_enquiry
from hexi.portal.promotion.models import Enquiry
from hexi.portal.promotion.queries.enquiry_page import enquiry_facts
from hexi.portal.promotion.views.tabs import crumbs, reader

__all__ = ["judge", "page", "step"]

#: address of a step to its act and what is said after it
_STEPS: dict[str, tuple[Any, Any]] = {
    "answer": (answer_enquiry, lazy("The answer was entered.")),
    "experts": (ask_experts, lazy("Experts are asked; the longer limit holds.")),
    "feedback": (give_feedback, lazy("The feedback was entered.")),
    "follow-up": (follow_up_enquiry, lazy("The follow-up was entered.")),
    "close": (close_enquiry, lazy("The enquiry was closed.")),
}


@require_GET
def page(request: HttpRequest, enquiry_id: int) -> HttpResponse:
    """Everything that is known of it."""
    return _show(request, enquiry_id, [])


def _show(request: HttpRequest, enquiry_id: int, faults: list[dict[str, str]]) -> HttpResponse:
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
        "sent": request.POST,
    }
    return render(request, "hexi/promotion/enquiries/enquiry.html", context)


@require_POST
def step(request: HttpRequest, enquiry_id: int, kind: str) -> HttpResponse:
    """Answer, ask experts, feed back, follow up or close."""
    if kind not in _STEPS:
        raise NotFound
    act, said = _STEPS[kind]
    sent = request.POST
    return done(
        request,
        lambda: act(
            enquiry_id, sent.get("text", ""), day=as_day(sent.get("day", "")),
            by=viewer(request), at=timezone.now(),
        ),
        said,
        lambda faults: _show(request, enquiry_id, faults),
        "enquiry",
        enquiry_id,
    )  # fmt: skip


@require_POST
def judge(request: HttpRequest, enquiry_id: int) -> HttpResponse:
    """Accept into a new record or the one that was asked for, or refuse."""
    sent = request.POST
    into = sent.get("project", "")
    return done(
        request,
        lambda: judge_enquiry(
            enquiry_id, sent.get("result", ""), sent.get("text", ""),
            day=as_day(sent.get("day", "")), name=sent.get("name", ""),
            kind=sent.get("kind", "") or "promoted",
            project=int(into) if into.isdecimal() else None,
            by=viewer(request), at=timezone.now(),
        ),
        _("The judgement was entered."),
        lambda faults: _show(request, enquiry_id, faults),
        "enquiry",
        enquiry_id,
    )  # fmt: skip
