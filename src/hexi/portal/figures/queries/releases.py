"""Releases as pages and files ask for them (公布查询): visible ones, drafts, what each holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import pyarrow as pa
from django.utils.translation import gettext as _

from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.figures import words
from hexi.portal.figures.books.working import month_code
from hexi.portal.figures.knowledge import Kept, Known, definitions, known_at
from hexi.portal.figures.models import Release
from hexi.portal.figures.release.claims import Claim
from hexi.portal.figures.release.confidential import Before, Elsewhere, Protected
from hexi.portal.figures.release.draft import Draft, make_draft
from hexi.portal.figures.release.places import unit_of
from hexi.portal.figures.release.plan import periods_of, publications
from hexi.portal.figures.release.stored import Content, unpack
from hexi.portal.figures.release.windows import Window
from hexi.portal.figures.space import Space
from hexi.statistics.publication import Composed, Publication, Row, Sheet

__all__ = [
    "as_shown",
    "content_of",
    "draft_of",
    "earlier_contents",
    "elsewhere",
    "given_lines",
    "hidden_lines",
    "publication_of",
    "release_line",
    "release_of",
    "visible",
]

#: releases never change, so what was read of one stays right
_CONTENTS: Final[Kept[Content]] = Kept(64)


def visible(space: Space, person: Person | None, at: datetime) -> Any:
    """Releases of a space that this person may see now, without their figures."""
    return Release.objects.visible_to(person, at).filter(space=space.id).listed()


def release_of(
    space: Space, person: Person | None, at: datetime, publication: str, period: str, version: int
) -> Release:
    """One release; version 0 is the newest that may be seen."""
    rows = visible(space, person, at).filter(publication=publication, period=period)
    found = rows.filter(version=version) if version else rows
    row = found.order_by("-version").first()
    if row is None:
        raise NotFound
    chosen: Release = row
    return chosen


def content_of(row: Release) -> Content:
    """The figures of a release."""
    # what is stored is asked for only where it has not been read yet
    name = row.space, row.publication, row.period, row.version, row.at
    return _CONTENTS.get(name, lambda: unpack(row.content))


def publication_of(space: Space, name: str) -> Publication:
    """A publication of the pack by its id."""
    for one in publications(space):
        if one.id == name:
            return one
    raise NotFound


def earlier_contents(row: Release, person: Person | None, at: datetime) -> list[Content]:
    """What earlier periods of the same publication released, oldest first."""
    rows = Release.objects.visible_to(person, at).filter(
        space=row.space, publication=row.publication, period__lt=row.period
    )
    return [content_of(one) for one in rows.current().order_by("period")]


def elsewhere(space: Space, publication: str, period: str) -> Elsewhere:
    """What is out of the year of a period, or will be, by every other release: months, quarters
    and years, of units and of classes."""
    year = int(period[:4])
    rows = Release.objects.filter(space=space.id, period__startswith=f"{year}").current()
    found = Elsewhere()
    for row in rows:
        if (row.publication, row.period) != (publication, period):
            found |= Elsewhere(content_of(row).shown, hidden_of(row))
    return Elsewhere(
        *(
            frozenset(claim for claim in claims if claim.window.year == year)
            for claims in (found.shown, found.hidden)
        )
    )


def hidden_of(row: Release) -> frozenset[Claim]:
    """Cells that a release hides; nothing of those of before spans had names."""
    decision = _decision(row)
    return frozenset() if decision is None else frozenset(Protected.of_record(decision).closed)


def _decision(row: Release) -> pa.Table | None:
    if not row.decision:
        return None
    record = pa.ipc.open_file(pa.py_buffer(bytes(row.decision))).read_all()
    return None if "now" in record["time"].to_pylist() else record


def draft_of(space: Space, publication: Publication, period: str) -> tuple[Known, Draft]:
    """The draft from what is known now; NotFound where there is nothing to publish."""
    known = known_at(space)
    if known is None or period not in periods_of(publication, known):
        raise NotFound
    others = elsewhere(space, publication.id, period)
    before = _before(space, publication, period)
    draft = make_draft(publication, period, known, others, before)
    if draft is None:
        raise NotFound
    return known, draft


def _before(space: Space, publication: Publication, period: str) -> Before | None:
    """The newest release of the same period; none where it hid nothing."""
    rows = Release.objects.filter(space=space.id, publication=publication.id, period=period)
    row = rows.order_by("-version").first()
    decision = _decision(row) if row is not None else None
    known = known_at(space, row.snapshot) if row is not None else None
    return None if known is None or decision is None else Before(known, decision)


def release_line(row: Release, space: Space, at: datetime) -> dict[str, Any]:
    """One release in a list."""
    return {
        "row": row,
        "title": row.title,
        "url": space.url("release", row.publication, row.period, row.version),
        "period": words.period_name(row.period),
        "released": words.moment(row.at),
        "public": words.moment(row.public_at),
        "embargoed": row.public_at > at,
    }


def as_shown(composed: Composed) -> Composed:
    """The tables of a publication with their figures as pages print them."""
    return replace(
        composed,
        parts=tuple(
            replace(part, sheets=tuple(_shown_sheet(sheet) for sheet in part.sheets))
            for part in composed.parts
        ),
    )


def _shown_sheet(sheet: Sheet) -> Sheet:
    return replace(sheet, rows=tuple(replace(row, cells=_texts(row)) for row in sheet.rows))


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell if isinstance(cell, str) else words.printed(cell) for cell in row.cells)


def hidden_lines(draft: Draft) -> Iterable[dict[str, Any]]:
    """What is hidden of a draft and why, by unit and indicator; for the office alone."""
    names = {
        "few": _("fewer than three enterprises"),
        "dominant": _("one enterprise dominates"),
        "few_and_dominant": _("fewer than three enterprises, one dominates"),
        "secondary": _("protects another cell"),
    }
    by: dict[tuple[str, str, str], list[str]] = {}
    indicators = definitions().indicators
    forest = draft.forest
    for (unit, indicator, view, _period), why in draft.reasons.items():
        by.setdefault((unit, indicator, names[why]), []).append(words.view_name(view))
    for (unit, indicator, why), views in by.items():
        yield {
            "unit_name": name_of(forest.nodes[unit]),
            "indicator": name_of(indicators[indicator]),
            "why": why,
            "primary": why != names["secondary"],
            "views": "、".join(views),
        }


def given_lines(draft: Draft) -> Sequence[str]:
    """What earlier releases give away of cells that are sensitive now."""
    said, forest = [], draft.forest
    items, indicators = definitions().items, definitions().indicators
    for name, item, time in (*draft.protected.exposed, *draft.protected.traces):
        code = unit_of(name.partition("/")[0].partition("&")[0])[0]
        node = forest.nodes.get(code)
        thing = items.get(item) or indicators.get(item)
        said.append(
            _("%(unit_name)s, %(name)s, %(period)s")
            % {
                "unit_name": name_of(node) if node else code,
                "name": name_of(thing) if thing else item,
                "period": _span(time),
            }
        )
    return list(dict.fromkeys(said))


def _span(code: str) -> str:
    """A span of months in words; of a part that no release is of, its months."""
    window = Window.read(code.partition("..")[0])
    view = "ytd" if window.since_january else ""
    last = code.partition("..")[2]
    name = words.period_name(month_code(window.month), view)
    if last:
        name = f"{name}–{int(last)}"
    return _("%(period)s, a year earlier") % {"period": name} if window.then else name
