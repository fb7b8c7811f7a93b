"""How sentences state parts and wholes: totals after their list, brackets, splits, per-unit."""

from __future__ import annotations

import re

import pytest

from hexi.plans.audit import Finding, Verdict, audit
from hexi.plans.documents import read_text
from tests.plans.audit.conftest import Written, plans

_FIGURE = re.compile(r"(\d+(?:\.\d+)?)(亿元|万元|万人|人|个|项|家|亩|公里|%)")


def figures(text: str, name: str = "总投资") -> Written:
    """Every figure of a sentence as a level, count or share of 2020."""
    written = Written(text)
    for number, match in enumerate(_FIGURE.finditer(text)):
        digits, unit = match[1], match[2]
        measure = "share" if unit == "%" else "count" if unit in "万人个项家" else "level"
        written.say(
            match[0], f"第{number}类{name}", digits, unit, measure=measure, modality="actual"
        )
    return written


def sums(written: Written, *checks: str) -> list[Finding]:
    return [f for f in audit(plans(written)) if f.check in (checks or ("S1", "S2"))]


@pytest.mark.parametrize(
    ("text", "sums_to"),
    [
        ("四个园区分别新增就业4200人、3600人、1800人和2400人，全区合计新增就业12000人。", "12000"),
        ("甲产业达到600亿元、乙产业达到450亿元、丙产业100亿元，三大产业合计1150亿元。", "1150"),
        ("各类开发区58个，其中国家级9个（经开区5个、高新区3个、保税区1个），省级49个。", "58"),
        ("总投资62.4亿元，按资金来源划分：中央25.1亿元；地方24.9亿元；社会12.4亿元。", "62.4"),
        ("总投资62.4亿元，其中中央25.1亿元。按年度划分：2021年30.2亿元、2022年32.2亿元。", "62.4"),
        ("项目126个，其中新建78个、投资40亿元；续建48个、投资16亿元。", "126"),
        ("总投资380亿元，其中：续建项目32个，总投资95亿元；新建项目68个，总投资285亿元。", "380"),
        ("粮食产量41.26万人。其中，夏粮12.14万人，增长1.9%；秋粮29.12万人，增长2.9%。", "41.26"),
    ],
)  # fmt: skip
def test_sentences_whose_parts_add_up(text: str, sums_to: str) -> None:
    found = sums(figures(text))
    assert not [f for f in found if f.is_fault]
    assert any(f.verdict is Verdict.EQUAL and f.arithmetic.endswith(sums_to) for f in found), [
        f.arithmetic for f in found
    ]


@pytest.mark.parametrize(
    "text",
    [
        "四个园区分别新增就业4200人、3600人、1800人和2400人，全区合计新增就业12600人。",
        "各类开发区58个，其中国家级9个（经开区5个、高新区3个、保税区1个），省级63个。",
        "总投资62.4亿元，按资金来源划分：中央25.1亿元；地方34.9亿元；社会12.4亿元。",
        "总投资620亿元，其中中央25.1亿元、地方24.5亿元、社会12.4亿元。",
        "权限86项，其中许可5项、确认3.6项。",
    ],
)
def test_sentences_whose_parts_do_not(text: str) -> None:
    assert [f for f in sums(figures(text)) if f.is_fault]


@pytest.mark.parametrize(
    "text",
    [
        # the list goes on before its first 亿元: nothing to add up
        "甲1080亿元规模以上工业企业营业收入、乙规模、丙产业150亿元和丁产业100亿元，合计1500亿元。",
        "企业889家，其中规上63家，高新23家；从业人员69007人，其中：高新11003人；机构近50个。",
        "项目300个，其中：科技项目200个；注重项目库管理，以库中223个和102个项目为基础。",
        "建设道路46公里，其中主干道18公里、次干道20公里。",
    ],
)
def test_what_is_no_sum_stays_silent(text: str) -> None:
    assert not [f for f in sums(figures(text)) if f.is_fault]


