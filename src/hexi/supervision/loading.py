"""Reading a pack's rules of supervision (装载督办规则): every fault with file, line and key.

``supervision/problems.toml``, ``clocks.toml``, ``proposals.toml`` and ``visits.toml``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from hexi.catalogue.faults import Fault, PackError
from hexi.catalogue.pack import pack_path
from hexi.catalogue.toml_lines import read_toml
from hexi.statistics.dated_rules import Dated, read_dated
from hexi.statistics.forms.toml_keys import FormKeys
from hexi.supervision.book import (
    LEVELS,
    Clocks,
    Level,
    ProblemKind,
    ProposalRule,
    SupervisionBook,
    VisitKind,
)

__all__ = ["check_supervision", "load_supervision"]

FOLDER = "supervision"
_LONGEST_DAYS = 366
_LAMPS = ("yellow", "red")

T = TypeVar("T", ProblemKind, ProposalRule, VisitKind)


def load_supervision(pack: str | Path = "gansu") -> SupervisionBook:
    """The rules of a pack, read once for each state of its files.

    Raises:
        PackError: with every fault of the four files.
    """
    root = pack_path(pack).resolve()
    paths = sorted((root / FOLDER).glob("*.toml"))
    state = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in paths)
    return _load(root, state)


def check_supervision(pack: str | Path = "gansu") -> list[Fault]:
    """What is wrong with the rules of supervision of a pack; nothing where it has none."""
    if not (pack_path(pack) / FOLDER).is_dir():
        return []
    try:
        load_supervision(pack)
    except PackError as error:
        return error.faults
    return []


@lru_cache(maxsize=8)
def _load(root: Path, _state: tuple[tuple[str, int, int], ...]) -> SupervisionBook:
    faults: list[Fault] = []
    kinds = _rows(root, "problems.toml", "kinds", _kind, faults)
    visits = _rows(root, "visits.toml", "kinds", _visit, faults)
    proposals = _rows(root, "proposals.toml", "proposals", _proposal, faults)
    clocks: tuple[Dated[Clocks], ...] = ()
    try:
        clocks = read_dated(root, f"{FOLDER}/clocks.toml", "clocks", _clocks)
    except PackError as error:
        faults.extend(error.faults)
    if faults:
        raise PackError(root.name, sorted(set(faults)))
    return SupervisionBook(kinds, visits, clocks, proposals)


def _rows(
    root: Path, name: str, table: str, read: Callable[[FormKeys], T], faults: list[Fault]
) -> tuple[T, ...]:
    """The rows of one file; an id stands once, or again after it has ended."""
    file = f"{FOLDER}/{name}"
    toml = read_toml(root, file, faults)
    if toml is None:
        return ()
    found: list[T] = []
    ended: dict[str, int] = {}
    for keys in FormKeys.each(toml, table, faults):
        one = read(keys)
        keys.done()
        since = getattr(one, "since", 0)
        if one.id in ended and (not ended[one.id] or since < ended[one.id]):
            keys.fault("id", "未在用的标识", f"“{one.id}”", "an id that is not in force")
        ended[one.id] = getattr(one, "until", 0)
        found.append(one)
    if not found and not faults:
        faults.append(Fault(file, 1, table, f"[[{table}]]", "没有规则", f"[[{table}]]"))
    return tuple(found)


def _span(keys: FormKeys) -> tuple[int, int]:
    since, until = keys.month("since"), keys.month("until", default=0)
    if until and until <= since:
        keys.fault("until", "晚于起始年月", str(until), "a month after since")
    return since, until


def _kind(keys: FormKeys) -> ProblemKind:
    since, until = _span(keys)
    return ProblemKind(
        id=keys.text("id", required=True),
        name=keys.text("name", required=True),
        name_en=keys.text("name_en", required=True),
        body=keys.text("body", required=True),
        body_en=keys.text("body_en", required=True),
        days=keys.number("days", 1, _LONGEST_DAYS),
        since=since,
        until=until,
        source=keys.text("source", required=True),
        note=keys.text("note"),
        note_en=keys.text("note_en"),
    )


def _visit(keys: FormKeys) -> VisitKind:
    return VisitKind(
        id=keys.text("id", required=True),
        name=keys.text("name", required=True),
        name_en=keys.text("name_en", required=True),
        six=keys.flag("six"),
        source=keys.text("source", required=True),
    )


def _proposal(keys: FormKeys) -> ProposalRule:
    since, until = _span(keys)
    when = keys.choice("when", ("lamp", "problem"))
    lamp = keys.choice("lamp", _LAMPS) if when == "lamp" else ""
    return ProposalRule(
        id=keys.text("id", required=True),
        when="lamp" if when == "lamp" else "problem",
        lamp=lamp,
        least=keys.number("least", 1, _LONGEST_DAYS),
        level=cast(Level, keys.choice("level", LEVELS)),
        since=since,
        until=until,
        source=keys.text("source", required=True),
        note=keys.text("note"),
        note_en=keys.text("note_en"),
    )


def _clocks(keys: FormKeys) -> Clocks:
    given = keys.amounts("order_days")
    wrong = sorted(set(given) ^ set(LEVELS)) or [
        level
        for level, days in given.items()
        if days != int(days) or not 1 <= days <= _LONGEST_DAYS
    ]
    if wrong:
        keys.fault(
            "order_days",
            "blue、yellow、red 三级各一个工作日数",
            "、".join(wrong),
            "a number of working days for each of blue, yellow and red",
        )
    return Clocks(
        order_days={level: int(given.get(level, 1)) for level in LEVELS},
        problem_rises=keys.number("problem_rises", 1, _LONGEST_DAYS),
        soon=keys.number("soon", 0, _LONGEST_DAYS),
        visit_months=keys.number("visit_months", 1, 120),
    )
