"""Firms that are known already (查重): the same credit code, or the same name in its core."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.stagebook import label_of, stage_book
from hexi.portal.promotion.models import Enquiry, TargetFirm
from hexi.portal.promotion.wording import word
from hexi.projects.duplicates import plain_name

__all__ = ["KnownFirm", "known_firms"]

_MOST = 20
#: a name shorter than this, without its filling, is everybody's
_LEAST = 2


@dataclass(frozen=True, slots=True)
class KnownFirm:
    """One place where the firm stands already."""

    kind: str
    what: str
    where: str
    state: str
    url: str


def known_firms(
    person: Person | None, firm: str, code: str, *, beside: int | None = None
) -> list[KnownFirm]:
    """Enquiries, projects and target firms of the person's scope; ``beside`` is the enquiry."""
    key = plain_name(firm)
    by_name = Q(firm_key=key) if len(key) >= _LEAST else Q(pk__in=())
    by_code = Q(firm_code=code) if code else Q(pk__in=())
    enquiries = Enquiry.objects.visible_to(person).filter(by_name | by_code).exclude(pk=beside)
    found = [
        KnownFirm(
            _("Enquiry"),
            f"{one.number} {one.firm}",
            name_of(one.unit),
            one.get_state_display(),
            reverse("enquiry", args=[one.pk]),
        )
        for one in enquiries.select_related("unit").order_by("-id")[:_MOST]
    ]
    return [*found, *_projects(person, firm, key, code), *_listed(person, key, code)]


def _projects(person: Person | None, firm: str, key: str, code: str) -> list[KnownFirm]:
    rows: Any = ProjectRecord.objects
    same = Q(investor=firm) | (Q(investor_code=code) if code else Q(pk__in=()))
    if len(key) >= _LEAST:
        same |= Q(investor__contains=key)
    rows = rows.inside(person).filter(same, merged_into=None).select_related("unit")
    book = stage_book()
    return [
        KnownFirm(
            _("Project"),
            one.called,
            name_of(one.unit),
            label_of(book.stages[one.stage]) if one.stage in book.stages else one.stage,
            reverse("project", args=[one.pk]),
        )
        for one in rows.order_by("-id")[:_MOST]
    ]


def _listed(person: Person | None, key: str, code: str) -> list[KnownFirm]:
    same = Q(key=key) | (Q(code=code) if code else Q(pk__in=()))
    rows = TargetFirm.objects.visible_to(person).filter(same).select_related("unit")
    return [
        KnownFirm(
            _("Target firm"),
            one.name,
            name_of(one.unit),
            word("firms", one.of_list),
            reverse("target-firms"),
        )
        for one in rows[:_MOST]
    ]
