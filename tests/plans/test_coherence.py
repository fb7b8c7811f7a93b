"""A plan beside the plan above it."""

from __future__ import annotations

from fractions import Fraction

from hexi.plans.coherence import compare
from tests.plans.audit.conftest import Written


def zone() -> Written:
    return (
        Written("地区生产总值达到430亿元，年均增长14%；研发投入强度2.6%。", "河谷经济区")
        .say("430亿元", "地区生产总值", "430", "亿元")
        .say("14%", "地区生产总值", "14", "%", "2016-2020", measure="growth_annual")
        .say("2.6%", "研发经费投入强度", "2.6", "%", measure="share")
    )


def province() -> Written:
    return (
        Written("生产总值达到3100亿元，年均增长15%；强度3%；财政收入195亿元。", "全省开发区")
        .say("3100亿元", "生产总值", "3100", "亿元")
        .say("15%", "生产总值", "15", "%", "2016-2020", measure="growth_annual")
        .say("3%", "研发经费投入强度", "3", "%", measure="share")
        .say("195亿元", "财政收入", "195", "亿元")
    )


def test_aims_of_both_plans_stand_side_by_side() -> None:
    own, upper = zone(), province()
    found = compare((own.document, own.statements), (upper.document, upper.statements))
    assert [(p.relation, p.own.text, p.upper.text, p.below) for p in found.pairs] == [
        ("part", "430亿元", "3100亿元", False),
        ("rate", "14%", "15%", True),
        ("ratio", "2.6%", "3%", True),
    ]
    assert found.pairs[0].share == Fraction(43, 310)


def test_aims_that_the_plan_does_not_take_up() -> None:
    own, upper = zone(), province()
    found = compare((own.document, own.statements), (upper.document, upper.statements))
    assert [s.indicator for s in found.missing] == ["财政收入"]
