"""Rules: conditions, rates, ceilings and floors are limits, of those whom the rule addresses."""

from __future__ import annotations

from hexi.plans.documents import read_text
from hexi.plans.statements import Statement, extract

_TITLE = "白鹿经开区支持生物医药产业若干政策\n\n"


def read(text: str, title: str = _TITLE) -> list[Statement]:
    return extract(read_text(f"{title}{text}\n", name="rules"))


def test_a_condition_a_rate_and_a_ceiling_are_limits_of_those_addressed() -> None:
    condition, rate, ceiling = read(
        "第二条 对新引进的医药项目，固定资产投资达到2亿元以上的，按设备投入的8%给予补助，"
        "最高1500万元。"
    )
    assert {s.modality for s in (condition, rate, ceiling)} == {"threshold"}
    assert {s.subject for s in (condition, rate, ceiling)} == {"医药项目"}
    assert {s.period for s in (condition, rate, ceiling)} == {None}
    assert (condition.indicator, condition.bound) == ("固定资产投资", "ge")
    assert (rate.indicator, rate.measure) == ("设备投入补助比例", "share")
    assert (ceiling.indicator, ceiling.bound) == ("补助", "le")


def test_sums_dealt_out_belong_to_those_who_meet_the_conditions_in_order() -> None:
    *_, small, large = read("研发投入首次达到600万元、1500万元的，分别一次性奖励20万元、60万元。")
    assert "600万元" in small.subject
    assert "1500万元" in large.subject
    assert small.indicator == large.indicator == "一次性奖励"


def test_a_ceiling_may_stand_after_its_sum() -> None:
    [sum_] = read("每家企业每年贴息额以100万元为限。")
    assert (sum_.bound, sum_.modality) == ("le", "threshold")


def test_floors_of_admission_are_of_the_kind_of_works_named_before_them() -> None:
    density, tax, ratio = read(
        "新建医药项目投资强度一般不低于350万元/亩，亩均税收不低于20万元，容积率不小于1.6。"
    )
    assert {s.subject for s in (density, tax, ratio)} == {"医药项目"}
    assert {s.bound for s in (density, tax, ratio)} == {"ge"}
    assert (density.indicator, ratio.indicator, ratio.unit) == ("投资强度", "容积率", "")


def test_aims_among_the_measures_stay_aims() -> None:
    [aim] = read("到2025年，新建标准厂房80万平方米。")
    assert (aim.modality, aim.period) == ("target", "2025")


def test_sums_paid_out_in_a_year_are_results() -> None:
    [paid] = read("2023年，全区发放奖励资金3.2亿元。", "星湖新区2023年工作情况\n\n")
    assert (paid.modality, paid.period) == ("actual", "2023")
