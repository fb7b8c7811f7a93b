"""P1, P2, R2 and T2: parks and their zone."""

from __future__ import annotations

from hexi.plans.audit import Finding, Verdict, audit
from tests.plans.audit.conftest import Written, plans

PARKS = (
    ("安宁园区", "250", "10", "8", "320"),
    ("西固园区", "65", "22", "5", "110"),
    ("红古园区", "90", "18", "10", "20"),
    ("皋兰园区", "5", "17", "4", "10"),
)


def zone(
    output: str = "410", share: str = "7.9", base: str = "217.4", invested: str = "460"
) -> Written:
    """A zone of four parks; output, investment and area add up unless told otherwise."""
    lines = [
        f"全区2015年{base}亿元，2020年{output}亿元，投资{invested}亿元，占比{share}%，面积100平方公里。"
    ]
    areas = {"安宁园区": "40", "西固园区": "30", "红古园区": "20", "皋兰园区": "10"}
    for park, level, rate, part, spent in PARKS:
        lines.append(
            f"{park}面积{areas[park]}平方公里，总值{level}亿元，年均增长{rate}%，投资{spent}亿元，占{part}%。"
        )
    written = Written("\n\n".join(lines), subject="河谷经济区")
    written.say(f"{base}亿元", "地区生产总值", base, "亿元", "2015", modality="actual")
    written.say(f"{output}亿元", "地区生产总值", output, "亿元")
    written.say(f"{invested}亿元", "固定资产投资", invested, "亿元")
    written.say(f"{share}%", "新兴产业增加值占GDP比重", share, "%", measure="share")
    written.say("100平方公里", "规划面积", "100", "平方公里", None, modality="other")
    for park, level, rate, part, spent in PARKS:
        area = areas[park]
        written.say(
            f"{area}平方公里", "规划面积", area, "平方公里", None, modality="other", subject=park
        )
        written.say(f"{level}亿元", "地区生产总值", level, "亿元", subject=park)
        written.say(
            f"{rate}%", "地区生产总值", rate, "%", "2016-2020", measure="growth_annual",
            subject=park,
        )  # fmt: skip
        written.say(f"{spent}亿元", "固定资产投资", spent, "亿元", subject=park)
        written.say(f"{part}%", "新兴产业增加值占GDP比重", part, "%", measure="share", subject=park)
    for _ in range(3):  # the zone is what the plan mostly speaks of
        written.anew().say("全区", "说明", "1", "项", None, measure="count", modality="other")
    return written


def lines(written: Written, check: str) -> list[Finding]:
    return [f for f in audit(plans(written)) if f.check == check]


def test_parks_add_up_to_the_zone() -> None:
    found = lines(zone(), "P1")
    assert {f.verdict for f in found} == {Verdict.EQUAL}
    assert "250 + 65 + 90 + 5 = 410；应 = 410亿元" in {f.arithmetic for f in found}
    assert "40 + 30 + 20 + 10 = 100；应 = 100平方公里" in {f.arithmetic for f in found}


def test_a_sum_that_fails_while_the_others_hold() -> None:
    found = lines(zone(output="430"), "P1")
    assert [f.verdict for f in found if f.is_fault] == [Verdict.OUTSIDE]


def test_parks_that_are_not_all_there_prove_nothing() -> None:
    found = lines(zone(output="700", invested="900"), "P1")
    assert not [f for f in found if f.is_fault]


def test_bases_back_cast_by_the_parks_own_rates() -> None:
    (right,) = lines(zone(), "P2")
    assert right.verdict in (Verdict.EQUAL, Verdict.PASS)
    (wrong,) = lines(zone(base="317.4"), "P2")
    assert wrong.verdict is Verdict.OUTSIDE


def test_share_of_the_zone_is_the_weighted_mean() -> None:
    (right,) = lines(zone(), "R2")
    assert right.verdict in (Verdict.EQUAL, Verdict.PASS)
    (wrong,) = lines(zone(share="11.4"), "R2")
    assert wrong.verdict is Verdict.OUTSIDE
    assert wrong.expected == "7.415–8.415 %"


def test_intensity_of_a_park_printed_for_the_zone() -> None:
    def strength(value: str) -> list[Finding]:
        written = zone()
        text = written.document.text
        more = Written(
            f"{text}\n\n工业用地投资217.87万元/亩；投资强度{value}万元/亩。", "河谷经济区"
        )
        more.statements = list(written.statements)
        more.say(
            "217.87万元/亩", "工业用地投资", "217.87", "万元/亩", "2015", modality="actual",
            subject="安宁园区",
        )  # fmt: skip
        more.say(f"{value}万元/亩", "投资强度", value, "万元/亩", "2015", modality="actual")
        return [f for f in lines(more, "T2") if f.is_fault]

    (found,) = strength("217.87")
    assert (found.verdict, found.rank) == (Verdict.SUSPECT, "passages")
    assert not strength("205.11")
