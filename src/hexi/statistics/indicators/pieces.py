"""SQL of a piece of the first stage (第一阶段的一段): one segment added up, or two side by side.

A piece is the sums of a segment by strand and item, or what comes of one segment beside that of an
earlier month: sums over reporters present in both years (同口径), single months of what is
reported to date. Rows hold eight items side by side, since a figure of a unit wants columns in the
end. A list of rows (分组行清单), such as exports to some countries, counts as an item of its own:
a reporter's figure of it is the sum of the rows that it returned.
"""

# ruff: noqa: S608 - SQL is put together from our own words and numbers

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hexi.warehouse.engines import Dialect

__all__ = ["LISTS", "SLOTS", "STEP", "RowList", "measures", "piece_sql"]

#: added to an item's number in the rows of its single months
STEP = 100_000
#: number of the first list of rows; segments have no item that far
LISTS = 200_000
#: items in a row: item 19 stands in block 2, slot 3
SLOTS = 8

_COLUMNS: dict[str, tuple[str, ...]] = {
    "extremes": ("high", "low"),
    "stated": ("stated_now", "stated_then", "stated_n"),
    "matched": ("matched_now", "matched_then", "matched_n"),
}


@dataclass(frozen=True, slots=True)
class RowList:
    """Rows of an item that is asked by class (分国别的出口额): all of them, or some classes."""

    #: number of the item
    item: int
    #: numbers of the classes; None: every row
    classes: tuple[int, ...] | None = None


def measures(needs: Collection[str]) -> tuple[str, ...]:
    """Columns of an item in a piece."""
    found = ["total", "n"]
    for need, columns in _COLUMNS.items():
        if need in needs:
            found.extend(columns)
    return tuple(found)


def piece_sql(
    sql: Dialect,
    kind: str,
    period: int,
    paths: Sequence[Sequence[str]],
    homes: str,
    needs: Collection[str],
    *,
    lists: Mapping[int, RowList] | None = None,
    stepped: Collection[int] = (),
) -> str:
    """The text of a piece: ``kind`` is sums, matched or step.

    ``paths`` are the files of the period and, of matched and step, of the earlier month; a step
    without one is that of the year's first period. ``lists`` are the lists of rows by number,
    given where the piece is of these and not of items; ``stepped`` the items of a step.
    """
    now, *before = (_facts(sql, files, lists) for files in paths)
    chosen = ", ".join(map(str, sorted(stepped)))
    if kind == "sums":
        return _sums(sql, period, now, homes, needs)
    if kind == "matched":
        return _matched(sql, period, now, before[0], homes, needs)
    if not before:  # the first period of the year is its own year to date
        return _sums(sql, period, now, homes, needs, items=chosen)
    return _steps(sql, period, now, before[0], homes, chosen, needs)


def _facts(sql: Dialect, paths: Sequence[str], lists: Mapping[int, RowList] | None) -> str:
    """What stands after FROM: the files, or one row a reporter and list of rows.

    What a reporter states of the year before is known of a list where it is of every row of it.
    """
    files = sql.files(list(paths))
    if lists is None:
        return files
    each = []
    for number, rows in sorted(lists.items()):
        where = f"f.item = {rows.item} and f.facet <> 0"
        if rows.classes is not None:
            where += f" and f.facet in ({', '.join(map(str, rows.classes)) or 'null'})"
        stated = f"case when count(f.prior) = count(*) then {sql.sum_decimal('f.prior')} end"
        each.append(
            f"select f.reporter as reporter, {sql.integer(str(number))} as item, 0 as facet,"
            f" {sql.sum_decimal('f.value')} as value, {stated} as prior from {files} f"
            f" where {where} group by f.reporter"
        )
    return "(" + " union all ".join(each) + ")"


