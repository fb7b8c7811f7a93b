"""What the papers of supervision say (督办文书内容): an order, its reply, the minutes of a meeting.

Official papers are Chinese, whatever the reader's language.
"""

from __future__ import annotations

from django.utils import timezone

from hexi.portal.supervision.models import Meeting, OrderAnswer, SupervisionOrder
from hexi.portal.supervision.queries.meetings import decisions_of
from hexi.reports.supervision_minutes_docx import MinutesPaper, Resolved, SaidPoint
from hexi.reports.supervision_order_docx import LEVEL_NAMES, OrderPaper, ReplyPaper

__all__ = ["minutes_paper", "order_paper", "reply_paper"]


def order_paper(row: SupervisionOrder) -> OrderPaper:
    """The order as it stands at its present level."""
    step = row.steps.order_by("-pk").first()
    assert row.issued_on is not None
    return OrderPaper(
        issuer=row.unit.name,
        number=row.number,
        level=row.level,
        addressee=row.addressee.name,
        person=row.addressee_person.name if row.addressee_person else "",
        subject=row.subject,
        about=str(row.project or row.problem or ""),
        grounds=row.grounds,
        demand=row.demand,
        day=step.since if step else row.issued_on,
        first_day=row.issued_on,
        deadline=row.deadline,
        announced=row.announced,
        signed=row.issuer_name,
    )


def reply_paper(row: SupervisionOrder, answer: OrderAnswer) -> ReplyPaper:
    """The answer of the addressee to the order."""
    assert row.issued_on is not None
    return ReplyPaper(
        issuer=row.unit.name,
        number=row.number,
        level_name=LEVEL_NAMES[row.level],
        subject=row.subject,
        addressee=row.addressee.name,
        ordered=row.issued_on,
        text=answer.text,
        by_name=answer.by_name,
        day=timezone.localtime(answer.at).date(),
    )


def minutes_paper(row: Meeting) -> MinutesPaper:
    """The minutes with what was decided to each point."""
    decided: dict[int, list[Resolved]] = {}
    for one in decisions_of(row):
        who = f"{one.unit.name}{one.person.name}" if one.person else one.unit.name
        decided.setdefault(one.item_id, []).append(Resolved(one.what, who, one.due))
    return MinutesPaper(
        unit=row.unit.name,
        title=row.title,
        day=row.day,
        place=row.place,
        chair=row.chair,
        attended=row.attended,
        points=tuple(
            SaidPoint(item.title, item.minutes, tuple(decided.get(item.pk, ())))
            for item in row.items.all()
        ),
        held=row.state == "held",
    )
