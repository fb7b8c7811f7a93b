"""Lines of lists (列表行): plans, targets, findings and readings as pages and API show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.roles import Permission
from hexi.portal.plans.models import PlanRow, Reading, TargetRow
from hexi.portal.plans.models.plan import Source
from hexi.portal.plans.models.reading import ReadingState
from hexi.portal.plans.models.target import VerdictState
from hexi.portal.plans.queries import words

__all__ = [
    "Counts",
    "PlanLine",
    "ReadingLine",
    "TargetLine",
    "horizon",
    "may_on",
    "plan_line",
    "reading_line",
    "target_line",
]


@dataclass(slots=True)
class Counts:
    """How many targets were kept."""

    met: int = 0
    missed: int = 0
    on_the_way: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        return self.met + self.missed + self.on_the_way + self.unknown

    def add(self, verdict: str, number: int) -> None:
        setattr(self, verdict, getattr(self, verdict) + number)


@dataclass(slots=True)
class PlanLine:
    """One plan of the library."""

    id: int
    url: str
    title: str
    unit: str
    unit_url: str
    level_label: str
    horizon: str
    source: str
    published: bool
    state: str
    state_label: str
    documents: int
    statements: int
    targets: int
    counts: Counts
    faults: int
    checked: int
    text_url: str
    targets_url: str
    findings_url: str
    updated: str
    may: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target of a table."""

    id: int
    url: str
    plan: str
    plan_url: str
    unit: str
    unit_url: str
    indicator: str
    indicator_url: str
    kind: str
    kind_label: str
    measure_label: str
    base: str
    base_period: str
    target: str
    target_period: str
    bound_label: str
    unit_of_measure: str
    observed: str
    observed_period: str
    verdict: str
    verdict_label: str
    reason: str
    warnings: int
    text_url: str
    place: str


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """How far a document is."""

    id: int
    file_name: str
    plan: str
    plan_url: str
    state: str
    state_label: str
    done: int
    total: int
    percent: int
    phase_label: str
    error: dict[str, str] | None
    finished: bool
    text_url: str


def horizon(row: PlanRow) -> str:
    """2016–2020."""
    if row.first_year and row.last_year:
        return f"{row.first_year}–{row.last_year}"
    return str(row.first_year or row.last_year or "")


def may_on(person: Person | None, row: PlanRow) -> dict[str, bool]:
    """What this person may do with this plan; buttons ask what the server will ask."""
    covered = person is not None and person.covers(row.unit_path)

    def can(permission: Permission) -> bool:
        return covered and person is not None and person.grants(permission)

    return {
        "edit": can(Permission.EDIT),
        "upload": can(Permission.UPLOAD),
        "correct": can(Permission.CORRECT),
        "decide": can(Permission.DECIDE),
        "reread": can(Permission.REREAD),
        "publish": can(Permission.PUBLISH),
        "delete": can(Permission.DELETE) and row.source != Source.PACK,
        "remove_documents": can(Permission.DELETE),
    }


def plan_line(
    row: PlanRow, person: Person | None, counts: Counts, readings: Iterable[Reading], faults: int
) -> PlanLine:
    """A plan with its counts; ``faults`` are those nobody has decided on."""
    states = [reading.state for reading in readings]
    current = [reading for reading in readings if reading.current]
    state = next(
        (
            s
            for s in (ReadingState.READING, ReadingState.QUEUED, ReadingState.READY, "failed")
            if s in states
        ),
        "none",
    )
    label = _("No document") if state == "none" else str(ReadingState(state).label)
    if readings and all(reading.document.is_digest for reading in readings):
        label = _("Figures only")
    return PlanLine(
        id=row.pk,
        url=f"/plans/{row.pk}/",
        title=row.title,
        unit=name_of(row.unit) if row.unit else "",
        unit_url=f"/units/{row.unit.code}/" if row.unit else "",
        level_label=words.label(words.LEVELS, row.level),
        horizon=horizon(row),
        source=row.source,
        published=row.published,
        state=str(state),
        state_label=label,
        documents=len({r.document_id for r in readings if not r.document.is_digest}),
        statements=sum(reading.statement_count for reading in current),
        targets=counts.total,
        counts=counts,
        faults=faults,
        checked=sum(reading.check_count for reading in current),
        text_url=f"/plans/{row.pk}/text/",
        targets_url=f"/targets/?plan={row.pk}",
        findings_url=f"/findings/?plan={row.pk}",
        updated=words.when(row.updated_at),
        may=may_on(person, row),
    )


def target_line(row: TargetRow) -> TargetLine:
    """A target with its verdict."""
    verdict = row.verdict_record
    place = f"?s={row.statements[0]}" if row.statements else ""
    english = words.english()
    reason = str(verdict.get("reason_en" if english else "reason", ""))
    return TargetLine(
        id=row.pk,
        url=f"/targets/{row.pk}/",
        plan=row.plan.title,
        plan_url=f"/plans/{row.plan_id}/",
        unit=name_of(row.unit) if row.unit else row.subject,
        unit_url=f"/units/{row.unit.code}/" if row.unit else "",
        indicator=row.indicator,
        indicator_url=f"/indicators/{row.indicator_id}/" if row.indicator_id else "",
        kind=row.kind,
        kind_label=words.label(words.KINDS, row.kind),
        # a level or a count is said by its unit alone
        measure_label=""
        if row.measure in ("level", "count")
        else words.label(words.MEASURES, row.measure),
        base=words.figure(row.base),
        base_period=words.period(row.base_period),
        target=words.figure(row.value),
        target_period=words.period(row.period),
        bound_label="" if row.bound in ("", "eq") else words.label(words.BOUNDS, row.bound),
        unit_of_measure=row.value_unit,
        observed=words.observed(row.observed),
        observed_period=words.period(row.observed_period),
        verdict=row.verdict,
        verdict_label=str(VerdictState(row.verdict).label),
        reason=reason,
        warnings=len(verdict.get("warnings", ())),
        text_url=f"/plans/{row.plan_id}/text/{place}",
        place=row.place,
    )


def reading_line(reading: Reading) -> ReadingLine:
    """A reading with its progress or its refusal."""
    plan = reading.document.plan
    finished = reading.state in (ReadingState.READY, ReadingState.FAILED)
    error = None
    if reading.state == ReadingState.FAILED:
        tail = "_en" if words.english() else ""
        error = {
            "code": reading.error.get("code", ""),
            "file": reading.error.get("file", ""),
            "place": reading.error.get("place", ""),
            "message": reading.error.get(f"message{tail}", ""),
            "remedy": reading.error.get(f"remedy{tail}", ""),
        }
    total = reading.total or 5
    return ReadingLine(
        id=reading.pk,
        file_name=reading.document.name,
        plan=plan.title,
        plan_url=f"/plans/{plan.pk}/",
        state=reading.state,
        state_label=str(ReadingState(reading.state).label),
        done=reading.done,
        total=total,
        percent=100 if finished else 100 * reading.done // total,
        phase_label=words.label(words.PHASES, reading.phase) if not finished else "",
        error=error,
        finished=finished,
        text_url=f"/plans/{plan.pk}/text/",
    )
