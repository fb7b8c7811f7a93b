"""Idle land and stalled projects (闲置停滞一览): what rules see, and what people did of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

import numpy as np
from django.utils.translation import gettext as _

from hexi.admission import Stalled, stalled
from hexi.admission.stalled_many import StalledMany, stalled_many
from hexi.portal.admission.models import CaseState, StalledCase
from hexi.portal.admission.queries.site_columns import site_columns
from hexi.portal.admission.queries.sites import ProjectSite, sites_of
from hexi.portal.admission.rulebook import follow_up, lang
from hexi.portal.admission.said import STEPS
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.projects.columns.kept import library_now
from hexi.portal.projects.columns.library import Library
from hexi.portal.projects.queries.narrowed import going_on, named, under_unit
from hexi.portal.projects.queries.scope_flags import inside_flags
from hexi.portal.projects.queries.words import money_text

__all__ = ["STATES", "CaseLine", "CaseLines", "case_lines", "cases_of", "seen_on", "states"]

#: seen by a rule and not taken up yet
FOUND = "found"
STATES = (FOUND, *CaseState.values)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case: the rule, the reason, what was done and what comes next."""

    project: int
    url: str
    name: str
    practice: bool
    number: str
    unit: str
    investor: str
    family: str
    rule: str
    title: str
    certain: bool
    state: str
    state_label: str
    lamp: str
    since: str
    months: int
    reason: str
    law: str
    assumed: str
    step: str
    fee: str
    term: str
    overdue: bool
    case: int | None


def states() -> dict[str, Any]:
    """States with their words."""
    return {FOUND: _("Found by rule"), **{str(k): v for k, v in CaseState.choices}}


@dataclass(frozen=True)
class CaseLines(Sequence[CaseLine]):
    """Cases in their order; a line is made where somebody looks at it."""

    person: Person | None
    library: Library
    seen: StalledMany
    on: date

    def __len__(self) -> int:
        return len(self.seen.site)

    @property
    def certain(self) -> int:
        """How many of them are more than suspected."""
        return int(np.count_nonzero(self.seen.certain))

    @overload
    def __getitem__(self, at: int) -> CaseLine: ...
    @overload
    def __getitem__(self, at: slice) -> list[CaseLine]: ...
    def __getitem__(self, at: int | slice) -> CaseLine | list[CaseLine]:
        if isinstance(at, int):
            return self._lines(range(len(self))[at : at + 1 or None])[0]
        return self._lines(range(len(self))[at])

    def __iter__(self) -> Iterator[CaseLine]:
        for first in range(0, len(self), _CHUNK):
            yield from self[first : first + _CHUNK]

    def _lines(self, places: range) -> list[CaseLine]:
        part = self.seen.chosen(np.array(places, dtype=np.intp))
        ids = self.library.records.ids[part.site].tolist()
        found = {
            (site.project.pk, case.rule.family): (site, case)
            for site, case in _seen(self.person, ids, self.on)
        }
        cases = _cases(ids)
        keys = zip(ids, (part.rules[at].family for at in part.rule.tolist()), strict=True)
        # what was changed since the columns were looked at has left the list
        return [_line(*found[key], cases, self.on) for key in keys if key in found]


#: lines that are made at once
_CHUNK = 400


def seen_on(person: Person | None, project: int, on: date) -> list[tuple[ProjectSite, Stalled]]:
    """Every case that a rule sees on a day on one project."""
    return _seen(person, [project], on)


def _seen(
    person: Person | None, projects: Sequence[int], on: date
) -> list[tuple[ProjectSite, Stalled]]:
    rules = follow_up().rules
    return [
        (one, case) for one in sites_of(person, projects) for case in stalled(one.site, rules, on)
    ]


def cases_of(person: Person | None, project: int, on: date) -> list[CaseLine]:
    """The cases of one project, those that people closed among them."""
    cases = _cases([project])
    lines = [_line(site, found, cases, on) for site, found in seen_on(person, project, on)]
    lines.sort(key=lambda line: (STATES.index(line.state), not line.certain, -line.months))
    return lines


