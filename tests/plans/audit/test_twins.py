"""T1 and T2: one fact said twice, and one value for two."""

from __future__ import annotations

from hexi.plans.audit import Finding, Verdict, audit
from tests.plans.audit.conftest import Written, plans


def found(written: Written, check: str) -> list[Finding]:
    return [f for f in audit(plans(written)) if f.check == check]


def twice(first: str, second: str, unit: str = "亿元", unit2: str = "亿元", **more: str) -> Written:
    return (
        Written(f"工业投资达到{first}{unit}。\n\n力争全区工业投资达到{second}{unit2}。")
        .say(f"{first}{unit}", "工业投资总额", first, unit)
        .say(f"{second}{unit2}", "工业投资额", second, unit2, subject="全区", **more)
    )


def test_two_passages_that_agree_are_listed() -> None:
    (line,) = found(twice("522", "522"), "T1")
    assert (line.verdict, line.rank) == (Verdict.EQUAL, "passages")
    assert len(line.evidence) == 2


def test_units_may_differ() -> None:
    assert found(twice("5.2", "52000", unit2="万元"), "T1")[0].verdict is Verdict.EQUAL


def test_two_passages_that_contradict_each_other() -> None:
    (line,) = found(twice("522", "430"), "T1")
    assert (line.verdict, line.rank) == (Verdict.OUTSIDE, "passages")
    assert line.arithmetic == "522亿元 ≠ 430亿元"


def test_tenfold_difference_is_named() -> None:
    (line,) = found(twice("8.6", "86"), "T1")
    assert "小数点丢失" in line.hypothesis


def test_same_digits_in_two_currencies() -> None:
    (line,) = found(twice("522", "522", unit2="亿美元"), "T1")
    assert line.verdict is Verdict.OUTSIDE
    assert "货币单位误写" in line.title


def test_bound_words_that_differ_are_no_contradiction() -> None:
    (line,) = found(twice("430", "430", bound="ge"), "T1")
    assert line.verdict is Verdict.OPEN
    assert "限定词不同" in line.title
    assert found(twice("400", "430", bound="ge"), "T1")[0].verdict is Verdict.OUTSIDE
    assert found(twice("450", "430", bound="ge"), "T1")[0].verdict is Verdict.OPEN


def test_facets_keep_figures_apart() -> None:
    assert not found(twice("522", "430", facets=("一期",)), "T1")  # type: ignore[arg-type]


def test_criterion_is_part_of_what_is_counted() -> None:
    written = (
        Written(
            "年进出口过1亿美元的企业10家，过1000万美元的企业20家。\n\n进出口额1亿美元以上的企业达到30家。"
        )
        .say("10家", "年进出口过1亿美元的企业", "10", "家", measure="count", period_inferred=True)
        .say("20家", "年进出口过1000万美元的企业", "20", "家", measure="count")
        .say("30家", "进出口额1亿美元以上的企业", "30", "家", measure="count")
    )
    (line,) = found(written, "T1")
    assert line.verdict is Verdict.SUSPECT
    assert [e.text for e in line.evidence] == ["10家", "30家"]


def test_working_aim_beside_the_official_one() -> None:
    written = (
        Written("到位资金要增长15%，调度目标增长20%。")
        .say("15%", "到位资金", "15", "%", "2023", measure="growth_yoy")
        .say("20%", "到位资金", "20", "%", "2023", measure="growth_yoy")
    )
    (line,) = found(written, "T1")
    assert (line.verdict, line.rank) == (Verdict.SUSPECT, "plausibility")


def test_lost_point_is_an_encoding_fault_and_no_contradiction() -> None:
    written = (
        Written("累计对外直接投资8\ue0106亿美元。\n\n对外直接投资累计8.6亿美元。")
        .say(
            "8\ue0106亿美元", "对外直接投资", "8.6", "亿美元", "2016-2020",
            measure="cumulative", flags=("lost_point",),
        )
        .say("8.6亿美元", "对外直接投资额", "8.6", "亿美元", "2016-2020", measure="cumulative")
    )  # fmt: skip
    lines = found(written, "T1")
    assert {f.verdict for f in lines} == {Verdict.EQUAL, Verdict.SUSPECT}
    fault = next(f for f in lines if f.verdict is Verdict.SUSPECT)
    assert "编码差错" in fault.title
    assert "8.6" in fault.hypothesis and "86" in fault.hypothesis


def named(second: str) -> list[Finding]:
    written = (
        Written(f"高新产业增加值占比18.3%。\n\n{second}达到18.3%。")
        .say("18.3%", "高新产业增加值占工业增加值比重", "18.3", "%", measure="share")
        .say("18.3%", second, "18.3", "%", measure="share")
    )
    return found(written, "T2")


def test_one_value_under_two_names_that_are_mixed_up() -> None:
    (line,) = named("高新产业总产值占工业总产值比重")
    assert (line.verdict, line.rank) == (Verdict.SUSPECT, "passages")
    assert [f.verdict for f in named("配套面积占已征用土地面积比重")] == [Verdict.OPEN]
    assert not named("高新产业增加值占工业增加值的比重")
