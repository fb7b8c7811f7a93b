"""X1 and X2: plan against the plan above it, and against later reports."""

from __future__ import annotations

from hexi.plans.audit import Finding, Verdict, audit
from tests.plans.audit.conftest import Written, plans


def plan(level: str, rate: str, owner: str) -> Written:
    return (
        Written(f"地区生产总值达到{level}亿元，年均增长{rate}%。", subject=owner)
        .say(f"{level}亿元", "地区生产总值", level, "亿元")
        .say(f"{rate}%", "地区生产总值", rate, "%", "2016-2020", measure="growth_annual")
    )


def against(own: Written, upper: Written) -> list[Finding]:
    return [f for f in audit(plans(own), upper=plans(upper)) if f.check == "X1"]


def test_a_zone_stands_below_the_plan_above_it() -> None:
    found = against(plan("430", "14", "河谷经济区"), plan("3100", "15", "全省开发区"))
    assert {f.verdict for f in found} == {Verdict.PASS, Verdict.OPEN}
    assert any("低于上位规划的 15%" in f.title for f in found)


def test_a_zone_larger_than_all_zones() -> None:
    found = against(plan("4300", "16", "河谷经济区"), plan("3100", "15", "全省开发区"))
    assert {f.verdict for f in found} == {Verdict.OUTSIDE, Verdict.PASS}


def test_the_upper_plan_itself_is_held_against_nothing() -> None:
    lower, upper = plan("430", "14", "河谷经济区"), plan("3100", "15", "全省开发区")
    assert not [f for f in audit(plans(upper)) if f.check == "X1"]
    assert len(against(lower, upper)) == 2


def test_later_outturn_beside_the_target() -> None:
    aim = Written("贸易额占比达到30%。", "甲省").say(
        "30%", "与沿线国家贸易额占比", "30", "%", "2020", measure="share"
    )
    report = Written("贸易额占比达到48%。", "甲省").say(
        "48%", "与沿线国家贸易额占比", "48", "%", "2022", measure="share", modality="actual"
    )
    (line,) = [f for f in audit(plans(aim, report)) if f.check == "X2"]
    assert line.verdict is Verdict.PASS
    assert "2022 年实绩已达到 2020 年目标" in line.title
