"""From facts to what rules read (由事实成表): one row a return, one column a source.

Facts lie long in the warehouse: form, period, reporter, item, facet, value, prior. One scan of the
segments concerned (this period, the last, a year ago, other forms) and one grouping by reporter
give every figure that the rules of a form read. A missing fact is NULL; nothing becomes zero.
"""

# ruff: noqa: S608 - SQL is put together from our own words; texts are quoted

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hexi.statistics.checking.batch import column_name
from hexi.statistics.checking.peers import PEERS
from hexi.statistics.checking.sources import Source
from hexi.statistics.checking.sql import Column
from hexi.statistics.forms import Form, months_of, shifted
from hexi.warehouse.engines import Dialect

__all__ = ["Facts", "Table", "return_table", "row_table", "segments_read"]


@dataclass(frozen=True)
class Facts:
    """Where facts and what goes with them are; each is a table's name or a sub-select in brackets.

    Attributes:
        facts: form, period, reporter, item, facet, value, prior.
        forms: the registry's number of each form.
        items: the registry's number of each item.
        dialect: of the engine that reads them.
        register: reporter, and fields of the register under their names; for fences with industry,
            size, zone_type and level, by which peers are grouped. May be empty.
        edges: child, parent (both reporters) and depth, 1 where the child is right below; may be
            empty.
        fences: peers (their group), item, far (text), low, high; may be empty.
    """

    facts: str
    forms: Mapping[str, int]
    items: Mapping[str, int]
    dialect: Dialect
    register: str = ""
    edges: str = ""
    fences: str = ""


@dataclass(frozen=True)
class Table:
    """A checked table: its SELECT, and the column of each source that it could find."""

    sql: str
    columns: Mapping[str, Column] = field(default_factory=dict)
    keys: tuple[str, ...] = ("reporter",)


def return_table(sources: Iterable[Source], form: Form, period: int, given: Facts) -> Table:
    """A row for each return of a form and period (YYYYMM), with the sources that are there.

    Cover pages are not in the warehouse, so their fields have no column.
    """
    wanted = [source for source in dict.fromkeys(sources) if source.kind != "row"]
    own = {s: sql for s in wanted if (sql := _own(s, form, period, given))}
    here = f"form = {given.forms[form.id]} AND period = {period}"
    body = (
        f"SELECT reporter{_listed(own)} FROM {given.facts} AS f"
        f" WHERE {_scanned(wanted, form, period, given)}"
        f" GROUP BY reporter HAVING {_counted(here, given)} > 0"
    )
    below = {
        s: _sum(f"{_at(given, s.form, period, form, s)}{_near(s, form)}", s, given)
        for s in wanted
        if s.kind == "children" and given.edges
    }
    peers = [s for s in wanted if s.kind.startswith("peers")]
    fences = {s: _fence(s, given) for s in peers if given.fences and given.register}
    fields = {s: f"g.{s.name}" for s in wanted if s.kind == "reporter" and given.register}
    months = {s: str(period % 100) for s in wanted if s.kind == "month"}
    names = [
        "o.reporter AS reporter",
        *(
            f"{part}.{column_name(s.key)} AS {column_name(s.key)}"
            for part, found in (("o", own), ("b", below), ("p", fences))
            for s in found
        ),
    ]
    joins = _joins(below, fences, given) if below or fences else ""
    if fields:
        joins += f" LEFT JOIN {given.register} AS g ON g.reporter = o.reporter"
    more = _listed(fields | months)
    sql = f"(SELECT {', '.join(names)}{more} FROM ({body}) AS o{joins})"
    found = [*own, *below, *fences, *fields, *months]
    return Table(sql, {source.key: _column(source) for source in found})


def _listed(columns: Mapping[Source, str]) -> str:
    return "".join(f", {sql} AS {column_name(source.key)}" for source, sql in columns.items())


def _joins(below: Mapping[Source, str], fences: Mapping[Source, str], given: Facts) -> str:
    """Figures of the units below and of peers, by reporter."""
    joins = ""
    if below:
        joins += (
            f" LEFT JOIN (SELECT e.parent AS reporter{_listed(below)} FROM {given.facts} AS f"
            f" JOIN {given.edges} AS e ON f.reporter = e.child GROUP BY e.parent) AS b"
            " ON b.reporter = o.reporter"
        )
    if fences:
        joins += (
            f" LEFT JOIN (SELECT reporter, {PEERS} AS peers FROM {given.register} AS r) AS k"
            " ON k.reporter = o.reporter"
            f" LEFT JOIN (SELECT peers{_listed(fences)} FROM {given.fences} AS w"
            " GROUP BY peers) AS p ON p.peers = k.peers"
        )
    return joins


