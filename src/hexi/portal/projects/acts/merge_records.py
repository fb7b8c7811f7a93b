"""Merge two records of one project (重复项目合并), and take the merging apart again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotFound, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.projects.merging import put_together, take_apart
from hexi.portal.projects.models import ProjectRecord, RecordMerge
from hexi.portal.projects.record_book import card, held, held_all

__all__ = ["merge_records", "unmerge_records"]


def merge_records(
    keep_id: int, other_id: int, *, reason: str, by: Person | None, at: datetime
) -> ProjectRecord:
    """The first goes on with everything of both; the second is kept and points to it."""
    with transaction.atomic():
        rows = {row.pk: row for row in held_all((keep_id, other_id), by, Permission.KEEP_PROJECTS)}
        if keep_id == other_id:
            raise Refusal(
                "same_record",
                _("A record cannot be merged with itself."),
                _("Choose the other record of the project."),
                place="other",
            )
        kept, other = rows[keep_id], rows[other_id]
        tell([*needs_reason(reason), *_against(kept, other)])
        before = card(kept)
        merge = put_together(kept, other, reason=reason.strip(), by=by, at=at)
        record(
            "merge_records",
            kept,
            by=by,
            at=at,
            unit_path=kept.unit_path,
            before=before,
            after={
                **card(kept),
                "merged_from": f"{other.number} {other.name}",
                "moved": sum(len(ids) for ids in merge.moved.values()) + len(merge.spells),
            },
            reason=reason.strip(),
        )
    return kept


def unmerge_records(
    other_id: int, *, reason: str, by: Person | None, at: datetime
) -> ProjectRecord:
    """The record that was merged away stands for itself again, with what came from it."""
    with transaction.atomic():
        merge = (
            RecordMerge.objects.select_for_update().filter(other=other_id, undone_at=None).first()
        )
        if merge is None:
            raise NotFound
        kept = held(merge.kept_id, by, Permission.KEEP_PROJECTS)
        other: ProjectRecord = ProjectRecord.objects.select_related("unit").get(pk=other_id)
        tell([*needs_reason(reason), *_changed(kept, merge)])
        before = card(kept)
        take_apart(merge, kept, other, at)
        record(
            "unmerge_records",
            kept,
            by=by,
            at=at,
            unit_path=kept.unit_path,
            before={**before, "merged_from": f"{other.number} {other.name}"},
            after=card(kept),
            reason=reason.strip(),
        )
    return other


def _against(kept: ProjectRecord, other: ProjectRecord) -> list[Refusal]:
    """Two that cannot be one project."""
    faults = []
    codes = {kept.state_code, other.state_code} - {""}
    if len(codes) > 1:
        faults.append(
            Refusal(
                "two_state_codes",
                _("The two have different state project codes: they are two projects."),
                _("Correct the code that is wrong first."),
                place="state_code",
            )
        )
    if kept.reporting_id and other.reporting_id:
        faults.append(
            Refusal(
                "both_report",
                _("Both are in statistics, each with a row of its own in the register."),
                _("Take one out of statistics first."),
                place="reporting",
            )
        )
    if kept.practice != other.practice:
        faults.append(
            Refusal(
                "practice_and_real",
                _("One of the two is a practice record."),
                _("Merge real records with real ones."),
            )
        )
    return faults


def _changed(kept: ProjectRecord, merge: RecordMerge) -> list[Refusal]:
    """Whether what the kept record says now still comes from the merging."""
    if kept.version == merge.version:
        return []
    return [
        Refusal(
            "changed_since",
            _("The kept record has been changed since; which part is whose is no longer known."),
            _("Enter the second project anew, and correct the kept record."),
            status=409,
        )
    ]
