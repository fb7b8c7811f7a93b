"""Words of the breakdown app's events (分解事件用语): its acts, its fields, the words for codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from hexi.portal.breakdown.models import Method, PartState
from hexi.portal.breakdown.queries.labels import SHAPES, kind_label
from hexi.portal.breakdown.sheet.cells import split_name
from hexi.portal.core.event_lines import ACTS
from hexi.portal.core.event_words import name_cells, name_values
from hexi.portal.core.models import Unit
from hexi.portal.core.names import name_of

__all__ = ["install"]

_ACTS: dict[str, Any] = {
    "set_path": lazy("set the path of a target"),
    "set_usual_path": lazy("set the usual path of a target"),
    "open_breakdown": lazy("began to break a target down"),
    "choose_units": lazy("chose the units of a breakdown"),
    "save_parts": lazy("changed figures of a breakdown"),
    "fill_parts": lazy("had the proposals of a breakdown computed"),
    "settle_parts": lazy("took over the negotiated figures of a breakdown"),
    "spread_gap": lazy("spread the gap of a breakdown"),
    "import_parts": lazy("imported figures of a breakdown"),
    "undo_parts": lazy("took a change of a breakdown back"),
    "discard_breakdown": lazy("dropped a breakdown"),
    "propose_part": lazy("proposed a part"),
    "withdraw_part": lazy("took the proposal of a part back"),
    "accept_part": lazy("accepted a part"),
    "send_part_back": lazy("sent a part back"),
    "assign_duty": lazy("assigned the duty for a target"),
}

_FIELDS: dict[str, Any] = {
    "body": lazy("Responsible body"),
    "responsible": lazy("Responsible person"),
    "requirement": lazy("Progress requirement"),
    "measures": lazy("Measures"),
    "projects": lazy("Projects"),
    "path_shape": lazy("Shape of the path"),
    "path": lazy("Path"),
    "part_state": lazy("State"),
    "parts": lazy("Parts"),
    "method": lazy("Method"),
    "day": lazy("Units as of"),
    "part.due": lazy("Answer by"),
    "asked": lazy("Asked for"),
}


def install() -> None:
    """Name them to the core, which shows the events."""
    ACTS.update(_ACTS)
    name_cells("breakdown", _cells)
    name_values(
        _FIELDS,
        {
            "part_state": dict(PartState.choices),
            "method": dict(Method.choices),
            "path_shape": {code: label for code, (label, _said) in SHAPES.items()},
        },
    )


def _cells(fields: Iterable[str]) -> Mapping[str, str]:
    """``etdz-an/2018.final`` as the unit's name, the year and what stands in the column."""
    names = {field: split_name(field) for field in fields if "/" in field}
    codes = {unit for unit, _column in names.values()}
    units = {row.code: name_of(row) for row in Unit.objects.filter(code__in=codes)} if codes else {}
    found = {}
    for field, (unit, column) in names.items():
        year, dot, kind = column.rpartition(".")
        words = [units.get(unit, unit), *([year] if dot else []), kind_label(kind)]
        found[field] = " · ".join(words)
    return found
