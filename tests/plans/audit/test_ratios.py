"""R1 to R3, U1 and U2: shares, rates, intensities, and pairs of units."""

from __future__ import annotations

import pytest

from hexi.plans.audit import Finding, Verdict, audit
from hexi.plans.documents import read_text
from tests.plans.audit.conftest import Written, plans


def found(written: Written, check: str) -> list[Finding]:
    return [f for f in audit(plans(written)) if f.check == check]


def research(share: str) -> Written:
    return (
        Written(f"地区生产总值225.98亿元，研发经费5.57亿元，占GDP的比重{share}%。")
        .say("225.98亿元", "地区生产总值", "225.98", "亿元", "2015", modality="actual")
        .say("5.57亿元", "研发经费（R&D）", "5.57", "亿元", "2015", modality="actual")
        .say(
            f"{share}%", "全社会研发投入占GDP的比重", share, "%", "2015", measure="share",
            modality="actual",
        )
    )  # fmt: skip


def test_share_is_part_over_whole() -> None:
    assert [f.verdict for f in found(research("2.46"), "R1")] == [Verdict.EQUAL]
    wrong = found(research("1.9"), "R1")
    assert [f.verdict for f in wrong] == [Verdict.OUTSIDE]
    assert wrong[0].arithmetic == "5.57亿元 ÷ 225.98亿元 = 2.465%；原文 1.9%"
    assert wrong[0].expected == "2.463–2.467 %"


def test_tenfold_share_is_named() -> None:
    (wrong,) = found(research("24.6"), "R1")
    assert "小数点" in wrong.hypothesis


def works(rate: str) -> Written:
    return (
        Written(f"204个项目已开工157个，开工率达{rate}%。")
        .say("204个", "项目", "204", "个", "2023", measure="count", modality="actual")
        .say("157个", "已开工项目", "157", "个", "2023", measure="count", modality="actual")
        .say(f"{rate}%", "开工率", rate, "%", "2023", measure="share", modality="actual")
    )


def test_rate_is_done_over_all() -> None:
    assert [f.verdict for f in found(works("76.96"), "R1")] == [Verdict.EQUAL]
    assert [f.verdict for f in found(works("67.96"), "R1")] == [Verdict.OUTSIDE]


def land(share: str) -> Written:
    return (
        Written(f"一期用地14平方公里（21000亩），其中：物流中心用地2平方公里（3000亩），占用地的{share}%。")
        .say("14平方公里", "一期建设用地", "14", "平方公里", None, modality="other")
        .say("21000亩", "一期建设用地", "21000", "亩", None, modality="other")
        .say("2平方公里", "物流中心用地", "2", "平方公里", None, modality="other")
        .say("3000亩", "物流中心用地", "3000", "亩", None, modality="other")
        .say(
            f"{share}%", "物流中心用地占用地比重", share, "%", None, measure="share",
            modality="actual",
        )
    )  # fmt: skip


def test_share_inside_the_sentence_and_second_unit_in_brackets() -> None:
    assert [f.verdict for f in found(land("14.29"), "R1")] == [Verdict.EQUAL]
    assert [f.verdict for f in found(land("24.29"), "R1")] == [Verdict.OUTSIDE]
    assert len(found(land("14.29"), "S2")) == 1


def productivity(value: str) -> list[Finding]:
    written = Written(
        f"劳动生产率{value}万元/人，从业人员11003人，占比14.0%，工业增加值97.17亿元。"
    )
    past = {"period": "2015", "modality": "actual"}
    written.say(f"{value}万元/人", "高新技术产业劳动生产率", value, "万元/人", **past)
    written.say("11003人", "高新技术企业从业人员", "11003", "人", measure="count", **past)
    written.say("14.0%", "高新技术产业增加值占工业增加值比重", "14.0", "%", measure="share", **past)
    written.say("97.17亿元", "工业增加值", "97.17", "亿元", **past)
    return found(written, "R3")


def test_productivity_times_heads_is_output() -> None:
    assert [f.verdict for f in productivity("12.4")] == [Verdict.PASS]
    (wrong,) = productivity("53")
    assert wrong.verdict is Verdict.OUTSIDE
    assert wrong.arithmetic == "53万元/人 × 11003人 = 58.32亿元；14.0% × 97.17亿元 = 13.6亿元"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("规划面积73平方公里（109500亩）。", Verdict.EQUAL),
        ("投资3268.08万元/公顷（217.87万元/亩）。", Verdict.EQUAL),
        ("规划面积73平方公里（10950亩）。", Verdict.OUTSIDE),
        ("一期建设用地1.73平方公里（2695.0亩）。", Verdict.OUTSIDE),
    ],
)
def test_unit_pairs_convert_exactly(text: str, verdict: Verdict) -> None:
    lines = [f for f in audit([(read_text(text, name="a"), [], None)]) if f.check == "U1"]
    assert [f.verdict for f in lines] == [verdict]


def silk_road(yuan: str) -> list[Finding]:
    written = (
        Written(f"进出口80.1亿美元。与沿线国家贸易额{yuan}亿元，占全省进出口总额的18.5%。")
        .say("80.1亿美元", "进出口额", "80.1", "亿美元", "2015", modality="actual")
        .say(f"{yuan}亿元", "与沿线国家贸易额", yuan, "亿元", "2015", modality="actual")
        .say(
            "18.5%", "与沿线国家贸易额占全省进出口总额比重", "18.5", "%", "2015",
            measure="share", modality="actual",
        )
    )  # fmt: skip
    return found(written, "U2")


def test_implied_exchange_rate_lies_where_the_year_had_it() -> None:
    (right,) = silk_road("92")
    assert right.verdict is Verdict.PASS
    assert "6.154–6.263" in right.arithmetic
    assert [f.verdict for f in silk_road("192")] == [Verdict.OUTSIDE]
