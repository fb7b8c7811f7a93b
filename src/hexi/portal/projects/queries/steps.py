"""Steps that a person may take with a project (可办步骤): the pages ask what the acts will ask."""

from __future__ import annotations

from dataclasses import dataclass

from hexi.portal.core.models import Person
from hexi.portal.core.roles import Permission
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.queries import words
from hexi.portal.projects.stagebook import moves_of, stage_book
from hexi.projects.stages import Stage

__all__ = ["Allowed", "Move", "allowed", "sees_inside"]


@dataclass(frozen=True, slots=True)
class Move:
    """A stage that may follow."""

    to: str
    label: str
    #: the step must be proved
    evidence: bool
    #: it stops the project, or takes it back
    aside: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Allowed:
    """What there is to do for one person with one project."""

    keep: bool
    moves: list[Move]
    publish: bool
    withdraw: bool
    #: it was merged away, and the merging can be taken apart
    unmerge: bool
    progress: bool


def sees_inside(person: Person | None, row: ProjectRecord) -> bool:
    """Does the person see the project whole, or only what is public of it?"""
    return ProjectRecord.objects.filter(pk=row.pk).inside(person).exists()


def allowed(person: Person | None, row: ProjectRecord) -> Allowed:
    """Of this person, in this moment."""
    live = row.merged_into_id is None

    def may(permission: Permission) -> bool:
        return (
            live
            and person is not None
            and person.grants(permission)
            and person.covers(row.unit_path)
        )

    stage = stage_book().stages.get(row.resume_stage or row.stage)
    open_ = may(Permission.PUBLISH_PROJECTS)
    secret = row.practice or (stage is not None and stage.confidential)
    ended = row.stage == stage_book().ending.id
    return Allowed(
        keep=may(Permission.KEEP_PROJECTS),
        moves=moves(row) if may(Permission.MOVE_STAGE) else [],
        publish=open_ and not row.published and not secret,
        withdraw=open_ and row.published,
        unmerge=not live
        and person is not None
        and person.grants(Permission.KEEP_PROJECTS)
        and person.covers(row.unit_path),
        progress=may(Permission.KEEP_PROJECTS) and not ended,
    )


def moves(row: ProjectRecord) -> list[Move]:
    """What may follow where the record stands."""
    here = stage_book().stages.get(row.stage)
    return [_move(stage, here) for stage in moves_of(row.kind, row.stage, row.resume_stage)]


def _move(stage: Stage, here: Stage | None) -> Move:
    back = here is not None and not here.halts and stage.order < here.order
    return Move(
        to=stage.id,
        label=stage.label(words.lang()),
        evidence=stage.evidence and not back,
        aside=stage.stops or back,
        ends=stage.ends,
    )