def _folded(
    sql: Dialect,
    period: int,
    made_as: dict[str, str],
    source: str,
    item: str,
    needs: Collection[str],
) -> str:
    """A piece: ``source`` (from … where) grouped by strand and item, then eight items a row.

    Done here, where a month's groups are few and at hand, it spares later stages most of the work.
    Measures that the piece does not make are null.
    """
    made = [name for name in measures(needs) if name in made_as]
    inner = ", ".join(f"{made_as[name]} as {name}" for name in made)
    columns = []
    for slot in range(SLOTS):
        for name in measures(needs):
            value = f"max(case when slot = {slot} then {name} end)"
            if name not in made_as:
                value = f"cast(null as {_kind(name)})"
            columns.append(f"{value} as h{slot}_{name}")
    block, slot_of = sql.whole_divide("item", SLOTS), sql.modulo("item", SLOTS)
    listed = ", ".join(("strand", f"{block} as block", f"{slot_of} as slot", *made))
    return (
        f"select strand, {period} as period, block, {', '.join(columns)} from"
        f" (select {listed} from (select h.strand, {item} as item, {inner}{source}) x) y"
        " group by strand, block"
    )


def _kind(measure: str) -> str:
    if measure in ("n", "stated_n", "matched_n"):
        return "int"
    return "decimal(18,4)" if measure in ("high", "low") else "decimal(38,4)"


def _home(homes: str, period: int) -> str:
    """The strands of those who belong to the tree in a month."""
    return f"(select reporter, strand from {homes} where since <= {period} and until > {period})"


def _sums(
    sql: Dialect,
    period: int,
    facts: str,
    homes: str,
    needs: Collection[str],
    *,
    items: str = "",
) -> str:
    """Sums and numbers of one segment; with ``items`` the January of what is reported to date."""
    stated = "f.prior is not null"
    made_as = {
        "total": sql.sum_decimal("f.value"),
        "n": sql.integer("count(*)"),
        "high": "max(f.value)",
        "low": "min(f.value)",
        "stated_now": sql.sum_where("f.value", stated),
        "stated_then": sql.sum_decimal("f.prior"),
        "stated_n": sql.integer("count(f.prior)"),
    }
    item = f"f.item + {STEP}" if items else "f.item + 0"
    only = f" and f.item in ({items})" if items else ""
    grouped = (
        f" from {facts} f join {_home(homes, period)} h on f.reporter = h.reporter"
        f" where f.facet = 0{only} group by h.strand, f.item"
    )
    return _folded(sql, period, made_as, grouped, item, needs)


def _pairs(now: str, then: str, homes: str, period: int, only: str = "") -> str:
    """Facts of two months of the same reporters, item by item, in the unit of the later month."""
    return (
        f" from {now} a join {then} b on a.reporter = b.reporter and a.item = b.item"
        f" join {_home(homes, period)} h on a.reporter = h.reporter"
        f" where a.facet = 0 and b.facet = 0{only} group by h.strand, a.item"
    )


def _matched(
    sql: Dialect, period: int, now: str, then: str, homes: str, needs: Collection[str]
) -> str:
    """Both years' sums over reporters present in both (同口径)."""
    made_as = {
        "matched_now": sql.sum_decimal("a.value"),
        "matched_then": sql.sum_decimal("b.value"),
        "matched_n": sql.integer("count(*)"),
    }
    pairs = _pairs(now, then, homes, period)
    return _folded(sql, period, made_as, pairs, "a.item + 0", needs)


def _steps(
    sql: Dialect,
    period: int,
    now: str,
    then: str,
    homes: str,
    items: str,
    needs: Collection[str],
) -> str:
    """A month of what is reported to date: this return less the last, of those who gave both."""
    both = "a.prior is not null and b.prior is not null"
    made_as = {
        "total": sql.sum_decimal("a.value - b.value"),
        "n": sql.integer("count(*)"),
        "stated_now": sql.sum_where("a.value - b.value", both),
        "stated_then": sql.sum_decimal("a.prior - b.prior"),
        "stated_n": sql.integer(sql.count_where(both)),
    }
    pairs = _pairs(now, then, homes, period, f" and a.item in ({items})")
    return _folded(sql, period, made_as, pairs, f"a.item + {STEP}", needs)
