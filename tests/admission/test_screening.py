"""Screening of projects: three values, hit policies, least changes, overrides, the pack's rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.admission import (
    Override,
    OverrideError,
    ProjectError,
    Projects,
    load_rulebook,
    overridden,
    screen,
    screen_many,
)
from hexi.admission.conditions import parse_spans

ON = date(2026, 11, 21)
BOOK = load_rulebook()
SPACE = BOOK.space(ON)
RULES = BOOK.in_force(ON)

GOOD: dict[str, Any] = {
    "unit": "lz-etdz", "industry": "2710", "land_use": "industrial", "building": "new",
    "investment": 40000, "land": 100, "tax": 2500, "plot_ratio": 0.9,
    "building_coefficient": 42.0, "office_land": 6, "housing_on_land": False, "green_rate": 15,
    "energy": 800, "electricity": 300, "value_added": 9000,
    "so2": 1, "so2_left": 4, "nox": 1, "nox_left": 1, "cod": 2, "cod_left": 9,
    "ammonia": 0, "ammonia_left": 1,
    "guidance": "encouraged", "foreign": False, "market_prohibited": False, "in_red_line": False,
}  # fmt: skip


def screened(**changed: Any) -> Any:
    return screen({**GOOD, **changed}, RULES, SPACE, ON)


def test_a_good_project_is_admitted_and_nothing_is_left_open() -> None:
    found = screened()
    assert found.result == "admitted"
    assert not found.missing and not found.of("fails") and not found.of("unknown")


@pytest.mark.parametrize(
    ("changed", "rule", "result"),
    [
        ({"investment": 29999}, "investment-per-mu.lanzhou", "unmet"),
        ({"plot_ratio": 0.69}, "plot-ratio.machinery-medicine-minerals", "unmet"),
        ({"industry": "13", "plot_ratio": 0.99}, "plot-ratio.light", "unmet"),
        ({"industry": "2913", "plot_ratio": 0.79}, "plot-ratio.textile-wood-paper", "unmet"),
        ({"building_coefficient": 29.9}, "site-layout.building-coefficient", "unmet"),
        ({"office_land": 7.1}, "site-layout.office-land", "unmet"),
        ({"housing_on_land": True}, "site-layout.housing", "unmet"),
        ({"green_rate": 20.5}, "site-layout.green-rate", "unmet"),
        ({"nox": 1.5}, "plan-eia-caps.nox", "unmet"),
        ({"energy": 1000, "energy_reviewed": False}, "energy-review.much-energy", "unmet"),
        ({"electricity": 500, "energy_reviewed": False}, "energy-review.much-electricity", "unmet"),
        ({"value_added": 700}, "energy-per-value.other", "admitted"),
        ({"in_red_line": True}, "red-line.inside", "refused"),
        ({"market_prohibited": True}, "market-list.prohibited", "refused"),
        ({"foreign": True, "foreign_prohibited": True}, "foreign-list.prohibited", "refused"),
        ({"guidance": "eliminated"}, "guidance-catalogue.eliminated", "refused"),
        ({"guidance": "restricted"}, "guidance-catalogue.restricted-new", "refused"),
        ({"industry": "13", "plot_ratio": 1.0}, "leading-industries.lz-etdz", "admitted"),
        ({"tax": 1800}, "tax-per-mu.anning", "admitted"),
    ],
)
def test_one_wrong_figure_fails_one_rule(changed: Any, rule: str, result: str) -> None:
    found = screened(**changed)
    failed = [one.id for one in found.of("fails") if one.id != "leading-industries.lz-etdz"]
    assert failed == [rule] or (rule == "leading-industries.lz-etdz" and not failed)
    assert rule in {one.id for one in found.of("fails")}
    assert found.result == result
    (one,) = (one for one in found.of("fails") if one.id == rule)
    assert one.row.title in one.sentence and one.row.title_en in one.sentence_en and one.law


@pytest.mark.parametrize(
    ("without", "rule"),
    [
        ("investment", "investment-per-mu.lanzhou"),
        ("plot_ratio", "plot-ratio.machinery-medicine-minerals"),
        ("so2_left", "plan-eia-caps.so2"),
        ("guidance", "guidance-catalogue.eliminated"),
        ("in_red_line", "red-line.inside"),
        ("electricity", "energy-review.much-electricity"),
    ],
)
def test_a_missing_input_is_unknown_and_never_a_pass(without: str, rule: str) -> None:
    found = screened(**{without: None})
    assert rule in {one.id for one in found.of("unknown")}
    assert found.result == "incomplete"
    assert without in found.missing


def test_what_is_not_known_does_not_matter_where_the_demand_holds_anyway() -> None:
    found = screened(energy=None, electricity=None, energy_reviewed=True)
    assert {one.outcome for one in found.outcomes if one.table.id == "energy-review"} == {"passes"}
    assert screened(land_use=None).result == "admitted"


def test_the_zone_stands_for_its_parks_and_the_section_for_its_divisions() -> None:
    park = screened(unit="etdz-an", investment=20000)
    assert "investment-per-mu.lanzhou" in {one.id for one in park.of("fails")}
    elsewhere = screened(unit="ts-etdz", investment=20000)
    assert "investment-per-mu.lanzhou" in {one.id for one in elsewhere.of("not_applicable")}
    office = screened(industry="72", plot_ratio=None)
    assert office.result == "admitted"


def test_rules_are_asked_as_they_stood_on_the_day() -> None:
    old = screen(GOOD, BOOK.tables, SPACE, date(2015, 6, 1))
    assert {one.table.id for one in old.outcomes} == {
        "plot-ratio", "site-layout", "guidance-catalogue"
    }  # fmt: skip


# --- what would change it


def test_the_least_change_of_each_part_of_a_ratio_is_told() -> None:
    (failed,) = screened(investment=23000).of("fails")
    changes = {one.field: one for one in failed.changes}
    assert changes["investment"].number == 30000 and changes["investment"].by == 7000
    assert changes["land"].number == pytest.approx(230 / 3)
    assert "ts-etdz" in changes["unit"].words and "etdz-an" not in changes["unit"].words


def test_a_change_that_breaks_another_rule_says_so() -> None:
    (failed,) = screened(office_land=8, investment=31000).of("fails")
    by_field = {one.field: one for one in failed.changes}
    assert by_field["office_land"].breaks == ()
    assert "investment-per-mu.lanzhou" in by_field["land"].breaks


def test_a_row_is_not_left_for_a_row_that_fails_as_well() -> None:
    (failed,) = screened(plot_ratio=0.65).of("fails")
    words = next(one.words for one in failed.changes if one.field == "industry")
    assert {"26", "32", "25"} <= set(words) and not {"13", "17", "34"} & set(words)


@given(
    st.fixed_dictionaries(
        {
            "investment": st.floats(1, 1e5),
            "land": st.floats(1, 1e3),
            "plot_ratio": st.floats(0, 3),
            "office_land": st.floats(0, 20),
            "green_rate": st.floats(0, 60),
            "so2": st.floats(0, 9),
            "energy": st.floats(0, 3000),
            "industry": st.sampled_from(["13", "2710", "26", "291", "32", "72"]),
            "guidance": st.sampled_from(["permitted", "restricted", "eliminated"]),
        }
    )
)
@settings(max_examples=60, deadline=None)
def test_every_change_that_is_told_turns_its_rule(changed: Any) -> None:
    found = screened(**changed)
    for one in found.of("fails"):
        for change in one.changes:
            to = change.words[0] if change.words else change.number
            again = screened(**{**changed, change.field: to})
            same = next(other for other in again.outcomes if other.id == one.id)
            assert same.outcome in ("passes", "not_applicable")
            newly = {other.id for other in again.of("fails")} - {o.id for o in found.of("fails")}
            assert newly == set(change.breaks)


# --- many at once


def test_many_projects_are_told_the_same_as_each_alone() -> None:
    rng = np.random.default_rng(5)
    projects = [
        {
            name: value
            for name, value in {
                **GOOD,
                "investment": float(rng.uniform(1e4, 5e4)),
                "industry": str(rng.choice(["13", "26", "291", "32", "65"])),
                "guidance": str(rng.choice(["permitted", "restricted"])),
                "energy": float(rng.uniform(0, 2000)),
            }.items()
            if rng.random() > 0.1
        }
        for _ in range(40)
    ]
    many = screen_many(Projects.of(projects, SPACE), RULES, ON)
    zh = many.sentences()
    for place, project in enumerate(projects):
        alone = screen(project, RULES, SPACE, ON)
        said = [one.sentence for one in alone.outcomes if one.sentence]
        assert zh[place] == said
        assert many.missing(place) == alone.missing
        results = ("admitted", "incomplete", "unmet", "refused")
        assert results[many.results[place]] == alone.result


def test_wrong_values_are_told_with_project_and_field() -> None:
    with pytest.raises(ProjectError) as raised:
        Projects.of(
            [GOOD, {"plot_ratio": -1, "industry": "98", "colour": "red"}, {"land": "12 亩"}], SPACE
        )
    places = [(one.project, one.field) for one in raised.value.faults]
    assert sorted(places) == [(1, "colour"), (1, "industry"), (1, "plot_ratio"), (2, "land")]


# --- overrides


def test_an_override_needs_a_person_a_reason_and_a_rule_that_allows_it() -> None:
    found = screened(investment=23000)
    good = Override("investment-per-mu.lanzhou", "王某", "专家论证认为设备国产化降低投资", ON)
    after = overridden(found, [good])
    assert after.result == "admitted" and found.result == "unmet"
    (one,) = after.of("overridden")
    assert "王某" in one.sentence
    barred = screened(in_red_line=True)
    for wrong, screening in (
        (Override(good.rule, " ", "理由", ON), found),
        (Override(good.rule, "王某", "", ON), found),
        (Override("plot-ratio.light", "王某", "理由", ON), found),
        (Override("none.such", "王某", "理由", ON), found),
        (Override("red-line.inside", "王某", "理由", ON), barred),
    ):
        with pytest.raises(OverrideError):
            overridden(screening, [wrong])


# --- conditions


@pytest.mark.parametrize(
    ("written", "inside", "outside"),
    [
        (">= 300", [300, 1e9], [299.999]),
        ("> 300", [300.001], [300]),
        ("[0.5, 1)", [0.5, 0.99], [1, 0.49]),
        (["< 1", "(2, 3]", ">= 3"], [0, 2.5, 3, 4], [1, 2]),
        ("= 7", [7], [6.9, 7.1]),
    ],
)
def test_a_span_holds_what_it_says_and_its_complement_the_rest(
    written: Any, inside: list[float], outside: list[float]
) -> None:
    spans = parse_spans(written)
    assert spans is not None
    points, holes = np.array(inside, float), np.array(outside, float)
    assert spans.holds(points).all() and not spans.holds(holes).any()
    rest = spans.without()
    assert rest.holds(holes).all() and not rest.holds(points).any()
    assert spans.holds(spans.nearest(holes)).all()


@pytest.mark.parametrize("written", ["300", ">= x", "[5, 1]", "(2, 2)", 300, [], None, [">= 1", 2]])
def test_what_is_no_condition_is_refused(written: Any) -> None:
    assert parse_spans(written) is None


def test_the_rules_of_the_pack_name_their_law_and_what_was_assumed() -> None:
    for table in BOOK.tables:
        assert table.legal and table.assumed, table.id
        assert Path(table.file).parent.name == "admission"


def test_words_are_told_as_people_read_them() -> None:
    [housing] = screened(housing_on_land=True).of("fails")
    assert "须为 否" in housing.sentence and "must be no" in housing.sentence_en
    assert SPACE.say("land_use", "logistics") == "物流仓储"
    assert SPACE.say("industry", "2710") == "2710 医药制造业"
    assert SPACE.say("unit", "lz-etdz", "en") == BOOK.pack.catalogue.units["lz-etdz"].name_en


def test_a_rule_that_cannot_be_told_names_what_it_lacks() -> None:
    found = screened(land=None)
    by_id = {one.id: one for one in found.outcomes}
    assert by_id["investment-per-mu.lanzhou"].missing == ("land",)
    assert by_id["site-layout.green-rate"].missing == ()
    assert set(found.missing) == {name for one in found.outcomes for name in one.missing}
