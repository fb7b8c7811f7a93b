"""Targets of a plan that somebody uploads are judged by the pack's observations."""

from datetime import date

import pytest

from hexi.catalogue import load_pack
from hexi.monitoring.verdicts import Status
from hexi.monitoring.verdicts.uploaded import judge_plan, known_plan, observed_for
from hexi.plans import compile_plan

AT = date(2026, 11, 21)
TEXT = """\
兰州经济技术开发区“十三五”商贸发展规划

一、发展目标

到2020年，兰州经济技术开发区地区生产总值达到320亿元，年均增长8%。

到2020年，甘肃省货物贸易进出口总额达到120亿美元，年均增长8%。

到2020年，月球基地建成观测站30个。
"""


@pytest.fixture(scope="module")
def pack():
    return load_pack("gansu")


def judged(text, pack):
    compiled = compile_plan(text.encode(), pack.catalogue)
    verdicts = judge_plan(compiled.plan, pack, AT)
    assert len(verdicts) == len(compiled.plan.targets)
    return {verdict.target.indicator or verdict.target.name: verdict for verdict in verdicts}


def test_recognised_targets_are_judged_and_others_say_so(pack):
    verdicts = judged(TEXT, pack)
    product = verdicts["gdp"]
    assert (product.status, product.observed) == (Status.MET, "331.49亿元")
    trade = verdicts["trade"]
    assert (trade.status, trade.observed) == (Status.MISSED, "55.30亿美元")
    (strange,) = (v for v in verdicts.values() if v.reasons[0].code == "unrecognised")
    assert strange.status is Status.UNKNOWN
    assert strange.target.figure.printed == "30"


def test_a_document_that_is_a_plan_of_the_pack_is_no_evidence_for_itself(pack):
    title = "甘肃省“十三五”开发区发展规划"
    text = f"{title}\n\n一、目标\n\n到2020年，甘肃省开发区地区生产总值达到3100亿元。\n"
    assert known_plan(title, pack).id == "gs-zones-135"
    assert known_plan("甘肃省十三五开发区发展规划", pack).id == "gs-zones-135"
    (verdict,) = judged(text, pack).values()
    assert verdict.reasons[0].code == "own_only"


def test_observed_values_are_found_by_name_or_id(pack):
    by_name = observed_for("兰州经开区", "GDP", pack)
    assert by_name == observed_for("lz-etdz", "gdp", pack)
    assert [seen.period for seen in by_name] == sorted(seen.period for seen in by_name)
    assert observed_for("某地", "GDP", pack) == ()
    assert observed_for("兰州经开区", "没有的指标", pack) == ()
    early = observed_for("甘肃省", "地区生产总值", pack, date(2016, 6, 1))
    assert early and all(seen.period < "2016" for seen in early)
