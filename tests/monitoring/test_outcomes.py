"""Verdicts on the shipped pack: plan against outcome, as a reader of the sources finds it."""

from datetime import date

import pytest

from hexi.catalogue import load_pack
from hexi.monitoring.verdicts import Status, judge_pack

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def verdicts():
    return {verdict.target.id: verdict for verdict in judge_pack(load_pack("gansu"), TODAY)}


def codes(remarks):
    return {remark.code for remark in remarks}


def test_every_target_has_one_verdict_with_a_reason(verdicts):
    assert list(verdicts) == [target.id for target in load_pack("gansu").targets]
    assert all(verdict.reasons for verdict in verdicts.values())


@pytest.mark.parametrize(
    ("target", "observed", "share"),
    [
        ("gs-open-125.trade", "80.1亿美元", "71.5%"),
        ("gs-open-125.fdi", "1.1亿美元", "50%"),
        ("gs-open-125.contract", "2.9亿美元", "65.9%"),
        ("gs-open-125.odi", "1.3亿美元", "41.9%"),
    ],
)
def test_the_four_targets_of_the_plan_before_were_missed(verdicts, target, observed, share):
    verdict = verdicts[target]
    assert verdict.status is Status.MISSED
    assert verdict.observed == observed
    assert verdict.arithmetic.endswith(share)
    assert "own_report" in codes(verdict.warnings)


def test_trade_of_2020_reached_less_than_half(verdicts):
    verdict = verdicts["gs-open-135.trade"]
    assert verdict.status is Status.MISSED and not verdict.inferred
    assert verdict.observed == "55.30亿美元"
    assert verdict.arithmetic.endswith("46.1%")
    assert verdict.growth.status is Status.MISSED
    assert verdict.growth.arithmetic.endswith("−7.1%")
    assert "parallel" in codes(verdict.warnings)


def test_the_belt_and_road_share_has_no_value_of_2020_but_lies_above_on_both_sides(verdicts):
    verdict = verdicts["gs-open-135.sh_br"]
    assert verdict.status is Status.UNKNOWN
    assert verdict.leaning is Status.MET
    assert codes(verdict.reasons) == {"no_value", "bracket"}
    joint = [p for p in verdict.series if p.observation.definition == "joint"]
    assert joint and all("break" in codes(point.remarks) for point in joint)


def test_foreign_investment_of_2020_is_computed_from_2021_and_falls_short(verdicts):
    verdict = verdicts["gs-open-135.fdi.2"]
    assert verdict.status is Status.MISSED and verdict.inferred
    assert verdict.observed == "约0.77亿美元"
    assert verdicts["gs-open-135.fdi"].status is Status.UNKNOWN


def test_nine_months_of_outward_investment_decide_nothing(verdicts):
    verdict = verdicts["gs-open-135.odi"]
    assert verdict.status is Status.UNKNOWN and verdict.leaning is None
    assert verdict.arithmetic.endswith("32.4%")
    assert "partial" in codes(verdict.warnings)


def test_a_total_since_inception_is_no_five_year_total(verdicts):
    verdict = verdicts["gs-open-135.contract"]
    assert verdict.status is Status.UNKNOWN
    assert "inception" in codes(verdict.warnings)


def test_services_trade_very_probably_missed(verdicts):
    verdict = verdicts["gs-open-135.trade_srv"]
    assert (verdict.status, verdict.leaning) == (Status.UNKNOWN, Status.MISSED)


def test_the_count_of_zones_depends_on_what_counts_as_one(verdicts):
    verdict = verdicts["gs-zones-135.gs-zones.zones_n"]
    assert verdict.status is Status.UNKNOWN
    assert {"scope", "break"} <= codes(verdict.warnings)


def test_two_zones_do_not_stand_for_all_of_them(verdicts):
    verdict = verdicts["gs-zones-135.rd_int"]
    assert verdict.status is Status.UNKNOWN
    assert {p.observation.figure.printed for p in verdict.related} == {"3.45", "5.46"}
    assert "members" in codes(verdict.warnings)


def test_the_zones_of_the_provincial_plan_have_only_the_plans_own_figures(verdicts):
    for indicator in ("gdp", "sales", "va_ind", "fiscal_rev", "tech_income"):
        verdict = verdicts[f"gs-zones-135.{indicator}"]
        assert verdict.status is Status.UNKNOWN
        assert codes(verdict.reasons) == {"own_only"}


def test_the_lanzhou_zone_missed_its_product(verdicts):
    verdict = verdicts["lz-etdz-135.gdp"]
    assert verdict.status is Status.MISSED
    assert verdict.arithmetic == "331.49亿元 ÷ 430亿元 = 77.1%"
    assert verdict.growth.arithmetic == "(331.49亿元 ÷ 225.98亿元)^(1/5) − 1 = 8%"
    assert verdict.growth.status is Status.MISSED
    assert "nominal" in codes(verdict.warnings)


def test_its_investment_is_not_decided_across_a_change_of_scope(verdicts):
    verdict = verdicts["lz-etdz-135.fai"]
    assert verdict.status is Status.UNKNOWN
    assert "break" in codes(verdict.warnings)


def test_its_trade_is_not_compared_across_currency_and_scope(verdicts):
    verdict = verdicts["lz-etdz-135.trade"]
    assert verdict.status is Status.UNKNOWN
    assert {"currency", "break"} <= codes(verdict.warnings)


def test_its_rank_rose_by_more_than_five_places(verdicts):
    verdict = verdicts["lz-etdz-135.rank_etdz_change"]
    assert verdict.status is Status.MET and verdict.inferred
    assert "years_missing" in codes(verdict.warnings)


def test_the_annual_targets_of_2023(verdicts):
    funds = verdicts["gs-2023.attract"]
    assert (funds.status, funds.observed) == (Status.MET, "5961.26亿元")
    trains = verdicts["gs-2023.trains.2"]
    assert (trains.status, trains.observed) == (Status.MET, "38%")
    assert "near_name" in codes(trains.warnings)
    assert verdicts["gs-2023.lzna-cbz.trade"].status is Status.UNKNOWN


def test_a_share_of_2028_is_neither_met_nor_missed(verdicts):
    verdict = verdicts["lzna-process-2024.sh_process"]
    assert verdict.status is Status.UNKNOWN


def test_no_verdict_rests_on_the_plans_own_figures(verdicts):
    pack = load_pack("gansu")
    for verdict in verdicts.values():
        for point in verdict.series:
            if point.used and pack.source(point.observation.source).plan == verdict.target.plan:
                pytest.fail(f"{verdict.target.id} rests on its own plan")


def test_in_the_middle_of_the_plan_nothing_later_is_known():
    verdicts = {v.target.id: v for v in judge_pack(load_pack("gansu"), date(2018, 6, 30))}
    trade = verdicts["gs-open-135.trade"]
    assert trade.status is Status.ON_THE_WAY
    assert {p.observation.period[:4] for p in trade.series} <= {str(y) for y in range(2010, 2019)}
    assert verdicts["gs-2023.attract"].status is Status.UNKNOWN
    assert verdicts["gs-open-125.trade"].status is Status.MISSED


def test_a_verdict_is_ready_for_json(verdicts):
    record = verdicts["gs-open-135.trade"].as_record()
    assert record["status"] == "missed"
    assert record["reasons"][0]["text"] == "2020年观测值55.30亿美元，未达到目标"
    assert record["reasons"][0]["text_en"].startswith("Observed 55.30亿美元 in 2020")
    used = [point for point in record["series"] if point["used"]]
    assert [point["value"] for point in used] == ["55.29729"]
