"""Faults and right figures in sentences as plans write them, from the text to the finding."""

from __future__ import annotations

import pytest

from hexi.catalogue import load_pack
from hexi.plans.audit import Verdict
from hexi.plans.compiler import compile_document
from hexi.plans.documents import read_text

TITLE = "临溪高新技术产业开发区“十四五”发展规划\n（2021—2025年）\n\n"


def faults(text: str) -> set[str]:
    """Checks that find fault with a text."""
    plan = compile_document(read_text(TITLE + text, name="规划"), load_pack("gansu").catalogue)
    return {
        line.check for line in plan.findings if line.verdict in (Verdict.OUTSIDE, Verdict.SUSPECT)
    }


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("2020年工业增加值达到150亿元，是2015年的2.5倍，2015年为72亿元。", "G1"),
        ("2020年专利授权1200件，比2019年增长20%，2019年为900件。", "G1"),
        ("2020年税收收入10亿元。到2025年税收收入达到20亿元，年均增长8%。", "G1"),
        ("五年累计新增就业5万人，每年新增就业8000人。", "C1"),
        ("重点建设四大平台：科技创新平台、金融服务平台和人才服务平台。", "T3"),
        ("建成区面积20平方公里（40000亩）。", "U1"),
    ],
)
def test_a_fault_is_found_in_a_sentence_as_plans_write_it(text: str, check: str) -> None:
    assert faults(text) == {check}


@pytest.mark.parametrize(
    "text",
    [
        # 增长2.5倍 is written of 3.5 times and of 2.5 times alike
        "2020年工业增加值达到252亿元，比2015年增长2.5倍，2015年为72亿元。",
        "2020年工业增加值达到180亿元，是2015年的2.5倍，2015年为72亿元。",
        # 翻一番 is a round word
        "2020年高新技术企业512家。到2025年高新技术企业数量翻一番，达到1000家。",
        # each year's amount times five
        "五年累计新增就业4万人，每年新增就业8000人。",
        # the list may go on
        "重点建设四大平台：科技创新平台、金融服务平台、人才服务平台等。",
        # some of the firms, not all
        "2020年全区高新技术企业512家。规模以上工业企业428家，其中产值超10亿元企业31家。",
        # the share of a part that has no figure here
        "2020年进出口总额93.4亿美元，其中出口61.2亿美元，机电产品占出口比重达47%。",
        # help goes to some of them
        "2020年规模以上工业企业428家。到2025年推动300家规模以上工业企业实施智能化改造。",
        # what was reached is real growth beside current levels
        "2015年地区生产总值1086.5亿元，2020年达到1643亿元，年均增长9.2%。",
    ],
)
def test_right_figures_stay_silent(text: str) -> None:
    assert faults(text) == set()


def test_a_sum_of_the_accounts_is_told_once() -> None:
    text = (
        "2020年地区生产总值286亿元，其中第一产业增加值6亿元，第二产业增加值180亿元，"
        "第三产业增加值110亿元。"
    )
    plan = compile_document(read_text(TITLE + text, name="规划"), load_pack("gansu").catalogue)
    assert [line.check for line in plan.findings if line.check == "S1"] == ["S1"]
