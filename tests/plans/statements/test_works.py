"""Works and zones: what is theirs, what is planned for them, and what there is already."""

from __future__ import annotations

from hexi.plans.documents import read_text
from hexi.plans.statements import Statement, extract

_TITLE = "林溪经开区“十五五”发展规划\n\n"


def read(text: str, heading: str = "", title: str = _TITLE) -> list[Statement]:
    return extract(read_text(f"{title}{heading}\n\n{text}\n", name="plan"))


def test_a_paragraph_that_opens_with_works_is_about_them() -> None:
    found = read(
        "1.启明动力电池项目。总投资120亿元，占地800亩，达产后年税收8亿元。", "三、重点项目"
    )
    assert {s.subject for s in found} == {"启明动力电池项目"}
    assert {s.modality for s in found} == {"other"}


def test_what_comes_with_works_once_they_run_is_theirs() -> None:
    *_, saved = read(
        "实施绿色改造项目18个，总投资26亿元。项目投运后，年可减排二氧化碳7万吨。", "三、重点任务"
    )
    assert (saved.subject, saved.modality) == ("绿色改造项目", "other")


def test_kinds_of_works_own_what_is_put_into_them() -> None:
    *_, number, sum_ = read(
        "实施改造项目18个，总投资26亿元，其中节水类6个、投资9亿元。", "三、重点任务"
    )
    assert number.indicator == "节水类"
    assert (sum_.subject, sum_.modality) == ("节水类项目", "other")


def test_land_that_is_dealt_with_is_a_result_not_the_size_of_a_site() -> None:
    [land] = read("到2030年，盘活低效工业用地3000亩。")
    assert (land.modality, land.period) == ("target", "2030")


def test_what_a_site_is_planned_to_hold_is_never_a_result() -> None:
    [area] = read("2024年，经开区规划面积达到102平方公里。", "一、发展基础")
    assert (area.modality, area.period) == ("other", None)


def test_zones_that_are_helped_or_act_are_counted_as_what_there_is() -> None:
    [helped] = read("支持沅北6个县区与经开区结对合作。", "三、重点任务")
    assert (helped.modality, helped.period) == ("actual", None)


def test_an_industry_owns_its_output_and_nothing_said_after_it() -> None:
    output, works = read("到2030年，新材料产业产值达到90亿元，实施技改项目80个。")
    assert (output.subject, works.subject) == ("新材料产业", "林溪经开区")


def test_items_with_subjects_of_their_own_leave_none_to_an_item_without() -> None:
    found = read(
        "2025年，城东园入驻企业92户；沙河园入驻企业58户；标准厂房达到14万平方米。", "一、发展基础"
    )
    assert [s.subject for s in found] == ["城东园", "沙河园", "林溪经开区"]


def test_money_that_was_added_up_does_not_add_up_the_works_after_it() -> None:
    money, road = read("累计投入建设资金9.4亿元，新修道路18公里。", "一、发展基础")
    assert (money.measure, road.measure) == ("cumulative", "level")


def test_a_yearly_sum_is_no_total() -> None:
    [sum_] = read("“十五五”期间，每年安排专项资金6亿元。")
    assert (sum_.measure, sum_.period) == ("level", "2030")


def test_a_total_aimed_at_is_of_the_whole_plan() -> None:
    [total] = read("到2030年，技术合同成交额累计达到80亿元。")
    assert (total.measure, total.period) == ("cumulative", "2026-2030")


def test_a_span_amid_a_sentence_rules_its_clause_only() -> None:
    _, new, all_ = read("2025年，规上企业186户，五年新增64户，亿元企业达到9户。", "一、发展基础")
    assert (new.period, all_.period) == ("2021-2025", "2025")


def test_a_part_of_a_group_is_named_by_what_is_said_of_it() -> None:
    [part] = read("约35%的高新技术企业落户园区。", "一、发展基础")
    assert (part.measure, part.indicator) == ("share", "高新技术企业落户园区占比")
