"""Promotion on a project's page (项目页招商栏目): its log, its agreements, its funds in place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import viewer
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.project_parts import add_part
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.promotion.enquiry_clock import pipeline_stages
from hexi.portal.promotion.ledger import ledger
from hexi.portal.promotion.models import Agreement, Enquiry, Voucher
from hexi.portal.promotion.queries.agreements import agreement_lines
from hexi.portal.promotion.queries.funds import sums_of, voucher_lines
from hexi.portal.promotion.queries.leads import contact_lines

__all__ = ["install"]

_LINES = 12


def install() -> None:
    """Name them to the project library."""
    add_part("talks", lazy("Talks with the investor"), _talks, 20)
    add_part("agreements", lazy("Agreements"), _agreements, 30)
    add_part("funds", lazy("Funds in place"), _funds, 40)


def _reader(request: HttpRequest, project: ProjectRecord) -> Person | None:
    """Staff of the unit; others are not shown that there is anything."""
    person = viewer(request)
    if person is None or person.role == Role.ENTERPRISE or not person.covers(project.unit_path):
        return None
    return person if person.grants(Permission.SEE_PROJECTS) else None


def _may(person: Person, project: ProjectRecord) -> bool:
    kind = stage_book().kinds.get(project.kind)
    promoted = kind is not None and "signed" in kind.stages
    return promoted and person.grants(Permission.PROMOTE) and project.merged_into_id is None


def _said(name: str, request: HttpRequest, **context: Any) -> str:
    return render_to_string(f"hexi/promotion/parts/{name}.html", context, request=request)


def _talks(request: HttpRequest, project: ProjectRecord) -> str | None:
    person = _reader(request, project)
    if person is None:
        return None
    lines = contact_lines(project, person, timezone.localdate())
    enquiries = Enquiry.objects.visible_to(person).filter(project=project)
    if not lines and not enquiries and project.stage not in pipeline_stages():
        return None
    return _said(
        "talks", request, contacts=lines[:5], more=max(0, len(lines) - 5), enquiries=enquiries,
        url=reverse("lead", args=[project.pk]), can=_may(person, project),
    )  # fmt: skip


def _agreements(request: HttpRequest, project: ProjectRecord) -> str | None:
    person = _reader(request, project)
    if person is None:
        return None
    rows = Agreement.objects.visible_to(person).filter(project=project)
    lines = agreement_lines(rows.select_related("project__unit"))
    may = _may(person, project)
    if not lines and not may:
        return None
    return _said("agreements", request, lines=lines, project=project, can=may)


def _funds(request: HttpRequest, project: ProjectRecord) -> str | None:
    person = _reader(request, project)
    if person is None:
        return None
    rows = Voucher.objects.visible_to(person).filter(project=project)
    may = _may(person, project)
    ids = list(rows.values_list("pk", flat=True))
    if not ids and not may:
        return None
    kept = ledger()
    lines = voucher_lines(rows.select_related("project__unit")[:_LINES], kept)
    return _said(
        "funds", request, lines=lines, more=max(0, len(ids) - _LINES), sums=sums_of(kept, ids),
        project=project, can=may,
    )  # fmt: skip