def row_table(
    sources: Iterable[Source], form: Form, section: str, period: int, given: Facts
) -> Table:
    """A row for each dynamic row of the returns of a form and period."""
    kept = list(dict.fromkeys(sources))
    rows = [source for source in kept if source.kind == "row"]
    whole = return_table(kept, form, period, given)
    listed = "".join(
        f", {_largest('value', f'{_at(given, form.id, period, form, s)} AND item = {item}')}"
        f" AS {column_name(s.key)}"
        for s in rows
        for item in (given.items[s.name],)
    )
    items = _numbers([item.code for item in form.section(section).items], given)
    here = f"form = {given.forms[form.id]} AND period = {period}"
    body = (
        f"SELECT reporter, facet{listed} FROM {given.facts} AS f"
        f" WHERE form = {given.forms[form.id]} AND facet <> 0 AND item IN ({items})"
        f" GROUP BY reporter, facet HAVING {_counted(here, given)} > 0"
    )
    more = "".join(f", w.{column_name(key)} AS {column_name(key)}" for key in whole.columns)
    own = "".join(f", l.{column_name(s.key)} AS {column_name(s.key)}" for s in rows)
    sql = (
        f"(SELECT l.reporter AS reporter, l.facet AS facet{own}{more} FROM ({body}) AS l"
        f" LEFT JOIN {whole.sql} AS w ON w.reporter = l.reporter)"
    )
    columns = {s.key: _column(s) for s in rows} | dict(whole.columns)
    return Table(sql, columns, ("reporter", "facet"))


def _column(source: Source) -> Column:
    if source.type == "text":
        return Column(column_name(source.key), 0, 0)
    sums = source.kind in ("sum", "within", "children")
    return Column(column_name(source.key), 28 if sums else 18, 0 if source.kind == "month" else 4)


def _shift(source: Source, form: Form) -> int:
    back = {"": 0, "last": months_of(form.frequency), "year_ago": 12}
    return -back[source.shift]


def _at(given: Facts, form_id: str, period: int, form: Form, source: Source) -> str:
    """Which form and period a source reads."""
    return f"form = {given.forms.get(form_id, -1)} AND period = {_period(source, form, period)}"


def _period(source: Source, form: Form, period: int) -> int:
    return shifted(period, _shift(source, form))


def _numbers(codes: Iterable[str], given: Facts) -> str:
    return ", ".join(str(given.items.get(code, -1)) for code in codes)


def _own(source: Source, form: Form, period: int, given: Facts) -> str:
    """A figure of the reporter itself; empty for sources that are not facts of its own."""
    item = given.items.get(source.name, -1)
    at = _at(given, source.form or form.id, period, form, source)
    match source.kind:
        case "item" | "other":
            return _largest("value", f"{at} AND item = {item} AND facet = 0")
        case "prior":
            return _largest("prior", f"{at} AND item = {item} AND facet = 0")
        case "sum":
            return _sum(f"{at} AND facet <> 0", source, given)
        case "count":
            items = _numbers((i.code for i in form.section(source.name).items), given)
            rows = f"{at} AND facet <> 0 AND item IN ({items})"
            counted = f"coalesce(count(DISTINCT CASE WHEN {rows} THEN facet END), 0)"
            return f"CASE WHEN {_counted(at, given)} > 0 THEN {counted} END"
        case "within":
            step = months_of(form.frequency) // source.parts
            last = _period(source, form, period)
            listed = ", ".join(str(shifted(last, -step * n)) for n in range(source.parts))
            where = f"form = {given.forms.get(source.form, -1)} AND period IN ({listed})"
            whole = f"{where} AND item = {item} AND facet = 0"
            total = given.dialect.sum_where("value", whole)
            return f"CASE WHEN {_counted(whole, given)} = {source.parts} THEN {total} END"
        case _:
            return ""


def _sum(where: str, source: Source, given: Facts) -> str:
    item = given.items.get(source.name, -1)
    facet = "" if source.kind == "sum" else " AND facet = 0"
    return given.dialect.sum_where("value", f"{where} AND item = {item}{facet}")


def _largest(value: str, where: str) -> str:
    """The figure that meets a condition: there is one at most."""
    return f"max(CASE WHEN {where} THEN {value} END)"


def _counted(where: str, given: Facts) -> str:
    return given.dialect.count_where(where)


def _near(source: Source, form: Form) -> str:
    """On the same form only units right below count, since they have added up those below them;
    on another form (enterprises of a zone) all units below do."""
    return " AND depth = 1" if source.form == form.id else ""


def _fence(source: Source, given: Facts) -> str:
    side = "low" if source.kind == "peers_low" else "high"
    item, far = given.items.get(source.name, -1), given.dialect.text(source.far)
    return _largest(side, f"item = {item} AND far = {far}")


def segments_read(
    sources: Iterable[Source], form: Form, period: int, forms: Mapping[str, int]
) -> set[tuple[int, int]]:
    """The segments that rules need, as numbers of forms and periods: only these are opened."""
    found = {(forms[form.id], period)}
    for source in sources:
        if source.kind in ("month", "reporter", "cover", "peers_low", "peers_high"):
            continue
        last = _period(source, form, period)
        step = months_of(form.frequency) // source.parts
        number = forms.get(source.form or form.id, -1)
        found |= {(number, shifted(last, -step * n)) for n in range(source.parts)}
    return found


def _scanned(sources: Iterable[Source], form: Form, period: int, given: Facts) -> str:
    """Which segments the reporter's own figures are in."""
    own = [source for source in sources if source.kind != "children"]
    places = segments_read(own, form, period, given.forms)
    by_form: dict[int, list[int]] = {}
    for number, month in sorted(places):
        by_form.setdefault(number, []).append(month)
    parts = [
        f"(form = {number} AND period IN ({', '.join(map(str, months))}))"
        for number, months in by_form.items()
    ]
    return "(" + " OR ".join(parts) + ")"
