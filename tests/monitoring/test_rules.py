"""The rules of judging, one by one, on small made-up series."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.catalogue import Catalogue, load_pack
from hexi.catalogue.evidence import Figure, Observation, PackTarget, PlanRef, Source
from hexi.catalogue.nouns import SeriesBreak
from hexi.monitoring.verdicts import Status, judge

AT = date(2026, 1, 1)
PLAN = PlanRef(
    "plan", "规划", "Plan", "zone", "general", "lz-etdz", 2016, 2020, 2015,
    "", "", "", (), (), "", "issued", "",
)  # fmt: skip
SOURCES = (Source("press", "报纸", ""), Source("own", "规划", "plan"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_pack("gansu").catalogue


def figure(text):
    return Figure(Decimal(text), text)


def target(value="430", unit="亿元", measure="level", **other):
    fields = {
        "indicator": "retail", "bound": "ge", "period": "2020", "facets": (), "base": None,
        "base_period": "", "growth": None, "growth_bound": "", "name": "社会消费品零售总额",
    } | other  # fmt: skip
    return PackTarget(
        id="t", plan="plan", unit="lz-etdz", measure=measure, figure=figure(value),
        measure_unit=unit, nature="expected", place="表1", row="", note="", **fields,
    )  # fmt: skip


def seen(value, period="2020", unit="亿元", basis="level", **other):
    fields = {
        "indicator": "retail", "facets": (), "bound": "eq", "source": "press",
        "confidence": "medium", "vintage": "", "definition": "",
    } | other  # fmt: skip
    return Observation(
        id=f"{period}.{basis}.{value}", unit="lz-etdz", period=period, figure=figure(value),
        measure_unit=unit, basis=basis, note="", line=0, **fields,
    )  # fmt: skip


def verdict(catalogue, aim, *observed, at=AT, breaks=()):
    (one,) = judge(
        [aim], observed, catalogue=catalogue, at=at, sources=SOURCES, breaks=breaks, plans=[PLAN]
    )
    return one


def codes(remarks):
    return [remark.code for remark in remarks]


@pytest.mark.parametrize(
    ("value", "bound", "indicator", "status"),
    [
        ("430", "ge", "retail", Status.MET),
        ("429.6", "ge", "retail", Status.MISSED),
        ("429.6", "le", "retail", Status.MET),
        ("420", "approx", "retail", Status.MET),
        ("400", "approx", "retail", Status.MISSED),
        ("420", "eq", "retail", Status.MISSED),
        ("500", "eq", "retail", Status.MET),
        ("500", "eq", "fai_re", Status.UNKNOWN),
    ],
)
def test_bound_and_direction_say_what_reaching_means(catalogue, value, bound, indicator, status):
    aim = target(bound=bound, indicator=indicator)
    assert verdict(catalogue, aim, seen(value, indicator=indicator)).status is status


def test_lower_is_better_where_the_indicator_says_so(catalogue):
    aim = target("3.0", "吨标准煤/万元", indicator="energy_va", bound="eq", name="单位能耗")
    for value, status in (("2.9", Status.MET), ("3.1", Status.MISSED)):
        one = seen(value, unit="吨标准煤/万元", indicator="energy_va")
        assert verdict(catalogue, aim, one).status is status


def test_a_line_within_the_rounding_is_said_to_be(catalogue):
    one = verdict(catalogue, target("430"), seen("430"))
    assert one.status is Status.MET and "rounding" in codes(one.warnings)


def test_units_of_one_dimension_are_converted_and_currencies_never(catalogue):
    assert verdict(catalogue, target("430"), seen("4400000", unit="万元")).status is Status.MET
    other = verdict(catalogue, target("430"), seen("900", unit="亿美元"))
    assert other.status is Status.UNKNOWN
    assert codes(other.warnings) == ["currency"]


def test_a_plans_own_figures_are_no_evidence(catalogue):
    one = verdict(catalogue, target(), seen("500", source="own"))
    assert (one.status, codes(one.reasons)) == (Status.UNKNOWN, ["own_only"])
    assert one.series[0].role == "own"


def test_part_of_a_year_decides_only_what_it_already_exceeds(catalogue):
    part = {"period": "2020-06", "basis": "cumulative"}
    assert verdict(catalogue, target(), seen("440", **part)).status is Status.MET
    short = verdict(catalogue, target(), seen("200", **part))
    assert short.status is Status.UNKNOWN
    share = target("30", "%", "share", indicator="sh_br", name="占比")
    half = seen("54", "2020-06", "%", "share", indicator="sh_br")
    assert verdict(catalogue, share, half).status is Status.UNKNOWN


def test_part_of_a_year_says_nothing_of_an_upper_limit(catalogue):
    aim = target(bound="le")
    one = verdict(catalogue, aim, seen("200", "2020-06", basis="cumulative"))
    assert one.status is Status.UNKNOWN


def test_sources_that_lead_to_different_answers_decide_nothing(catalogue):
    one = verdict(catalogue, target(), seen("440"), seen("420", vintage="revised"))
    assert (one.status, codes(one.reasons)) == (Status.UNKNOWN, ["disagree"])
    same = verdict(catalogue, target(), seen("450"), seen("440", vintage="revised"))
    assert same.status is Status.MET
    assert same.observed == "450亿元"
    assert "vintages" in codes(same.warnings)


def test_estimates_and_weak_sources_only_lean(catalogue):
    for weak in ({"confidence": "low"}, {"vintage": "estimate"}):
        one = verdict(catalogue, target(), seen("500", **weak))
        assert (one.status, one.leaning) == (Status.UNKNOWN, Status.MET)


def test_a_level_is_computed_from_a_neighbour_and_its_rate_of_one_source(catalogue):
    after = (seen("330", "2021"), seen("10", "2021", "%", "growth_yoy"))
    one = verdict(catalogue, target("430"), *after)
    assert (one.status, one.inferred, one.observed) == (Status.MISSED, True, "约300亿元")
    other = (after[0], replace(after[1], source="own"))
    assert verdict(catalogue, target("430"), *other).status is Status.UNKNOWN


def test_values_are_not_carried_across_a_change_of_scope(catalogue):
    change = SeriesBreak(
        "b", "retail", ("lz-etdz",), "2018", "scope", "", "", "范围变了", "the scope changed"
    )
    one = verdict(catalogue, target(), seen("200"), breaks=[change])
    assert one.status is Status.UNKNOWN
    assert codes(one.warnings) == ["break"]
    assert one.breaks == (change,)
    revised = replace(change, kind="census", units=())
    kept = verdict(catalogue, target(), seen("200", "2020"), breaks=[revised])
    assert kept.status is Status.MISSED


def test_another_scope_is_set_aside_with_the_reason(catalogue):
    one = verdict(catalogue, target(), seen("900", facets=("全市",)))
    assert (one.status, codes(one.warnings)) == (Status.UNKNOWN, ["scope"])


def test_a_total_is_summed_from_all_its_years(catalogue):
    aim = target("100", measure="cumulative", period="2016-2020")
    years = [seen("21", str(year)) for year in range(2016, 2021)]
    one = verdict(catalogue, aim, *years)
    assert (one.status, one.inferred, one.observed) == (Status.MET, True, "105亿元")
    low = verdict(catalogue, aim, *(seen("19", str(year)) for year in range(2016, 2021)))
    assert low.status is Status.MISSED
    part = verdict(catalogue, aim, *years[:3])
    assert (part.status, part.arithmetic) == (Status.UNKNOWN, "63亿元 ÷ 100亿元 = 63%")
    much = verdict(catalogue, aim, seen("101", "2017-09", basis="cumulative"))
    assert much.status is Status.MET


def test_overlapping_parts_are_not_counted_twice(catalogue):
    aim = target("100", measure="cumulative", period="2016-2020")
    one = verdict(
        catalogue, aim, seen("60", "2016-2018", basis="cumulative"), seen("30", "2017"),
        seen("15", "2018-06", basis="cumulative"), seen("20", "2019"),
    )  # fmt: skip
    assert one.observed == "80亿元"


def test_growth_follows_from_two_levels(catalogue):
    aim = target("10", "%", "growth_yoy")
    one = verdict(catalogue, aim, seen("110", "2019"), seen("123", "2020"))
    assert (one.status, one.inferred) == (Status.MET, True)
    assert one.arithmetic == "(123亿元 ÷ 110亿元) − 1 = 11.8%"
    told = verdict(catalogue, aim, seen("9.9", "2020", "%", "growth_yoy"), seen("110", "2019"))
    assert (told.status, told.inferred) == (Status.MISSED, False)


def test_mean_growth_and_doubling(catalogue):
    levels = (seen("100", "2015"), seen("201", "2020"))
    annual = target("15", "%", "growth_annual", period="2016-2020")
    one = verdict(catalogue, annual, *levels)
    assert (one.status, one.observed) == (Status.MISSED, "15%")
    double = target("1", "番", "growth_total", period="2016-2020")
    assert verdict(catalogue, double, *levels).status is Status.MET


def test_growth_is_not_taken_across_vintages(catalogue):
    aim = target("10", "%", "growth_yoy")
    one = verdict(catalogue, aim, seen("100", "2019", vintage="revised"), seen("120", "2020"))
    assert one.status is Status.UNKNOWN


def test_the_rate_beside_a_level_is_checked_too(catalogue):
    aim = target("200", base=figure("100"), base_period="2015", growth=figure("15"))
    one = verdict(catalogue, aim, seen("180"))
    assert one.growth.status is Status.MISSED
    assert one.growth.arithmetic == "(180亿元 ÷ 100亿元)^(1/5) − 1 = 12.5%"


def test_before_its_year_a_target_is_on_the_way(catalogue):
    one = verdict(
        catalogue, target(), seen("300", "2017"), seen("500", "2020"), at=date(2019, 3, 1)
    )
    assert one.status is Status.ON_THE_WAY
    assert codes(one.reasons) == ["not_due", "so_far"]
    assert len(one.series) == 1
    none = verdict(catalogue, target(), seen("300", "2014"), at=date(2019, 3, 1))
    assert none.status is Status.UNKNOWN


def test_a_target_without_a_year_cannot_be_judged(catalogue):
    one = verdict(catalogue, target(period=""), seen("500"))
    assert (one.status, codes(one.reasons)) == (Status.UNKNOWN, ["no_deadline"])


def test_nothing_observed(catalogue):
    one = verdict(catalogue, target())
    assert (one.status, codes(one.reasons)) == (Status.UNKNOWN, ["nothing_observed"])


PRINTED = st.decimals(min_value=0, max_value=10_000, places=2).map(lambda value: f"{value:f}")


@given(PRINTED, PRINTED)
def test_more_is_never_judged_worse(one, two):
    catalogue = load_pack("gansu").catalogue
    low, high = sorted((one, two), key=Decimal)
    answers = [verdict(catalogue, target("5000"), seen(value)).status for value in (low, high)]
    assert answers != [Status.MET, Status.MISSED]


@given(st.lists(st.tuples(PRINTED, st.integers(2010, 2026)), max_size=8))
def test_a_decided_verdict_always_shows_what_it_rests_on(values):
    catalogue = load_pack("gansu").catalogue
    observed = [
        replace(seen(value, str(year)), id=str(number))
        for number, (value, year) in enumerate(values)
    ]
    one = verdict(catalogue, target("5000"), *observed)
    if one.status in (Status.MET, Status.MISSED):
        assert [point for point in one.series if point.used]
        assert one.observed
    assert one.reasons


@pytest.mark.slow
def test_any_target_on_any_series_gets_an_answer():
    """Every measure, bound and period against every observed matter: an answer, never a crash."""
    pack = load_pack("gansu")
    matters = sorted({(seen.unit, seen.indicator) for seen in pack.observations})
    shapes = [
        (measure, bound, period, value)
        for measure in ("level", "share", "count", "rank", "cumulative",
                        "growth_yoy", "growth_annual", "growth_total")
        for bound, period, value in (
            ("ge", "2020", "30"), ("le", "2016-2020", "0"), ("approx", "2022-06", "-4.5"),
            ("eq", "2023", "1000"), ("ge", "", "5"),
        )
    ]  # fmt: skip
    aims = []
    for unit, indicator in matters:
        own = pack.catalogue.indicators[indicator].unit
        for measure, bound, period, value in shapes:
            for measure_unit in (own, "番" if measure == "growth_total" else "%"):
                aim = target(
                    value, measure_unit, measure, bound=bound, period=period,
                    indicator=indicator, base=figure("0.5"), base_period="2015",
                    growth=figure("8"),
                )  # fmt: skip
                aims.append(replace(aim, unit=unit, id=str(len(aims))))
    for at in (date(2017, 5, 1), AT):
        verdicts = judge(
            aims, pack.observations, catalogue=pack.catalogue, at=at,
            sources=pack.sources, breaks=pack.breaks, plans=pack.plans,
        )  # fmt: skip
        assert len(verdicts) == len(aims)
        assert all(one.reasons and one.as_record() for one in verdicts)
