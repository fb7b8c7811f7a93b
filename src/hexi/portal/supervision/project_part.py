"""What supervision knows of a project, on the project's own page (项目页督办栏)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as lazy

from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import viewer
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.project_parts import add_part
from hexi.portal.supervision.acts.raise_problem import may_raise
from hexi.portal.supervision.queries.lines import order_lines, problem_lines, visit_lines
from hexi.portal.supervision.queries.orders import filtered_orders
from hexi.portal.supervision.queries.problems import whole_problems
from hexi.portal.supervision.queries.visits import whole_visits
from hexi.portal.supervision.views.sent import today

__all__ = ["install", "render"]

#: lines of each kind
MOST = 20


def install() -> None:
    """Name the part to the projects' page."""
    add_part("supervision", lazy("Problems, orders and visits"), render, 60)


def render(request: HttpRequest, project: ProjectRecord) -> str | None:
    """Problems, orders and visits of one project; nothing for the public."""
    person = viewer(request)
    if person is None or not person.grants(Permission.SEE_PROJECTS):
        return None
    inside = person.covers(project.unit_path)
    problems = whole_problems().visible_to(person).filter(project=project)
    orders = filtered_orders(person, {"state": "all"}, today()).filter(project=project)
    visits = whole_visits().visible_to(person).filter(project=project)
    context = {
        "project": project,
        "problems": problem_lines(problems.order_by("state_order", "deadline")[:MOST], today()),
        "orders": order_lines(orders[:MOST], today()),
        "visits": visit_lines(visits.order_by("-planned")[:MOST], today()),
        "may_raise": may_raise(person, project),
        "may_order": inside and person.grants(Permission.SUPERVISE),
        "may_visit": inside and person.grants(Permission.KEEP_PROJECTS),
    }
    known = context["problems"] or context["orders"] or context["visits"]
    if not known and not inside and person.role != Role.ENTERPRISE:
        return None
    return render_to_string("hexi/supervision/_part.html", context, request)