def test_shares_given_in_turn() -> None:
    def water(last: str) -> list[Finding]:
        parts = "农业2.02亿元、工业0.69亿元、生活0.15亿元"
        text = f"用水总量2.86亿元，其中{parts}，分别占70.6%、24.1%和{last}%。"
        return sums(figures(text, "用水量"), "R1")

    assert {f.verdict for f in water("5.2")} <= {Verdict.EQUAL, Verdict.PASS}
    assert len(water("5.2")) == 3
    assert [f.verdict for f in water("9.2") if f.is_fault] == [Verdict.OUTSIDE]


def test_named_shares_with_the_rest_among_them() -> None:
    def split(last: str) -> list[Finding]:
        names = "先进制造、新材料、生物医药和其他产业产值"
        text = f"{names}占工业总产值的比重分别为42%、31%、18%和{last}%。"
        return [f for f in audit([(read_text(text, name="a"), [], None)]) if f.check == "S3"]

    assert [f.verdict for f in split("9")] == [Verdict.EQUAL]
    assert [f.verdict for f in split("14")] == [Verdict.OUTSIDE]


def test_money_converted_in_brackets() -> None:
    def trade(yuan: str) -> list[Finding]:
        text = f"进出口总额达到4.2亿美元（折合人民币{yuan}亿元）。"
        return [f for f in audit([(read_text(text, name="a"), [], None)]) if f.check == "U2"]

    assert [f.verdict for f in trade("29.0")] == [Verdict.PASS]
    assert [f.verdict for f in trade("2.9")] == [Verdict.OUTSIDE]


def test_output_for_each_mu() -> None:
    def land(each: str) -> list[Finding]:
        past = {"period": "2020", "modality": "actual"}
        written = (
            Written(f"工业增加值97.5亿元。工业用地面积11500亩，亩均工业增加值{each}万元。")
            .say("97.5亿元", "工业增加值", "97.5", "亿元", **past)
            .say("11500亩", "工业用地面积", "11500", "亩", **past)
            .say(f"{each}万元", "亩均工业增加值", each, "万元", **past)
        )
        return sums(written, "R3")

    assert [f.verdict for f in land("84.8")] == [Verdict.PASS]
    assert [f.verdict for f in land("48.8")] == [Verdict.OUTSIDE]


def parks_table(tax: str) -> list[Finding]:
    rows = [
        "园区\t规划面积（平方公里）\t2020年工业总产值（亿元）\t2025年工业总产值（亿元）\t年均增速（%）\t2025年税收收入（亿元）",
        "北川先进制造园\t8.2\t168.0\t296\t12\t6.4",
        "南河新材料园\t6.5\t124.0\t200\t10\t4.1",
        "西站商贸物流园\t4.2\t58.0\t85\t8\t1.8",
    ]
    text = (
        f"面积18.9平方公里，产值350.0亿元、581亿元，税收{tax}亿元。\n\n专栏2 各园区主要指标\n"
        + "\n".join(rows)
    )
    written = (
        Written(text)
        .say("18.9平方公里", "规划面积", "18.9", "平方公里", None, modality="other")
        .say("350.0亿元", "工业总产值", "350.0", "亿元", "2020", modality="actual")
        .say("581亿元", "工业总产值", "581", "亿元", "2025")
        .say(f"{tax}亿元", "税收收入", tax, "亿元", "2025")
    )
    return sums(written, "P1", "G1")


def test_table_of_parks_adds_up_to_the_zone() -> None:
    found = parks_table("12.3")
    assert {f.verdict for f in found} <= {Verdict.EQUAL, Verdict.PASS}
    assert len([f for f in found if f.check == "P1"]) == 4
    wrong = [f for f in parks_table("16.8") if f.is_fault]
    assert [(f.check, f.verdict) for f in wrong] == [("P1", Verdict.OUTSIDE)]
    assert wrong[0].arithmetic == "6.4 + 4.1 + 1.8 = 12.3亿元；应 = 16.8亿元"


def test_tenfold_entry_of_a_column_is_named() -> None:
    rows = "项目\t总投资（亿元）\t年限\n甲\t35\t3\n乙\t280\t2\n丙\t22\t2\n丁\t18\t2\n合计\t103\t—\n"
    text = f"重点项目\n{rows}"
    found = [f for f in audit([(read_text(text, name="a"), [], None)]) if f.check == "S1"]
    assert [f.verdict for f in found] == [Verdict.OUTSIDE]
    assert "“280”当作“28”" in found[0].hypothesis
