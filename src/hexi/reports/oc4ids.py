"""Open data of projects (公开项目数据): OC4IDS 0.9.5 project packages, JSON that anybody can read.

The Open Contracting for Infrastructure Data Standard has one object a project. Only what is known
is written: its schema refuses empty texts, and a figure that is not there is better than a zero.
Stages come as ``status``; the days on which they were entered as milestones that were met. The
period is the planned one; the day of completion stands beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

__all__ = ["VERSION", "OpenMilestone", "OpenProject", "package", "render", "sectors"]

VERSION: Final = "0.9"
#: the names and texts are Chinese; without this the standard takes them for English
_LANGUAGE: Final = "zh"
#: projectSector by division of GB/T 4754-2017; a division that is not named is of the economy
_SECTORS: Final[Mapping[str, tuple[str, ...]]] = {
    "44": ("energy",), "45": ("energy",), "46": ("waterAndWaste",),
    "53": ("transport", "transport.rail"), "54": ("transport", "transport.road"),
    "55": ("transport", "transport.water"), "56": ("transport", "transport.air"),
    "57": ("transport",), "58": ("transport",), "59": ("transport",), "60": ("communications",),
    "63": ("communications",), "64": ("communications",), "65": ("communications",),
    "76": ("waterAndWaste",), "77": ("naturalResources",), "78": ("waterAndWaste",),
    "83": ("education",), "84": ("health",), "85": ("health",),
    "86": ("cultureSportsAndRecreation",), "87": ("cultureSportsAndRecreation",),
    "88": ("cultureSportsAndRecreation",), "89": ("cultureSportsAndRecreation",),
    "90": ("cultureSportsAndRecreation",), "91": ("governance",), "92": ("governance",),
    "93": ("governance",), "94": ("governance",), "95": ("governance",), "96": ("governance",),
}  # fmt: skip
#: … and by class, where the standard tells energy apart (GB/T 4754-2017, 441 电力生产)
_CLASSES: Final[Mapping[str, tuple[str, ...]]] = {
    "4413": ("energy", "energy.hydropower"), "4415": ("energy", "energy.wind"),
    "4416": ("energy", "energy.solar"), "4417": ("energy", "energy.biomass"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenMilestone:
    """A day of the project: planned, met, or both."""

    id: str
    title: str
    #: milestoneType of the standard
    type: str
    due: date | None
    met: date | None


@dataclass(frozen=True, slots=True)
class OpenProject:
    """What is public of a project; empty where it is not known."""

    id: str
    title: str
    description: str
    #: projectStatus and projectType of the standard
    status: str
    type: str
    #: code of GB/T 4754, and its name
    industry: str
    industry_name: str
    #: code of GB/T 2260, its name, and the point in degrees
    place: str
    place_name: str
    point: tuple[float, float] | None
    #: yuan
    total: int | None
    #: codes of the state and of other registers, by scheme
    identifiers: Sequence[tuple[str, str]]
    #: names by role of the standard: publicAuthority, funder
    parties: Sequence[tuple[str, str]]
    #: as planned
    start: date | None
    end: date | None
    #: as it came
    completed: date | None
    milestones: Sequence[OpenMilestone]
    updated: datetime


def sectors(industry: str) -> list[str]:
    """projectSector of a code of GB/T 4754."""
    if not industry:
        return []
    return list(_CLASSES.get(industry[:4]) or _SECTORS.get(industry[:2]) or ("economy",))


def package(
    projects: Iterable[OpenProject], *, uri: str, publisher: str, prefix: str = ""
) -> dict[str, Any]:
    """A project package; it was published when the newest of its projects was changed.

    Args:
        projects: what is in it, at least one.
        uri: where the package is fetched from.
        publisher: who answers for it.
        prefix: what the standard's register gave the publisher; ids are unique in the world with
            it, and in the publisher's own library without.

    Raises:
        ValueError: where there is no project, since no such package is valid.
    """
    every = list(projects)
    if not every:
        raise ValueError("a package has at least one project")
    return {
        "uri": uri,
        "publishedDate": _moment(max(one.updated for one in every)),
        "version": VERSION,
        "publisher": {"name": publisher},
        "projects": [_project(one, prefix) for one in every],
    }


def render(made: Mapping[str, Any]) -> bytes:
    """A package as the bytes of a file."""
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def _project(one: OpenProject, prefix: str) -> dict[str, Any]:
    parties = _parties(one)
    authority = next((p for p in parties if "publicAuthority" in p["roles"]), {})
    return _known(
        {
            "id": f"{prefix}-{one.id}" if prefix else one.id,
            "updated": _moment(one.updated),
            "language": _LANGUAGE,
            "title": one.title,
            "description": one.description,
            "status": one.status,
            "type": one.type,
            "period": _known({"startDate": _day(one.start), "endDate": _day(one.end)}),
            "sector": sectors(one.industry),
            "additionalClassifications": _classified(one),
            "identifiers": [{"id": id, "scheme": scheme} for scheme, id in one.identifiers if id],
            "locations": _locations(one),
            "budget": _known({"amount": _value(one.total)}),
            "parties": parties,
            "publicAuthority": {key: authority[key] for key in ("id", "name") if authority},
            "milestones": [_milestone(one.id, stone) for stone in one.milestones],
            "completion": _known({"endDate": _day(one.completed)}),
        }
    )


def _parties(one: OpenProject) -> list[dict[str, Any]]:
    """Each name once, with all its roles."""
    roles: dict[str, list[str]] = {}
    for role, name in one.parties:
        held = roles.setdefault(name.strip(), [])
        if role not in held:
            held.append(role)
    return [
        {"id": f"{one.id}-party-{number}", "name": name, "roles": held}
        for number, (name, held) in enumerate(roles.items(), 1)
        if name
    ]


def _classified(one: OpenProject) -> list[dict[str, str]]:
    if not one.industry:
        return []
    about = {"id": one.industry, "scheme": "GB/T 4754-2017", "description": one.industry_name}
    return [_known(about)]


def _locations(one: OpenProject) -> list[dict[str, Any]]:
    found = _known({"id": f"{one.id}-location", "description": one.place_name})
    if one.point is not None:
        # GeoJSON: longitude first
        found["geometry"] = {"type": "Point", "coordinates": list(one.point)}
    if one.place:
        found["gazetteer"] = {"scheme": "GB/T 2260", "identifiers": [one.place]}
    return [found] if len(found) > 1 else []


def _milestone(project: str, stone: OpenMilestone) -> dict[str, Any]:
    return _known(
        {
            "id": f"{project}-{stone.id}",
            "title": stone.title,
            "type": stone.type,
            "dueDate": _day(stone.due),
            "dateMet": _day(stone.met),
            "status": "met" if stone.met else "scheduled",
        }
    )


def _value(yuan: int | None) -> dict[str, Any]:
    return {} if yuan is None else {"amount": yuan, "currency": "CNY"}


def _day(day: date | None) -> str:
    """A day as the standard wants it: with a time, the beginning of the day."""
    return _moment(datetime.combine(day, time(), UTC)) if day else ""


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _known(record: Mapping[str, Any]) -> dict[str, Any]:
    """Without what says nothing; a text of blanks says nothing either."""
    found = {
        key: value.strip() if isinstance(value, str) else value for key, value in record.items()
    }
    return {key: value for key, value in found.items() if value not in ("", None, [], {})}
