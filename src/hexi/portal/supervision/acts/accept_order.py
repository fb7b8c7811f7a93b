"""Accept an answer (认可回复): the measures do; the order stays open until they are carried out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import tell
from hexi.portal.supervision.faults import overtaken
from hexi.portal.supervision.models import OrderState, SupervisionOrder
from hexi.portal.supervision.queries.orders import held_order

__all__ = ["accept_order", "own_answer"]


def own_answer(row: SupervisionOrder, officer: Person) -> list[Refusal]:
    """Who wrote the answer does not judge it."""
    answer = row.answers.order_by("-pk").first()
    if answer is None or answer.who != officer.pk:
        return []
    return [
        Refusal(
            "own_answer",
            _("Who answered an order does not decide on the answer."),
            _("Ask a colleague of the issuing unit."),
            status=409,
        )
    ]


def accept_order(order_id: int, *, by: Person | None, at: datetime) -> SupervisionOrder:
    """The issuer accepts the newest answer."""
    with transaction.atomic():
        require(by, Permission.SUPERVISE)
        row = held_order(order_id, by)
        officer = require(by, Permission.SUPERVISE, row.unit_path)
        if row.state != OrderState.ANSWERED:
            raise overtaken(_("This order has no answer to accept."))
        tell(own_answer(row, officer))
        row.state = OrderState.ACCEPTED
        row.save(update_fields=["state"])
        record(
            "accept_order",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before={"order_state": OrderState.ANSWERED.value},
            after={"order_state": row.state},
        )
    return row
