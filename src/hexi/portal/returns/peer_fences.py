"""Fences of peers while returns come in (同类企业的通常范围): what a figure is held against.

Peers are who handed in the same form for the same period, else for the period before. The fences
do not move with every return: they are those of the first ten, twenty, … returns handed in (as
many as the pack asks of a group), and of two significant digits of their number where that is
more. What was handed in is never changed,
so every process that works them out comes to the same fences, and keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import date
from decimal import Decimal
from functools import lru_cache

import pyarrow as pa
from django.conf import settings
from django.db.models import Count, Q
from django.db.models.fields.json import KT

from hexi.portal.returns import form_book
from hexi.portal.returns.models import Reporter, Return, Spell, Submission
from hexi.portal.returns.registers.classes import with_section
from hexi.statistics.checking import fences_sql, fewest_peers, peer_sources, peers_of
from hexi.statistics.checking.sources import Source
from hexi.statistics.forms import Form, before
from hexi.warehouse import open_engine

__all__ = ["Fences", "fences_around", "fences_of", "forget"]

#: (group of peers, item, far) to the fence
Fences = Mapping[tuple[str, str, str], tuple[Decimal, Decimal]]
#: a period and the last submission of it that counts
_Edge = tuple[int, int]


def fences_around(
    row: Return, form: Form, sources: Iterable[Source], facts: Mapping[str, object]
) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """The fences of this reporter's peers, by item and far; none where they are too few."""
    wanted = frozenset((s.name, s.far) for s in peer_sources(sources))
    peers = peers_of(facts)
    if not wanted or peers is None:
        return {}
    found = fences_of(form, row.period, wanted)
    return {(item, far): fence for (group, item, far), fence in found.items() if group == peers}


def fences_of(form: Form, period: int, wanted: frozenset[tuple[str, str]]) -> Fences:
    """The fences of all groups for a form and period (YYYYMM), of items each with its far."""
    fewest = fewest_peers(settings.HEXI.pack, period)
    edges = _edges(form.id, (before(form.frequency, period), period), fewest)
    return _computed(form.id, edges, wanted, fewest) if edges else {}


def forget() -> None:
    """Let go of what was worked out: the register's past was put right."""
    _computed.cache_clear()


def _edges(form: str, periods: Iterable[int], fewest: int) -> tuple[_Edge, ...]:
    """How far the submissions of each period count; a period with too few has none."""
    handed_in = Submission.objects.filter(target__form=form)
    counts = (
        handed_in.filter(target__period__in=periods)
        .order_by("target__period")
        .values_list("target__period")
        .annotate(n=Count("pk"))
    )
    found = []
    for period, count in counts:
        if count >= fewest:
            ids = (
                handed_in.filter(target__period=period).order_by("pk").values_list("pk", flat=True)
            )
            found.append((period, ids[_settled(count, fewest) - 1]))
    return tuple(found)


def _settled(count: int, fewest: int) -> int:
    """How many returns count: ten, twenty, …, then two significant digits of the number."""
    step: int = max(10 ** (len(str(count)) - 2), fewest)
    return count - count % step


@lru_cache(maxsize=64)
def _computed(
    form: str, edges: tuple[_Edge, ...], wanted: frozenset[tuple[str, str]], fewest: int
) -> Fences:
    items = sorted({item for item, _ in wanted})
    figures = [figure for edge in edges for figure in _figures(form, edge, items)]
    groups, numbers, periods, values = zip(*figures, strict=True) if figures else ((),) * 4
    table = pa.table(
        {
            "peers": pa.array(groups, pa.string()),
            "item": pa.array([items.index(item) for item in numbers], pa.int32()),
            "period": pa.array(periods, pa.int32()),
            "value": pa.array(values, pa.decimal128(18, 4)),
        }
    )
    with closing(open_engine("duckdb", threads=1)) as engine:
        engine.register("figures_of_peers", table)
        asked = [(items.index(item), far) for item, far in wanted]
        sql = fences_sql(asked, "figures_of_peers", engine.dialect, fewest=fewest)
        found = engine.fetch(sql).to_pylist()
    return {
        (fence["peers"], items[fence["item"]], fence["far"]): (fence["low"], fence["high"])
        for fence in found
    }


def _figures(form: str, edge: _Edge, items: list[str]) -> Iterable[tuple[str, str, int, Decimal]]:
    """Group, item, period and figure of every return that counts, as it was handed in last."""
    period, last = edge
    groups = _groups(form_book.last_day(form_book.form_at(form, period), period))
    handed_in = Submission.objects.filter(target__form=form, target__period=period, pk__lte=last)
    named = {f"figure_{n}": KT(f"values__{item}") for n, item in enumerate(items)}
    columns = ("target__reporter", *named)
    newest = {
        row[0]: row[1:]
        for row in handed_in.annotate(**named).order_by("number").values_list(*columns)
    }
    for reporter, texts in newest.items():
        group = groups.get(reporter)
        for item, text in zip(items, texts, strict=True):
            if group is not None and text:
                yield group, item, period, Decimal(text)


def _groups(day: date) -> dict[int, str]:
    """The group of peers of every reporter as it stood on a day."""
    found: dict[int, str | None] = {
        reporter.pk: peers_of(
            {"zone_type": reporter.unit.record.get("zone_type") or None,
             "level": reporter.unit.level or None}
        )
        for reporter in Reporter.objects.exclude(unit=None).select_related("unit")
        if reporter.unit is not None
    }  # fmt: skip
    holding = Spell.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    for pk, industry, size in holding.values_list("enterprise", "industry", "size"):
        found[pk] = peers_of({"industry": with_section(industry), "size": size or None})
    return {pk: group for pk, group in found.items() if group is not None}
