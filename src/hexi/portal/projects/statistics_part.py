"""Standing in statistics on a project's page (项目页入统栏): which row of the register reports it.

A project that has started and reports nothing burns yellow after a month (``lamps.toml``); the
office puts the lamp out here, by naming the row of the register of reporting projects.
"""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import viewer
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.project_parts import add_part
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.returns.models import Project

__all__ = ["install", "offered"]

_MOST = 30


def install() -> None:
    """Name the part to the project's page."""
    add_part("statistics", lazy("Standing in statistics"), _render, 10)


def _render(request: HttpRequest, project: ProjectRecord) -> str | None:
    """Nothing before the start, and nothing for who sees only what is public."""
    person = viewer(request)
    if person is None or not ProjectRecord.objects.inside(person).filter(pk=project.pk).exists():
        return None
    counted = project.reporting_id or project.in_statistics_since
    if not (counted or stage_book().has_started(project.stage)):
        return None
    may = person.grants(Permission.KEEP_PROJECTS) and person.covers(project.unit_path)
    context = {
        "project": project,
        "reporting": Project.objects.filter(pk=project.reporting_id).first(),
        "offered": offered(project, person)[:_MOST] if may and not project.reporting_id else [],
        "may": may,
        "today": timezone.localdate().isoformat(),
    }
    return render_to_string("hexi/projects/_statistics_part.html", context, request)


def offered(project: ProjectRecord, person: Person) -> QuerySet[Project]:
    """Rows that may be its own: of no other project, the likeliest first.

    Likely is the code of the state, then the name, then the enterprise; all others of the unit
    that the project stands in follow.
    """
    same_code = Q(code=project.state_code) if project.state_code else Q(pk__in=[])
    same_name = Q(name=project.name)
    code = project.investor_code
    same_firm = Q(enterprise=project.enterprise_id) if project.enterprise_id else Q(pk__in=[])
    same_firm |= Q(enterprise__code=code) if code else Q(pk__in=[])
    beside = Q(reporter__home=project.unit_id)
    likely = Case(
        When(same_code, then=Value(0)),
        When(same_name, then=Value(1)),
        When(same_firm, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = Project.objects.visible_to(person).filter(library_record=None, closed=None)
    rows = rows.filter(same_code | same_name | same_firm | beside)
    return rows.select_related("enterprise").order_by(likely, "code")
