"""Accounts of several years or of some months, the works of a year, and rules inside plans."""

from __future__ import annotations

import pytest

from hexi.plans.documents import read_text
from hexi.plans.statements import Statement, extract


def read(text: str) -> list[Statement]:
    return extract(read_text(text, name="paper"))


def test_an_account_of_several_years_is_no_plan() -> None:
    level, multiple, total, before, count = read(
        "湖东新城2018—2022年建设情况汇报\n\n五年来，新城面貌一新。2022年，实现地区生产总值188亿元，"
        "是2017年的1.7倍。五年累计完成固定资产投资340亿元，是前五年的1.6倍；引进企业132家。\n"
    )
    assert {s.modality for s in (level, multiple, total, before, count)} == {"actual"}
    assert (level.period, multiple.period) == ("2022", "2017-2022")
    assert [s.period for s in (total, before, count)] == ["2018-2022"] * 3


def test_a_plan_for_the_work_of_statistics_stays_a_plan() -> None:
    [level] = read("东川县统计工作发展规划（2021—2025年）\n\n到2025年，调查样本达到320个。\n")
    assert (level.period, level.modality) == ("2025", "target")


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("今年前7个月", "2022-07"),
        ("1—8月", "2022-08"),
        ("前三季度", "2022-Q3"),
        ("上半年", "2022-06"),
        ("截至9月底", "2022-09"),
    ],
)
def test_the_year_so_far(said: str, period: str) -> None:
    level, growth = read(
        f"云溪市2022年经济运行情况\n\n{said}，全市完成进出口总额71亿元，同比增长-4.2%。\n"
    )
    assert (level.period, level.modality) == (period, "actual")
    assert (growth.text, str(growth.value), growth.period) == ("-4.2%", "-4.2", period)


def test_results_of_some_months_hold_on_and_aims_are_of_the_year() -> None:
    count, volume, _, started, aimed, drawn = read(
        "东岭高新区2024年上半年招商情况通报\n\n新签约项目33个，协议投资额120亿元。"
        "去年签约的58个项目中，已投产21个。\n\n下一步，一是新引进企业30家以上；"
        "二是力争未来三年累计利用外资6亿美元。\n"
    )
    assert (count.period, count.modality) == ("2024-06", "actual")
    assert (volume.period, volume.modality) == (None, "other")
    assert "签约的项目" in started.subject and started.period == "2024-06"
    assert (aimed.period, aimed.modality) == ("2024", "target")
    assert (drawn.period, drawn.measure) == ("2024-2026", "cumulative")


def test_works_arranged_for_a_year_and_what_was_done() -> None:
    arranged, planned, done, part = read(
        "丰泽县2023年1—9月重点项目推进情况\n\n今年，全县共安排重点项目58个，年度计划投资90亿元。"
        "1—9月，完成投资71亿元，占年度计划的78.9%。\n"
    )
    assert (arranged.period, arranged.modality) == ("2023", "target")
    assert (planned.period, planned.modality) == ("2023", "target")
    assert (done.period, done.modality) == ("2023-09", "actual")
    assert "重点项目" in done.subject and done.subject == part.subject


def test_kinds_of_works_and_their_plan_in_one_item() -> None:
    _, planned, done, others, place = read(
        "丰泽县2023年1—9月重点项目推进情况\n\n省级重点项目8个，年度计划投资36亿元，"
        "已完成28.4亿元，投资完成率在全市14个县区中居第5位。\n"
    )
    assert (planned.modality, done.modality) == ("target", "actual")
    assert planned.subject == done.subject == "省级重点项目"
    assert (done.indicator, place.indicator) == ("完成投资", "投资完成率")
    assert others.subject == "丰泽县"


def test_an_item_of_a_list_of_works_is_the_subject() -> None:
    readings = read(
        "丰泽县2023年1—9月重点项目推进情况\n\n1.远达科技年产20万套电驱总成项目，总投资18亿元，"
        "用地210亩，累计完成投资7.5亿元，建成后可带动就业800人。\n"
    )
    assert all("电驱总成项目" in s.subject for s in readings)
    assert [s.modality for s in readings[1:]] == ["other", "other", "actual", "other"]


def test_parallel_names_are_dealt_out_twice() -> None:
    readings = read(
        "安乐县2022年经济运行情况\n\n第一产业、第二产业增加值分别为12亿元和64亿元，"
        "分别增长3.2%和7.7%。\n"
    )
    names = ["第一产业增加值", "第二产业增加值"]
    assert [s.indicator for s in readings] == names * 2


def test_what_a_plan_had_set_is_no_aim_of_its_account() -> None:
    level, planned, growth, rest = read(
        "海州市2022年经济运行情况\n\n全市实现生产总值920亿元，超额完成年初确定的880亿元目标，"
        "增长7.1%。在建项目中，其余12个年底前开工。\n"
    )
    assert [s.modality for s in (level, planned, growth)] == ["actual", "target", "actual"]
    assert planned.indicator == level.indicator
    assert (rest.period, rest.modality) == ("2022-12", "target")


def test_names_share_what_the_last_of_them_ends_with() -> None:
    first, second = read(
        "岭南高新区“十四五”规划\n\n到2025年，装备制造、新材料产业产值分别达到800亿元和500亿元。\n"
    )
    assert (first.indicator, second.indicator) == ("装备制造产业产值", "新材料产业产值")


def test_a_judgement_holds_for_the_places_after_it() -> None:
    place, gain = read(
        "安乐县2022年经济运行情况\n\n在全市园区综合考核中，2022年列第3位，比上年上升2位。\n"
    )
    assert place.indicator == gain.indicator
    assert "综合考核" in place.indicator


def test_conditions_in_a_plan_are_thresholds() -> None:
    readings = read(
        "江右省开发区整合提升规划（2022—2026年）\n\n申请升级为国家级高新区的园区，应同时具备以下条件："
        "上年度规上工业总产值达到300亿元以上，高新技术企业不少于80家，综合评价居全省前10位。\n\n"
        "对连续两年亩均税收低于5万元的，予以黄牌警告。\n\n每个县（市、区）原则上保留1个。\n"
    )
    assert [(s.modality, s.period) for s in readings] == [("threshold", None)] * 5
    assert readings[0].indicator == "规上工业总产值"
    assert readings[2].bound == "le"


def test_each_class_has_what_is_asked_of_it() -> None:
    number, strength, other, share = read(
        "江右省开发区整合提升规划（2022—2026年）\n\n领军型9个，研发投入强度到2026年达到3.5%以上；"
        "培育型30个，技改投资占工业投资的比重每年不低于35%。\n"
    )
    assert (strength.subject, share.subject) == ("领军型", "培育型")
    assert (number.period, other.period) == (None, None)
    assert (share.measure, share.modality) == ("share", "target")


def test_a_total_over_some_years_says_nothing_of_the_next_item() -> None:
    readings = read(
        "平湖高新区“十四五”发展规划\n\n到2025年，实现下列目标。\n\n"
        "——实力增强。五年累计完成投资900亿元。\n\n——创新引领。高新技术企业达到260家。\n"
    )
    assert [s.period for s in readings] == ["2021-2025", "2025"]
