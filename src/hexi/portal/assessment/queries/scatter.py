"""Two figures of all units against each other (散点图): groups, indicators, or the whole score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from hexi.assessment.result import Result
from hexi.assessment.scheme.nouns import Group
from hexi.portal.assessment.chance_drawing import Spot, scatter
from hexi.portal.assessment.queries.ranking import printed
from hexi.portal.assessment.said import named

__all__ = ["scatter_of"]

Column = NDArray[np.float64]


def scatter_of(result: Result, own: Sequence[str], x: str, y: str) -> dict[str, Any]:
    """The drawing and its table; the first two groups where nothing else is asked for."""
    axes = _axes(result)
    first = [key for key in axes if key.startswith("group:")] or list(axes)
    x = x if x in axes else first[0]
    y = y if y in axes else next((key for key in first if key != x), first[0])
    (x_name, across), (y_name, up) = axes[x], axes[y]
    spots = [
        Spot(name, float(across[row]), float(up[row]), result.matrix.units[row] in own)
        for row, name in enumerate(result.matrix.names)
    ]
    title = _("%(up)s against %(across)s") % {"up": y_name, "across": x_name}
    return {
        "axes": [(key, name) for key, (name, _column) in axes.items()],
        "x": x,
        "y": y,
        "x_name": x_name,
        "y_name": y_name,
        "scatter_title": title,
        "scatter": mark_safe(scatter(spots, x_name, y_name, title)),  # noqa: S308 - escaped there
        "correlation": _together(across, up),
        "spots": [
            {"name": one.name, "x": printed(one.x), "y": printed(one.y)} for one in spots
        ],
    }  # fmt: skip


def _axes(result: Result) -> Mapping[str, tuple[str, Column]]:
    """What can be drawn: key → (name, one figure a unit)."""
    found: dict[str, tuple[str, Column]] = {"score": (_("Score"), result.scores)}
    for group in result.scheme.root.members:
        if isinstance(group, Group):
            column = result.groups[:, result.nodes.index(group.id)]
            found[f"group:{group.id}"] = (named(group.name), column)
    raw = result.matrix.chosen(result.items)[-1]
    for place, item in enumerate(result.scheme.items()):
        name = f"{named(item.name)}（{item.unit}）" if item.unit else named(item.name)
        found[f"item:{item.id}"] = (name, raw[:, place])
    return found


def _together(across: Column, up: Column) -> str:
    """Correlation of Pearson over the units that have both; empty where it means nothing."""
    known = ~(np.isnan(across) | np.isnan(up))
    if known.sum() < 3 or np.ptp(across[known]) == 0 or np.ptp(up[known]) == 0:
        return ""
    found = float(np.corrcoef(across[known], up[known])[0, 1])
    return f"{found:.2f}".replace("-", "−")
