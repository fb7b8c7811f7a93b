# ruff: noqa: S608 - SQL is put together from our own words; names are ours
"""Checking what is loaded (装载审核): codes, numbers, doubles, periods, lives, units of measure.

Each check is one question over all cells of a file. At most some faults of a kind are listed in
full and the rest are counted, so that a file that is wrong throughout has a readable answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb
import pyarrow as pa

from hexi.warehouse.loading.cells import cells_of, put_cells
from hexi.warehouse.loading.faults import LoadFault
from hexi.warehouse.loading.layout import folded, lay_out
from hexi.warehouse.loading.periods import PeriodFault, read_period
from hexi.warehouse.loading.sheet import Sheet
from hexi.warehouse.registry import Registry

__all__ = ["Checked", "Expected", "check_sheets"]

#: faults of one kind that are listed
LISTED: Final = 100

#: a value so many times its reference is about ten thousand times it: 万元 and 元 confused
_LOW, _HIGH = 5_000, 20_000


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file is held against."""

    form: int
    #: YYYYMM where one period was asked for
    period: int | None
    registry: Registry
    today: date
    #: reporter, item, facet, period, value: last known figures before the periods loaded
    reference: pa.Table | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The facts of a file, or why it has none."""

    #: period, reporter, item, facet, value, prior; empty where a fault refuses the file
    facts: pa.Table
    faults: tuple[LoadFault, ...]


def check_sheets(sheets: Sequence[Sheet], expected: Expected) -> Checked:
    """Check the sheets of one file; questions do not refuse it, faults do."""
    faults = [fault for sheet in sheets for fault in sheet.faults]
    names = _item_names(expected.registry)
    tables = []
    for number, sheet in enumerate(sheets):
        layout, wrong = lay_out(sheet, names)
        faults += wrong
        if not wrong:
            tables.append(cells_of(number, sheet, layout))
        if sheet.rows == 0 and not sheet.faults:
            faults.append(sheet.fault("empty"))
    connection = duckdb.connect(":memory:")
    try:
        put_cells(connection, tables)
        faults += _period_faults(connection, sheets, expected)
        _join(connection, expected)
        faults += _cell_faults(connection, sheets)
        answer = connection.sql(
            """select period, reporter_id as reporter, item_id as item, facet_id as facet,
                v as value, p as prior from fact where v is not null"""
        ).to_arrow_table()
    finally:
        connection.close()
    if not faults and answer.num_rows == 0:
        faults += [sheet.fault("empty") for sheet in sheets[:1]]
    if any(not fault.asked for fault in faults):
        answer = answer.slice(0, 0)
    return Checked(answer, tuple(sorted(faults)))


def _item_names(registry: Registry) -> dict[str, str]:
    """Code of an item by its folded code or name; a name that two items have names none."""
    rows = registry.item.to_pylist()
    names: dict[str, str] = {}
    doubled: set[str] = set()
    for row in rows:
        name = folded(row["name"])
        if name and names.setdefault(name, row["code"]) != row["code"]:
            doubled.add(name)
    names = {name: code for name, code in names.items() if name not in doubled}
    return names | {folded(row["code"]): row["code"] for row in rows}


# --- periods ------------------------------------------------------------------------------------


def _period_faults(
    connection: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet], expected: Expected
) -> list[LoadFault]:
    """Read the distinct periods into table ``month``; faults of those that are none."""
    frequency = expected.registry.frequencies[expected.form]
    seen = connection.execute(
        "select sheet, period, min(n), count(*) from cell group by 1, 2 order by 1, 3"
    ).fetchall()
    months: dict[str | None, int] = {}
    faults = []
    for number, text, row, count in seen:
        sheet: Sheet = sheets[number]
        try:
            months[text] = _month(text, frequency, expected)
        except PeriodFault as wrong:
            faults.append(sheet.fault_at(wrong.code, row, -1, text or "", count))
    connection.register(
        "month",
        pa.table(
            {
                "text": pa.array(list(months), pa.string()),
                "period": pa.array(list(months.values()), pa.int32()),
            }
        ),
    )
    return faults


def _month(text: str | None, frequency: str, expected: Expected) -> int:
    if text is None:
        if expected.period is None:
            raise PeriodFault("no_period")
        return expected.period
    month = read_period(text, frequency, expected.today)
    if expected.period not in (None, month):
        raise PeriodFault("other_period")
    return month


# --- cells --------------------------------------------------------------------------------------


def _join(connection: duckdb.DuckDBPyConnection, expected: Expected) -> None:
    """Table ``fact``: cells with the numbers of the register and the reference beside them."""
    registry = expected.registry
    for name, table in (("r", registry.reporter), ("i", registry.item), ("f", registry.facet)):
        connection.register(f"{name}_", table)
    names = _item_names(registry)
    kinds = pa.schema([("name", pa.string()), ("code", pa.string())])
    codes = pa.table([list(names), list(names.values())], schema=kinds)
    connection.register("named", codes)
    reference = expected.reference
    if reference is None:
        kinds = [(n, pa.int32()) for n in ("reporter", "item", "facet", "period")]
        reference = pa.schema([*kinds, ("value", pa.decimal128(18, 4))]).empty_table()
    connection.register("known", reference)
    connection.execute(
        """create temp table fact as
        select c.* exclude (period), m.period, r.id as reporter_id, r.since, r.until,
            i.id as item_id,
            case when c.facet is null or c.facet = '0' then 0 else f.id end as facet_id
        from cell c
        left join month m on m.text is not distinct from c.period
        left join r_ r on r.code = c.reporter
        left join named d on d.name = lower(c.item)
        left join i_ i on i.code = d.code
        left join f_ f on f.code = c.facet
        where c.value is not null or c.prior is not null or c.reporter is null"""
    )


def _questions() -> Iterator[tuple[str, str, str]]:
    """Checks of cells: code, condition or rows, what is shown."""
    yield "no_reporter", "reporter is null", "''"
    yield "unknown_reporter", "reporter is not null and reporter_id is null", "reporter"
    yield "unknown_item", "item_id is null", "coalesce(item, '')"
    yield "unknown_facet", "facet_id is null", "facet"
    for column, number, long in (("value", "v", "v_long"), ("prior", "p", "p_long")):
        text = "v_text" if number == "v" else "p_text"
        yield "not_number", f"{column} is not null and {text} is null", column
        yield "too_large", f"{text} is not null and {number} is null", column
        yield "too_precise", f"{number} <> {long}", column
    yield "prior_alone", "value is null and prior is not null", "prior"
    yield (
        "closed",
        "period is not null and (period < since or period >= until)",
        "reporter || ' ' || since || '—' || until",
    )


def _cell_faults(connection: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet]) -> list[LoadFault]:
    faults: list[LoadFault] = []
    for code, condition, shown in _questions():
        # a row is one fault where the row is wrong, a cell where the cell is
        column = "-1" if code in ("no_reporter", "unknown_reporter", "closed") else "c"
        sql = f"""select distinct sheet, n, {column} as c, {shown} as shown
            from fact where {condition}"""
        faults += _listed(connection, sheets, code, sql)
    faults += _listed(connection, sheets, "duplicate", _DUPLICATES)
    faults += _listed(connection, sheets, "scale", _SCALE)
    return faults


_DUPLICATES: Final = """select sheet, n, c, reporter || ' ' || item as shown from fact
    where reporter_id is not null and item_id is not null
    qualify row_number() over (
        partition by period, reporter_id, item_id, facet_id order by sheet, n, c) > 1"""

_SCALE: Final = f"""select sheet, n, c, f.value || ' ← ' || coalesce(
        case when abs(v) between abs(k.value) * {_LOW} and abs(k.value) * {_HIGH}
            or abs(k.value) between abs(v) * {_LOW} and abs(v) * {_HIGH} then k.value end,
        p) as shown
    from fact f left join (select * from known where value <> 0
            qualify row_number() over (
                partition by reporter, item, facet order by period desc) = 1) k
        on k.reporter = reporter_id and k.item = item_id and k.facet = facet_id
            and k.period <> f.period
    where v <> 0 and (
        abs(v) between abs(k.value) * {_LOW} and abs(k.value) * {_HIGH}
        or abs(k.value) between abs(v) * {_LOW} and abs(v) * {_HIGH}
        or (p <> 0 and (abs(v) between abs(p) * {_LOW} and abs(p) * {_HIGH}
            or abs(p) between abs(v) * {_LOW} and abs(v) * {_HIGH})))"""


def _listed(
    connection: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet], code: str, sql: str
) -> list[LoadFault]:
    """Faults of one kind; the last one listed says how many more there are."""
    rows = connection.execute(
        f"select *, count(*) over () from ({sql}) order by sheet, n, c limit {LISTED}"
    ).fetchall()
    found = []
    for place, (number, row, column, shown, count) in enumerate(rows, 1):
        rest = count - LISTED + 1 if place == LISTED else 1
        found.append(sheets[number].fault_at(code, row, column, str(shown), rest))
    return found
