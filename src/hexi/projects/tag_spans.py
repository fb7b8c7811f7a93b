"""Spans of tags (标签起止): a yearly list holds for its year, any other until it is taken off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hexi.projects.stages import Tag

__all__ = ["overlaps", "span_from"]


def span_from(tag: Tag, since: date) -> tuple[date, date | None]:
    """From a day until before another: a yearly list ends with the year."""
    return since, date(since.year + 1, 1, 1) if tag.yearly else None


def overlaps(span: tuple[date, date | None], others: Iterable[tuple[date, date | None]]) -> bool:
    """Does the project stand on the list already in a part of the span?"""
    first, last = span
    return any(
        first < (until or date.max) and since < (last or date.max) for since, until in others
    )
