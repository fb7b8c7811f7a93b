"""Screening of the whole library (批量筛查): every project by the rules of a day, explained.

What the library knows is joined with the inputs of a project's newest screening on record; nothing
is kept. Rules go over the columns of the library; results and rules are facets, and sentences are
made for the projects that are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from hexi.admission import Outcomes, Projects, Row, Space, Table, screen_many
from hexi.admission.outcomes import OUTCOMES as CODES
from hexi.admission.outcomes import RESULTS
from hexi.portal.admission.queries.newest import inputs_of, newest_records, set_aside
from hexi.portal.admission.queries.taken_columns import library_inputs, with_records
from hexi.portal.admission.rulebook import lang, rulebook, space_on
from hexi.portal.admission.taken_over import take_over
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.projects.columns.kept import library_now
from hexi.portal.projects.columns.library import Library
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.queries.narrowed import going_on, named, under_unit
from hexi.portal.projects.queries.scope_flags import inside_flags
from hexi.projects.history import Ints

__all__ = ["Explained", "LibraryScreening", "RuleCount", "explained", "screen_library"]

_CODE: Final = {name: code for code, name in CODES.items()}


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many projects a rule fails for, and cannot be told for."""

    id: str
    title: str
    severity: str
    fails: int
    unknown: int


@dataclass(frozen=True, slots=True)
class LibraryScreening:
    """The projects that were screened, the newest first, and what came out."""

    person: Person | None
    day: date
    ids: Ints
    rules_asked: tuple[tuple[Table, Row], ...]
    #: rules by projects
    codes: NDArray[np.int8]
    #: place in RESULTS
    outcomes: NDArray[np.int8]

    def results(self) -> dict[str, int]:
        """Projects by result."""
        counts = np.bincount(self.outcomes, minlength=len(RESULTS))
        return dict(zip(RESULTS, counts.tolist(), strict=True))

    def rules(self) -> list[RuleCount]:
        """Rules that fail or cannot be told somewhere, those that fail most often first."""
        zh, found = lang() == "zh", []
        for (table, row), codes in zip(self.rules_asked, self.codes, strict=True):
            fails = int((codes == _CODE["fails"]).sum())
            unknown = int((codes == _CODE["unknown"]).sum())
            if fails or unknown:
                title = row.title if zh else row.title_en
                found.append(
                    RuleCount(f"{table.id}.{row.id}", title, table.severity, fails, unknown)
                )
        return sorted(found, key=lambda one: (-one.fails, -one.unknown))

    def places(self, result: str, rule: str, outcome: str) -> NDArray[np.intp]:
        """Positions of the projects of a result and an outcome of a rule, the worst first."""
        chosen = np.ones(len(self.ids), dtype=np.bool_)
        if result in RESULTS:
            chosen &= self.outcomes == RESULTS.index(result)
        for number, (table, row) in enumerate(self.rules_asked):
            if rule == f"{table.id}.{row.id}":
                chosen &= self.codes[number] == _CODE.get(outcome, _CODE["fails"])
        places = np.flatnonzero(chosen)
        return places[np.argsort(-self.outcomes[places], kind="stable")]


@dataclass(frozen=True, slots=True)
class Explained:
    """One project with its result, and a sentence for each rule that fails or cannot be told."""

    project: ProjectRecord
    unit: str
    result: str
    sentences: tuple[str, ...]
    missing: int
    aside: int


def screen_library(person: Person | None, asked: Mapping[str, str], day: date) -> LibraryScreening:
    """Every project that the person sees whole, by unit, industry and words of the address."""
    book, library = rulebook(), library_now()
    space, tables = space_on(book, day), book.in_force(day)
    within = inside_flags(library, person) & going_on(library)
    if unit := str(asked.get("unit") or ""):
        within &= under_unit(library, unit)
    if industry := str(asked.get("industry") or ""):
        members = [code for code in space.members("industry") if industry in _line(space, code)]
        column, begins = library.records.industry, (industry, *members)
        within &= column.flags(lambda word: word.startswith(begins))[column.codes]
    if query := str(asked.get("q") or "").strip():
        within = named(library, within, query, number=True)
    newest = newest_records(person)
    screened = library.once(
        "admission.screened",
        (settings.HEXI.pack, book.edition, day, tuple(newest.items())),
        lambda: _screened(library, newest, tables, space, day),
    )
    chosen = np.flatnonzero(within)[::-1]
    return LibraryScreening(
        person,
        day,
        library.records.ids[chosen],
        screened.rules,
        screened.codes[:, chosen],
        screened.results[chosen],
    )


def _line(space: Space, code: str) -> frozenset[str]:
    return space.line("industry", code) or frozenset()


def _screened(
    library: Library, newest: Mapping[int, int], tables: Sequence[Table], space: Space, day: date
) -> Outcomes:
    """All projects of the library, whoever may see them, with what these records know of them."""
    taken = library_inputs(library, space)
    ids = np.array(sorted(newest), dtype=np.int64)
    at = library.positions(ids)
    if len(at):
        listed = [newest[id] for id in library.records.ids[at].tolist()]
        inputs = inputs_of(listed)
        # what an old record knows and today's rules do not is left open
        known = Projects.given([inputs[pk] for pk in listed], space)
        taken = with_records(taken, at, known)
    return screen_many(taken.worked_out(), tables, day)


def explained(found: LibraryScreening, places: Sequence[int]) -> list[Explained]:
    """The projects at these positions, each rule that fails or is open as a sentence."""
    book = rulebook()
    space, tables = space_on(book, found.day), book.in_force(found.day)
    ids = found.ids[np.array(places, dtype=np.intp)].tolist()
    rows = ProjectRecord.objects.inside(found.person).select_related("unit").in_bulk(ids)
    projects = [rows[id] for id in ids if id in rows]
    newest = newest_records(found.person, ids)
    known, aside = inputs_of(newest.values()), set_aside(found.person, newest)
    inputs = [
        {**known.get(newest.get(row.pk, 0), {}), **take_over(row, space).values} for row in projects
    ]
    outcomes = screen_many(Projects.given(inputs, space).worked_out(), tables, found.day)
    sentences = outcomes.sentences(lang())
    return [
        Explained(
            project=project,
            unit=name_of(project.unit),
            result=RESULTS[int(outcomes.results[number])],
            sentences=tuple(_failing_first(outcomes, number, sentences[number])),
            missing=len(outcomes.missing(number)),
            aside=aside.get(project.pk, 0),
        )
        for number, project in enumerate(projects)
    ]


def _failing_first(outcomes: Outcomes, place: int, sentences: Sequence[str]) -> list[str]:
    """Sentences come rule by rule: those of binding rules that fail stand before the others."""
    told = [
        (int(code), table.severity == "advice")
        for (table, _), code in zip(outcomes.rules, outcomes.codes[:, place], strict=True)
        if code in (_CODE["fails"], _CODE["unknown"])
    ]
    pairs = sorted(zip(told, sentences, strict=True), key=lambda pair: pair[0])
    return [sentence for _, sentence in pairs]
