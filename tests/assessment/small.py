"""Small schemes and matrices for tests."""

from __future__ import annotations

from typing import Any

import numpy as np

from hexi.assessment.data.matrix import Matrix
from hexi.assessment.scheme.nouns import Group, Item, MinMax, Missing, Named, Scheme, Source

NAME = Named("名", "name")


def item(name: str, **changes: Any) -> Item:
    held: dict[str, Any] = {"direction": 1, "scoring": MinMax(), "weight": 1.0} | changes
    return Item(id=name, name=NAME, indicator="", unit="", **held)


def group(name: str, *members: Group | Item, **changes: Any) -> Group:
    return Group(name, NAME, changes.pop("weight", 1.0), members, **changes)


def scheme(*members: Group | Item, root: dict[str, Any] | None = None, **changes: Any) -> Scheme:
    changes.setdefault("missing", Missing("leave_out"))
    return Scheme(
        "small", "1", NAME, "zones", 2020, None, Source("test"),
        group("whole", *members, **(root or {})), **changes,
    )  # fmt: skip


def matrix(values: Any, *, years: tuple[int, ...] = (2020,), **changes: Any) -> Matrix:
    """Of (units, items) or (years, units, items); items are a, b, c …, units u0, u1 …"""
    table = np.asarray(values, dtype=float)
    table = table[None] if table.ndim == 2 else table
    units = tuple(f"u{place}" for place in range(table.shape[1]))
    items = changes.pop("items", tuple("abcdefghijklmnopqrstuvwxyz"[: table.shape[2]]))
    return Matrix(units, units, items, years, table, **changes)
