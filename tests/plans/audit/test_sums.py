"""S1 to S4: lists, tables, accounts, splits and remainders."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.plans.audit import Finding, Verdict, audit
from hexi.plans.documents import read_text
from tests.plans.audit.conftest import Written, plans


def lines(written: Written, *checks: str) -> list[Finding]:
    return [f for f in audit(plans(written)) if f.check in checks]


def projects(counts: tuple[int, ...], whole: int, amounts: tuple[str, ...], total: str) -> Written:
    kinds = ("新兴产业", "装备制造", "节能环保", "孵化器", "其他")
    items = "、".join(
        f"{count}个总投资{amount}亿元的{kind}项目"
        for count, amount, kind in zip(counts, amounts, kinds, strict=True)
    )
    written = Written(f"筛选项目{whole}个，总投资{total}亿元，其中{items}。")
    done = {"modality": "actual"}
    written.say(f"{whole}个", "项目", str(whole), "个", "2015", measure="count", **done)
    written.say(f"{total}亿元", "项目总投资", total, "亿元", "2015", **done)
    for count, amount, kind in zip(counts, amounts, kinds, strict=True):
        written.say(f"{count}个", f"{kind}项目", str(count), "个", "2015", measure="count", **done)
        written.say(f"{amount}亿元", f"{kind}项目总投资", amount, "亿元", "2015", **done)
    return written


GOOD = (38, 14, 41, 3, 6)


def test_counts_of_a_closed_list_are_exact() -> None:
    found = lines(projects(GOOD, 102, ("258.9", "16.8", "224.7", "13.6", "40.0"), "554.0"), "S1")
    assert [f.verdict for f in found] == [Verdict.EQUAL, Verdict.EQUAL]
    assert "38 + 14 + 41 + 3 + 6 = 102" in {f.arithmetic for f in found}


def test_count_that_does_not_add_up() -> None:
    written = projects(GOOD, 104, ("258.9", "16.8", "224.7", "13.6", "40.0"), "554.0")
    assert Verdict.OUTSIDE in {f.verdict for f in lines(written, "S1")}


def test_total_inside_the_worst_case_but_too_far_off_is_suspect() -> None:
    found = lines(projects(GOOD, 102, ("258.9", "16.8", "224.7", "13.6", "40"), "554.2"), "S1")
    assert {f.verdict for f in found} == {Verdict.EQUAL, Verdict.SUSPECT}


def test_rounding_that_is_likely_passes() -> None:
    found = lines(projects(GOOD, 102, ("258.9", "16.8", "224.7", "13.6", "40"), "554.1"), "S1")
    assert {f.verdict for f in found} == {Verdict.EQUAL, Verdict.PASS}


def funds(whole: str, *years: tuple[str, str]) -> Written:
    items = "；".join(f"{year}年{value}万元" for year, value in years)
    written = Written(f"“十二五”期间累计申请到{whole}万元扶持资金，其中：{items}。")
    written.say(
        f"{whole}万元", "扶持资金", whole, "万元", "2011-2015", measure="cumulative",
        modality="actual",
    )  # fmt: skip
    for year, value in years:
        written.say(f"{value}万元", "扶持资金", value, "万元", year, modality="actual")
    return written


FIVE = (
    ("2011", "210"), ("2012", "1260"), ("2013", "5153.2"), ("2014", "2124"), ("2015", "2765"),
)  # fmt: skip


def test_years_that_fill_the_span_must_give_the_total() -> None:
    assert {f.verdict for f in lines(funds("11512.2", *FIVE), "S1", "C2")} == {Verdict.EQUAL}
    wrong = lines(funds("12512.2", *FIVE), "S1", "C2")
    assert {f.verdict for f in wrong} == {Verdict.OUTSIDE}


def test_some_years_stay_below_the_total() -> None:
    found = lines(funds("11512.2", *FIVE[:3]), "S1", "C2")
    assert {f.verdict for f in found} == {Verdict.PASS}
    over = lines(funds("6000.0", *FIVE[:3]), "S1", "C2")
    assert Verdict.OUTSIDE in {f.verdict for f in over}


def test_inner_list_is_not_counted_in_the_outer_one() -> None:
    text = "累计融资26.44亿元，其中：2013年2.5亿元；2015年6.2亿元，其中：银行3.2亿元，新区3亿元。"
    written = Written(text).say(
        "26.44亿元", "融资", "26.44", "亿元", "2011-2015", measure="cumulative", modality="actual"
    )
    for words, year in (
        ("2.5亿元", "2013"),
        ("6.2亿元", "2015"),
        ("3.2亿元", "2015"),
        ("3亿元", "2015"),
    ):
        written.say(words, "融资额", words[:-2], "亿元", year, modality="actual")
    assert {f.arithmetic for f in lines(written, "S1")} == {
        "3.2 + 3 = 6.2",
        "2.5 + 6.2 = 8.7；应 ≤ 26.44亿元",
    }


def test_classes_of_things_may_overlap() -> None:
    written = Written("企业100家，其中规上企业70家，高新技术企业60家。")
    for words, name in (("100家", "企业"), ("70家", "规上企业"), ("60家", "高新企业")):
        written.say(words, name, words[:-1], "家", "2015", measure="count", modality="actual")
    assert [f.verdict for f in lines(written, "S1")] == [Verdict.OPEN]


def test_part_above_its_whole_names_the_slip() -> None:
    written = Written("工业投资26.4亿元，其中技术改造投资185亿元。")
    written.say("26.4亿元", "工业投资", "26.4", "亿元", "2015", modality="actual")
    written.say("185亿元", "技术改造投资", "185", "亿元", "2015", modality="actual")
    found = lines(written, "S2")
    assert [f.verdict for f in found] == [Verdict.OUTSIDE]
    assert "小数点丢失" in found[0].hypothesis


def test_change_before_the_parts_is_not_their_whole() -> None:
    written = Written("常住人口268.32万人，比上年增加0.31万人。其中，城镇常住人口182.14万人。")
    for words, name in (
        ("268.32万人", "常住人口"),
        ("0.31万人", "增加人口"),
        ("182.14万人", "城镇人口"),
    ):
        written.say(words, name, words[:-2], "万人", "2015", measure="count", modality="actual")
    found = lines(written, "S2")
    assert [f.arithmetic for f in found] == ["182.14；应 ≤ 268.32万人"]


def bodies(*counts: int, whole: int = 33) -> Written:
    kinds = ("国家级机构", "省级机构", "市级机构", "工作站", "实践基地", "示范单位")
    items = "、".join(f"{kind}{n}个" for kind, n in zip(kinds, counts, strict=True))
    written = Written(f"已建设的{whole}个研发机构（其中：{items}）。")
    written.say(
        f"{whole}个", "研发机构", str(whole), "个", "2015", measure="count", modality="actual"
    )
    for kind, n in zip(kinds, counts, strict=True):
        written.say(f"{n}个", kind, str(n), "个", "2015", measure="count", modality="actual")
    return written


def test_bracketed_breakdown_that_leaves_out_more_than_it_names() -> None:
    found = lines(bodies(2, 20, 5, 1, 1, 1), "S1")
    assert [(f.verdict, f.rank) for f in found] == [(Verdict.SUSPECT, "plausibility")]
    assert [f.verdict for f in lines(bodies(2, 20, 5, 1, 1, 4), "S1")] == [Verdict.EQUAL]


def test_named_cases_may_not_exceed_the_total_before_them() -> None:
    def investors(total: str) -> Written:
        written = Written(
            f"“十二五”期间，对外直接投资达到{total}亿美元。甲公司投资18.23亿美元，乙公司投资1.67亿美元建厂。"
        )
        written.say(
            f"{total}亿美元", "对外直接投资规模", total, "亿美元", "2011-2015",
            measure="cumulative", modality="actual",
        )  # fmt: skip
        for words, owner in (("18.23亿美元", "甲公司"), ("1.67亿美元", "乙公司")):
            written.say(words, "投资", words[:-3], "亿美元", None, subject=owner, modality="actual")
        return written

    assert [f.verdict for f in lines(investors("26.26"), "S2")] == [Verdict.PASS]
    over = lines(investors("18.26"), "S2")
    assert [(f.verdict, f.rank) for f in over] == [(Verdict.OUTSIDE, "passages")]


def test_accounts_know_that_industry_is_part_of_output() -> None:
    written = Written("工业增加值97.17亿元，第二产业增加值12.976亿元。")
    written.say("97.17亿元", "工业增加值", "97.17", "亿元", "2015", modality="actual")
    written.say("12.976亿元", "第二产业增加值", "12.976", "亿元", "2015", modality="actual")
    found = lines(written, "S2")
    assert [f.verdict for f in found] == [Verdict.OUTSIDE]
    assert "小数点" in found[0].hypothesis


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("外资投向三次产业的比重分别为8%、67%和25%。", Verdict.EQUAL),
        ("三次产业结构比为13.5:35.2:51.2。", Verdict.PASS),
        ("三次产业结构比为13.5:35.2:55.1。", Verdict.OUTSIDE),
    ],
)
def test_shares_of_the_sectors_fill_a_hundred(text: str, verdict: Verdict) -> None:
    found = [f for f in audit([(read_text(text, name="a"), [], None)]) if f.check == "S3"]
    assert [f.verdict for f in found] == [verdict]


def output(year: str, gdp: str, industry: str, services: str, written: Written) -> None:
    modality = "actual" if year == "2015" else "target"
    for name, value in (
        ("地区生产总值", gdp), ("工业增加值", industry), ("第三产业增加值", services),
    ):  # fmt: skip
        written.say(f"{value}亿元", name, value, "亿元", year, modality=modality)


def remainder(later: str) -> Finding:
    written = Written(f"1542亿元、977亿元、327亿元；3100亿元、2100亿元、{later}亿元")
    output("2015", "1542", "977", "327", written)
    output("2020", "3100", "2100", later, written)
    (found,) = lines(written, "S4")
    return found


def test_remainder_that_shrinks_while_the_whole_doubles_is_a_question() -> None:
    found = remainder("780")
    assert (found.verdict, found.rank) == (Verdict.SUSPECT, "plausibility")
    assert "238" in found.arithmetic and "220" in found.arithmetic
    assert remainder("600").verdict is Verdict.PASS
    assert remainder("1200").verdict is Verdict.OUTSIDE


def table(total: str) -> list[Finding]:
    text = (
        "表1 各区县投资\n区县\t投资（亿元）\t增速（%）\n安宁\t12.5\t8\n西固\t30.1\t9\n"
        f"红古\t7.4\t10\n合计\t{total}\t9\n"
    )
    return [f for f in audit([(read_text(text, name="a"), [], None)]) if f.check == "S1"]


def test_total_row_of_a_table() -> None:
    assert [f.verdict for f in table("50.0")] == [Verdict.EQUAL]
    wrong = table("52.0")
    assert [f.verdict for f in wrong] == [Verdict.OUTSIDE]
    assert wrong[0].evidence[0].text == "52.0"


@given(st.lists(st.decimals("0.1", "999", places=2), min_size=3, max_size=8))
def test_totals_of_rounded_parts_are_never_outside(exact: list[Decimal]) -> None:
    parts = [value.quantize(Decimal("0.1")) for value in exact]
    total = sum(exact, Decimal(0)).quantize(Decimal("0.1"))
    items = "、".join(f"甲{n}项目{p}亿元" for n, p in enumerate(parts[:-1]))
    written = Written(f"总投资{total}亿元，其中{items}、其他{parts[-1]}亿元。")
    written.say(f"{total}亿元", "总投资", str(total), "亿元", "2015")
    for n, part in enumerate(parts):
        written.say(f"{part}亿元", f"甲{n}项目投资", str(part), "亿元", "2015")
    verdicts = {f.verdict for f in lines(written, "S1")}
    assert Verdict.OUTSIDE not in verdicts
