"""One supervision order (督办单页): its levels, answers, papers, and the steps on it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from hexi.portal.core.event_lines import event_lines
from hexi.portal.core.exports import attachment
from hexi.portal.core.models import Event, Person
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require, viewer
from hexi.portal.plans.queries import words
from hexi.portal.supervision.acts.accept_order import accept_order
from hexi.portal.supervision.acts.answer_order import answer_order, may_answer
from hexi.portal.supervision.acts.close_order import close_order
from hexi.portal.supervision.acts.drop_order import drop_order
from hexi.portal.supervision.acts.issue_order import issue_order
from hexi.portal.supervision.acts.send_order_back import send_order_back
from hexi.portal.supervision.models import OrderState, SupervisionOrder
from hexi.portal.supervision.queries.lines import order_lines
from hexi.portal.supervision.queries.orders import one_order
from hexi.portal.supervision.queries.papers import order_paper, reply_paper
from hexi.portal.supervision.queries.words import proposal_words
from hexi.portal.supervision.rules import rule_words
from hexi.portal.supervision.views.forms import Faults, crumbs, step
from hexi.portal.supervision.views.orders import form_of, order_text
from hexi.portal.supervision.views.sent import today
from hexi.reports import supervision_order_docx

__all__ = ["accept", "answer", "close", "document", "drop", "issue", "page", "send_back"]

_PAPERS = ("order", "reply")


@require_GET
def page(request: HttpRequest, order_id: int) -> HttpResponse:
    """The order with its course."""
    return _show(request, order_id, [])


@require_GET
def document(request: HttpRequest, order_id: int, kind: str) -> HttpResponse:
    """The order, or its reply, as a Word document."""
    person = require(viewer(request), Permission.SEE_PROJECTS)
    row = one_order(order_id, person)
    answer = row.answers.order_by("-pk").first()
    if not row.serial or kind not in _PAPERS or (kind == "reply" and answer is None):
        raise NotFound
    if kind == "reply":
        assert answer is not None
        content = supervision_order_docx.render_reply(reply_paper(row, answer))
    else:
        content = supervision_order_docx.render(order_paper(row))
    return attachment(content, f"hexi-order-{row.year}-{row.serial}-{kind}.docx")


@require_POST
def issue(request: HttpRequest, order_id: int) -> HttpResponse:
    """Issue what a rule proposed."""
    act = partial(issue_order, order_text(request), proposal=order_id)
    return _step(request, order_id, act, lazy("The order is issued."))


@require_POST
def drop(request: HttpRequest, order_id: int) -> HttpResponse:
    """Decide against it."""
    act = partial(drop_order, order_id, request.POST.get("reason", ""))
    return _step(request, order_id, act, lazy("The proposal was put aside."))


@require_POST
def answer(request: HttpRequest, order_id: int) -> HttpResponse:
    """Answer it."""
    act = partial(answer_order, order_id, request.POST.get("text", ""))
    return _step(request, order_id, act, lazy("The answer has been put down."))


@require_POST
def accept(request: HttpRequest, order_id: int) -> HttpResponse:
    """Accept the answer."""
    act = partial(accept_order, order_id)
    return _step(request, order_id, act, lazy("The answer is accepted."))


@require_POST
def send_back(request: HttpRequest, order_id: int) -> HttpResponse:
    """Send the answer back."""
    act = partial(send_order_back, order_id, request.POST.get("reason", ""))
    return _step(request, order_id, act, lazy("The answer was sent back."))


@require_POST
def close(request: HttpRequest, order_id: int) -> HttpResponse:
    """Close it."""
    act = partial(close_order, order_id, request.POST.get("reason", ""))
    return _step(request, order_id, act, lazy("The order is closed."))


def _step(request: HttpRequest, order_id: int, act: Any, said: Any) -> HttpResponse:
    return step(request, act, said, _show, "supervision-order", order_id)


def _show(request: HttpRequest, order_id: int, faults: Faults) -> HttpResponse:
    person = require(viewer(request), Permission.SEE_PROJECTS)
    row = one_order(order_id, person)
    [line] = order_lines([row], today())
    answers = list(row.answers.order_by("-pk"))
    context: dict[str, Any] = {
        "title": f"{row.number} {row.subject}".strip(),
        "crumbs": crumbs("supervision-orders", row.number or row.get_state_display()),
        "row": row,
        "line": line,
        "answers": [{"row": one, "at": words.when(one.at)} for one in answers],
        "rule": rule_words(row.rule) if row.rule else "",
        "steps": [{"row": one, "label": one.get_level_display()} for one in row.steps.all()],
        "closed": words.when(row.closed_at),
        "events": event_lines(
            Event.objects.filter(object_type="supervisionorder", object_id=str(row.pk))[:60]
        ),
        "may_answer": may_answer(row, person),
        "for_others": _for_others(row, person),
        **_may_decide(row, person),
        "typed": request.POST,
        "faults": faults,
    }
    if context["may_issue"]:
        context |= form_of(
            request,
            person,
            subject=row.subject,
            addressee=row.addressee.code,
            grounds=proposal_words(row.seen),
            unit=row.unit.code,
            level=row.level,
        )
    return render(request, "hexi/supervision/order.html", context)


def _for_others(row: SupervisionOrder, person: Person) -> str:
    """The addressee, where the reader would answer in its place; empty: it is the reader's own."""
    own = row.addressee_person_id == person.pk or row.addressee in person.scope_units()
    return "" if own else name_of(row.addressee)


def _may_decide(row: SupervisionOrder, person: Person) -> dict[str, bool]:
    """The issuer's steps that its state allows."""
    office = person.grants(Permission.SUPERVISE) and person.covers(row.unit_path)
    answered = office and row.state in (OrderState.ANSWERED, OrderState.ACCEPTED)
    return {
        "may_issue": office and row.state == OrderState.PROPOSED,
        "may_accept": office and row.state == OrderState.ANSWERED,
        "may_close": answered,
    }
