"""Change mark (变更标记): which projects changed since a process last looked, kept by the database.

Each process that shows figures keeps the columns of all projects in memory. Triggers write a mark
whenever a project or one of its histories changes, whoever changes it, in the transaction of the
change itself; so a process that has read all marks has seen everything that was committed.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

__all__ = ["ChangeMark"]


class ChangeMark(models.Model):
    """The last change of one part of one project; a later one takes a higher id."""

    project_id = models.BigIntegerField()
    #: record, stages, plans, progress, tags
    part = models.CharField(max_length=10)
    #: of PostgreSQL, where ids do not come in the order of commits; 0 on SQLite, where they do
    transaction = models.BigIntegerField(default=0, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project_id", "part"], name="one_mark_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.part}"
