"""What the admission pages reckon from columns is what each project tells by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hexi.admission import stalled
from hexi.portal.admission.models import CaseState, StalledCase
from hexi.portal.admission.queries.sites import sites_of
from hexi.portal.admission.queries.stalled import case_lines, cases_of
from hexi.portal.admission.rulebook import follow_up
from hexi.portal.projects.models import ProjectRecord
from tests.portal.admission.varied import laid
from tests.portal.projects.library import TODAY, Library


@pytest.mark.parametrize("who", ["admin", "zone", "stranger"])
@pytest.mark.parametrize("on", [TODAY, date(2025, 2, 28)])
def test_cases_of_a_library_are_those_of_its_projects(library: Library, who: str, on: date) -> None:
    laid()
    person = library.person(who)
    ids = list(ProjectRecord.objects.values_list("pk", flat=True))
    alone = [
        (site.project.name, case.rule.id, case.since.isoformat(), case.months, case.certain)
        for site in sites_of(person, ids)
        for case in stalled(site.site, follow_up().rules, on)
    ]
    lines = case_lines(person, {"all": "1"}, on)
    found = [(one.name, one.rule, one.since, one.months, one.certain) for one in lines]
    assert sorted(found) == sorted(alone)
    assert len(lines) == len(alone) and (alone or who == "stranger")
    assert lines.certain == sum(certain for *_, certain in alone)
    assert [(not one[4], -one[3]) for one in found] == sorted((not c, -m) for *_, m, c in alone)


def test_states_of_cases_are_those_of_each_project(library: Library) -> None:
    laid()
    person = library.person("admin")
    seen = list(case_lines(person, {"all": "1"}, TODAY))
    states = (CaseState.VERIFIED, CaseState.SETTLED, CaseState.DISMISSED, CaseState.TERM)
    for number, line in enumerate(seen[:24]):
        closed = states[number % 4] in (CaseState.SETTLED, CaseState.DISMISSED)
        since = date.fromisoformat(line.since) - timedelta(days=number % 3)
        StalledCase.objects.create(
            project_id=line.project, family=line.family, rule=line.rule, since=since,
            found_on=TODAY, state=states[number % 4], closed_on=TODAY if closed else None,
        )  # fmt: skip
    lines = list(case_lines(person, {"all": "1"}, TODAY))
    told = {(line.project, line.family): line for line in lines}
    for project in {line.project for line in lines}:
        for line in cases_of(person, project, TODAY):
            assert told[project, line.family] == line
    for state in ("found", *CaseState.values):
        chosen = list(case_lines(person, {"state": state}, TODAY))
        assert chosen == [line for line in lines if line.state == state]
    still = list(case_lines(person, {}, TODAY))
    assert still == [line for line in lines if line.state not in ("settled", "dismissed")]
    assert len({line.state for line in lines}) == 5


def test_a_part_of_the_list_is_that_part(library: Library) -> None:
    laid()
    lines = case_lines(library.person("admin"), {}, TODAY)
    every = list(lines)
    assert lines[3:9] == every[3:9] and lines[-1] == every[-1] and lines[5] == every[5]
    named = case_lines(library.person("admin"), {"q": "铝材", "unit": "jc-etdz"}, TODAY)
    assert {one.project for one in named} == {
        one.project for one in every if "铝材" in one.name and one.unit == "金昌经济技术开发区"
    }
