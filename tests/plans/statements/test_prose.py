"""Sentences as plans write them, and what must be read out of them."""

from __future__ import annotations

import pytest

from hexi.plans.documents import read_text
from hexi.plans.statements import Statement, extract

_TITLE = "云岭市“十四五”开放发展规划\n\n"


def read(sentence: str, heading: str = "", title: str = _TITLE) -> list[Statement]:
    """Statements of one sentence in a small plan for 2021-2025."""
    return extract(read_text(f"{title}{heading}\n\n{sentence}\n", name="plan"))


def facts(sentence: str, heading: str = "") -> list[tuple[object, ...]]:
    return [
        (s.indicator, s.measure, s.value, s.unit, s.period, s.modality, s.bound)
        for s in read(sentence, heading)
    ]


def only(sentence: str, heading: str = "") -> Statement:
    [statement] = read(sentence, heading)
    return statement


def test_a_level_and_its_growth_are_two_statements_of_one_indicator() -> None:
    level, growth = read("2020年，全市实现地区生产总值1150.3亿元，同比增长6.2%。")
    assert (level.indicator, level.measure, level.period) == ("地区生产总值", "level", "2020")
    assert (growth.indicator, growth.measure, growth.period) == (
        "地区生产总值", "growth_yoy", "2020",
    )  # fmt: skip
    assert level.subject == growth.subject == "云岭市"


def test_mean_annual_growth_takes_the_span_of_the_plan() -> None:
    level, growth = read("到2025年，货物进出口总额达到120亿元以上，年均增长8%左右。")
    assert (level.modality, level.bound, level.period) == ("target", "ge", "2025")
    assert (growth.measure, growth.period, growth.bound) == (
        "growth_annual", "2021-2025", "approx",
    )  # fmt: skip


def test_from_and_to_are_two_levels_with_their_own_years() -> None:
    first, second = read("跨境电商交易额由2015年的0.6亿元增加到2020年的14.3亿元。")
    assert (str(first.value), first.period) == ("0.6", "2015")
    assert (str(second.value), second.period, second.indicator) == (
        "14.3", "2020", "跨境电商交易额",
    )  # fmt: skip


def test_a_share_names_part_and_whole() -> None:
    share = only("到2025年，数字经济增加值占地区生产总值的比重达到12%。")
    assert share.indicator == "数字经济增加值占地区生产总值比重"
    assert share.measure == "share"


def test_a_whole_in_the_genitive_is_a_share_too() -> None:
    share = only("到2025年，园区利用外资达到全市总量的40%以上。")
    assert (share.measure, share.bound) == ("share", "ge")
    assert "利用外资" in share.indicator


@pytest.mark.parametrize(
    ("sentence", "noun"),
    [
        ("2020年，全市开通16条国际航线。", "国际航线"),
        ("2020年，全市高新技术企业达到126家。", "高新技术企业"),
        ("2020年，引进世界500强企业12家。", "世界500强企业"),
    ],
)
def test_the_indicator_of_a_count_is_the_counted_noun(sentence: str, noun: str) -> None:
    counted = only(sentence)
    assert counted.measure == "count"
    assert noun in counted.indicator


def test_a_total_over_a_named_span_is_cumulative() -> None:
    total = only("“十三五”期间，累计完成对外直接投资26.26亿美元。")
    assert (total.measure, total.period, total.modality) == ("cumulative", "2016-2020", "actual")


def test_a_span_that_belongs_to_a_rate_does_not_rule_the_sentence() -> None:
    first, rate, second = read(
        "2020年，完成工业增加值97亿元，“十三五”期间年均增长12%；实现财政收入11亿元。"
    )
    assert first.period == second.period == "2020"
    assert rate.period == "2016-2020"
    assert second.measure == "level"


def test_rates_told_together_go_to_their_levels_in_order() -> None:
    *_, gdp, sales = read(
        "2020年，实现地区生产总值154亿元，完成销售收入602亿元，“十三五”时期年均分别增长16.96%、17.82%。"
    )
    assert (gdp.indicator, str(gdp.value)) == ("地区生产总值", "16.96")
    assert (sales.indicator, str(sales.value)) == ("销售收入", "17.82")
    assert gdp.measure == sales.measure == "growth_annual"


