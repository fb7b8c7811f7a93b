"""The projects that an address asks for (选定的项目): counted, ordered and cut from columns.

Lists, boards, portfolio figures and files ask here, so that they agree: the same scope, the same
filters, the same day. ``asof`` in the address is a past day: stages, tags and lamps are then those
of that day, and what was not entered by then is not there. ``figure`` keeps what a portfolio figure
counts. A unit stands for its subtree, with ``=`` before its code for itself alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np

from hexi.portal.core.models import Person, Unit
from hexi.portal.core.roles import Permission
from hexi.portal.projects.columns.kept import library_now
from hexi.portal.projects.columns.library import NEVER, Coded, Library
from hexi.portal.projects.queries.orders import order_of
from hexi.portal.projects.queries.past_lamps import PastLamps, past_lamps
from hexi.portal.projects.queries.scope_flags import inside_flags, of_units, visible_flags
from hexi.portal.projects.queries.standings import standing_of
from hexi.portal.projects.stagebook import stage_book
from hexi.portal.returns.registers.classes import with_section
from hexi.projects.figures import Standing
from hexi.projects.history import Flags, Ints

__all__ = ["FACETS", "FIGURES", "NONE", "Chosen", "asked_day", "choose"]

#: value of a facet for projects that have none
NONE = "none"
FACETS = ("stage", "unit", "kind", "industry", "tag", "year", "lamp", "leader", "practice")
#: what a portfolio figure counts
FIGURES = ("number", "started", "waiting", "completed", "producing")
#: facets that tell what only the office knows
_PRIVATE = frozenset({"lamp", "leader", "practice"})


@dataclass(frozen=True)
class Chosen:
    """Some projects, with the filters that chose them."""

    library: Library
    person: Person | None
    #: whether they are shown whole; else only what is public is said of them
    inside: bool
    #: the past day that was asked for; None: today
    asof: date | None
    today: date
    #: before any facet
    base: Flags
    #: by facet, what its filter leaves
    filters: Mapping[str, Flags] = field(default_factory=dict)

    def flags(self, but: str = "") -> Flags:
        """Which projects are chosen; ``but`` leaves one facet out."""
        found = self.base
        for key, kept in self.filters.items():
            if key != but:
                found = found & kept
        return found

    @property
    def day(self) -> date:
        """The day that stages and tags are of."""
        return self.asof or self.today

    @property
    def standing(self) -> Standing:
        """Where all projects stood on that day."""
        return standing_of(self.library, self.day)

    @property
    def total(self) -> int:
        """How many there are."""
        return int(np.count_nonzero(self.flags()))

    @property
    def money(self) -> int:
        """Their total investment together, in yuan."""
        total = self.library.records.total[self.flags()]
        return int(total[total > 0].sum())

    def ids(self, sort: str = "", first: int = 0, last: int | None = None) -> list[int]:
        """Ids in the order asked for (``total``, ``-total`` …; the newest first), from … until."""
        rows = np.flatnonzero(self.flags())
        ordered = order_of(self.library, rows, sort, self.stages)
        return [int(one) for one in self.library.records.ids[ordered[first:last]]]

    def narrowed(self, facet: str, value: str) -> Chosen:
        """Those of them whose facet has this value."""
        kept = _filter(self, facet, value)
        before = self.filters.get(facet)
        kept = kept if before is None else before & kept
        return replace(self, filters={**self.filters, facet: kept})

    def counts(self, facet: str) -> dict[str, int]:
        """Projects by value of a facet, within the filters of all other facets.

        Values are those that the address takes; `NONE` stands for projects that have none. Units
        are counted each by itself: whoever shows a tree adds them up.
        """
        rows = np.flatnonzero(self.flags(but=facet))
        return _counts(self, facet, rows)

    def held_by_stage(self) -> dict[str, int]:
        """How many of them that are held stand in each stage."""
        return _by_word(self.stages, np.flatnonzero(self.flags() & self.standing.held))

    @property
    def stages(self) -> Coded:
        """Stage of each project on the day asked for."""
        if self.asof is None:
            return self.library.records.stage
        words = ("", *self.library.stage_words)
        return Coded(words, self.standing.stage + 1)

    @property
    def lamps(self) -> Coded:
        """Lamp of each project on the day asked for."""
        return self.library.records.lamp if self.past is None else self.past.lamps

    @cached_property
    def past(self) -> PastLamps | None:
        """Lamps as they were, with the month that they are of; None: today is asked for."""
        return None if self.asof is None else past_lamps(self.library, self.asof)


def choose(person: Person | None, asked: Mapping[str, str], today: date) -> Chosen:
    """The projects that an address is about.

    Who works with the library sees the projects of the own units, and with ``open=1`` what others
    have published; the public sees what is published. What was merged away stands under what it
    was merged into.
    """
    library = library_now()
    works = person is not None and person.grants(Permission.SEE_PROJECTS)
    inside = works and not asked.get("open")
    records = library.records
    if inside:
        base = inside_flags(library, person)
    else:
        base = visible_flags(library, person) & records.published & ~records.practice
    asof = asked_day(asked, today)
    found = Chosen(library, person, inside, asof, today, base & ~records.merged)
    if asof is not None:
        found = replace(found, base=found.base & found.standing.entered)
    if figure := _FIGURES.get(str(asked.get("figure") or "")):
        found = replace(found, base=found.base & figure(found.standing))
    if query := str(asked.get("q") or "").strip():
        found = replace(found, base=_said(library, found.base, query))
    for facet in FACETS:
        value = str(asked.get(facet) or "")
        if value and (inside or facet not in _PRIVATE):
            found = found.narrowed(facet, value)
    return found


def asked_day(asked: Mapping[str, str], today: date) -> date | None:
    """The past day of the address; None where it names none, or one that has not come."""
    try:
        day = date.fromisoformat(str(asked.get("asof") or ""))
    except ValueError:
        return None
    return day if day < today else None


_FIGURES = {
    "number": lambda at: at.held,
    "started": lambda at: at.started,
    "waiting": lambda at: at.held & ~at.started,
    "completed": lambda at: at.completed,
    "producing": lambda at: at.producing,
}


def _said(library: Library, within: Flags, query: str) -> Flags:
    """Projects that a search finds: by name, investor and content, or by the begin of a code."""
    records, rows = library.records, np.flatnonzero(within)
    low, up = query.lower(), query.upper()
    line = f"\n{up}"
    found = [
        low in text or number.upper().startswith(up) or codes.startswith(up) or codes.endswith(line)
        for text, number, codes in zip(
            records.text[rows], records.number[rows], records.codes[rows], strict=True
        )
    ]
    flags = np.zeros_like(within)
    flags[rows[np.array(found, dtype=np.bool_)]] = True
    return flags


def _filter(of: Chosen, facet: str, value: str) -> Flags:
    records = of.library.records
    match facet:
        case "unit" if value.startswith("="):
            alone = Unit.objects.filter(code=value[1:]).values_list("pk", flat=True)
            return of_units(of.library, set(alone))
        case "unit":
            within = Unit.objects.filter(path__contains=f"/{value}/").values_list("pk", flat=True)
            return of_units(of.library, set(within))
        case "stage":
            group = {stage.id for stage in stage_book().of_group(value)}
            return _words(of.stages, lambda word: word == value or word in group)
        case "kind":
            return _words(records.kind, lambda word: word == value)
        case "industry" if value == NONE:
            return _words(records.industry, lambda word: not word)
        case "industry" if value.isalpha():
            return _words(records.industry, lambda word: word and with_section(word)[:1] == value)
        case "industry":
            return _words(records.industry, lambda word: word.startswith(value))
        case "tag":
            return _tagged(of, value)
        case "year":
            years = _years(of.library)
            known = value.isdecimal() and len(value) == 4
            return np.asarray(years == (int(value) if known else 0))
        case "lamp":
            return _words(of.lamps, lambda word: word == ("" if value == NONE else value))
        case "practice":
            return np.asarray(records.practice == (value == "1"))
        case "leader" if value.isdecimal():
            return np.asarray(records.leader == int(value))
        case "leader":
            named = "" if value == NONE else value
            unknown = records.leader == 0
            return np.asarray(unknown & _words(records.leader_name, lambda word: word == named))
    raise ValueError(facet)


def _counts(of: Chosen, facet: str, rows: Ints) -> dict[str, int]:
    records = of.library.records
    match facet:
        case "stage":
            return _by_word(of.stages, rows)
        case "kind":
            return _by_word(records.kind, rows)
        case "lamp":
            return _by_word(of.lamps, rows)
        case "industry":
            found: dict[str, int] = {}
            for word, count in _by_word(records.industry, rows).items():
                division = NONE if word == NONE else word[:2]
                found[division] = found.get(division, 0) + count
            return found
        case "unit":
            return _by_number(records.unit[rows])
        case "tag":
            tags, chosen = of.library.tags, np.zeros(of.library.size, dtype=np.bool_)
            chosen[rows] = True
            held = tags.holding(of.day.toordinal()) & chosen[tags.of]
            counts = tags.matrix(held, of.library.size).sum(axis=0).tolist()
            return {word: n for word, n in zip(tags.tag.words, counts, strict=True) if n}
        case "year":
            years = _by_number(_years(of.library)[rows])
            return {NONE if year == "0" else year: count for year, count in years.items()}
        case "practice":
            return _by_number(records.practice[rows].astype(np.int64))
        case "leader":
            named = _by_word(records.leader_name, rows[records.leader[rows] == 0])
            known = _by_number(records.leader[rows])
            return {**{id: n for id, n in known.items() if id != "0"}, **named}
    raise ValueError(facet)


def _words(column: Coded, wanted: object) -> Flags:
    return np.asarray(column.flags(wanted)[column.codes])


def _by_word(column: Coded, rows: Ints | Flags) -> dict[str, int]:
    counts = np.bincount(column.codes[rows], minlength=len(column.words))
    named = zip(column.words, counts.tolist(), strict=True)
    return {word or NONE: count for word, count in named if count}


def _by_number(column: Ints) -> dict[str, int]:
    counts = np.bincount(column)
    return {str(number): int(counts[number]) for number in np.flatnonzero(counts)}


def _tagged(of: Chosen, tag: str) -> Flags:
    tags = of.library.tags
    rows = tags.holding(of.day.toordinal()) & (tags.tag.codes == tags.tag.code(tag))
    flags = np.zeros(of.library.size, dtype=np.bool_)
    flags[tags.of[rows]] = True
    return flags


#: days from the first of our era to that of the computer's
_EPOCH = 719_163


def _years(library: Library) -> Ints:
    """Year in which a project starts, or was to start; 0 where neither is known."""
    records = library.records
    start = np.where(records.actual_start < NEVER, records.actual_start, records.planned_start)
    known = start < NEVER
    days = (np.where(known, start, _EPOCH) - _EPOCH).astype("datetime64[D]")
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where(known, years, 0)
