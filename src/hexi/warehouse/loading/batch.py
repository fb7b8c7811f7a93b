"""Loading a batch of files (批量装载): each answered for itself, the good ones published together.

A file with a fault is not loaded at all, and does not hold up the others. What two files both say
counts once or is refused: nothing counts twice. Loading the same files again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from hexi.warehouse.errors import WarehouseError, WarehouseFault
from hexi.warehouse.loading.checking import Checked, Expected, check_sheets
from hexi.warehouse.loading.delimited import read_delimited
from hexi.warehouse.loading.faults import LoadFault
from hexi.warehouse.loading.layout import has_header
from hexi.warehouse.loading.parquet_file import read_parquet
from hexi.warehouse.loading.periods import read_period
from hexi.warehouse.loading.sdmx_csv import plain_sheet
from hexi.warehouse.loading.sheet import Sheet, Unreadable
from hexi.warehouse.loading.workbook import read_workbook
from hexi.warehouse.manifest import Snapshot
from hexi.warehouse.rewriting import Change
from hexi.warehouse.store import Warehouse

__all__ = ["FileReport", "LoadReport", "load_files", "read_sheets"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file."""

    file: str
    #: facts in it; 0 where it was refused
    facts: int
    reporters: int
    faults: tuple[LoadFault, ...]
    loaded: bool


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of a batch."""

    files: tuple[FileReport, ...]
    #: None where nothing was new
    snapshot: Snapshot | None

    @property
    def faults(self) -> tuple[LoadFault, ...]:
        """Faults and questions of all files."""
        return tuple(fault for file in self.files for fault in file.faults)


def load_files(
    house: Warehouse,
    files: Sequence[tuple[str, bytes] | Path],
    *,
    form: str,
    period: str | None = None,
    actor: str,
    reason: str,
    at: datetime,
    confirmed: bool = False,
) -> LoadReport:
    """Check files and publish the good ones as one snapshot.

    Files are paths or pairs of name and content. ``form`` is the form's code; ``period`` may stand
    in the files instead. A file with a question (:attr:`LoadFault.asked`) is loaded only where
    ``confirmed``. WarehouseError for a form that the register does not know, ValueError
    (PeriodFault) for a period that the form does not have.
    """
    registry = house.registry()
    if form not in registry.forms:
        raise WarehouseError(WarehouseFault("form", "unknown", form))
    number = registry.forms[form]
    today = at.date()
    month = read_period(period, registry.frequencies[number], today) if period else None
    expected = Expected(number, month, registry, today, _reference(house, number, month))
    checked = [_checked(file, expected) for file in files]
    good = _without_doubles(checked, confirmed)
    facts = pa.concat_tables([_NO_FACTS, *(entry.facts for _, entry, ok in good if ok)])
    snapshot = None
    if facts.num_rows:
        snapshot = house.publish_all(_changes(number, facts), actor=actor, reason=reason, at=at)
    return LoadReport(tuple(_report(name, entry, ok) for name, entry, ok in good), snapshot)


def read_sheets(
    name: str, data: bytes, is_header: Callable[[Sequence[str]], bool] = has_header
) -> list[Sheet]:
    """Sheets of a file by its content; Unreadable where it is nothing that can be loaded.

    ``is_header`` knows the row of a workbook's sheet that its columns are named in.
    """
    if data.startswith(b"PAR1"):
        return [read_parquet(name, data)]
    if data.startswith(b"PK"):
        sheets = read_workbook(name, data, is_header)
        if not sheets:
            raise Unreadable(LoadFault(name, "", 0, "", "no_header"))
        return sheets
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Unreadable(LoadFault(name, "", 0, "", "format", Path(name).suffix))
    if not data.strip():
        raise Unreadable(LoadFault(name, "", 0, "", "empty"))
    return [plain_sheet(read_delimited(name, data))]


def _checked(file: tuple[str, bytes] | Path, expected: Expected) -> tuple[str, Checked]:
    name = file.name if isinstance(file, Path) else file[0]
    try:
        data = file.read_bytes() if isinstance(file, Path) else file[1]
        return name, check_sheets(read_sheets(name, data), expected)
    except OSError:
        return name, _refused(LoadFault(name, "", 0, "", "missing"))
    except Unreadable as unreadable:
        return name, _refused(unreadable.fault)


def _refused(fault: LoadFault) -> Checked:
    return Checked(_NO_FACTS, (fault,))


_NO_FACTS = pa.schema(
    [
        ("period", pa.int32()),
        ("reporter", pa.int32()),
        ("item", pa.int16()),
        ("facet", pa.int32()),
        ("value", pa.decimal128(18, 4)),
        ("prior", pa.decimal128(18, 4)),
    ]
).empty_table()


def _reference(house: Warehouse, form: int, period: int | None) -> pa.Table | None:
    """Last known figures of a form, of at most two periods before the one that is loaded."""
    known = sorted({s.period for s in house.segments([form])})
    if period is not None:
        known = [month for month in known if month < period]
    if not known:
        return None
    facts = house.facts([form], known[-2:])
    return facts.select(["reporter", "item", "facet", "period", "value"])


def _without_doubles(
    checked: Sequence[tuple[str, Checked]], confirmed: bool
) -> list[tuple[str, Checked, bool]]:
    """Which files are loaded: no fault, no open question, nothing that a file before it has."""
    judged = []
    taken: pa.Table | None = None
    for name, entry in checked:
        faults = list(entry.faults)
        facts = entry.facts.cast(_NO_FACTS.schema)
        if taken is not None and facts.num_rows:
            double = _doubles(taken, facts)
            if double:
                faults.append(LoadFault(name, "", 0, "", "duplicate", double[0], len(double)))
        ok = facts.num_rows > 0 and all(fault.asked and confirmed for fault in faults)
        if ok:
            taken = facts if taken is None else pa.concat_tables([taken, facts])
        facts = facts if ok else _NO_FACTS
        judged.append((name, replace(entry, facts=facts, faults=tuple(faults)), ok))
    return judged


def _doubles(taken: pa.Table, facts: pa.Table) -> list[str]:
    """Keys that an earlier file of the batch has too."""
    keys = ["period", "reporter", "item", "facet"]
    both = facts.select(keys).join(taken.select(keys), keys, join_type="inner")
    return [f"{r['period']} reporter {r['reporter']} item {r['item']}" for r in both.to_pylist()]


def _changes(form: int, facts: pa.Table) -> list[Change]:
    """The facts by period."""
    periods: Collection[int] = sorted(pc.unique(facts["period"]).to_pylist())
    return [
        Change(form, period, facts.filter(pc.equal(facts["period"], period)).drop(["period"]))
        for period in periods
    ]


def _report(name: str, entry: Checked, loaded: bool) -> FileReport:
    return FileReport(
        name,
        entry.facts.num_rows,
        len(pc.unique(entry.facts["reporter"])),
        entry.faults,
        loaded,
    )