def test_a_decline_is_negative_and_a_comparison_gives_the_span() -> None:
    _, decline = read("2020年，单位工业增加值能耗3.26吨标准煤/万元，较2015年下降13.5%。")
    assert str(decline.value) == "-13.5"
    assert (decline.measure, decline.period) == ("growth_total", "2015-2020")


def test_multiples_keep_the_multiple_and_doubling_is_one() -> None:
    multiple = read("“十三五”期间，对外投资达到26亿美元，是“十二五”的4倍。")[1]
    assert (multiple.measure, str(multiple.value), multiple.unit) == ("growth_total", "4", "倍")
    doubling = only("到2025年，农产品出口额翻一番。")
    assert (doubling.text, str(doubling.value), doubling.unit) == ("一番", "1", "番")


def test_a_range_is_a_floor_and_a_ceiling() -> None:
    assert [(str(s.value), s.bound) for s in read("到2025年，培育8-10家龙头企业。")] == [
        ("8", "ge"), ("10", "le"),
    ]  # fmt: skip


def test_the_criterion_of_a_class_is_a_threshold_and_carries_on() -> None:
    criterion, first, second_criterion, second = read(
        "到2025年，培育年进出口过1亿美元的企业10家，过1000万美元的企业20家。"
    )
    assert criterion.modality == second_criterion.modality == "threshold"
    assert "class_criterion" in criterion.flags
    assert first.indicator == "年进出口过1亿美元的企业"
    assert second.indicator == "年进出口过1000万美元的企业"
    assert first.bound == second.bound == "eq"


def test_the_size_of_works_is_neither_result_nor_aim() -> None:
    capacity = only("加快推进云岭铝业20万吨铝型材加工项目。", "三、重点任务")
    assert (capacity.indicator, capacity.modality, capacity.period) == ("产能", "other", None)


def test_the_area_of_a_site_is_no_result() -> None:
    area = only("云岭经开区规划面积36.5平方公里。")
    assert (area.indicator, area.modality, area.subject) == ("规划面积", "other", "云岭经开区")


def test_a_floor_of_a_rule_is_a_threshold_with_its_unit_per_area() -> None:
    floor = only("规定工业项目用地的投资强度每亩不低于300万元。")
    assert (floor.modality, floor.bound, floor.unit) == ("threshold", "ge", "万元/亩")


def test_items_of_a_total_keep_their_full_names_and_the_owner_of_the_total() -> None:
    _, first, second = read(
        "2020年申请到扶持资金1260万元，其中贷款贴息1000万、云岭市第一批专项资金260万元。"
    )
    assert first.subject == second.subject == "云岭市"
    assert second.indicator == "云岭市第一批专项资金"
    assert (first.unit, first.flags) == ("万元", ("implied_unit", "subset"))


def test_what_is_counted_has_the_rates_that_follow() -> None:
    *_, rate = read("截至2020年底，204个央地合作项目已开工157个，开工率达76.96%。")
    assert (rate.subject, rate.indicator) == ("央地合作项目", "开工率")


def test_a_lost_decimal_point_is_kept_flagged_and_read() -> None:
    lost = only("“十四五”期间，累计对外直接投资8\ue0106亿美元。")
    assert (str(lost.value), lost.text) == ("8.6", "8\ue0106亿美元")
    assert "lost_point" in lost.flags


def test_traditional_characters_read_as_simplified_at_their_own_offsets() -> None:
    text = "2020年，招商引資到位資金達到5000億元以上。"
    statement = only(text)
    assert statement.text == "5000億元"
    assert (statement.unit, statement.bound) == ("亿元", "ge")
    assert statement.indicator == "招商引资到位资金"


@pytest.mark.parametrize(
    "sentence",
    [
        "根据《关于促进开发区发展的意见》（国办发〔2016〕14号）制定本规划。",
        "加快G309线、S573-1#路和514#道路建设。",
        "继续实施“3341”项目工程，吸引世界500强。",
        "2月11日召开第32届洽谈会。",
        "打造十大工程、六大平台，建设一区五园。",
    ],
)
def test_names_dates_and_set_phrases_are_no_figures(sentence: str) -> None:
    assert read(sentence) == []


def test_forecasts_of_others_are_neither_result_nor_aim() -> None:
    forecasts = read("据国际货币基金组织预测，“十四五”时期，全球经济增长率区间为3%-4%。")
    assert {s.modality for s in forecasts} == {"other"}
    assert {s.subject for s in forecasts} == {"全球"}


