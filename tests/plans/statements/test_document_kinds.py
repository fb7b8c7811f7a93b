"""What a paper is decides whether its figures were reached or are aimed at, when, and whose."""

from __future__ import annotations

import pytest

from hexi.plans.documents import read_text
from hexi.plans.statements import Statement, extract


def read(text: str) -> list[Statement]:
    return extract(read_text(text, name="paper"))


@pytest.mark.parametrize(
    "title",
    ["岭南经开区2022年经济运行情况", "岭南经开区2022年发展成效综述", "岭南经开区2022年统计公报"],
)
def test_an_account_of_a_year_tells_results_of_it(title: str) -> None:
    level, growth, count = read(
        f"{title}\n\n全年实现工业总产值312亿元，同比增长6.1%。新引进项目46个。\n"
    )
    assert {s.modality for s in (level, growth, count)} == {"actual"}
    assert {s.period for s in (level, growth, count)} == {"2022"}
    assert level.subject == "岭南经开区"


def test_an_account_without_a_year_in_its_title_is_of_the_one_it_opens_with() -> None:
    [level] = read("云麓园区年度发展情况\n\n2019年，园区完成工业总产值96亿元。\n")
    assert (level.period, level.modality) == ("2019", "actual")


def test_the_year_that_something_began_is_not_the_one_told_of() -> None:
    *_, last = read(
        "云麓示范区建设成效\n\n自2011年获批以来，累计引进项目860个。2015年，实现地区生产总值312亿元。\n\n"
        "入驻企业1200家。\n"
    )
    assert (last.period, last.modality) == ("2015", "actual")


def test_half_a_year_is_told_by_its_last_month() -> None:
    [done, share] = read(
        "南泽县2021年上半年重点项目进展通报\n\n1—6月，全县完成投资42亿元，占年度计划的52.3%。\n"
    )
    assert (done.period, done.modality, share.modality) == ("2021-06", "actual", "actual")
    assert share.measure == "share"


def test_a_yearly_plan_aims_at_its_year_also_where_no_sentence_says_so() -> None:
    level, growth, count = read(
        "石岭经开区2024年工作要点\n\n完成工业总产值500亿元，增长10%以上，新增规上企业20家。\n"
    )
    assert {s.modality for s in (level, growth, count)} == {"target"}
    assert {s.period for s in (level, growth, count)} == {"2024"}


def test_an_account_may_look_ahead_to_the_next_year() -> None:
    _, aim = read(
        "金谷集中区发展情况综述\n\n2011年，完成工业总产值58亿元。\n\n2012年，力争工业总产值突破85亿元。\n"
    )
    assert (aim.period, aim.modality) == ("2012", "target")


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("临港新城推进制造业发展若干措施", "临港新城"),
        ("关于支持滨海高新区高质量发展的若干政策", "滨海高新区"),
        ("2023年东江区工业运行情况", "东江区"),
        ("南溪工业园区建设成效", "南溪工业园区"),
    ],
)
def test_the_body_that_a_title_opens_with_is_whose_figures_follow(title: str, subject: str) -> None:
    [statement] = read(f"{title}\n\n2023年，规上企业达到70家。\n")
    assert statement.subject == subject


def test_a_paper_that_names_nobody_speaks_of_its_territory_from_inside() -> None:
    _, second = read("2023年招商引资工作情况\n\n全县签约项目58个。\n\n到位资金42.3亿元。\n")
    assert second.subject == "全县"


def test_a_scheme_without_a_year_sets_aims_for_each_year_it_names() -> None:
    first, second = read(
        "南岭县承接产业转移工作方案\n\n一、工作目标\n\n"
        "2023年，新引进项目60个以上；到2025年，新增规上企业40家。\n"
    )
    assert {s.modality for s in (first, second)} == {"target"}
    assert (first.period, second.period) == ("2023", "2025")
