"""Keeping the library (项目库簿记): a record with its stage history, held while an act changes it.

Only acts call it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.returns.form_book import day_of
from hexi.projects.tag_spans import span_from

__all__ = [
    "CARD",
    "EVENT_NAMES",
    "card",
    "enter",
    "held",
    "held_all",
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
#: ids asked for in one query
_CHUNK: Final = 500
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
    row = _locked([project_id])[0]
    is_live(row)
    if seen is not None and seen != row.version:
        raise Refusal(
            "changed_meanwhile",
            _("The project has been changed since this page was opened."),
            _("Open it again, look at what has changed, and enter your change once more."),
            status=409,
        )
    return row


def held_all(ids: Iterable[int], by: Person | None, permission: Permission) -> list[ProjectRecord]:
    """Several records at once, by their ids; one that is hidden or not allowed refuses them all."""
    person = require(by, permission)
    wanted = sorted(set(ids))
    paths: dict[int, str] = {}
    for at in range(0, len(wanted), _CHUNK):
        part = ProjectRecord.objects.visible_to(by).filter(pk__in=wanted[at : at + _CHUNK])
        paths |= dict(part.values_list("pk", "unit__path"))
    if len(paths) < len(wanted):
        raise NotFound
    if not all(person.covers(path) for path in paths.values()):
        raise NotPermitted
    rows = _locked(wanted)
    for row in rows:
        is_live(row)
    return rows


def _locked(ids: Sequence[int]) -> list[ProjectRecord]:
    """The rows, held until the transaction ends, with what acts and events need of them."""
    rows: list[ProjectRecord] = []
    for at in range(0, len(ids), _CHUNK):
        part = ids[at : at + _CHUNK]
        list(ProjectRecord.objects.select_for_update(of=("self",)).filter(pk__in=part))
        rows += ProjectRecord.objects.select_related(*_WITH).filter(pk__in=part).order_by("pk")
    return rows


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


def _seats_named(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values; who leads or keeps the project by account stands there by name too, so that
    lists and filters by name find all."""
    named = {
        f"{seat}_name": values[seat].name for seat in ("leader", "steward") if values.get(seat)
    }
    return {**values, **named}


def enter(
    values: Mapping[str, Any], *, by: Person | None, at: datetime, practice: bool = False
) -> ProjectRecord:
    """A new record; its number follows from the row, so that two clerks never get the same."""
    given = _seats_named(values)
    own = {name: given[name] for name in CARD if given.get(name) is not None}
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
    book = stage_book()
    for tag in values.get("tags") or ():
        since, until = span_from(book.tags[tag], day_of(at))
        ProjectTag.objects.create(project=made, tag=tag, since=since, until=until)
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
    for name, value in _seats_named(changes).items():
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
