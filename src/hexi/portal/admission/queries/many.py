"""Screening of the whole library (批量筛查): every project by the rules of a day, explained.

What the library knows is joined with the inputs of a project's newest screening on record; nothing
is kept. Results and rules are facets, and sentences are made for the projects that are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from hexi.admission import Outcomes, ProjectError, Projects, Space, Table, screen_many
from hexi.admission.outcomes import OUTCOMES as CODES
from hexi.admission.outcomes import RESULTS
from hexi.portal.admission.models import RuleOverride, ScreeningRecord
from hexi.portal.admission.rulebook import lang, rulebook, space_on
from hexi.portal.admission.taken_over import take_over
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.projects.models import ProjectRecord

__all__ = ["Explained", "LibraryScreening", "RuleCount", "explained", "screen_library"]

_NEEDED: Final = (
    "id", "name", "number", "industry", "total", "land_mu", "tax", "energy", "origin", "stage",
    "unit__code", "unit__name", "unit__name_en", "unit__path",
)  # fmt: skip
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
    """The projects that were screened, and what came out."""

    projects: list[ProjectRecord]
    inputs: list[dict[str, Any]]
    outcomes: Outcomes
    #: rules that are set aside in the newest record of a project
    aside: Mapping[int, frozenset[str]]

    def results(self) -> dict[str, int]:
        """Projects by result."""
        counts = np.bincount(self.outcomes.results, minlength=len(RESULTS))
        return dict(zip(RESULTS, counts.tolist(), strict=True))

    def rules(self) -> list[RuleCount]:
        """Rules that fail or cannot be told somewhere, those that fail most often first."""
        zh, found = lang() == "zh", []
        for (table, row), codes in zip(self.outcomes.rules, self.outcomes.codes, strict=True):
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
        chosen = np.ones(len(self.projects), dtype=np.bool_)
        if result in RESULTS:
            chosen &= self.outcomes.results == RESULTS.index(result)
        for number, (table, row) in enumerate(self.outcomes.rules):
            if rule == f"{table.id}.{row.id}":
                chosen &= self.outcomes.codes[number] == _CODE.get(outcome, _CODE["fails"])
        places = np.flatnonzero(chosen)
        return places[np.argsort(-self.outcomes.results[places], kind="stable")]


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
    book = rulebook()
    space, tables = space_on(book, day), book.in_force(day)
    rows = ProjectRecord.objects.inside(person).filter(merged_into=None).exclude(stage="ended")
    if unit := str(asked.get("unit") or ""):
        rows = rows.filter(unit__path__contains=f"/{unit}/")
    if industry := str(asked.get("industry") or ""):
        members = [code for code in space.members("industry") if industry in _line(space, code)]
        starts = Q(industry__startswith=industry)
        for code in members:
            starts |= Q(industry__startswith=code)
        rows = rows.filter(starts)
    if query := str(asked.get("q") or "").strip():
        rows = rows.filter(Q(name__icontains=query) | Q(number__istartswith=query))
    projects = list(rows.select_related("unit").only(*_NEEDED).order_by("-id"))
    known, aside = _records(person, {row.pk for row in projects})
    inputs = [{**known.get(row.pk, {}), **take_over(row, space).values} for row in projects]
    return LibraryScreening(projects, inputs, _screened(inputs, tables, space, day), aside)


def _line(space: Space, code: str) -> frozenset[str]:
    return space.line("industry", code) or frozenset()


def _records(
    person: Person | None, wanted: set[int]
) -> tuple[dict[int, dict[str, Any]], dict[int, frozenset[str]]]:
    """Inputs of the newest record of each project, and the rules set aside in it."""
    newest: dict[int, tuple[int, dict[str, Any]]] = {}
    rows = ScreeningRecord.objects.visible_to(person).exclude(project=None).order_by("pk")
    for pk, project, inputs in rows.values_list("pk", "project_id", "inputs"):
        if project in wanted:
            newest[project] = pk, inputs
    of = {pk: project for project, (pk, _) in newest.items()}
    aside: dict[int, set[str]] = {}
    standing = RuleOverride.objects.visible_to(person).filter(withdrawn_at=None)
    for screening, rule in standing.values_list("screening_id", "rule"):
        if screening in of:
            aside.setdefault(of[screening], set()).add(rule)
    inputs_of = {project: inputs for project, (_, inputs) in newest.items()}
    return inputs_of, {project: frozenset(rules) for project, rules in aside.items()}


def _screened(
    inputs: list[dict[str, Any]], tables: Sequence[Table], space: Space, day: date
) -> Outcomes:
    """Inputs of an old record that today's rules do not know are left open."""
    try:
        projects = Projects.of(inputs, space)
    except ProjectError as error:
        for fault in error.faults:
            inputs[fault.project].pop(fault.field, None)
        projects = Projects.of(inputs, space)
    return screen_many(projects, tables, day)


def explained(found: LibraryScreening, places: Sequence[int], day: date) -> list[Explained]:
    """The projects at these positions, each rule that fails or is open as a sentence."""
    tables, space = found.outcomes.tables, found.outcomes.projects.space
    shown = Projects.of([found.inputs[place] for place in places], space)
    outcomes = screen_many(shown, tables, day)
    sentences = outcomes.sentences(lang())
    return [
        Explained(
            project=found.projects[place],
            unit=name_of(found.projects[place].unit),
            result=RESULTS[int(outcomes.results[number])],
            sentences=tuple(_failing_first(outcomes, number, sentences[number])),
            missing=len(outcomes.missing(number)),
            aside=len(found.aside.get(found.projects[place].pk, ())),
        )
        for number, place in enumerate(places)
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
