"""Slices of lists (接口分页): offset and limit, the same in every operation."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

__all__ = ["Id", "Page", "Slice", "page_of", "sliced"]

#: ids fit the database's integers; anything larger cannot exist
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Page(Schema):
    """Where the items stand in the whole list."""

    total: int
    offset: int
    limit: int


class Slice(Schema):
    """Which part of the list."""

    offset: int = Field(0, ge=0, le=10_000_000)
    limit: int = Field(100, ge=1, le=1000)


def sliced(rows: Any, part: Slice) -> Any:
    """The part asked for."""
    return rows[part.offset : part.offset + part.limit]


def page_of(total: int, part: Slice) -> Page:
    return Page(total=total, offset=part.offset, limit=part.limit)
