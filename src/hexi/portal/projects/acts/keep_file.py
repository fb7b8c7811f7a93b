"""Keep a file of a project (项目附件): what proves a stage, a month or a payment; photos too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.projects.models import ProjectFile, ProjectRecord
from hexi.portal.projects.project_files import add_files, take_in
from hexi.portal.projects.record_book import held

__all__ = ["keep_file"]


def keep_file(
    project: ProjectRecord | int,
    of: str,
    upload: Any,
    *,
    by: Person | None,
    at: datetime,
    permission: Permission = Permission.KEEP_PROJECTS,
) -> ProjectFile:
    """Keep an uploaded file (name, chunks) for what it proves: ``stage:signed``, ``month:202611``.

    Apps above give the permission that their own steps ask for.
    """
    require(by, permission)
    kept = take_in(upload)
    with transaction.atomic():
        row = held(project if isinstance(project, int) else project.pk, by, permission)
        (made,) = add_files(row, of, [kept], by=by, at=at)
        record(
            "keep_project_file",
            made,
            by=by,
            at=at,
            unit_path=row.unit_path,
            after={
                "project": row.called,
                "of": of,
                "file": kept.name,
                "size": kept.size,
                "digest": kept.digest,
            },
        )
    return made