def case_lines(person: Person | None, asked: Mapping[str, str], on: date) -> CaseLines:
    """Cases by what is to be done: found ones first, then those with a term, closed ones last.

    A case that people settled stays closed while the same rule sees it; a stronger rule, or a new
    beginning, finds it again.
    """
    library = library_now()
    within = inside_flags(library, person) & going_on(library)
    if unit := str(asked.get("unit") or ""):
        within &= under_unit(library, unit)
    if query := str(asked.get("q") or "").strip():
        within = named(library, within, query)
    seen = stalled_many(site_columns(library), follow_up().rules, on)
    seen = seen.chosen(within[seen.site])
    states_now = _states(library, seen)
    if state := str(asked.get("state") or ""):
        kept = states_now == (STATES.index(state) if state in STATES else -1)
    elif asked.get("all"):
        kept = np.ones(len(seen.site), dtype=np.bool_)
    else:
        kept = states_now < STATES.index(CaseState.SETTLED)
    if rule := str(asked.get("rule") or ""):
        kept &= np.array([one.id == rule for one in seen.rules], dtype=np.bool_)[seen.rule]
    rows = np.flatnonzero(kept)
    # the newest project first, where nothing else decides
    order = np.lexsort(
        (-seen.site[rows], -seen.months[rows], ~seen.certain[rows], states_now[rows])
    )
    return CaseLines(person, library, seen.chosen(rows[order]), on)


def _states(library: Library, seen: StalledMany) -> Any:
    """The state of each case, as its place in `STATES`."""
    found = np.zeros(len(seen.site), dtype=np.int64)
    rows = _cases(None)
    if not rows:
        return found
    of = np.array(sorted({project for project, _family in rows}), dtype=np.int64)
    has = np.flatnonzero(np.isin(library.records.ids[seen.site], of))
    ids = library.records.ids[seen.site[has]].tolist()
    for at, project in zip(has.tolist(), ids, strict=True):
        rule = seen.rules[seen.rule[at]]
        case = rows.get((project, rule.family))
        since = date.fromordinal(int(seen.since[at]))
        if case is not None and (case.is_open or (case.rule, case.since) == (rule.id, since)):
            found[at] = STATES.index(case.state)
    return found


def _cases(projects: Sequence[int] | None) -> dict[tuple[int, str], StalledCase]:
    """The newest case of each project and family; None: of all projects."""
    rows = StalledCase.objects.order_by("id")
    if projects is not None:
        rows = rows.filter(project__in=set(projects))
    return {(row.project_id, row.family): row for row in rows}


def _line(
    one: ProjectSite, found: Stalled, cases: Mapping[tuple[int, str], StalledCase], on: date
) -> CaseLine:
    project, rule, zh = one.project, found.rule, lang() == "zh"
    case = cases.get((project.pk, rule.family))
    if case is not None and not case.is_open and not _same(case, found):
        case = None
    state = case.state if case else FOUND
    overdue = bool(case and case.is_open and case.term and case.term < on)
    assumed = rule.assumed if zh else rule.assumed_en
    return CaseLine(
        project=project.pk,
        url=f"/admission/stalled/{project.pk}/",
        name=project.called,
        practice=project.practice,
        number=project.number,
        unit=name_of(project.unit),
        investor=project.investor,
        family=rule.family,
        rule=rule.id,
        title=rule.title if zh else rule.title_en,
        certain=found.certain,
        state=state,
        state_label=str(states()[state]),
        lamp=_lamp(state, found.certain, overdue),
        since=found.since.isoformat(),
        months=found.months,
        reason=_reason(one, found, zh),
        law=rule.legal,
        assumed=assumed,
        step=str(STEPS[rule.step]),
        fee=money_text(found.fee) if found.fee is not None else "",
        term=case.term.isoformat() if case and case.term else "",
        overdue=overdue,
        case=case.pk if case else None,
    )


def _same(case: StalledCase, found: Stalled) -> bool:
    return case.rule == found.rule.id and case.since == found.since


def _lamp(state: str, certain: bool, overdue: bool) -> str:
    if state in (CaseState.SETTLED, CaseState.DISMISSED):
        return "met"
    if overdue or (state == FOUND and certain):
        return "missed"
    return "on_the_way" if state != FOUND else "unknown"


def _reason(one: ProjectSite, found: Stalled, zh: bool) -> str:
    """The rule's reason, with what stood in for a fact that nobody entered."""
    told = [found.reason if zh else found.reason_en]
    if one.assumed_start and found.rule.anchor == "agreed_start":
        told.append(_("the agreed start is not entered: the planned one of the library stands in"))
    if one.stopped_by == "no_investment" and found.rule.anchor == "stopped":
        told.append(_("no suspension is recorded: it counts from the last reported investment"))
    return ("；" if zh else "; ").join(told)
