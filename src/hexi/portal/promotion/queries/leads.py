"""Leads and talks (线索与在谈项目): the pipelines by kind, the board, and the log of one lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateField, Max, Min, OuterRef, Q, Subquery
from django.urls import reverse

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.stagebook import choices, label_of, stage_book
from hexi.portal.promotion.enquiry_clock import pipeline_stages
from hexi.portal.promotion.models import ContactEntry, EnquiryStep
from hexi.portal.promotion.wording import ten_thousands, word
from hexi.projects.stages import Stage

__all__ = [
    "LeadLine",
    "board_of",
    "contact_lines",
    "filtered",
    "lead_lines",
    "leads_of",
    "lost_reasons",
    "pipelines",
    "sees",
    "with_contacts",
]


@dataclass(frozen=True, slots=True)
class LeadLine:
    """One project before its agreement."""

    id: int
    url: str
    name: str
    investor: str
    unit: str
    kind: str
    stage: str
    stage_label: str
    since: date
    total: str
    steward: str
    #: last contact, and the next step that waits
    last: date | None
    next_due: date | None
    overdue: bool
    contacts: int


def leads_of(person: Person | None) -> Any:
    """Projects in a pipeline that the person sees whole; practice ones are left out."""
    rows: Any = ProjectRecord.objects
    kinds = [kind.id for kind in stage_book().kinds.values() if "signed" in kind.stages]
    return rows.inside(person).filter(
        stage__in=pipeline_stages(), kind__in=kinds, merged_into=None, practice=False
    )


def sees(person: Person | None) -> bool:
    """Does the person work with leads at all?"""
    return person is not None and person.grants(Permission.SEE_PROJECTS)


def pipelines() -> list[tuple[str, str, tuple[Stage, ...]]]:
    """Each kind with its stages before the agreement (招商流程)."""
    book, before = stage_book(), pipeline_stages()
    return [
        (kind.id, label_of(kind), tuple(s for s in book.way_of(kind.id) if s.id in before))
        for kind in book.kinds.values()
        if "signed" in kind.stages
    ]


def filtered(rows: Any, asked: Any) -> Any:
    """The filters of the address."""
    if query := str(asked.get("q") or "").strip():
        rows = rows.filter(Q(name__icontains=query) | Q(investor__icontains=query))
    if kind := asked.get("kind"):
        rows = rows.filter(kind=kind)
    if stage := asked.get("stage"):
        rows = rows.filter(stage=stage)
    if unit := asked.get("unit"):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    return rows


def with_contacts(rows: Any) -> Any:
    """With the last contact, the next open step and their number."""
    open_ = Q(contacts__settled_on=None) & ~Q(contacts__next_step="")
    followed = (
        EnquiryStep.objects.filter(enquiry__project=OuterRef("pk"))
        .order_by("-day")
        .values("day")[:1]
    )
    return rows.select_related("unit").annotate(
        contact_n=Count("contacts", distinct=True),
        contact_last=Max("contacts__day"),
        contact_due=Min("contacts__next_due", filter=open_),
        asked_last=Subquery(followed, output_field=DateField()),
    )


def lead_lines(rows: Iterable[Any], today: date) -> list[LeadLine]:
    """Lines of a page; rows come from ``with_contacts``."""
    book = stage_book()
    return [
        LeadLine(
            id=row.pk,
            url=reverse("lead", args=[row.pk]),
            name=row.called,
            investor=row.investor,
            unit=name_of(row.unit),
            kind=label_of(book.kinds[row.kind]) if row.kind in book.kinds else row.kind,
            stage=row.stage,
            stage_label=label_of(book.stages[row.stage]),
            since=row.stage_since,
            total=ten_thousands(row.total),
            steward=row.steward_name,
            last=max(filter(None, (row.contact_last, row.asked_last)), default=None),
            next_due=row.contact_due,
            overdue=row.contact_due is not None and row.contact_due < today,
            contacts=row.contact_n,
        )
        for row in rows
    ]


def board_of(rows: Any, kind: str, today: date, most: int) -> list[dict[str, Any]]:
    """A column a stage of one pipeline: number, money and its first cards."""
    stages = next((stages for id, _label, stages in pipelines() if id == kind), ())
    counts = {
        one["stage"]: one
        for one in rows.filter(kind=kind).values("stage").annotate(n=Count("pk")).order_by()
    }
    sums: dict[str, int] = {}
    for stage, total in rows.filter(kind=kind).values_list("stage", "total"):
        sums[stage] = sums.get(stage, 0) + (total or 0)
    return [
        {
            "id": stage.id,
            "label": label_of(stage),
            "n": counts.get(stage.id, {}).get("n", 0),
            "total": ten_thousands(sums.get(stage.id, 0)),
            "cards": lead_lines(
                with_contacts(rows.filter(kind=kind, stage=stage.id)).order_by(
                    "contact_due", "stage_since", "pk"
                )[:most],
                today,
            ),
        }
        for stage in stages
    ]


def contact_lines(project: ProjectRecord, person: Person | None, today: date) -> list[Any]:
    """The log of one project, newest first."""
    may = person is not None and person.grants(Permission.PROMOTE) and person.covers(
        project.unit_path
    )  # fmt: skip
    rows = ContactEntry.objects.visible_to(person).filter(project=project)
    return [
        {
            "id": row.pk,
            "day": row.day,
            "way": word("way", row.way),
            "people": row.people,
            "text": row.text,
            "next_step": row.next_step,
            "next_due": row.next_due,
            "settled_on": row.settled_on,
            "overdue": row.settled_on is None and bool(row.next_due) and row.next_due < today,
            "by": row.by_name,
            "can_settle": may and bool(row.next_step) and row.settled_on is None,
        }
        for row in rows
    ]


def lost_reasons(stage: str) -> list[tuple[str, str]]:
    """Why talks may be given up from here, as the pack lists it."""
    book = stage_book()
    group = book.stages[stage].group if stage in book.stages else ""
    ending = book.ending.id
    return choices(one for one in book.reasons.values() if ending in one.of and group in one.groups)
