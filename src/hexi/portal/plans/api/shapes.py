"""Shapes of the API (接口数据): codes and exact figures, no display text but messages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema

__all__ = [
    "CountsOut",
    "DocumentOut",
    "FindingOut",
    "IndicatorOut",
    "PlanDetail",
    "PlanOut",
    "ReadingOut",
    "StatementOut",
    "TargetDetail",
    "TargetOut",
    "UnitOut",
]


class CountsOut(Schema):
    """Targets by verdict."""

    met: int
    missed: int
    on_the_way: int
    unknown: int


class PlanOut(Schema):
    """A plan of the library."""

    id: int
    title: str
    unit: str
    unit_name: str
    level: str
    first_year: int | None
    last_year: int | None
    source: str
    pack_id: str
    published: bool
    state: str
    documents: int
    statements: int
    checked: int
    open_faults: int
    targets: CountsOut


class ReadingOut(Schema):
    """How far a document is read."""

    id: int
    document: int
    plan: int
    file: str
    state: str
    phase: str
    done: int
    total: int
    statements: int
    checks: int
    faults: int
    error: dict[str, str] | None
    queued_at: datetime
    finished_at: datetime | None


class DocumentOut(Schema):
    """A file of a plan."""

    id: int
    name: str
    format: str
    size: int
    digest: str
    uploaded_at: datetime
    uploaded_by: str
    reading: ReadingOut | None


class PlanDetail(PlanOut):
    """A plan with its files and its register."""

    documents_list: list[DocumentOut]
    register_: dict[str, Any]


class StatementOut(Schema):
    """A figure with everything the document says about it."""

    number: int
    plan: int
    document: int
    corrected: bool
    record: dict[str, Any]
    as_read: dict[str, Any]


class TargetOut(Schema):
    """A target with its verdict."""

    id: int
    plan: int
    pack_id: str
    unit: str
    subject: str
    indicator: str
    indicator_id: str
    kind: str
    measure: str
    bound: str
    base: str
    base_period: str
    value: str
    period: str
    value_unit: str
    place: str
    verdict: str
    observed: str
    observed_period: str


class TargetDetail(TargetOut):
    """A target with the series and the reasons of its verdict."""

    record: dict[str, Any]
    verdict_record: dict[str, Any]
    statements: list[int]


class FindingOut(Schema):
    """A check line with the decision on it."""

    id: int
    plan: int
    document: int
    key: str
    check: str
    verdict: str
    rank: str
    is_fault: bool
    statements: list[int]
    record: dict[str, Any]
    decision: str
    reason: str
    note: str


class IndicatorOut(Schema):
    """An indicator of the pack."""

    id: str
    name: str
    name_en: str
    kind: str
    unit: str
    targets: int
    statements: int


class UnitOut(Schema):
    """A unit of account."""

    code: str
    name: str
    name_en: str
    kind: str
    level: str
    region: str
    parent: str
    path: str
