"""Activities and agents on pages (活动与委托机构页): lines with what came of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.projects.stagebook import label_of, stage_book
from hexi.portal.promotion.models import (
    Activity,
    ActivityResult,
    Agent,
    Agreement,
    AgreementState,
    Enquiry,
    EnquiryState,
)
from hexi.portal.promotion.queries.leads import leads_of
from hexi.portal.promotion.wording import ten_thousands, word

__all__ = ["ActivityLine", "activity_facts", "activity_lines", "agent_lines", "linkable"]

_MOST = 500


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity in the list."""

    id: int
    url: str
    name: str
    kind: str
    level: str
    day: date
    until: date | None
    place: str
    unit: str
    firms: str
    enquiries: int
    projects: int
    agreements: int
    #: signed through it, 万元
    amount: str


def activity_lines(rows: Iterable[Activity], person: Person | None) -> list[ActivityLine]:
    """Lines of a page, counted within what the person sees."""
    rows = list(rows)
    enquiries = _counts(Enquiry.objects.visible_to(person).filter(activity__in=rows))
    projects = _counts(ActivityResult.objects.visible_to(person).filter(activity__in=rows))
    signed = Agreement.objects.visible_to(person).filter(
        activity__in=rows, state=AgreementState.SIGNED
    )
    agreed = _counts(signed)
    amounts = dict(signed.values_list("activity").annotate(Sum("amount")).order_by())
    return [
        ActivityLine(
            id=row.pk,
            url=reverse("activity", args=[row.pk]),
            name=row.name,
            kind=word("activity", row.kind),
            level=word("level", row.level) if row.level else "",
            day=row.day,
            until=row.until,
            place=row.place,
            unit=name_of(row.unit),
            firms="" if row.firms is None else str(row.firms),
            enquiries=enquiries.get(row.pk, 0),
            projects=projects.get(row.pk, 0),
            agreements=agreed.get(row.pk, 0),
            amount=ten_thousands(amounts.get(row.pk)),
        )
        for row in rows
    ]


def _counts(rows: Any) -> dict[int, int]:
    return dict(rows.values_list("activity").annotate(Count("pk")).order_by())


def activity_facts(row: Activity, person: Person | None) -> dict[str, Any]:
    """Everything that its page shows."""
    book = stage_book()
    results = ActivityResult.objects.visible_to(person).filter(activity=row)
    return {
        "row": row,
        "line": activity_lines([row], person)[0],
        "enquiries": [
            {"url": reverse("enquiry", args=[one.pk]), "firm": one.firm,
             "amount": ten_thousands(one.amount), "state": one.get_state_display()}
            for one in Enquiry.objects.visible_to(person).filter(activity=row)
        ],
        "results": [
            {"url": reverse("project", args=[one.project_id]), "name": one.project.called,
             "stage": label_of(book.stages[one.project.stage]),
             "total": ten_thousands(one.project.total), "note": one.note}
            for one in results.select_related("project")
        ],
        "agreements": [
            {"url": reverse("agreement", args=[one.pk]), "title": one.title,
             "amount": ten_thousands(one.amount), "state": one.get_state_display()}
            for one in Agreement.objects.visible_to(person).filter(activity=row)
        ],
    }  # fmt: skip


def linkable(row: Activity, person: Person | None) -> list[tuple[int, str]]:
    """Projects in talks that are not linked to the activity yet."""
    rows = leads_of(person).exclude(activity_results__activity=row).order_by("-changed_at")
    return [(pk, name) for pk, name in rows.values_list("pk", "name")[:_MOST]]


def agent_lines(rows: Iterable[Agent], person: Person | None, today: date) -> list[dict[str, Any]]:
    """Agents with the enquiries that they brought, and how many of them were accepted."""
    rows = list(rows)
    brought = (
        Enquiry.objects.visible_to(person)
        .filter(agent__in=rows)
        .values("agent")
        .annotate(n=Count("pk"), accepted=Count("pk", filter=Q(state=EnquiryState.ACCEPTED)))
        .order_by()
    )
    counts = {one["agent"]: one for one in brought}
    return [
        {
            "id": row.pk,
            "name": row.name,
            "kind": word("agent", row.kind),
            "place": row.place,
            "unit": name_of(row.unit),
            "contact": " ".join(part for part in (row.contact, row.phone) if part),
            "mandate": row.mandate,
            "since": row.since,
            "until": row.until,
            "over": row.until is not None and row.until < today,
            "enquiries": counts.get(row.pk, {}).get("n", 0),
            "accepted": counts.get(row.pk, {}).get("accepted", 0),
        }
        for row in rows
    ]
