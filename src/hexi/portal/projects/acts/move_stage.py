"""Move a project to another stage (项目阶段调整): through a gate, with day, reason and evidence.

Suspending, going on and ending are such steps too. The history is one line: the stage that is left
ends on the day on which the next one begins.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import tell
from hexi.portal.projects.gate_words import refusals
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.record_book import card, held, new_spell, put, values_of
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.projects.step_guards import guarded
from hexi.portal.returns.form_book import day_of
from hexi.projects.gates import Step, is_back_entered, step_faults, written_days
from hexi.projects.stages import StageBook

__all__ = ["move_stage", "step_changes"]


def move_stage(
    project_id: int,
    to: str,
    *,
    day: date,
    reason: str,
    evidence: str = "",
    ended_reason: str = "",
    by: Person | None,
    at: datetime,
    seen: int | None = None,
) -> ProjectRecord:
    """Take the step; everything that stands against it is told at once."""
    with transaction.atomic():
        row = held(project_id, by, Permission.MOVE_STAGE, seen=seen)
        step = Step(
            to=to,
            day=day,
            today=day_of(at),
            reason=reason,
            proved=bool(evidence.strip()) or row.files.filter(of=f"stage:{to}").exists(),
            ended_reason=ended_reason,
            since=row.stage_since,
        )
        book = stage_book()
        tell(
            [
                *refusals(step_faults(book, values_of(row), step)),
                *_shown(book, row, to),
                *guarded(row, to),
            ]
        )
        before = card(row)
        _take(book, row, step, evidence=evidence.strip(), by=by, at=at)
        record(
            "move_stage",
            row,
            by=by,
            at=at,
            unit_path=row.unit_path,
            before=before,
            after={**card(row), **({"evidence": evidence.strip()} if evidence.strip() else {})},
            reason=reason.strip(),
        )
    return row


def _shown(book: StageBook, row: ProjectRecord, to: str) -> list[Refusal]:
    """What the public sees does not fall back into talks before it is withdrawn."""
    stage = book.stages.get(to)
    if not row.published or stage is None or not stage.confidential:
        return []
    return [
        Refusal(
            "still_published",
            _("The project is open to the public, and talks are not."),
            _("Withdraw it from the public first."),
            place="to",
        )
    ]


def _take(
    book: StageBook,
    row: ProjectRecord,
    step: Step,
    *,
    evidence: str,
    by: Person | None,
    at: datetime,
) -> None:
    """Write a step that its gate lets pass: the record, and the next line of its history."""
    put(row, step_changes(book, row, step), at)
    new_spell(
        row,
        step.day,
        by=by,
        at=at,
        reason=step.reason.strip(),
        evidence=evidence,
        back_entered=is_back_entered(book, step.day, step.today),
    )


def step_changes(book: StageBook, row: ProjectRecord, step: Step) -> dict[str, Any]:
    """The fields of a record that a step changes."""
    stage = book.stages[step.to]
    return {
        "stage": stage.id,
        "stage_since": step.day,
        # a suspended project remembers where it goes on
        "resume_stage": row.stage if stage.halts else "",
        "ended_reason": step.ended_reason if stage.stops else "",
        **written_days(stage, values_of(row), step.day),
    }
