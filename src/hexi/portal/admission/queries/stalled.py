"""Idle land and stalled projects (闲置停滞一览): what rules see, and what people did of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hexi.admission import Stalled, stalled
from hexi.portal.admission.models import CaseState, StalledCase
from hexi.portal.admission.queries.sites import ProjectSite, sites_of
from hexi.portal.admission.rulebook import follow_up, lang
from hexi.portal.admission.said import STEPS
from hexi.portal.core.models import Person
from hexi.portal.core.names import name_of
from hexi.portal.projects.queries.words import money_text

__all__ = ["STATES", "CaseLine", "case_lines", "seen_on", "states"]

#: seen by a rule and not taken up yet
FOUND = "found"
STATES = (FOUND, *CaseState.values)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case: the rule, the reason, what was done and what comes next."""

    project: int
    url: str
    name: str
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


def seen_on(
    person: Person | None, asked: Mapping[str, str], on: date, *, only: int | None = None
) -> list[tuple[ProjectSite, Stalled]]:
    """Every case that a rule sees on a day."""
    rules = follow_up().rules
    return [
        (one, case)
        for one in sites_of(person, asked, only=only)
        for case in stalled(one.site, rules, on)
    ]


def case_lines(
    person: Person | None, asked: Mapping[str, str], on: date, *, only: int | None = None
) -> list[CaseLine]:
    """Cases by what is to be done: found ones first, then those with a term, closed ones last.

    A case that people settled stays closed while the same rule sees it; a stronger rule, or a new
    beginning, finds it again.
    """
    seen = seen_on(person, asked, on, only=only)
    cases = _cases(site.project.pk for site, _ in seen)
    lines = [_line(site, found, cases, on) for site, found in seen]
    if state := str(asked.get("state") or ""):
        lines = [line for line in lines if line.state == state]
    else:
        closed = (CaseState.SETTLED, CaseState.DISMISSED)
        lines = [line for line in lines if asked.get("all") or line.state not in closed]
    if rule := str(asked.get("rule") or ""):
        lines = [line for line in lines if line.rule == rule]
    lines.sort(key=lambda line: (STATES.index(line.state), not line.certain, -line.months))
    return lines


def _cases(projects: Iterable[int]) -> dict[tuple[int, str], StalledCase]:
    """The newest case of each project and family."""
    rows = StalledCase.objects.filter(project__in=set(projects)).order_by("id")
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
        name=project.name,
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
