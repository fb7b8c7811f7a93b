"""The series a goal is measured by: what is taken, what is left out, and what is said of it."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from hexi.catalogue import load_pack
from hexi.catalogue.evidence import Figure, Observation, PlanRef, Source
from hexi.catalogue.nouns import SeriesBreak
from hexi.monitoring.goal import goal_of
from hexi.monitoring.lamps import load_rules
from hexi.monitoring.observed import (
    Observed,
    code_of,
    measured_by,
    observed_for,
    period_of,
    with_seen_base,
)
from hexi.monitoring.paths import draw
from hexi.monitoring.position import believed, locate, revisions
from hexi.monitoring.sweep import sweep
from hexi.monitoring.verdicts import ledger_of
from hexi.monitoring.verdicts.series import Ledger

AT = date(2021, 6, 1)
GRADE = load_rules().on(AT).grade
PLAN = PlanRef(
    "plan", "规划", "Plan", "zone", "general", "lz-etdz", 2016, 2020, 2015,
    "", "", "", (), (), "", "issued", "",
)  # fmt: skip
SOURCES = (Source("press", "报纸", ""), Source("own", "规划", "plan"))


def seen(value, period, unit="亿元", basis="level", **other):
    fields = {
        "indicator": "retail", "facets": (), "bound": "eq", "source": "press",
        "confidence": "medium", "vintage": "", "definition": "",
    } | other  # fmt: skip
    return Observation(
        id=f"{period}.{basis}.{value}", unit="lz-etdz", period=period,
        figure=Figure(Decimal(value), value), measure_unit=unit, basis=basis, note="", line=0,
        **fields,
    )  # fmt: skip


def change(**other):
    fields = {
        "id": "c", "indicator": "retail", "units": (), "period": "2018", "kind": "scope",
        "before": "", "after": "", "note": "范围扩大", "note_en": "Wider scope",
    } | other  # fmt: skip
    return SeriesBreak(**fields)


def ledger(*observations, breaks=(), at=AT):
    return Ledger(
        observations,
        catalogue=load_pack("gansu").catalogue,
        sources=SOURCES,
        breaks=breaks,
        plans=[PLAN],
        until=at,
    )


def points(observed):
    return {period: value for period, value, _ in observed.points()}


def codes(remarks):
    return [one.code for one in remarks]


@pytest.mark.parametrize(
    ("text", "frequency", "code"),
    [("2023", 1, 2023), ("2023-Q2", 4, 8093), ("2023-05", 12, 24280), ("2023", 12, 24287)],
)
def test_periods_and_their_codes(text, frequency, code):
    assert code_of(text, frequency) == code
    assert code_of(period_of(code, frequency), frequency) == code


def test_years_that_are_missing_stay_empty_and_are_named(settled):
    goal = settled(plan="plan")
    observed = observed_for(goal, ledger(seen("240", "2016"), seen("300", "2019")), AT)
    assert points(observed) == {"2015": 225.98, "2016": 240, "2019": 300}
    assert np.isnan(observed.values[2:4]).all()
    assert codes(observed.cautions) == ["base_planned", "years_missing"]
    assert "2017年、2018年" in observed.cautions[1].text


def test_units_are_converted_and_other_currencies_left_out(settled):
    found = observed_for(
        settled(), ledger(seen("2500000", "2016", "万元"), seen("40", "2017", "亿美元")), AT
    )
    assert points(found) == {"2015": 225.98, "2016": 250}


def test_the_plans_own_figures_are_no_evidence(settled):
    found = observed_for(settled(plan="plan"), ledger(seen("999", "2017", source="own")), AT)
    assert found.count == 0
    assert codes(found.cautions) == ["no_series"]


def test_restated_values_are_told_and_the_first_published_is_taken(settled):
    found = observed_for(
        settled(),
        ledger(
            seen("240", "2016", vintage="as-published"),
            seen("251", "2016", vintage="revised-4th-census"),
        ),
        AT,
    )
    assert points(found)["2016"] == 240
    assert "240亿元、251亿元" in next(one.text for one in found.cautions if one.code == "restated")


def test_a_revision_is_not_known_before_its_day(settled):
    book = ledger(
        seen("240", "2016", vintage="as-published"),
        seen("251", "2016", vintage="revised-4th-census"),
    )
    known = {"revised-4th-census": date(2020, 1, 1)}
    early = observed_for(settled(), book, date(2019, 6, 1), known=known, revised=True)
    late = observed_for(settled(), book, date(2020, 6, 1), known=known, revised=True)
    assert (points(early)["2016"], points(late)["2016"]) == (240, 251)


def test_what_was_believed_on_earlier_days(settled):
    book = ledger(
        seen("240", "2016", vintage="as-published"),
        seen("251", "2016", vintage="revised-4th-census"),
        seen("300", "2018"),
    )
    goal = settled()
    days = [date(2017, 6, 1), date(2019, 6, 1), date(2020, 6, 1)]
    known = {"revised-4th-census": date(2020, 1, 1)}
    found = believed(goal, book, draw(goal), GRADE, days, known=known, revised=True)
    assert [belief.position.period for belief in found] == ["2016", "2018", "2018"]
    (revision,) = revisions(found)
    assert (revision.period, revision.before, revision.after) == ("2016", 240, 251)
    assert revision.after_on == date(2020, 6, 1)
    assert revision.change == pytest.approx(4.583, abs=0.001)


def test_an_estimate_counts_only_where_nothing_better_is_and_is_named(settled):
    found = observed_for(
        settled(),
        ledger(
            seen("250", "2017", vintage="estimate"),
            seen("262", "2017"),
            seen("290", "2018", confidence="low"),
        ),
        AT,
    )
    assert points(found)["2017"] == 262
    assert points(found)["2018"] == 290
    assert [one.text for one in found.cautions if one.code == "estimate"] == [
        "2018年为预计数或低可信度数据"
    ]


def test_a_change_of_scope_ends_the_series_and_is_shown(settled):
    values = (seen("240", "2016"), seen("262", "2017"), seen("400", "2018"), seen("430", "2019"))
    found = observed_for(settled(), ledger(*values, breaks=[change()]), AT)
    assert points(found) == {"2015": 225.98, "2016": 240, "2017": 262}
    assert [(one.period, one.factor) for one in found.breaks] == [(2018, None)]
    assert "blocked" in codes(found.cautions)


def test_only_a_declared_factor_bridges_a_change(settled):
    values = (seen("240", "2016"), seen("262", "2017"), seen("400", "2018"))
    linked = change(link="1.25", link_source="统计局文件")
    found = observed_for(settled(), ledger(*values, breaks=[linked]), AT)
    assert points(found)["2018"] == pytest.approx(320)
    assert found.breaks[0].factor == 1.25
    (said,) = (one for one in found.cautions if one.code == "bridged")
    assert "1.25" in said.text
    assert "Wider scope" in said.text_en


def test_what_lies_before_a_change_older_than_the_base_is_left_out(settled):
    values = (seen("90", "2012"), seen("226", "2015"), seen("240", "2016"))
    old = change(period="2014")
    assert points(observed_for(settled(), ledger(*values, breaks=[old]), AT)) == {
        "2015": 226, "2016": 240,
    }  # fmt: skip
    linked = change(period="2014", link="2", link_source="统计局文件")
    found = observed_for(settled(), ledger(*values, breaks=[linked]), AT)
    assert points(found)["2012"] == pytest.approx(180)


def test_a_base_that_the_plan_does_not_state_is_taken_from_what_was_observed(settled):
    goal = settled(base="")
    observed = observed_for(goal, ledger(seen("220", "2015"), seen("240", "2016")), AT)
    based = with_seen_base(goal, observed)
    assert based.base == 220
    assert codes(based.cautions) == ["base_observed"]
    assert "2015年观测值220亿元" in based.cautions[0].text
    nowhere = observed_for(goal, ledger(seen("240", "2016")), AT)
    assert with_seen_base(goal, nowhere).base is None


def test_growth_is_read_from_recorded_rates_before_nominal_levels(settled):
    goal = settled("8", measure="growth_annual", measure_unit="%", base="", indicator="gdp")
    values = [
        seen("100", "2015", indicator="gdp"),
        seen("112", "2016", indicator="gdp"),
        seen("7.6", "2016", "%", "growth_yoy", indicator="gdp"),
    ]
    rates = observed_for(goal, ledger(*values), AT)
    assert rates.rates
    assert points(rates) == {"2016": 7.6}
    nominal = observed_for(goal, ledger(*values[:2]), AT)
    assert not nominal.rates
    assert "nominal" in codes(nominal.cautions)


def test_mean_growth_that_was_recorded_stands_for_its_years(settled):
    goal = settled("8", measure="growth_annual", measure_unit="%", base="")
    found = observed_for(goal, ledger(seen("6.5", "2016-2018", "%", "growth_average")), AT)
    place = locate(goal, found, draw(goal), GRADE)
    assert (place.period, place.actual) == ("2018", pytest.approx(6.5))


def test_part_of_a_year_stands_beside_and_is_never_taken_for_the_year(settled):
    values = (
        seen("240", "2019"),
        seen("110", "2019-06", basis="cumulative"),
        seen("121", "2020-06", basis="cumulative"),
    )
    found = observed_for(settled(), ledger(*values), AT)
    assert "2020" not in points(found)
    assert found.partial.period == "2020-H1"
    assert "另有2020年上半年的数值121亿元，只覆盖部分时间" in [one.text for one in found.cautions]
    assert found.partial.growth == pytest.approx(10)


def test_months_of_a_flow_run_through_the_year(settled):
    values = (
        seen("20", "2019-01", basis="cumulative"),
        seen("110", "2019-06", basis="cumulative"),
        seen("240", "2019"),
    )
    found = observed_for(settled(base=""), ledger(*values), AT, frequency=12)
    assert found.running
    assert points(found) == {"2019-01": 20, "2019-06": 110, "2019-12": 240}


def test_a_running_year_is_told_by_its_months_where_last_year_has_them(settled):
    months = [
        seen(str(scale * month), f"{year}-{month:02}", basis="cumulative")
        for year, scale in ((2017, 20), (2018, 22))
        for month in (3, 6, 9)
    ]
    years = [seen("225.98", "2015"), seen("240", "2016"), seen("262", "2017")]
    goal, then = settled(), date(2018, 11, 1)
    found = measured_by(goal, ledger(*months, *years), then)
    assert (found.frequency, found.running) == (12, True)
    assert points(found)["2018-09"] == 198
    assert points(found)["2017-12"] == 262
    told = sweep([goal], {goal.id: found}, at=then, rules=load_rules("gansu")).of(goal.id)
    assert told.last_period == "2018-09"
    assert told.p is not None


def test_months_without_last_years_and_goals_that_are_over_are_told_by_years(settled):
    years = [seen("225.98", "2015"), seen("240", "2016"), seen("262", "2017")]
    alone = seen("198", "2018-09", basis="cumulative")
    assert measured_by(settled(), ledger(alone, *years), date(2018, 11, 1)).frequency == 1
    before = seen("180", "2017-09", basis="cumulative")
    over = measured_by(settled(), ledger(alone, before, *years), date(2021, 11, 1))
    assert over.frequency == 1


def test_the_real_series_of_the_lanzhou_zone():
    pack = load_pack("gansu")
    target = next(one for one in pack.targets if one.id == "lz-etdz-135.gdp")
    goal = goal_of(target, pack.catalogue, pack.plan(target.plan))
    found = observed_for(goal, ledger_of(pack, AT), AT)
    assert points(found)["2020"] == 331.49
    place = locate(goal, found, draw(goal), GRADE)
    assert place.met is False
    assert place.gap == pytest.approx(331.49 - 430)
    assert f"{place.past_rate:.1f}" == "8.0"
    assert found.as_record()["points"][-1]["observation"].startswith("lz-etdz.gdp.2020")


def test_a_series_from_written_periods(settled):
    found = Observed.of(settled(), {"2016-Q1": 3, "2016-Q4": 9}, frequency=4)
    assert (found.count, found.last, found.at(2016 * 4 + 1)) == (2, 2016 * 4 + 3, None)
    assert found.points()[1] == ("2016-Q4", 9, "")
