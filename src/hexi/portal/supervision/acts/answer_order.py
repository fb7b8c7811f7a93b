"""Answer an order (督办回复): the addressee says what was done, what follows and by when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.supervision.faults import long_text, missing, overtaken
from hexi.portal.supervision.models import OrderAnswer, OrderState, SupervisionOrder
from hexi.portal.supervision.queries.orders import held_order

__all__ = ["answer_order", "may_answer"]


def may_answer(order: SupervisionOrder, person: Person | None) -> bool:
    """The person named, or the office that it is addressed to."""
    if person is None or not person.grants(Permission.ANSWER_PROBLEM):
        return False
    if order.state != OrderState.ISSUED:
        return False
    return order.addressee_person_id == person.pk or person.covers(order.addressee.path)


def answer_order(order_id: int, text: str, *, by: Person | None, at: datetime) -> OrderAnswer:
    """Put the answer down; the issuer accepts it or sends it back."""
    with transaction.atomic():
        officer = require(by, Permission.ANSWER_PROBLEM)
        row = held_order(order_id, by)
        if row.state != OrderState.ISSUED:
            raise overtaken(_("This order waits for no answer."))
        if not may_answer(row, officer):
            raise NotPermitted
        faults = long_text("text", text)
        if not text.strip():
            faults.append(
                missing(
                    "text", _("The answer is empty."), _("Write what was done, and what follows.")
                )
            )
        tell(faults)
        today = timezone.localtime(at).date()
        answer = OrderAnswer.objects.create(
            order=row,
            text=text.strip(),
            in_time=row.deadline is None or today <= row.deadline,
            at=at,
            who=officer.pk,
            by_name=officer.name,
        )
        row.state = OrderState.ANSWERED
        row.save(update_fields=["state"])
        record(
            "answer_order",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before={"order_state": OrderState.ISSUED.value},
            after={
                "order_state": row.state,
                "answer": answer.text,
                "in_time": answer.in_time,
                "addressee": row.addressee.name,
            },
        )
    return answer
