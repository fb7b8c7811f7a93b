"""The figures a rule is given (审核取数): a return, and what stands around it.

Around a return (报表) are the same reporter's earlier returns and other forms, the returns of the
units below it, and the fences of its peers. What is not there is missing; it is never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from hexi.statistics.checking.sources import Source
from hexi.statistics.forms import Frequency, months_of, shifted

__all__ = ["Around", "Return", "given_for", "row_codes"]

Figures = Mapping[str, Decimal]


@dataclass(frozen=True)
class Return:
    """A filled form of one reporter and period; items not filled in are not in it."""

    form: str
    #: YYYYMM of the period's last month
    period: int
    values: Figures = field(default_factory=dict)
    #: 上年同期 as the respondent restated it
    prior: Figures = field(default_factory=dict)
    #: section, code of the row, item
    rows: Mapping[str, Mapping[str, Figures]] = field(default_factory=dict)
    cover: Mapping[str, str | Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Around:
    """What stands around a return; every part may be empty."""

    #: fields of the register, without their prefix
    reporter: Mapping[str, str | int | Decimal | None] = field(default_factory=dict)
    #: the reporter's other returns: earlier ones on this form, and those on other forms
    returns: Sequence[Return] = ()
    #: sums over the units below: (form, item, period) to the sum; absent where none reported
    children: Mapping[tuple[str, str, int], Decimal] = field(default_factory=dict)
    #: (item, far) to the low and high fence of the reporter's group of peers
    fences: Mapping[tuple[str, str], tuple[Decimal, Decimal]] = field(default_factory=dict)


def row_codes(filled: Return, section: str) -> tuple[str, ...]:
    """Codes of the dynamic rows that a return has, in their order."""
    return tuple(filled.rows.get(section, {}))


def given_for(
    sources: Iterable[Source],
    filled: Return,
    frequency: Frequency,
    around: Around | None = None,
    row: tuple[str, str] | None = None,
) -> dict[str, Fraction | str | None]:
    """Every source's figure or text, by key.

    Args:
        sources: what the rules read.
        filled: the return that is checked.
        frequency: of its form.
        around: what stands around it.
        row: section and code of the dynamic row that is checked, for rules on rows.
    """
    around = around or Around()
    known = {(r.form, r.period): r for r in around.returns}
    known[filled.form, filled.period] = filled
    back = {"": 0, "last": months_of(frequency), "year_ago": 12}
    found: dict[str, Fraction | str | None] = {}
    for source in sources:
        period = shifted(filled.period, -back[source.shift])
        value = _read(source, filled, period, known, frequency, around, row)
        found[source.key] = value if isinstance(value, str) or value is None else Fraction(value)
    return found


def _read(
    source: Source,
    filled: Return,
    period: int,
    known: Mapping[tuple[str, int], Return],
    frequency: Frequency,
    around: Around,
    row: tuple[str, str] | None,
) -> str | int | Decimal | None:
    here = known.get((filled.form, period))
    name = source.name
    match source.kind:
        case "month":
            return filled.period % 100
        case "reporter":
            return _typed(around.reporter.get(name), source)
        case "cover":
            return _typed(filled.cover.get(name), source)
        case "other":
            other = known.get((source.form, period))
            return other.values.get(name) if other else None
        case "within":
            return _within(source, period, known, months_of(frequency))
        case "children":
            return around.children.get((source.form, name, period))
        case "peers_low" | "peers_high":
            fence = around.fences.get((name, source.far))
            return None if fence is None else fence[source.kind == "peers_high"]
        case _:
            return None if here is None else _on_page(source, here, row)


def _typed(value: str | int | Decimal | None, source: Source) -> str | int | Decimal | None:
    """A field as its type; a text that should be a number is missing, an empty one too."""
    if value is None or value == "":
        return None
    if source.type == "text":
        return str(value)
    return None if isinstance(value, str) else value


def _on_page(source: Source, here: Return, row: tuple[str, str] | None) -> Decimal | int | None:
    match source.kind:
        case "prior":
            return here.prior.get(source.name)
        case "row" if row is not None:
            return here.rows.get(row[0], {}).get(row[1], {}).get(source.name)
        case "sum":
            columns = [figures for rows in here.rows.values() for figures in rows.values()]
            found = [figures[source.name] for figures in columns if source.name in figures]
            return sum(found, Decimal(0)) if found else None
        case "count":
            rows = here.rows.get(source.name, {})
            return sum(1 for figures in rows.values() if figures)
        case _:
            return here.values.get(source.name)


def _within(
    source: Source, period: int, known: Mapping[tuple[str, int], Return], months: int
) -> Decimal | None:
    """The sum over the other form's periods inside this one; missing unless all are there."""
    step = months // source.parts
    returns = [known.get((source.form, shifted(period, -step * n))) for n in range(source.parts)]
    found = [r.values[source.name] for r in returns if r is not None and source.name in r.values]
    return sum(found, Decimal(0)) if len(found) == source.parts else None
