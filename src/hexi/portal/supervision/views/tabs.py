"""Views of supervision (督办分页): exceptions, problems, orders, meetings, visits, duties."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hexi.portal.core.roles import Permission, Role
from hexi.portal.core.scope import viewer

__all__ = ["tabs"]


def tabs(request: HttpRequest, here: str) -> list[dict[str, object]]:
    """The tabs; an enterprise has its problems and the visits that it was paid."""
    person = viewer(request)
    entries = [("problems", "problems", _("Problems")), ("visits", "visits", _("Visits"))]
    if person is not None and person.role != Role.ENTERPRISE:
        entries = [
            ("exceptions", "supervision", _("Exceptions")),
            entries[0],
            ("orders", "supervision-orders", _("Supervision orders")),
            ("meetings", "meetings", _("Coordination meetings")),
            entries[1],
            ("coverage", "visits-coverage", _("Who was not visited")),
        ]
        if person.grants(Permission.KEEP_PROJECTS):
            entries.append(("responsibility", "responsibility", _("Responsibility")))
    return [
        {"label": label, "url": reverse(name), "here": key == here} for key, name, label in entries
    ]
