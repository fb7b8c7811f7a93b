"""Statements of one subject and indicator join; those of different things stay apart."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.plans.register import Target, build_plan
from hexi.plans.statements.statement import Statement
from tests.plans.statement_maker import document, say

TITLE = "海川市“十三五”工业发展规划\n\n一、发展目标\n\n"


def targets(text: str, *said: tuple[str, str, dict[str, Any]]) -> tuple[Target, ...]:
    doc = document(TITLE + text)
    statements = [say(doc, figure, after, **fields) for figure, after, fields in said]
    return build_plan(doc, statements).targets


def test_other_values_for_one_figure_stand_as_conflicts() -> None:
    (found,) = targets(
        "到2020年，产值达到90亿元。产值确保达到95亿元。",
        ("90亿元", "", {"indicator": "产值"}),
        ("95亿元", "", {"indicator": "产值"}),
    )
    assert found.target is not None and found.target.value == 90
    assert found.conflicts == (1,)


def test_one_amount_in_two_units_is_no_conflict() -> None:
    (found,) = targets(
        "园区面积达到2平方公里，面积达到3000亩。",
        ("2平方公里", "", {"indicator": "面积"}),
        ("3000亩", "", {"indicator": "面积"}),
    )
    assert not found.conflicts


def test_aims_without_a_year_are_stages_not_conflicts() -> None:
    found = targets(
        "产值达到100亿元，再达到200亿元，引进企业5—8家。",
        ("100亿元", "", {"indicator": "产值", "period": None}),
        ("200亿元", "", {"indicator": "产值", "period": None}),
        ("5", "", {"indicator": "企业", "period": None, "bound": "ge", "unit": "家"}),
        ("8家", "", {"indicator": "企业", "period": None, "bound": "le"}),
    )
    assert [t.target.value for t in found if t.target] == [100, 200, 5]
    assert found[2].ceiling is not None and found[2].ceiling.value == 8
    assert not any(t.conflicts for t in found)


def test_yuan_and_dollars_are_two_targets() -> None:
    found = targets(
        "到2020年，进出口额达到20亿元，进出口额达到3亿美元。",
        ("20亿元", "", {"indicator": "进出口额"}),
        ("3亿美元", "", {"indicator": "进出口额"}),
    )
    assert [t.target.unit for t in found if t.target] == ["亿元", "亿美元"]


def test_stages_are_targets_of_their_own_with_growth_at_the_last() -> None:
    found = targets(
        "2018年产值达到70亿元，2020年产值达到90亿元，年均增长9%。",
        ("70亿元", "", {"indicator": "产值", "period": "2018"}),
        ("90亿元", "", {"indicator": "产值", "period": "2020-12"}),
        ("9%", "", {"indicator": "产值", "measure": "growth_annual", "period": "2016-2020"}),
    )
    assert [(t.due, t.annual_growth is not None) for t in found] == [(2018, False), (2020, True)]


def test_a_target_of_the_plan_before_is_marked_as_past() -> None:
    (found,) = targets("“十二五”规划提出2015年产值达到60亿元。", ("60亿元", "", {"period": "2015"}))
    assert found.past


def test_facets_and_thresholds_stay_apart() -> None:
    found = targets(
        "国家级园区达到3个，省级园区达到9个，产值过5亿元的企业达到20家。",
        ("3个", "", {"indicator": "园区", "measure": "count", "facets": ("国家级",)}),
        ("9个", "", {"indicator": "园区", "measure": "count", "facets": ("省级",)}),
        ("5亿元", "", {"indicator": "产值", "modality": "threshold"}),
        ("20家", "", {"indicator": "产值过5亿元的企业", "measure": "count"}),
    )
    assert [t.target.value for t in found if t.target] == [3, 9, 20]


def test_growth_goes_to_the_amount_not_to_the_share() -> None:
    level, share = targets(
        "投资达到50亿元，投资占比达到84%，年均增长12%。",
        ("50亿元", "", {"indicator": "投资"}),
        ("84%", "", {"indicator": "投资", "measure": "share"}),
        ("12%", "", {"indicator": "投资", "measure": "growth_annual", "period": "2016-2020"}),
    )
    assert level.annual_growth is not None
    assert share.annual_growth is None


def test_the_base_is_the_last_level_before_the_aim() -> None:
    (found,) = targets(
        "2010年产值30亿元，2015年产值50亿元，2020年产值达到90亿元，2021年产值99亿元。",
        ("30亿元", "", {"indicator": "产值", "period": "2010", "modality": "actual"}),
        ("50亿元", "", {"indicator": "产值", "period": "2015", "modality": "actual"}),
        ("90亿元", "", {"indicator": "产值", "period": "2020"}),
        ("99亿元", "", {"indicator": "产值", "period": "2021", "modality": "actual"}),
    )
    assert found.base is not None and found.base.value == 50


@settings(deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_the_statements_does_not_matter(order: list[int]) -> None:
    doc = document(TITLE + "全市产值50亿元，产值达到90亿元，年均增长12%；园区达到3个，达到4个。")
    said: list[Statement] = [
        say(doc, "50亿元", indicator="产值", subject="全市", period="2015", modality="actual"),
        say(doc, "90亿元", indicator="产值总额", subject="海川市"),
        say(doc, "12%", indicator="产值", subject="我市", measure="growth_annual"),
        say(doc, "3个", indicator="园区", measure="count"),
        say(doc, "4个", indicator="园区", measure="count"),
    ]
    found = build_plan(doc, [said[i] for i in order]).targets
    plain = build_plan(doc, said).targets
    assert [t.key for t in found] == [t.key for t in plain]
    assert [{order[i] for i in t.evidence} for t in found] == [set(t.evidence) for t in plain]
