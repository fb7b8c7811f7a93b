"""Fields of a project's record (项目档案栏目): what forms, files and events call them."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["DAYS", "LABELS", "LONGEST", "MONEY", "NUMBERS", "PLANNED", "TEXTS", "label_of_field"]

#: in the order of forms and files
LABELS: Final[dict[str, Any]] = {
    "name": _("Name of the project"),
    "state_code": _("State project code"),
    "kind": _("Kind of project"),
    "unit": _("Unit"),
    "place": _("Place code"),
    "plot": _("Plot"),
    "industry": _("Industry code"),
    "investor": _("Investor"),
    "investor_code": _("Credit code of the investor"),
    "origin": _("Origin of funds"),
    "total": _("Total investment"),
    "sources": _("Investment by source"),
    "land_mu": _("Land, mu"),
    "content": _("What is built"),
    "capacity": _("Capacity"),
    "jobs": _("Jobs"),
    "output": _("Yearly output value"),
    "tax": _("Yearly tax"),
    "energy": _("Yearly energy, tce"),
    "stage": pgettext_lazy("project", "Stage"),
    "stage_since": _("In this stage since"),
    "planned_start": _("Planned start"),
    "actual_start": _("Actual start"),
    "planned_end": _("Planned completion"),
    "actual_end": _("Actual completion"),
    "leader": _("Leader’s account"),
    "leader_name": _("Leader in charge"),
    "steward": _("Steward’s account"),
    "steward_name": _("Project steward"),
    "body": _("Responsible body"),
    "longitude": _("Longitude"),
    "latitude": _("Latitude"),
    "enterprise": _("Enterprise that builds it"),
    "plan": _("Plan"),
    "plan_box": _("Box of the plan"),
    "plan_project": _("Named in the plan as"),
    "tags": _("Tags"),
}
#: money is in whole yuan
MONEY: Final = ("total", "output", "tax")
DAYS: Final = ("stage_since", "planned_start", "actual_start", "planned_end", "actual_end")
#: fields that are not changed without saying why: amount, days, scope
PLANNED: Final = (
    "name", "kind", "unit", "total", "content", "capacity", "investor", "investor_code", "land_mu",
    "planned_start", "actual_start", "planned_end", "actual_end", "state_code",
)  # fmt: skip
#: numbers: least, most, places after the point
NUMBERS: Final[dict[str, tuple[float, float, int]]] = {
    "land_mu": (0, 10_000_000, 2),
    "jobs": (0, 10_000_000, 0),
    "energy": (0, 1_000_000_000, 2),
    # within China
    "longitude": (73, 136, 8),
    "latitude": (3, 54, 8),
}
#: longest text of each field that is plain text
LONGEST: Final[dict[str, int]] = {
    "name": 200, "plot": 120, "investor": 200, "content": 4000, "capacity": 200,
    "leader_name": 120, "steward_name": 120, "body": 200, "plan_box": 200, "plan_project": 300,
}  # fmt: skip
TEXTS: Final = tuple(LONGEST)


def label_of_field(name: str) -> Any:
    """What a field is called; the name itself where it has no label."""
    return LABELS.get(name, name)
