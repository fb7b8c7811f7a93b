"""Glossary of indicators (指标解释): what is meant, how it is counted, where plans speak of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from hexi.catalogue import Pack
from hexi.catalogue.evidence import Observation
from hexi.catalogue.nouns import Indicator
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.core.refusal import NotFound
from hexi.portal.plans.models import StatementRow, TargetRow
from hexi.portal.plans.queries import words
from hexi.portal.plans.queries.lines import target_line
from hexi.portal.plans.queries.pack import current_pack

__all__ = [
    "KINDS",
    "indicator_context",
    "indicator_list",
    "indicator_record",
    "observed_points",
    "title_of_list",
]

KINDS: dict[str, Any] = {
    "flow": lazy("Flow"),
    "stock": lazy("Stock"),
    "ratio": lazy("Ratio"),
    "count": lazy("Count"),
    "index": lazy("Index"),
    "rank": lazy("Rank"),
}
_DIRECTIONS: dict[str, Any] = {
    "up": lazy("more is better"),
    "down": lazy("less is better"),
    "depends": lazy("neither way is better as such"),
}
_GROWTHS: dict[str, Any] = {
    "real": lazy("growth at comparable prices"),
    "nominal": lazy("growth at current prices"),
    "physical": lazy("growth in quantity"),
    "points": lazy("change in percentage points"),
    "none": "",
}
#: passages shown of one indicator
MOST_PASSAGES = 30


def indicator_list(person: Person | None, query: str, kind: str) -> list[dict[str, Any]]:
    """Indicators whose names hold the query, with how often plans use them."""
    targets = _usage(TargetRow.objects.visible_to(person))
    statements = _usage(StatementRow.objects.visible_to(person).filter(reading__current=True))
    wanted = query.strip().lower()
    lines = []
    for indicator in current_pack().indicators:
        if kind and indicator.kind != kind:
            continue
        names = (indicator.id, indicator.name, indicator.name_en, *indicator.aliases)
        if wanted and not any(wanted in name.lower() for name in names):
            continue
        lines.append(
            {
                **_head(indicator),
                "targets": targets.get(indicator.id, 0),
                "statements": statements.get(indicator.id, 0),
            }
        )
    return lines


def indicator_record(indicator: Indicator) -> dict[str, Any]:
    """One indicator in full."""
    pack = current_pack()
    methods = {method.id: method for method in pack.methods}
    method = methods.get(indicator.method)
    names = {i.id: name_of(i) for i in pack.indicators}
    parts = [names.get(p, p) for p in (indicator.numerator, indicator.denominator) if p]
    return {
        **_head(indicator),
        "aliases": list(indicator.aliases),
        "near": list(indicator.near),
        "units": list(indicator.units),
        "direction": indicator.direction,
        "direction_label": words.label(_DIRECTIONS, indicator.direction),
        "formula": " ÷ ".join(parts),
        "price_basis": words.label(_GROWTHS, indicator.growth),
        "definition": indicator.definition,
        "note": indicator.note,
        "source": f"《{method.title}》（{method.issuer}）" if method else "",
    }


def indicator_context(indicator_id: str, person: Person | None) -> dict[str, Any]:
    """The page of one indicator."""
    pack = current_pack()
    indicator = pack.catalogue.indicator(indicator_id)
    if indicator is None:
        raise NotFound
    targets = (
        TargetRow.objects.visible_to(person)
        .filter(indicator_id=indicator_id)
        .select_related("plan", "unit")
    )
    return {
        "indicator": indicator_record(indicator),
        "targets": [target_line(row) for row in targets],
        "statements": _passages(indicator_id, person),
        "series": observed_points(
            pack, [o for o in pack.observations if o.indicator == indicator_id]
        ),
    }


def observed_points(pack: Pack, observations: list[Observation]) -> list[dict[str, Any]]:
    """Observed values, of each unit in time order."""
    units = {unit.id: name_of(unit) for unit in pack.units}
    ordered = sorted(observations, key=lambda o: (o.unit, o.basis, o.period, o.vintage))
    return [
        {
            "of": units.get(o.unit, o.unit),
            "period": words.period(o.period),
            "value": words.figure(o.figure.printed),
            "unit": o.measure_unit,
            "basis": words.label(words.BASES, o.basis),
            "vintage": words.label(words.VINTAGES, o.vintage),
            "source": pack.source(o.source).title,
            "note": o.note,
            "definition": words.label(words.DEFINITIONS, o.definition),
        }
        for o in ordered
    ]


def _head(indicator: Indicator) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "url": f"/indicators/{indicator.id}/",
        "name": indicator.name,
        "name_en": indicator.name_en,
        "title": name_of(indicator),
        "kind": indicator.kind,
        "kind_label": words.label(KINDS, indicator.kind),
        "unit": indicator.unit,
    }


def _usage(rows: Any) -> dict[str, int]:
    counted = rows.exclude(indicator_id="").order_by().values_list("indicator_id")
    return dict(counted.annotate(Count("id")))


def _passages(indicator_id: str, person: Person | None) -> list[dict[str, Any]]:
    rows = (
        StatementRow.objects.visible_to(person)
        .filter(indicator_id=indicator_id, reading__current=True)
        .select_related("reading__document__plan")
        .order_by("reading__document", "number")[:MOST_PASSAGES]
    )
    texts: dict[int, str] = {}
    lines = []
    for row in rows:
        if row.reading_id not in texts:
            texts[row.reading_id] = row.reading.canonical_text()
        text = texts[row.reading_id]
        start, end = row.record.get("sentence") or (row.start, row.end)
        plan = row.reading.document.plan
        lines.append(
            {
                "text": row.text,
                "sentence": {
                    "before": text[start : row.start].strip(),
                    "figure": row.text,
                    "after": text[row.end : max(end, row.end)].strip(),
                },
                "plan": plan.title,
                "url": f"/plans/{plan.pk}/text/?s={row.number}#s{row.number}",
                "period": words.period(row.period),
            }
        )
    return lines


def title_of_list(number: int) -> str:
    """What the list's page says at its head."""
    return _("%(n)d indicators") % {"n": number}
