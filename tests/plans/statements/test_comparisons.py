"""Gaps to something else, results against a plan, and parts against wholes."""

from __future__ import annotations

import pytest

from hexi.plans.documents import read_text
from hexi.plans.statements import Statement, extract

_TITLE = "青河高新区2022年经济运行情况\n\n"


def read(text: str, title: str = _TITLE) -> list[Statement]:
    return extract(read_text(f"{title}{text}\n", name="paper"))


@pytest.mark.parametrize(
    ("gap", "named"),
    [
        ("高于全市平均1.2个百分点", "高于全市平均"),
        ("比全省平均水平快1.2个百分点", "比全省平均水平快"),
        ("快于全国1.2个百分点", "快于全国"),
        ("低于全县平均水平近1.2个百分点", "低于全县平均水平"),
    ],
)
def test_a_gap_is_a_difference_named_after_what_it_is_a_gap_to(gap: str, named: str) -> None:
    _, difference = read(f"工业增加值增长9.1%，{gap}。")
    assert (difference.measure, difference.unit) == ("level", "个百分点")
    assert difference.indicator.startswith("工业增加值")
    assert named.removesuffix("近") in difference.indicator


@pytest.mark.parametrize(
    "done", ["为年度计划的85%", "完成年度计划的85%", "占全年目标任务的85%", "达到原定计划的85%"]
)
def test_how_much_of_a_plan_was_done_is_a_share_and_a_result(done: str) -> None:
    _, share = read(f"全区完成技改投资32亿元，{done}。")
    assert (share.measure, share.modality, share.period) == ("share", "actual", "2022")
    assert share.indicator.startswith("技改投资占")


def test_the_value_of_a_plan_that_results_are_measured_against_is_its_aim() -> None:
    result, aim, share = read("技改投资5亿元，是原定目标4亿元的125%。")
    assert (result.modality, aim.modality, share.modality) == ("actual", "target", "actual")
    assert aim.indicator == "技改投资"


def test_more_than_last_year_is_growth_on_the_year_before() -> None:
    _, more = read("到位资金26亿元，比上年多2.3亿元。")
    assert (more.measure, more.indicator) == ("growth_yoy", "到位资金")


def test_a_small_part_that_yields_a_large_one_names_both_wholes() -> None:
    land, output = read("全区以占全市2.1%的土地贡献了45%的工业产值。")
    assert land.indicator == "土地占全市比重"
    assert output.indicator == "工业产值占全市比重"


def test_a_ratio_to_a_base_year_is_growth_over_the_span() -> None:
    _, ratio = read("接待游客320万人次，恢复到2019年的112%。")
    assert (ratio.measure, ratio.period) == ("growth_total", "2019-2022")


def test_parts_after_a_total_are_parts_of_what_was_named_before_them() -> None:
    *_, share = read("财政收入完成24亿元，其中税收占比91.5%。")
    assert share.indicator == "税收占财政收入比重"


def test_what_is_measured_against_a_mean_is_a_share_of_it() -> None:
    _, share = read("亩均税收12.6万元，不足全省平均水平的70%。")
    assert share.indicator == "亩均税收占全省平均水平比重"
    assert (share.measure, share.bound) == ("share", "le")


def test_a_share_held_among_all_belongs_to_what_was_spoken_of() -> None:
    _, first, second = read("进出口额达到65亿元，在全国的份额由1.5%扩大到1.7%。")
    assert first.indicator == second.indicator == "进出口额占全国份额"
