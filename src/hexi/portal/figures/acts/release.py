"""Release figures (公布): freeze a snapshot, decide what is confidential, give the table to all."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.record import record
from hexi.portal.core.refusal import NotPermitted, Refusal
from hexi.portal.core.roles import Permission
from hexi.portal.core.scope import require
from hexi.portal.figures.knowledge import definitions
from hexi.portal.figures.models import Release
from hexi.portal.figures.queries.releases import draft_of, publication_of
from hexi.portal.figures.release.draft import Draft
from hexi.portal.figures.release.stored import pack
from hexi.portal.figures.space import Space
from hexi.statistics.publication import Publication
from hexi.statistics.publication.composing import period_name

__all__ = ["release"]


def release(
    space: Space,
    publication: str,
    period: str,
    *,
    by: Person | None,
    at: datetime,
    public_at: datetime | None = None,
    reason: str = "",
    seen: int | None = None,
) -> Release:
    """Release a publication for a period, at once or under an embargo until ``public_at``.

    ``seen`` is the snapshot that the preview was made of: where the figures changed meanwhile the
    officer looks again. A second release of the same period is a correction and has its reason.
    """
    officer = require(by, Permission.RELEASE)
    chosen = publication_of(space, publication)
    unit = Unit.objects.filter(code=chosen.unit).first()
    if unit is None or not officer.covers(unit.path):
        raise NotPermitted
    known, draft = draft_of(space, chosen, period)
    if seen is not None and seen != known.snapshot.id:
        raise Refusal(
            "figures_changed",
            _("The figures have changed since the preview."),
            _("Look at the preview again, then release."),
            status=409,
        )
    with transaction.atomic():
        rows = Release.objects.filter(space=space.id, publication=publication, period=period)
        last = rows.aggregate(n=Max("version"))["n"] or 0
        _check(last, reason, public_at, at)
        made = Release.objects.create(
            space=space.id, publication=publication, period=period, version=last + 1,
            title=_title(chosen, period),
            snapshot=known.snapshot.id, definitions=definitions().hash,
            at=at, public_at=public_at or at, by_name=officer.name, reason=reason.strip(),
            cells=len(draft.cells), hidden=_hidden(draft), rule=draft.protected.rule,
            content=pack(draft), decision=_decision(draft),
        )  # fmt: skip
        record(
            "release",
            made,
            by=by,
            at=at,
            unit_path=unit.path,
            after={
                "publication": publication,
                "period": period,
                "version": made.version,
                "snapshot": made.snapshot,
                "embargo": made.public_at.isoformat(),
                "cells": made.cells,
                "hidden": made.hidden,
                "practice": space.practice,
            },
            reason=made.reason,
        )
    return made


def _check(last: int, reason: str, public_at: datetime | None, at: datetime) -> None:
    if last and not reason.strip():
        raise Refusal(
            "reason_wanted",
            _("This period has been released already."),
            _("Write why it is released again; the earlier version stays."),
            place="reason",
        )
    if public_at is not None and public_at < at:
        raise Refusal(
            "embargo_past",
            _("The time from which it is public lies in the past."),
            _("Choose a later time, or leave it empty."),
            place="public_at",
        )


def _title(publication: Publication, period: str) -> str:
    to_date = publication.views[0] == "ytd"
    return publication.title.replace("{period}", period_name(period, to_date=to_date))[:200]


def _hidden(draft: Draft) -> int:
    return sum(cell.status == "Q" for cell in draft.cells.values())


def _decision(draft: Draft) -> bytes:
    """What was decided about every cell, as a file of columns."""
    sink = pa.BufferOutputStream()
    table = draft.protected.record()
    with pa.ipc.new_file(sink, table.schema) as file:
        file.write_table(table)
    return bytes(sink.getvalue().to_pybytes())
