"""Keeping the library (项目库簿记): a record with its stage history, held while an act changes it.

Only acts call it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.refusal import NotFound, NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.projects.models import ProjectRecord, ProjectTag, StageSpell
from hexi.portal.projects.record_labels import LABELS
from hexi.portal.returns.form_book import day_of

__all__ = [
    "CARD",
    "EVENT_NAMES",
    "card",
    "enter",
    "held",
    "is_live",
    "new_spell",
    "out_of_reach",
    "put",
    "values_of",
    "within",
]

#: fields of the record's own row that a person enters
CARD: Final = tuple(name for name in LABELS if name not in ("stage", "stage_since", "tags"))
#: what an event keeps beside them
_STANDING: Final = ("stage", "stage_since", "resume_stage", "ended_reason")
#: an event's own words for fields whose codes other apps use for something else
EVENT_NAMES: Final = {"kind": "project_kind", "origin": "project_origin"}
_WITH: Final = ("unit", "enterprise", "plan", "leader", "steward")


def held(
    project_id: int, by: Person | None, permission: Permission, *, seen: int | None = None
) -> ProjectRecord:
    """The record, held until the transaction ends; the person may take this step with it.

    ``seen`` is the version that the person had before the eyes.

    Raises:
        NotFound: where it is not, or is hidden.
        NotPermitted: where the step is not this person's.
        Refusal: where it was merged away, or changed since it was shown.
    """
    require(by, permission)
    rows: QuerySet[ProjectRecord] = ProjectRecord.objects.visible_to(by)
    path = rows.filter(pk=project_id).values_list("unit__path", flat=True).first()
    if path is None:
        raise NotFound
    require(by, permission, path)
    ProjectRecord.objects.select_for_update(of=("self",)).get(pk=project_id)
    row: ProjectRecord = ProjectRecord.objects.select_related(*_WITH).get(pk=project_id)
    is_live(row)
    if seen is not None and seen != row.version:
        raise Refusal(
            "changed_meanwhile",
            _("The project has been changed since this page was opened."),
            _("Open it again, look at what has changed, and enter your change once more."),
            status=409,
        )
    return row


def is_live(row: ProjectRecord) -> None:
    """A record that was merged into another is kept and no longer changed.

    Raises:
        Refusal: where it was.
    """
    if row.merged_into_id is not None:
        raise Refusal(
            "merged_away",
            _("This record was merged into another one."),
            _("Open the record that it was merged into."),
            status=409,
        )


def within(unit: Unit, by: Person | None) -> None:
    """The person keeps the projects of this unit.

    Raises:
        NotPermitted: otherwise.
    """
    if by is None or not by.covers(unit.path):
        raise NotPermitted


def out_of_reach(values: Mapping[str, Any], by: Person | None) -> list[Refusal]:
    """Rows that the record would point to and that the person does not see."""
    faults = []
    for name in ("plan", "enterprise"):
        noun = values.get(name)
        if noun is None:
            continue
        if not type(noun).objects.visible_to(by).filter(pk=noun.pk).exists():
            faults.append(
                Refusal(
                    f"{name}_unknown",
                    _("There is nothing of this number in your scope."),
                    _("Choose one of the list, or leave it empty."),
                    place=name,
                )
            )
    return faults


def values_of(row: ProjectRecord) -> dict[str, Any]:
    """The record by field, as gates and readers of entries know it."""
    return {name: getattr(row, name) for name in (*CARD, *_STANDING)}


def enter(
    values: Mapping[str, Any], *, by: Person | None, at: datetime, practice: bool = False
) -> ProjectRecord:
    """A new record; its number follows from the row, so that two clerks never get the same."""
    own = {name: values[name] for name in CARD if values.get(name) is not None}
    made: ProjectRecord = ProjectRecord.objects.create(
        number=uuid4().hex[:20],
        stage=values["stage"],
        stage_since=values["stage_since"],
        practice=practice,
        created_at=at,
        changed_at=at,
        **own,
    )
    made.number = f"XM{day_of(at):%Y}{made.pk:07d}"
    made.save(update_fields=["number"])
    tags = [ProjectTag(project=made, tag=tag, since=day_of(at)) for tag in values.get("tags") or ()]
    ProjectTag.objects.bulk_create(tags)
    return made


def new_spell(
    row: ProjectRecord,
    since: date,
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
    evidence: str = "",
    back_entered: bool = False,
) -> StageSpell:
    """The stage that the record stands in now becomes the newest line of its history."""
    row.spells.filter(until=None).update(until=since)
    made: StageSpell = StageSpell.objects.create(
        project=row,
        stage=row.stage,
        since=since,
        reason=reason,
        evidence=evidence,
        back_entered=back_entered,
        by_name=by.name if by else "",
        at=at,
    )
    return made


def put(row: ProjectRecord, changes: Mapping[str, Any], at: datetime) -> None:
    """Write the fields; the version grows, so that a page that shows an older one is refused."""
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.changed_at = at
    row.save()


def card(row: ProjectRecord) -> dict[str, Any]:
    """The record as an event keeps it: names and days as text, empty fields left out."""
    kept: dict[str, Any] = {"number": row.number}
    for name, value in values_of(row).items():
        if value in (None, "", {}, []):
            continue
        kept[EVENT_NAMES.get(name, name)] = _plain(value)
    return kept


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | str | dict | list):
        return value
    return str(value)
