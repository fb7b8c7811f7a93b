"""Tags of projects (项目标签): put projects on a list, take them off, carry a yearly list over.

Each project gets an event of its own: its page must tell when it came onto a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person
from hexi.portal.core.record import record
from hexi.portal.core.refusal import Refusal, gapped
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.core.told import needs_reason, tell
from hexi.portal.projects.models import ProjectRecord, ProjectTag
from hexi.portal.projects.record_book import held_all
from hexi.portal.projects.stagebook import stage_book
from hexi.projects.stages import Tag
from hexi.projects.tag_spans import overlaps, span_from

__all__ = ["renew_tag", "tag_records", "untag"]


#: days between which lists are kept
_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)


def tag_records(
    ids: Iterable[int], tag: str, since: date, *, by: Person | None, at: datetime, reason: str = ""
) -> list[ProjectTag]:
    """Put projects on a list from a day on; a yearly list ends with the year."""
    with transaction.atomic():
        rows, made = held_all(ids, by, Permission.KEEP_PROJECTS), []
        known = _tag(tag)
        if not _FIRST <= since <= _LAST:
            raise Refusal(
                "day_wrong",
                _("No list of projects is of this day."),
                _("Check the year."),
                place="since",
            )
        for row in rows:
            span = span_from(known, since)
            _not_twice(row, known, span)
            made.append(_put(row, tag, span, by=by, at=at, reason=reason))
    return made


def untag(
    ids: Iterable[int], tag: str, until: date, *, reason: str, by: Person | None, at: datetime
) -> None:
    """Take projects off a list: ``until`` is the first day on which they no longer stand on it."""
    with transaction.atomic():
        rows = held_all(ids, by, Permission.KEEP_PROJECTS)
        _tag(tag)
        tell(needs_reason(reason))
        for row in rows:
            holding = row.tags.filter(Q(until=None) | Q(until__gt=until), tag=tag).first()
            if holding is None:
                raise Refusal(
                    "not_tagged",
                    gapped(_("“%(name)s” does not stand on this list then."), name=row.name),
                    _("Choose projects of the list, and a day before the list ends."),
                    place="until",
                )
            before = _facts(holding)
            # a span that would end before its first day was a mistake from the beginning
            if holding.since >= until:
                holding.delete()
                after = {"tag": tag}
            else:
                holding.until = until
                holding.save(update_fields=["until"])
                after = _facts(holding)
            record(
                "untag_record",
                row,
                by=by,
                at=at,
                unit_path=row.unit_path,
                before=before,
                after=after,
                reason=reason.strip(),
            )


def renew_tag(
    tag: str,
    year: int,
    *,
    by: Person | None,
    at: datetime,
    ids: Iterable[int] | None = None,
    reason: str = "",
) -> int:
    """Carry a yearly list over into a year: the projects that stood on it at the end of the year
    before, inside the person's scope, or those of them that are named; returns how many.

    Projects that have ended, are done or stand on the new list already are left out.
    """
    with transaction.atomic():
        person = require(by, Permission.KEEP_PROJECTS)
        known = _tag(tag)
        if not known.yearly:
            raise Refusal(
                "not_yearly",
                _("This list is not made by the year."),
                _("It holds until a project is taken off it."),
                place="tag",
            )
        first, last_day = date(year, 1, 1), date(year - 1, 12, 31)
        stood = ProjectTag.objects.filter(tag=tag, since__lte=last_day)
        stood = stood.exclude(until__lte=last_day)
        again = ProjectTag.objects.filter(tag=tag, since__gte=first, since__lt=date(year + 1, 1, 1))
        book = stage_book()
        over = [s.id for s in book.stages.values() if s.ends or s.completed]
        rows = (
            ProjectRecord.objects.inside(person)
            .filter(pk__in=stood.values("project"), merged_into=None)
            .exclude(pk__in=again.values("project"))
            .exclude(stage__in=over)
        )
        if ids is not None:
            rows = rows.filter(pk__in=list(ids))
        chosen = list(rows.values_list("pk", flat=True).order_by("pk"))
        if not chosen:
            raise Refusal(
                "nothing_to_renew",
                _("No project of last year’s list is still to be carried over."),
                _("Check the year; projects that are done or ended are not carried over."),
                place="year",
            )
        for row in held_all(chosen, by, Permission.KEEP_PROJECTS):
            _put(row, tag, span_from(known, first), by=by, at=at, reason=reason)
    return len(chosen)


def _tag(tag: str) -> Tag:
    known = stage_book().tags.get(tag)
    if known is None:
        raise Refusal(
            "tag_unknown", _("There is no such list."), _("Choose one of the lists."), place="tag"
        )
    return known


def _not_twice(row: ProjectRecord, tag: Tag, span: tuple[date, date | None]) -> None:
    if overlaps(span, row.tags.filter(tag=tag.id).values_list("since", "until")):
        raise Refusal(
            "tagged_already",
            gapped(_("“%(name)s” stands on this list already."), name=row.name),
            _("Leave it out, or choose a day after the list has ended."),
            place="since",
            status=409,
        )


def _put(
    row: ProjectRecord,
    tag: str,
    span: tuple[date, date | None],
    *,
    by: Person | None,
    at: datetime,
    reason: str,
) -> ProjectTag:
    made: ProjectTag = ProjectTag.objects.create(project=row, tag=tag, since=span[0], until=span[1])
    record(
        "tag_record",
        row,
        by=by,
        at=at,
        unit_path=row.unit_path,
        after=_facts(made),
        reason=reason.strip(),
    )
    return made


def _facts(row: ProjectTag) -> dict[str, str]:
    until = {"tag_until": row.until.isoformat()} if row.until else {}
    return {"tag": row.tag, "tag_since": row.since.isoformat(), **until}
