"""What the admission pages reckon from columns is what each project tells by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hexi.admission import screen, stalled
from hexi.admission.outcomes import OUTCOMES as CODES
from hexi.admission.outcomes import RESULTS
from hexi.portal.admission.acts.keep_screening import keep_screening
from hexi.portal.admission.models import CaseState, ScreeningRecord, StalledCase
from hexi.portal.admission.queries.many import explained, screen_library
from hexi.portal.admission.queries.sites import sites_of
from hexi.portal.admission.queries.stalled import case_lines, cases_of
from hexi.portal.admission.rulebook import follow_up, rulebook, space_on
from hexi.portal.admission.taken_over import take_over
from hexi.portal.projects.models import ProjectRecord
from hexi.portal.projects.stagebook import stage_book
from tests.portal.admission.material import GOOD
from tests.portal.admission.varied import laid
from tests.portal.projects.library import AT, TODAY, Library


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


#: what screenings on record may have known, readable today or not
TYPED: tuple[dict[str, object], ...] = (
    {"land_use": "industrial", "plot_ratio": 0.4, "green_rate": 30, "investment": 1, "land": 900},
    {"land_use": "moon", "gone": 1, "plot_ratio": 99, "tax": "much", "building": "new"},
    {"investment_per_mu": 100, "industry": "3252", "unit": "etdz-an", "housing_on_land": "true"},
)


@pytest.mark.parametrize("who", ["admin", "zone"])
def test_a_library_is_screened_as_each_project_is(library: Library, who: str) -> None:
    rows, person = laid(), library.person(who)
    first = keep_screening(
        GOOD, TODAY, project_id=library.aluminium.pk, by=library.person("park"), at=AT
    )
    typed = {row.pk: TYPED[at % 3] for at, row in enumerate(rows[::4])}
    for row in rows[::4]:
        for inputs in ({"plot_ratio": 3.0}, typed[row.pk]):
            ScreeningRecord.objects.create(
                project=row, name=row.name, unit=row.unit, day=TODAY, edition="x", inputs=inputs,
                result="unmet", answer=first.answer, who=1, by_name="x", at=AT,
            )  # fmt: skip
    typed[library.aluminium.pk] = first.inputs
    found = screen_library(person, {}, TODAY)
    book = rulebook()
    space, tables = space_on(book, TODAY), book.in_force(TODAY)
    there = ProjectRecord.objects.inside(person).exclude(stage=stage_book().ending.id)
    assert found.ids.tolist() == list(there.order_by("-pk").values_list("pk", flat=True))
    told = {one.project.pk: one for one in explained(found, range(len(found.ids)))}
    for place, row in enumerate(there.select_related("unit").order_by("-pk")):
        inputs = {**typed.get(row.pk, {}), **take_over(row, space).values}
        # what today's rules cannot read is left out
        good = {
            name: value
            for name, value in inputs.items()
            if name in space.fields and (name, value) not in UNREADABLE
        }
        one = screen(good, tables, space, TODAY)
        codes = [rule.outcome for rule in one.outcomes]
        assert [CODES[int(code)] for code in found.codes[:, place]] == codes, row.name
        assert RESULTS[found.outcomes[place]] == one.result == told[row.pk].result
        assert set(told[row.pk].sentences) == {r.sentence for r in one.outcomes if r.sentence}
        assert told[row.pk].missing == len(one.missing)
    assert len(set(found.outcomes.tolist())) >= 3
    assert sum(found.results().values()) == len(found.ids)


UNREADABLE = {("land_use", "moon"), ("plot_ratio", 99), ("tax", "much")}
