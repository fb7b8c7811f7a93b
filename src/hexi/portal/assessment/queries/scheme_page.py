"""A scheme as a page shows it (考核办法表): lines of the list, and the tree with its weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hexi.assessment.scheme.checking import classes_of
from hexi.assessment.scheme.nouns import Group, Item, Scheme
from hexi.portal.assessment.said import named

__all__ = ["scheme_lines", "scheme_tree"]


def scheme_lines(schemes: Sequence[Scheme]) -> list[dict[str, Any]]:
    """One line a version."""
    return [
        {
            "title": named(one.title),
            "version": one.version,
            "years": f"{one.since}–{one.until or ''}",
            "items": len(tuple(one.items())),
            "assumed": bool(one.assumed),
            "url": reverse("assessment-scheme", args=[one.id, one.version]),
        }
        for one in schemes
    ]


def scheme_tree(scheme: Scheme) -> dict[str, Any]:
    """Rows from the groups down; one column of weights, or one a class."""
    classes = classes_of(scheme) or ("",)
    rows: list[dict[str, Any]] = []

    def inside(group: Group, depth: int) -> None:
        for member in group.members:
            rows.append(_row(member, depth, classes))
            if isinstance(member, Group):
                inside(member, depth + 1)

    inside(scheme.root, 0)
    shown = [named(scheme.class_name(one)) for one in classes]
    return {"classes": shown if classes != ("",) else [], "rows": rows}


def _row(member: Group | Item, depth: int, classes: Sequence[str]) -> dict[str, Any]:
    weights = [f"{member.by_class.get(name, member.weight):g}" for name in classes]
    if isinstance(member, Group):
        return {"name": named(member.name), "depth": depth, "group": True, "weights": weights}
    return {
        "name": named(member.name),
        "depth": depth,
        "group": False,
        "weights": weights,
        "unit": member.unit,
        "better": _("more") if member.direction > 0 else _("less"),
        "indicator": member.indicator,
    }
