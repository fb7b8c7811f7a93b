"""Indicator tables: heads, labels, units and brackets say what a bare number means."""

from __future__ import annotations

from hexi.plans.documents import read_text
from hexi.plans.statements import Statement, extract

_HEAD = "云岭市“十四五”发展规划\n\n第二章 主要目标\n\n"


def read(table: str) -> list[Statement]:
    return [s for s in extract(read_text(_HEAD + table, name="plan")) if s.table]


def test_year_columns_give_base_and_aim_and_a_rate_takes_the_plan() -> None:
    base, aim, rate = read(
        "专栏1 主要指标\n指标\t单位\t2020年\t2025年\t年均增速\n"
        "地区生产总值\t亿元\t1150.3\t1600\t7%\n"
        "人口\t万人\t—\t—\t—\n"
    )
    assert (base.period, base.modality, base.unit) == ("2020", "actual", "亿元")
    assert (aim.period, aim.modality) == ("2025", "target")
    assert (rate.measure, rate.period, rate.unit) == ("growth_annual", "2021-2025", "%")
    assert base.text == "1150.3"
    assert {s.indicator for s in (base, aim, rate)} == {"地区生产总值"}


def test_the_unit_may_stand_in_the_label() -> None:
    [aim] = read("专栏1 主要指标\n指标\t2025年\n财政收入（亿元）\t195\n销售（亿元）\t—\n")
    assert (aim.indicator, aim.unit, aim.measure) == ("财政收入", "亿元", "level")


def test_brackets_of_a_flow_are_totals_and_of_a_ratio_changes() -> None:
    found = read(
        "专栏2 “十四五”主要指标\n指标\t单位\t2020年\t2025年\t年均增速〔累计〕\n"
        "实际利用外资\t亿美元\t1.1\t1.4\t5%〔6〕\n城镇化率\t%\t52.2\t58\t〔5.8〕\n"
    )
    total = next(s for s in found if s.measure == "cumulative")
    change = next(s for s in found if s.measure == "growth_total")
    assert (str(total.value), total.period, total.unit) == ("6", "2021-2025", "亿美元")
    assert (str(change.value), change.period, change.indicator) == ("5.8", "2020-2025", "城镇化率")


def test_bounds_in_cells_are_read_and_stay_outside_the_figure() -> None:
    floor, about = read(
        "专栏1 主要指标\n指标\t单位\t2025年\n粮食产量\t万吨\t≥85\n进口\t亿元\t30左右\n"
    )
    assert (floor.bound, floor.text) == ("ge", "85")
    assert (about.bound, about.text) == ("approx", "30")


def test_purpose_heads_outrank_years() -> None:
    aim, done = read(
        "专栏1：“十三五”时期主要指标完成情况\n指标\t单位\t规划目标\t实际完成\n进出口总额\t亿美元\t112\t80.1\n"
        "外资\t亿美元\t—\t—\n"
    )
    assert (aim.modality, done.modality) == ("target", "actual")
    assert aim.period == done.period == "2020"


def test_rows_may_name_owners_and_columns_the_indicators() -> None:
    found = read(
        "专栏2 各园区主要指标\n园区\t规划面积（平方公里）\t2020年工业总产值（亿元）"
        "\t2025年工业总产值（亿元）\t年均增速（%）\n"
        "北川园\t8.2\t168\t296\t12\n南河园\t6.5\t124\t200\t10\n合计\t14.7\t292\t496\t11\n"
    )
    area, base, aim, rate = found[:4]
    assert {s.subject for s in found[:4]} == {"北川园"}
    assert (area.indicator, area.modality, area.period) == ("规划面积", "other", None)
    assert (base.indicator, base.period, aim.period) == ("工业总产值", "2020", "2025")
    assert (rate.indicator, rate.measure) == ("工业总产值", "growth_annual")
    assert found[-1].subject == "云岭市"


def test_rows_of_single_blanks_with_running_numbers_are_a_table() -> None:
    found = read(
        "专栏1 主要指标\n序号 指标 单位 2020年 2025年 属性\n1 地区生产总值 亿元 210 320 预期性\n"
        "2 高新技术企业 家 120 240 预期性\n3 单位能耗降低 % - 〔13.5〕 约束性\n"
    )
    assert [s.text for s in found] == ["210", "320", "120", "240", "13.5"]
    assert found[0].indicator == "地区生产总值"


def test_a_table_of_works_tells_in_words_what_is_built() -> None:
    found = read(
        "表3 重点项目\n项目名称\t建设内容\t总投资（亿元）\n"
        "云溪产业园\t新建厂房20万平方米\t12.5\n智能装备基地\t年产机器人5000台\t8.6\n"
    )
    assert [(s.text, s.subject) for s in found] == [
        ("20万平方米", "云溪产业园"), ("12.5", "云溪产业园"),
        ("5000台", "智能装备基地"), ("8.6", "智能装备基地"),
    ]  # fmt: skip
    assert {s.modality for s in found} == {"other"}


def test_a_dash_in_the_unit_column_is_no_unit() -> None:
    base, aim = read(
        "专栏1 主要指标\n指标\t单位\t2020年\t2025年\n容积率\t-\t1.2\t1.6\n人口\t万人\t—\t—\n"
    )
    assert (base.unit, aim.unit) == ("", "")
