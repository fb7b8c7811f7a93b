"""Lists on pages (列表): pages of rows, filter choices and columns, kept in the address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

__all__ = ["Choice", "Column", "Pager", "choices", "columns", "paged"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; its address is the page with the filter set."""

    value: str
    label: str
    count: int | None
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; its address sorts by it, a second time backwards."""

    key: str
    label: str
    sort_url: str
    sorted: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """Where we are in a long list."""

    number: int
    pages: int
    total: int
    previous_url: str
    next_url: str


def address_with(request: HttpRequest, **changes: str) -> str:
    """This page's address with some parameters changed; the page number starts again."""
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("lang", None)
    for key, value in changes.items():
        if value:
            query[key] = value
        else:
            query.pop(key, None)
    text = query.urlencode()
    return f"{request.path}?{text}" if text else request.path


def choices(
    request: HttpRequest,
    key: str,
    values: Iterable[tuple[str, str] | tuple[str, str, int]],
    *,
    default: str = "",
) -> list[Choice]:
    """The values of one filter; the selected one is that of the address."""
    now = request.GET.get(key, default)
    lines = []
    for value, label, *count in values:
        lines.append(
            Choice(
                value=value,
                label=str(label),
                count=count[0] if count else None,
                selected=value == now,
                url=address_with(request, **{key: "" if value == default else value}),
            )
        )
    return lines


def columns(
    request: HttpRequest, entries: Sequence[tuple[str, Any, bool]], default: str
) -> list[Column]:
    """Columns as (key, label, numeric); ``?sort=-key`` sorts downwards."""
    now = request.GET.get("sort", default)
    lines = []
    for key, label, numeric in entries:
        state = "asc" if now == key else "desc" if now == f"-{key}" else ""
        url = address_with(request, sort=f"-{key}" if state == "asc" else key)
        lines.append(Column(key, str(label), url, state, numeric))
    return lines


def paged(request: HttpRequest, rows: Any, size: int) -> tuple[Any, Pager | None]:
    """One page of a queryset or list, and the pager where there is more than one."""
    total = rows.count() if hasattr(rows, "filter") else len(rows)
    pages = max(1, -(-total // size))
    asked = request.GET.get("page", "1")
    # a number of thousands of digits is no page, and takes long to read
    number = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 10 else 1
    part = rows[(number - 1) * size : number * size]
    if pages == 1:
        return part, None
    address = address_with(request)
    glue = "&" if "?" in address else "?"
    previous = f"{address}{glue}page={number - 1}" if number > 1 else ""
    following = f"{address}{glue}page={number + 1}" if number < pages else ""
    return part, Pager(number, pages, total, previous, following)
