"""H1 to H4: own rules, years, directions and bases."""

from __future__ import annotations

import pytest

from hexi.plans.audit import Finding, Verdict, audit
from hexi.plans.documents import read_text
from tests.plans.audit.conftest import Written, plans


def found(written: Written, check: str) -> list[Finding]:
    return [f for f in audit(plans(written)) if f.check == check]


def strength(aim: str) -> list[Finding]:
    written = (
        Written(
            f"规定工业项目用地的投资强度每亩不低于300万元。\n\n2020年投资强度达到{aim}万元/亩。"
        )
        .say(
            "300万元", "工业项目用地的投资强度", "300", "万元", None, modality="threshold",
            bound="ge",
        )
        .say(f"{aim}万元/亩", "投资强度", aim, "万元/亩")
    )  # fmt: skip
    return found(written, "H1")


def test_a_plan_keeps_its_own_rule() -> None:
    assert [f.verdict for f in strength("320")] == [Verdict.PASS]
    (broken,) = strength("230")
    assert (broken.verdict, broken.rank) == (Verdict.OUTSIDE, "passages")
    assert broken.arithmetic.startswith("规定 ≥ 300万元")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("规划期限为2024年至2028年五年。", Verdict.EQUAL),
        ("规划期限为2024年至2028年四年。", Verdict.OPEN),  # counted from the end of 2024
        ("规划期限为2024年至2028年八年。", Verdict.SUSPECT),
        ("“十三五”时期（2016—2020年）是关键时期。", Verdict.EQUAL),
        ("“十三五”时期（2015—2020年）是关键时期。", Verdict.OUTSIDE),
    ],
)
def test_years_are_as_many_as_the_plan_says(text: str, verdict: Verdict) -> None:
    lines = [f for f in audit([(read_text(text, name="a"), [], None)]) if f.check == "H2"]
    assert [f.verdict for f in lines] == [verdict]


def energy(target: str, name: str = "单位工业增加值能耗") -> list[Finding]:
    written = (
        Written(f"{name}由3.26吨标准煤/万元变为{target}吨标准煤/万元。")
        .say("3.26吨标准煤/万元", name, "3.26", "吨标准煤/万元", "2015", modality="actual")
        .say(f"{target}吨标准煤/万元", name, target, "吨标准煤/万元")
    )
    return found(written, "H3")


def test_targets_lie_on_the_better_side_of_their_base() -> None:
    assert [f.verdict for f in energy("2.80")] == [Verdict.PASS]
    assert [f.verdict for f in energy("3.80")] == [Verdict.SUSPECT]


def test_a_share_of_a_whole_stays_below_a_hundred() -> None:
    written = Written("工业增加值占生产总值的比重达到103%。").say(
        "103%", "工业增加值占生产总值比重", "103", "%", measure="share"
    )
    assert [f.verdict for f in found(written, "H3") if f.is_fault] == [Verdict.OUTSIDE]


def test_targets_with_a_rate_but_no_base_are_listed() -> None:
    written = (
        Written("服务外包规模达到10亿美元，年均增长10%。")
        .say("10亿美元", "服务外包规模", "10", "亿美元")
        .say("10%", "服务外包规模", "10", "%", "2016-2020", measure="growth_annual")
    )
    (line,) = found(written, "H4")
    assert line.verdict is Verdict.OPEN
    assert "服务外包规模" in line.title
    assert not line.is_fault
