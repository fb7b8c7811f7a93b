"""G1 to G4: base, rate and target; shares; one base for plan and result; whole and parts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.plans.audit import Finding, Verdict, audit
from tests.plans.audit.conftest import Written, plans


def line(written: Written, check: str) -> Finding:
    found = [f for f in audit(plans(written)) if f.check == check]
    assert len(found) == 1, [f.title for f in found]
    return found[0]


def aim(base: str, rate: str, target: str, unit: str = "亿元", name: str = "销售收入") -> Written:
    text = f"2015年，全区{name}{base}{unit}。到2020年达到{target}{unit}，年均增长{rate}%。"
    return (
        Written(text)
        .say(f"{base}{unit}", name, base, unit, "2015", modality="actual")
        .say(f"{target}{unit}", name, target, unit)
        .say(f"{rate}%", name, rate, "%", "2016-2020", measure="growth_annual")
    )


def test_base_rate_and_target_that_agree_show_the_range_that_would_have_passed() -> None:
    found = line(aim("1542", "15", "3100"), "G1")
    assert found.verdict is Verdict.PASS
    assert found.arithmetic == "1542 × 1.15⁵ = 3102；原文 3100亿元"
    assert found.expected == "3034–3171 亿元"


def test_equal_as_printed() -> None:
    assert line(aim("1.1", "5", "1.4"), "G1").verdict is Verdict.EQUAL


def test_target_within_further_rounding_says_which_rate_it_needs() -> None:
    found = line(aim("327", "18.8", "780"), "G1")
    assert found.verdict is Verdict.ROUNDING
    assert "须 19.0%" in found.arithmetic
    assert found.expected == "771–776.6 亿元"


def test_target_that_the_rate_cannot_give_is_outside() -> None:
    found = line(aim("327", "18.8", "913"), "G1")
    assert found.verdict is Verdict.OUTSIDE
    assert found.rank == "identity"
    assert [e.text for e in found.evidence] == ["327亿元", "18.8%", "913亿元"]


@pytest.mark.parametrize(("base", "target"), [("10", "20"), ("100", "120"), ("1000", "2000")])
def test_round_figures_hide_no_fault(base: str, target: str) -> None:
    assert line(aim(base, "8", target), "G1").verdict is Verdict.OUTSIDE


def test_tenfold_target_is_named_a_lost_point() -> None:
    found = line(aim("2.9", "15", "58"), "G1")
    assert found.verdict is Verdict.OUTSIDE
    assert "小数点" in found.hypothesis
    assert "5.8" in found.hypothesis
    assert "decimal point" in found.hypothesis_en


def test_myriad_for_hundred_million_is_named() -> None:
    written = (
        Written("2015年收入2.9亿元，到2020年达到5.8万元，年均增长15%。")
        .say("2.9亿元", "销售收入", "2.9", "亿元", "2015", modality="actual")
        .say("5.8万元", "销售收入", "5.8", "万元")
        .say("15%", "销售收入", "15", "%", "2016-2020", measure="growth_annual")
    )
    assert "万、亿误写" in line(written, "G1").hypothesis


def test_target_reached_in_six_years_is_named_a_wrong_number_of_years() -> None:
    found = line(aim("100.0", "10.0", "177.2", name="税收"), "G1")
    assert found.verdict is Verdict.OUTSIDE
    assert found.hypothesis == "按 6 年计，则相符"


def test_nominal_level_above_a_real_rate_is_left_open() -> None:
    found = line(aim("1542", "8.0", "2500", name="地区生产总值"), "G1")
    assert found.verdict is Verdict.OPEN
    assert "可比价" in found.title


def test_same_gap_is_a_fault_where_prices_play_no_part() -> None:
    assert line(aim("1542", "8.0", "2500", name="企业贷款"), "G1").verdict is Verdict.OUTSIDE


def test_rate_or_more_leaves_a_higher_target_open() -> None:
    written = (
        Written("2015年投资100亿元，到2020年达到200亿元，年均增长10%以上。")
        .say("100亿元", "工业投资", "100", "亿元", "2015", modality="actual")
        .say("200亿元", "工业投资", "200", "亿元")
        .say("10%", "工业投资", "10", "%", "2016-2020", measure="growth_annual", bound="ge")
    )
    assert line(written, "G1").verdict is Verdict.OPEN


def share(base: str, rate: str, unit: str, target: str, measure: str) -> Written:
    period = "2016-2020" if measure == "growth_annual" else "2015-2020"
    name = "第三产业增加值占比"
    return (
        Written(f"{name}由{base}%变为{target}%，{rate}{unit}。")
        .say(f"{base}%", name, base, "%", "2015", measure="share", modality="actual")
        .say(f"{target}%", name, target, "%", measure="share")
        .say(f"{rate}{unit}", name, rate, unit, period, measure=measure)
    )


@pytest.mark.parametrize(
    ("base", "rate", "unit", "target", "measure"),
    [
        ("21.20", "3.8", "%", "25", "growth_total"),  # points under a % head
        ("1.9", "6.5", "%", "2.6", "growth_annual"),  # relative
        ("40", "1", "个百分点", "45", "growth_annual"),  # points a year
    ],
)
def test_change_of_a_share_by_points_or_relatively(
    base: str, rate: str, unit: str, target: str, measure: str
) -> None:
    found = line(share(base, rate, unit, target, measure), "G2")
    assert found.verdict in (Verdict.EQUAL, Verdict.PASS)


def test_change_of_a_share_that_fits_no_reading() -> None:
    found = line(share("21.20", "7.8", "%", "25", "growth_total"), "G2")
    assert found.verdict is Verdict.OUTSIDE


def box(target: str, planned: str, done: str, reached: str) -> Written:
    name = "对外承包工程营业额"
    return (
        Written(f"{name}：目标{target}亿美元、{planned}%，完成{done}亿美元、{reached}%。")
        .say(f"{target}亿美元", name, target, "亿美元", "2015")
        .say(f"{planned}%", name, planned, "%", "2011-2015", measure="growth_annual")
        .say(f"{done}亿美元", name, done, "亿美元", "2015", modality="actual")
        .say(
            f"{reached}%", name, reached, "%", "2011-2015", measure="growth_annual",
            modality="actual",
        )
    )  # fmt: skip


def test_plan_and_result_lead_back_to_one_base() -> None:
    found = line(box("112", "9", "80.1", "2"), "G3")
    assert found.verdict is Verdict.PASS
    assert found.expected == "70.8–74.8 / 70.8–74.4 亿美元"


def test_plan_and_result_of_different_bases() -> None:
    assert line(box("4.4", "18", "2.9", "5.7"), "G3").verdict is Verdict.OUTSIDE


def test_doubling_against_the_mean_rate() -> None:
    def exports(rate: str) -> Written:
        return (
            Written(f"农产品出口翻一番，年均增长{rate}%以上。")
            .say("一番", "农产品出口", "1", "番", "2015-2020", measure="growth_total")
            .say(f"{rate}%", "农产品出口", rate, "%", "2016-2020", measure="growth_annual")
        )

    assert line(exports("15"), "G3").verdict is Verdict.PASS
    assert line(exports("12"), "G3").verdict is Verdict.OUTSIDE


def sectors(rate: str) -> Written:
    text = (
        f"第二产业增加值129.76亿元，同比增长{rate}%，其中：工业增加值97.17亿元，同比增长12.31%；"
        "建筑业增加值32.59亿元，同比增长10.5%。"
    )
    written = Written(text)
    for words, name, value in (
        ("129.76亿元", "第二产业增加值", "129.76"),
        (f"{rate}%", "第二产业增加值", rate),
        ("97.17亿元", "工业增加值", "97.17"),
        ("12.31%", "工业增加值", "12.31"),
        ("32.59亿元", "建筑业增加值", "32.59"),
        ("10.5%", "建筑业增加值", "10.5"),
    ):
        percent = words.endswith("%")
        written.say(
            words, name, value, "%" if percent else "亿元", "2015", modality="actual",
            measure="growth_yoy" if percent else "level",
        )  # fmt: skip
    return written


def test_whole_grows_as_its_parts_weighted() -> None:
    assert line(sectors("11.86"), "G4").verdict in (Verdict.EQUAL, Verdict.PASS)


def test_whole_cannot_outgrow_its_parts() -> None:
    found = line(sectors("12.86"), "G4")
    assert found.verdict is Verdict.OUTSIDE
    assert found.expected == "11.83–11.87 %"


@given(
    base=st.decimals("10", "9999", places=1),
    rate=st.decimals("1", "30", places=1),
)
def test_targets_computed_and_rounded_are_never_outside(base: Decimal, rate: Decimal) -> None:
    exact = base * (1 + rate / 100) ** 5
    target = exact.quantize(Decimal("0.1"))
    found = line(aim(str(base), str(rate), str(target)), "G1")
    assert found.verdict in (Verdict.EQUAL, Verdict.PASS)


@given(
    base=st.decimals("10", "999", places=1),
    rate=st.decimals("3", "25", places=1),
)
def test_planted_tenfold_slip_is_found_and_named(base: Decimal, rate: Decimal) -> None:
    exact = base * (1 + rate / 100) ** 5
    slipped = int((exact.quantize(Decimal("0.1")) * 10).to_integral_value())
    found = line(aim(str(base), str(rate), str(slipped)), "G1")
    assert found.verdict is Verdict.OUTSIDE
    assert "小数点" in found.hypothesis
