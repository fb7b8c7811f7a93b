"""Ways from the map to other apps (图谱联接): firms, projects, an enquiry to be entered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from hexi.portal.chains.queries.areas import Area
from hexi.portal.chains.queries.standing import OnMap
from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission

__all__ = ["enquiry_url", "page_of"]

_PAGES = {"enterprise": "enterprise", "project": "project"}


def page_of(one: OnMap) -> str:
    """The page of a firm or project; a target firm stands on the list of promotion."""
    if one.kind == "target":
        return f"{reverse('target-firms')}?{urlencode({'q': one.name})}"
    name = _PAGES.get(one.kind)
    return reverse(name, args=[one.pk]) if name else ""


def enquiry_url(
    facts: dict[str, Any], codes: Sequence[str], area: Area, person: Person | None
) -> str:
    """The form of a new enquiry with the gap filled in; empty for who may not enter one."""
    if person is None or not person.grants(Permission.PROMOTE) or not area.whole:
        return ""
    given = {
        "unit": area.unit.code,
        "industry": codes[0] if codes else "",
        "what": facts["title"],
    }
    return f"{reverse('enquiry-new')}?{urlencode(given)}"
