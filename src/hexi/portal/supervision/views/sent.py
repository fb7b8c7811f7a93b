"""What a page of supervision was sent (页面提交): numbers, and whom a new thing is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from hexi.portal.core.models import Person
from hexi.portal.core.refusal import NotFound
from hexi.portal.core.scope import one_visible
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.returns.models import Enterprise

__all__ = ["Host", "asked_host", "number", "today"]


def today() -> date:
    """Today where the portal stands."""
    return timezone.localdate()


def number(text: str | None) -> int | None:
    """A whole number as a form or an address sends it; None where it sends none."""
    bare = (text or "").strip()
    return int(bare) if bare.isdecimal() and len(bare) < 19 else None


@dataclass(frozen=True, slots=True)
class Host:
    """The project or enterprise that a form is about."""

    project: ProjectRecord | None
    enterprise: Enterprise | None

    @property
    def about(self) -> ProjectRecord | Enterprise:
        """Whichever it is."""
        found = self.project or self.enterprise
        assert found is not None
        return found


def asked_host(request: HttpRequest, person: Person) -> Host | None:
    """The one that the address or the form names; None where it names none.

    Raises:
        NotFound: where it is hidden or missing.
    """
    given: QueryDict = request.POST if request.method == "POST" else request.GET
    project, firm = number(given.get("project")), number(given.get("enterprise"))
    if project is not None:
        rows = ProjectRecord.objects.select_related("unit", "enterprise")
        return Host(one_visible(rows, person, pk=project), None)
    if firm is not None:
        firms = Enterprise.objects.visible_to(person).select_related("reporter__home")
        found = firms.filter(pk=firm).first()
        if found is None:
            raise NotFound
        return Host(None, found)
    return None
