"""What stands around a return (报表周边数据): earlier periods, other forms, units below, peers,
register.

Rules compare with it, and the page shows the last period and the same period of last year beside
each cell. What was handed in counts; a draft only where nothing has been handed in yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings

from hexi.portal.returns import form_book
from hexi.portal.returns.filling.cells import every_cell
from hexi.portal.returns.models import Return, Submission
from hexi.portal.returns.peer_fences import fences_around
from hexi.portal.returns.registers.standing import standing_on
from hexi.statistics import checking as rules_of
from hexi.statistics.checking import Around, Rule
from hexi.statistics.forms import Form, before, year_before

__all__ = ["Beside", "around", "as_given", "beside", "rules_for"]

#: how far back another form's periods inside this one can lie: a year
_BACK = 100


@dataclass(frozen=True, slots=True)
class Beside:
    """The figures that stand beside this period's: of the last period and of a year ago."""

    last_period: int
    year_period: int
    last: Mapping[str, str] = field(default_factory=dict)
    year_ago: Mapping[str, str] = field(default_factory=dict)


def rules_for(form: Form, period: int | None = None) -> tuple[Rule, ...]:
    """The rules of the pack for an edition of a form."""
    return rules_of.load_rules(settings.HEXI.pack).rules(form.id, form.version, period)


def beside(row: Return, form: Form) -> Beside:
    """Values of the last period and of the same period of last year, as they count."""
    last, year = before(form.frequency, row.period), year_before(row.period)
    near = Return.objects.filter(reporter=row.reporter_id, form=row.form, period__in={last, year})
    known = {found.period: values for found, values in _counting(near)}
    return Beside(last, year, known.get(last, {}), known.get(year, {}))


def around(row: Return, form: Form, rules: Iterable[Rule]) -> Around:
    """Everything beside the return itself that these rules read."""
    sources = [source for rule in rules for source in rule.sources]
    forms = {source.form for source in sources if source.kind in ("other", "within")}
    if any(source.shift for source in sources):
        forms.add(row.form)
    standing = standing_on(row.reporter, form_book.last_day(form, row.period))
    others = Return.objects.filter(
        reporter=row.reporter_id,
        form__in=forms,
        period__range=(row.period - _BACK, row.period),
    ).exclude(pk=row.pk)
    found = [
        as_given(form_book.version_of(r.form, r.form_version), r.period, values, r.cover)
        for r, values in (_counting(others) if forms else ())
    ]
    below = {(s.form or row.form, s.name) for s in sources if s.kind == "children"}
    return Around(
        reporter=standing.facts if standing else {},
        returns=found,
        children=_children(row, below),
        fences=fences_around(row, form, sources, standing.facts) if standing else {},
    )


def as_given(
    form: Form, period: int, values: Mapping[str, str], cover: Mapping[str, str]
) -> rules_of.Return:
    """The figures of a return as rules take them."""
    plain: dict[str, Decimal] = {}
    prior: dict[str, Decimal] = {}
    rows: dict[str, dict[str, dict[str, Decimal]]] = {}
    for cell, value in every_cell(form, values):
        if cell.section:
            facet = rows.setdefault(cell.section, {}).setdefault(str(cell.facet), {})
            if not cell.prior:
                facet[cell.item.code] = value
        elif cell.prior:
            prior[cell.item.code] = value
        else:
            plain[cell.item.code] = value
    return rules_of.Return(form.id, period, plain, prior, rows, cover)


def _counting(rows: Iterable[Return]) -> list[tuple[Return, Mapping[str, str]]]:
    """Returns with the values that count: those handed in last, else the draft's."""
    found = list(rows)
    handed = {
        made.target_id: made.values
        for made in Submission.objects.filter(target__in=found).order_by("number")
    }
    return [(row, handed.get(row.pk, row.values)) for row in found]


def _children(row: Return, wanted: set[tuple[str, str]]) -> dict[tuple[str, str, int], Decimal]:
    """Sums over what reporters below this unit handed in for the period."""
    unit = row.reporter.unit
    if unit is None or not wanted:
        return {}
    below = Submission.objects.filter(
        target__form__in={form for form, _ in wanted},
        target__period=row.period,
        target__unit__path__startswith=unit.path,
    ).exclude(target__reporter=row.reporter_id)
    newest = {made.target_id: made for made in below.select_related("target").order_by("number")}
    sums: dict[tuple[str, str, int], Decimal] = {}
    for made in newest.values():
        for form, item in wanted:
            if made.target.form == form and item in made.values:
                key = (form, item, row.period)
                sums[key] = sums.get(key, Decimal(0)) + Decimal(made.values[item])
    return sums
