"""Agreed figures against what happened (履约对照): each promise with status and its sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from hexi.admission import AgreedItem, Kept, Promise, judge
from hexi.portal.admission.models import AgreedFigure
from hexi.portal.admission.queries.actuals import actuals_of
from hexi.portal.admission.rulebook import follow_up, lang
from hexi.portal.admission.said import STATUS_LAMPS, STATUSES
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.projects.models import ProjectRecord

__all__ = ["FigureLine", "amount_text", "figures_seen", "item_label", "judged"]

_ORDER: Final = tuple(STATUSES)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One agreed figure with what became of it."""

    id: int
    agreement: int
    url: str
    project: str
    project_id: int
    practice: bool
    unit: str
    item: str
    item_label: str
    agreed: str
    by: str
    status: str
    label: str
    lamp: str
    value: str
    share: str
    sentence: str
    consequence: str
    document: str
    ended: bool


def figures_seen(person: Person | None, asked: Mapping[str, str]) -> Any:
    """Agreed figures that the person sees whole, of agreements that still hold."""
    inside = ProjectRecord.objects.inside(person).filter(merged_into=None)
    rows = AgreedFigure.objects.filter(agreement__project__in=inside.values("pk"))
    if not asked.get("ended"):
        rows = rows.filter(agreement__ended=None)
    if query := str(asked.get("q") or "").strip():
        rows = rows.filter(
            Q(agreement__project__name__icontains=query)
            | Q(agreement__document__icontains=query)
            | Q(agreement__party__icontains=query)
        )
    if unit := str(asked.get("unit") or ""):
        rows = rows.filter(agreement__project__unit__path__contains=f"/{unit}/")
    if item := str(asked.get("item") or ""):
        rows = rows.filter(item=item)
    return rows.select_related("agreement__project__unit", "agreement__project__land_grant")


def judged(rows: Iterable[AgreedFigure], on: date) -> list[FigureLine]:
    """Each with its status on a day; what was missed first, then by its day."""
    listed, book = list(rows), follow_up()
    projects = {row.agreement.project_id for row in listed}
    seen = actuals_of(projects, book.items)
    lines = [_line(row, seen, on) for row in listed]
    return sorted(lines, key=lambda line: (_ORDER.index(line.status), line.by, line.project))


def _line(row: AgreedFigure, seen: Any, on: date) -> FigureLine:
    agreement, project = row.agreement, row.agreement.project
    item = follow_up().item(row.item)
    kept = _kept(row, item, seen.get(project.pk, {}), _land(project), on)
    zh = lang() == "zh"
    return FigureLine(
        id=row.pk,
        agreement=agreement.pk,
        url=f"/admission/agreed/{agreement.pk}/",
        project=project.called,
        project_id=project.pk,
        practice=project.practice,
        unit=name_of(project.unit),
        item=row.item,
        item_label=item_label(row.item),
        agreed=amount_text(item, row.value),
        by=row.by.isoformat(),
        status=kept.status,
        label=str(STATUSES[kept.status]),
        lamp=STATUS_LAMPS[kept.status],
        value=amount_text(item, kept.value) if kept.value is not None else "",
        share=f"{kept.share:.1%}" if kept.share is not None else "",
        sentence=kept.sentence if zh else kept.sentence_en,
        consequence=row.consequence,
        document=agreement.document,
        ended=agreement.ended is not None,
    )


def _kept(
    row: AgreedFigure,
    item: AgreedItem | None,
    seen: Mapping[str, Any],
    land: Decimal | None,
    on: date,
) -> Kept:
    if item is None:
        zh, en = "数据包已没有这项指标", "the pack no longer has this item"
        return Kept("no_data", None, None, None, zh, en)
    figures = seen.get(item.of or item.id, [])
    return judge(item, Promise(row.value, row.by), figures, on, land)


def _land(project: ProjectRecord) -> Decimal | None:
    """The land as granted; where no grant is entered, as the record has it."""
    grant = getattr(project, "land_grant", None)
    area: Decimal | None = grant.area_mu if grant and grant.area_mu else project.land_mu
    return area


def item_label(item_id: str) -> str:
    """The item in the reader's language."""
    item = follow_up().item(item_id)
    if item is None:
        return item_id
    return item.title if lang() == "zh" else item.title_en


def amount_text(item: AgreedItem | None, value: Decimal) -> str:
    """A value as a page says it: money in 万元, or in millions for English readers."""
    if item is not None and item.kind == "people":
        return _("%(n)s people") % {"n": f"{value:,.0f}"}
    mu = "/mu" if item is not None and item.per_mu else ""
    if lang() == "en":
        return f"¥{_plain(value / 1_000_000)} m{mu}"
    return f"{_plain(value / 10_000)} 万元{'/亩' if mu else ''}"


def _plain(value: Decimal) -> str:
    text = f"{value:,.4f}"
    return text.rstrip("0").rstrip(".")
