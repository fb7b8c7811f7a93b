"""Admission on a project's page (项目页准入栏): newest screening, agreed figures, stalled cases."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hexi.portal.admission.models import LandGrant, ScreeningRecord
from hexi.portal.admission.queries.agreed import figures_seen, judged
from hexi.portal.admission.queries.screenings import lines_of
from hexi.portal.admission.queries.stalled import cases_of
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.project_parts import add_part

__all__ = ["install"]

_SHOWN = 5


def install() -> None:
    """Name the part to the project's page."""
    add_part("admission", pgettext_lazy("part of a project's page", "Admission"), _render, 60)


def _render(request: HttpRequest, project: ProjectRecord) -> str | None:
    """Nothing for who sees only what is public of the project."""
    person = viewer(request)
    if person is None or not ProjectRecord.objects.inside(person).filter(pk=project.pk).exists():
        return None
    today = timezone.localdate()
    records = ScreeningRecord.objects.visible_to(person).filter(project=project)
    figures = figures_seen(person, {}).filter(agreement__project=project)
    context = {
        "project": project,
        "screenings": lines_of(records.select_related("unit")[:_SHOWN]),
        "figures": judged(figures, today),
        "cases": cases_of(person, project.pk, today),
        "grant": LandGrant.objects.filter(project=project).first(),
        "may_screen": person.grants(Permission.SCREEN),
        "may_keep": person.grants(Permission.KEEP_PROJECTS),
    }
    return render_to_string("hexi/admission/_project_part.html", context, request)