def test_undated_results_of_a_review_get_the_review_year_from_their_frame() -> None:
    statement = only("高新技术企业达到126家。", "一、发展基础")
    assert statement.period is None
    assert statement.frame_period == "2020"
    assert statement.modality == "actual"


def test_undated_aims_get_the_last_year_of_the_plan_from_their_frame() -> None:
    statement = only("力争高新技术企业达到200家。", "二、发展目标")
    assert (statement.period, statement.frame_period) == (None, "2025")
    assert statement.modality == "target"


def test_the_section_names_whose_figures_it_holds() -> None:
    text = f"{_TITLE}第三章 空间布局\n\n第一节 安宁园区\n\n到2025年，地区生产总值达到250亿元。\n"
    [statement] = extract(read_text(text, name="plan"))
    assert statement.subject == "安宁园区"


def test_a_short_form_stands_for_the_long_name() -> None:
    text = (
        "云岭经济技术开发区“十四五”发展规划\n\n云岭经济技术开发区（以下简称云岭经开区）发展态势良好。\n\n"
        "2020年，全区完成工业增加值97.17亿元。\n"
    )
    [statement] = extract(read_text(text, name="plan"))
    assert statement.subject == "云岭经开区"


_BULLETIN = "临江市2022年国民经济和社会发展统计公报\n\n"


def test_a_bulletin_is_of_the_year_in_its_title() -> None:
    level, growth = read("全年实现地区生产总值1286.5亿元，比上年增长4.6%。", title=_BULLETIN)
    assert level.period == growth.period == "2022"
    assert growth.measure == "growth_yoy"


def test_a_report_sets_this_years_aims() -> None:
    aims = read(
        "今年的主要预期目标是：地区生产总值增长6%左右，城乡居民人均可支配收入分别增长6%和8%。",
        title="临江市2023年政府工作报告\n\n",
    )
    assert {(s.modality, s.period, s.measure) for s in aims} == {("target", "2023", "growth_yoy")}
    assert [str(s.value) for s in aims] == ["6", "6", "8"]


def test_amounts_that_a_policy_pays_are_neither_results_nor_aims() -> None:
    grant = only("对新认定的国家级平台给予500万元奖励。", "三、保障措施")
    assert (grant.modality, grant.indicator) == ("threshold", "奖励")


def test_a_share_may_rise_from_one_level_to_another() -> None:
    share = only("到2025年，跨境电商交易额占进出口总额比重提高到12%。")
    assert share.indicator == "跨境电商交易额占进出口总额比重"


def test_a_series_told_together_gives_each_year_its_figure() -> None:
    *years, total = read(
        "2016年至2020年，固定资产投资分别完成82亿元、96亿元、118亿元、130亿元和142亿元，五年累计完成568亿元。"
    )
    assert [(s.period, s.measure) for s in years] == [
        (str(year), "level") for year in range(2016, 2021)
    ]
    assert (total.indicator, total.measure, total.period) == (
        "固定资产投资", "cumulative", "2016-2020",
    )  # fmt: skip


def test_figures_told_together_go_to_their_owners() -> None:
    first, second = read("到2025年，北川园区、南河园区分别新增就业4200人和3600人。")
    assert (first.subject, second.subject) == ("北川园区", "南河园区")
    assert first.indicator == second.indicator
    assert "就业" in first.indicator


def test_an_industry_owns_its_output_and_a_part_keeps_the_indicator_of_the_whole() -> None:
    first, second = read("2020年，新材料产业实现产值320亿元，食品加工产业实现产值45亿元。")
    assert (first.subject, first.indicator) == ("新材料产业", "产值")
    assert (second.subject, second.indicator) == ("食品加工产业", "产值")
    _, part = read("到2025年，标准厂房达到80万平方米，其中东岭园区30万平方米。")
    assert (part.subject, part.indicator) == ("东岭园区", "标准厂房")


def test_the_plan_that_a_notice_issues_gives_subject_and_horizon() -> None:
    title = "青禾省人民政府关于印发青禾省“十四五”开发区发展规划的通知\n\n"
    [aim] = read("到2025年，工业总产值达到900亿元。", title=title)
    assert (aim.subject, aim.period) == ("青禾省开发区", "2025")


def test_places_in_an_evaluation_are_ranks_of_that_evaluation() -> None:
    place = only("2020年，在全国高新区综合评价中列第62位。")
    assert (place.indicator, place.measure, place.unit) == ("全国高新区综合评价", "rank", "位")
